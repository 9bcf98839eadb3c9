/// Values of a template as texts. A reference in a text is written `<Id>` or `<Id.Attribute>`, by the key of the resource; what only the
/// deployment knows is `<Name>` too. Parameters have their default, since nothing else is known of them.
enum FactValues {
  /// A node that stands at a place, once conditions are taken apart.
  struct Branch {
    var node: Node
    var scope: FactScope
    /// Whether a condition decides that it is there.
    var isConditional = false
  }

  private static let deepest = 40

  // MARK: - Structure

  /// What may stand there: both sides of an `Fn::If`, and what the stack above hands in.
  static func branches(_ node: Node?, _ scope: FactScope, depth: Int = 0) -> [Branch] {
    guard let node, depth < deepest else { return [] }
    switch node.value {
    case .null: return []
    case .reference(let reference):
      guard case .name(let name) = reference.target else { return [Branch(node: node, scope: scope)] }
      if name == "AWS::NoValue" { return [] }
      if let (value, above) = handed(reference, name, scope) { return branches(value, above, depth: depth + 1) }
      return [Branch(node: node, scope: scope)]
    default:
      guard let (name, argument) = Intrinsics.function(node), name == "Fn::If", let items = argument.list,
        items.count == 3
      else { return [Branch(node: node, scope: scope)] }
      return (branches(items[1], scope, depth: depth + 1) + branches(items[2], scope, depth: depth + 1)).map {
        Branch(node: $0.node, scope: $0.scope, isConditional: true)
      }
    }
  }

  /// The items of a list, or the value itself where one may stand for a list of one.
  static func items(_ node: Node?, _ scope: FactScope) -> [Branch] {
    branches(node, scope).flatMap { branch -> [Branch] in
      guard let list = branch.node.list else { return [branch] }
      return list.flatMap { item in
        branches(item, branch.scope).map {
          Branch(node: $0.node, scope: $0.scope, isConditional: $0.isConditional || branch.isConditional)
        }
      }
    }
  }

  /// The value of a parameter from the stack above, or of an output from the stack below.
  private static func handed(_ reference: Reference, _ name: String, _ scope: FactScope) -> (Node, FactScope)? {
    if reference.attribute == nil { return scope.given[name].map { ($0.node, $0.scope) } }
    guard let below = scope.nested[name], let attribute = reference.attribute, attribute.hasPrefix("Outputs."),
      let value = below.outputs[String(attribute.dropFirst("Outputs.".count))]?["Value"]
    else { return nil }
    return (value, below)
  }

  // MARK: - Texts

  /// The texts that may stand there, lists flattened.
  static func texts(_ node: Node?, _ scope: FactScope) -> [String] {
    items(node, scope).map { text($0.node, $0.scope, depth: 0) }
  }

  /// The text that stands there; of two that a condition decides between, the first.
  static func text(_ node: Node?, _ scope: FactScope) -> String? {
    branches(node, scope).first.map { text($0.node, $0.scope, depth: 0) }
  }

  private static func text(_ node: Node, _ scope: FactScope, depth: Int) -> String {
    guard depth < deepest else { return "<...>" }
    switch node.value {
    case .reference(let reference): return text(reference, scope, depth)
    case .text(let parts):
      return parts.map { part in
        switch part {
        case .literal(let literal): literal
        case .reference(let reference): text(reference, scope, depth)
        case .variable(_, let value): text(value, scope, depth: depth + 1)
        }
      }.joined()
    default:
      if let constant = node.constantText { return constant }
      guard let (name, argument) = Intrinsics.function(node) else { return JSONWriter.line(node, .compact) }
      return function(name, argument, scope, depth + 1) ?? "<\(JSONWriter.line(node, .compact))>"
    }
  }

  private static func text(_ reference: Reference, _ scope: FactScope, _ depth: Int) -> String {
    let name = reference.id
    if name == "AWS::Partition" { return "aws" }
    if case .name = reference.target {
      if let (value, above) = handed(reference, name, scope) { return text(value, above, depth: depth + 1) }
      if reference.attribute == nil, let parameter = scope.parameters[name] {
        let isStored = parameter["Type"]?.string?.hasPrefix("AWS::SSM::") == true
        if !isStored, let value = parameter["Default"]?.constantText, !value.isEmpty { return value }
      }
    }
    let key = scope.keys[name] ?? name
    return reference.attribute.map { "<\(key).\($0)>" } ?? "<\(key)>"
  }

  private static func function(_ name: String, _ argument: Node, _ scope: FactScope, _ depth: Int) -> String? {
    switch name {
    case "Fn::If": return argument.list.flatMap { $0.count == 3 ? text($0[1], scope, depth: depth) : nil }
    case "Fn::Join":
      guard let parts = argument.list, parts.count == 2, let separator = parts[0].string, let items = parts[1].list
      else { return nil }
      return items.map { text($0, scope, depth: depth) }.joined(separator: separator)
    case "Fn::Select":
      guard let parts = argument.list, parts.count == 2, let index = Int(text(parts[0], scope, depth: depth)) else {
        return nil
      }
      if let items = parts[1].list {
        return items.indices.contains(index) ? text(items[index], scope, depth: depth) : nil
      }
      guard let (name, inner) = Intrinsics.function(parts[1]), name == "Fn::Split", let split = inner.list,
        split.count == 2, let mark = split[0].string, !mark.isEmpty
      else { return nil }
      let pieces = text(split[1], scope, depth: depth).split(separator: mark, omittingEmptySubsequences: false)
      // A piece of a text with references is not known where the references may hold the mark.
      return pieces.indices.contains(index) && !pieces[...index].contains { $0.contains("<") }
        ? String(pieces[index]) : nil
    case "Fn::FindInMap":
      guard let keys = argument.list, keys.count == 3 else { return nil }
      let names = keys.map { text($0, scope, depth: depth) }
      return scope.mappings[names[0]]?[names[1]]?[names[2]]?.constantText
    case "Fn::ImportValue": return "<import \(text(argument, scope, depth: depth))>"
    default: return nil
    }
  }
}

extension FactResource {
  /// The text at a path of names; of two that a condition decides between, the first.
  func text(_ path: String...) -> String? {
    var branch = FactValues.Branch(node: properties, scope: scope)
    for name in path {
      guard let next = FactValues.branches(branch.node[name], branch.scope).first else { return nil }
      branch = next
    }
    return FactValues.text(branch.node, branch.scope)
  }

  /// All texts at a path of names.
  func texts(_ path: String...) -> [String] {
    items(path).map { FactValues.text($0.node, $0.scope) ?? "" }
  }

  /// The items of the list at a path of names; lists on the way are walked through.
  func items(_ path: [String]) -> [FactValues.Branch] {
    var found = [FactValues.Branch(node: properties, scope: scope)]
    for name in path {
      found = found.flatMap { branch in
        FactValues.items(branch.node[name], branch.scope).map {
          FactValues.Branch(node: $0.node, scope: $0.scope, isConditional: $0.isConditional || branch.isConditional)
        }
      }
    }
    return found
  }

  /// Whether the property says so, as far as the template knows.
  func flag(_ path: String...) -> Bool? {
    items(path).first.flatMap { FactValues.text($0.node, $0.scope) }.map { $0.lowercased() == "true" }
  }
}
