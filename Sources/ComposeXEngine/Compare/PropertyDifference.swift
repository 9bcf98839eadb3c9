/// The properties in which two versions of a resource differ, named as `composex explain` names them.
struct PropertyDifference {
  /// Values of parameters, before and after, that stand for references to them.
  var before: [String: Node] = [:]
  var after: [String: Node] = [:]

  /// One difference; a side is nil where it has no such property.
  struct Entry {
    var path: String
    var before: Node?
    var after: Node?
  }

  /// Compares two mappings of properties.
  func entries(_ old: Node?, _ new: Node?, _ type: ResourceType?) -> [Entry] {
    var found: [Entry] = []
    let (a, b) = (old.map { resolved($0, before) }, new.map { resolved($0, after) })
    compare(a, b, "", type.map { .object($0.properties) }, depth: 0, into: &found)
    return found
  }

  private func compare(
    _ a: Node?, _ b: Node?, _ path: String, _ schema: Schema?, depth: Int, into found: inout [Entry]
  ) {
    if a == nil, b == nil { return }
    if let a, let b {
      if a.sameText == b.sameText { return }
      if depth < 40 {
        if let left = Self.plainFields(a), let right = Self.plainFields(b) {
          for key in left.keys.elements + right.keys.filter({ left[$0] == nil }) {
            compare(left[key], right[key], Self.join(path, key), schema?.step(key), depth: depth + 1, into: &found)
          }
          return
        }
        if let left = a.list, let right = b.list {
          return lists(left, right, path, schema, depth: depth, into: &found)
        }
      }
    }
    found.append(Entry(path: path, before: a, after: b))
  }

  private func lists(
    _ left: [Node], _ right: [Node], _ path: String, _ schema: Schema?, depth: Int, into found: inout [Entry]
  ) {
    let key = schema.flatMap(ListKeys.key(forItemsOf:)) ?? ListKeys.key(for: left + right)
    if let key, let a = Self.byKey(left, key), let b = Self.byKey(right, key) {
      for name in a.keys.elements + b.keys.filter({ a[$0] == nil }) {
        compare(a[name], b[name], Self.join(path, name), schema?.step(name), depth: depth + 1, into: &found)
      }
      return
    }
    let texts = (Set(left.map(\.sameText)), Set(right.map(\.sameText)))
    let gone = left.enumerated().filter { !texts.1.contains($0.element.sameText) }
    let come = right.enumerated().filter { !texts.0.contains($0.element.sameText) }
    // Only the order differs.
    if gone.isEmpty, come.isEmpty {
      found.append(Entry(path: path, before: Node(.list(left), at: .unknown), after: Node(.list(right), at: .unknown)))
      return
    }
    for index in 0..<max(gone.count, come.count) {
      let (a, b) = (index < gone.count ? gone[index] : nil, index < come.count ? come[index] : nil)
      let number = (b ?? a).map { "\($0.offset + 1)" } ?? ""
      compare(a?.element, b?.element, Self.join(path, number), schema?.step(number), depth: depth + 1, into: &found)
    }
  }

  private static func byKey(_ items: [Node], _ key: String) -> Node.Fields? {
    var fields = Node.Fields()
    for item in items {
      guard let name = item[key]?.scalarText, fields[name] == nil else { return nil }
      fields[name] = item
    }
    return fields
  }

  private static func join(_ path: String, _ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

  private static func plainFields(_ node: Node) -> Node.Fields? {
    Intrinsics.function(node) == nil ? node.fields : nil
  }

  /// The tree with the values of parameters in the place of references to them.
  private func resolved(_ node: Node, _ values: [String: Node]) -> Node {
    if let (name, argument) = Intrinsics.function(node) {
      if name == "Ref", let value = argument.string.flatMap({ values[$0] }) { return value }
      if name == "Fn::Sub", let text = argument.string { return .object([(name, .of(filled(text, values)))]) }
    }
    switch node.value {
    case .map(let fields): return Node(.map(fields.mapValues { resolved($0, values) }), at: node.place)
    case .list(let items): return Node(.list(items.map { resolved($0, values) }), at: node.place)
    default: return node
    }
  }

  /// The text of an `Fn::Sub` with the values of parameters that change.
  private func filled(_ text: String, _ values: [String: Node]) -> String {
    var text = text
    for (name, value) in values where before[name]?.sameText != after[name]?.sameText {
      let parts = text.split(separator: "${\(name)}", omittingEmptySubsequences: false)
      if parts.count > 1 { text = parts.joined(separator: value.sameText) }
    }
    return text
  }
}

extension Node {
  /// The value as one text, in which a number and the string of it are the same, as they are to CloudFormation.
  var sameText: String { scalarText ?? brief }

  /// The value on one line, functions as templates have them: `!Ref WebLogGroup`.
  var briefFunctions: String {
    func read(_ node: Node) -> Node {
      let copy: Node
      switch node.value {
      case .map(let fields): copy = Node(.map(fields.mapValues(read)), at: .unknown)
      case .list(let items): copy = Node(.list(items.map(read)), at: .unknown)
      default: return node
      }
      Intrinsics.read(copy)
      return copy
    }
    return read(self).brief
  }
}
