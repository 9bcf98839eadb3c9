/// The linker of one template: binds every reference to what it names, and refuses those that reach nothing or run in a cycle.
struct Linker {
  let stack: Stack
  let findings: Findings
  private let referrers = Referrers()

  init(_ stack: Stack, findings: Findings) {
    self.stack = stack
    self.findings = findings
  }

  /// Binds the references that can be bound now, so that renames carry them along. Reports nothing.
  func bind() {
    for resource in stack.resources.values { for node in resource.nodes { bind(node) } }
    bind(stack.outputs)
    bind(stack.conditions)
  }

  /// Reports every reference to nothing and every cycle. `bind` goes before.
  func check() {
    var edges: [String: [Edge]] = [:]
    for resource in stack.resources.values {
      findings.definition = resource.origin.place
      var found: [Edge] = []
      checkDependsOn(resource, &found)
      for (name, node) in resource.attributes.fields ?? [:] where name != "DependsOn" {
        name == "Condition" ? checkCondition(node) : check(node, from: resource, &found)
      }
      check(resource.properties, from: resource, &found)
      edges[resource.id] = found
    }
    findings.definition = nil
    var unused: [Edge] = []
    check(stack.outputs, from: nil, &unused)
    for output in stack.outputs.fields?.values.elements ?? [] { output["Condition"].map(checkCondition) }
    checkConditions(stack.conditions)
    ConditionalReferences(stack: stack, findings: findings).check()
    reportRemoved()
    if let cycle = Cycles.first(in: stack.resources.keys.elements, edges) { report(cycle) }
  }

  // MARK: - Binding

  private func bind(_ node: Node) {
    Intrinsics.read(node)
    switch node.value {
    case .list(let items): for item in items { bind(item) }
    case .map(let fields): for field in fields.values { bind(field) }
    case .reference(let reference): node.value = .reference(bound(reference))
    case .text(let parts):
      node.value = .text(
        parts.map { part in
          switch part {
          case .literal: return part
          case .reference(let reference): return .reference(bound(reference))
          case .variable(_, let value):
            bind(value)
            return part
          }
        })
    default: break
    }
  }

  private func bound(_ reference: Reference) -> Reference {
    guard case .name(let name) = reference.target, let resource = stack.resources[name] else { return reference }
    return Reference(.resource(resource), attribute: reference.attribute)
  }

  // MARK: - Checking

  private func check(_ node: Node, from resource: Resource?, _ edges: inout [Edge]) {
    switch node.value {
    case .list(let items): for item in items { check(item, from: resource, &edges) }
    case .map(let fields):
      if let (name, argument) = Intrinsics.function(node) { checkFunction(name, argument, at: node.place) }
      for field in fields.values { check(field, from: resource, &edges) }
    case .reference(let reference): check(reference, at: node.place, from: resource, &edges)
    case .text(let parts):
      for part in parts {
        switch part {
        case .literal: break
        case .reference(let reference): check(reference, at: node.place, from: resource, &edges)
        case .variable(_, let value): check(value, from: resource, &edges)
        }
      }
    default: break
    }
  }

  private func check(_ reference: Reference, at place: Place, from resource: Resource?, _ edges: inout [Edge]) {
    switch reference.target {
    case .resource:
      guard let target = reference.resource else { return }
      guard stack.contains(target) else {
        referrers.add(resource?.id ?? "an output", to: target)
        return
      }
      checkAttribute(reference, of: target, at: place)
      edges.append(Edge(to: target.id, place: place))
    case .name(let name):
      let isParameter = reference.attribute == nil && stack.parameters[name] != nil
      if isParameter || (reference.attribute == nil && PseudoParameter.all.contains(name)) { return }
      reportMissing(name, reference, at: place)
    }
  }

  private func reportMissing(_ name: String, _ reference: Reference, at place: Place) {
    let remedy = referrers.remedy(for: name) {
      let names = stack.resources.keys.elements + (stack.parameters.fields?.keys.elements ?? []) + PseudoParameter.all
      return NearName.remedy(name, in: names, what: "it has")
    }
    findings.report(
      .error(
        at: place,
        "\(reference.attribute == nil ? "Ref" : "Fn::GetAtt") to \"\(name)\", which the template does not have",
        remedy: remedy))
  }

  private func checkAttribute(_ reference: Reference, of target: Resource, at place: Place) {
    guard let attribute = reference.attribute, let type = target.registered,
      !type.hasAttribute(attribute)
    else { return }
    findings.report(
      .error(
        at: place, "\(target.type) has no attribute \"\(attribute)\" for Fn::GetAtt (\(target.id))",
        remedy: NearName.remedy(attribute, in: type.attributes, what: "it has")))
  }

  private func checkDependsOn(_ resource: Resource, _ edges: inout [Edge]) {
    guard let dependsOn = resource.attributes["DependsOn"] else { return }
    for node in dependsOn.list ?? [dependsOn] {
      switch node.value {
      case .reference(let reference): check(reference, at: node.place, from: resource, &edges)
      case .string(let id):
        guard let target = stack.resources[id] else {
          let remedy = NearName.remedy(id, in: stack.resources.keys.elements, what: "the template has")
          findings.report(
            .error(
              at: node.place, "\(resource.id) depends on \"\(id)\", which the template does not have", remedy: remedy))
          continue
        }
        node.value = .reference(Reference(.resource(target)))
        edges.append(Edge(to: id, place: node.place))
      default:
        findings.report(
          .error(at: node.place, "DependsOn must be a logical id or a list of them, not \(node.kind)", remedy: nil))
      }
    }
  }

  private func checkFunction(_ name: String, _ argument: Node, at place: Place) {
    switch name {
    case "Ref", "Fn::GetAtt", "Fn::Sub":
      findings.report(
        .error(
          at: place, "\(name) cannot be read: its argument is \(argument.kind)",
          remedy: name == "Ref"
            ? "write the name of a resource or a parameter" : "write it as CloudFormation's reference shows"))
    case "Fn::If": if let condition = argument.list?.first { checkCondition(condition) }
    case "Condition": checkCondition(argument)
    case "Fn::FindInMap": checkMapping(argument, at: place)
    case _ where !Intrinsics.isKnown(name):
      findings.report(
        .error(
          at: place, "CloudFormation has no function \(name)",
          remedy: NearName.remedy(name, in: Intrinsics.names, what: "it has")))
    default: break
    }
  }

  /// A mapping and those of its keys that are written out must be in the template; others are looked up when it is deployed.
  private func checkMapping(_ argument: Node, at place: Place) {
    func refuse(_ message: String, _ remedy: String?) {
      findings.report(.error(at: place, "Fn::FindInMap \(message)", remedy: remedy))
    }
    guard let items = argument.list, items.count == 3 else {
      return refuse("takes a mapping and two keys of it", "write [Mapping, Key, Name]")
    }
    guard let name = items[0].string else { return }
    let names = stack.mappings.fields?.keys.elements ?? []
    guard let mapping = stack.mappings[name] else {
      return refuse(
        "to mapping \"\(name)\", which the template does not have",
        NearName.find(name, in: names).map { "did you mean \"\($0)\"?" }
          ?? "add it with stack:mapping(\"\(name)\", {...}), or write the value")
    }
    let tops = items[1].constantText.map { [$0] } ?? mapping.fields?.keys.elements ?? []
    for top in tops {
      guard let entries = mapping[top] else {
        return refuse(
          "to mapping \"\(name)\", which has no key \"\(top)\"",
          NearName.remedy(top, in: mapping.fields?.keys.elements ?? [], what: "it has"))
      }
      guard let key = items[2].constantText, entries[key] == nil else { continue }
      return refuse(
        "to mapping \"\(name)\", which has no \"\(key)\" under \"\(top)\"",
        NearName.remedy(key, in: entries.fields?.keys.elements ?? [], what: "it has"))
    }
  }

  private func checkConditions(_ node: Node) {
    for condition in node.fields?.values.elements ?? [] {
      var none: [Edge] = []
      check(condition, from: nil, &none)
    }
  }

  private func checkCondition(_ node: Node) {
    guard let name = node.string else { return }
    let names = stack.conditions.fields?.keys.elements ?? []
    guard !names.contains(name) else { return }
    findings.report(
      .error(
        at: node.place, "condition \"\(name)\" is not in the template",
        remedy: NearName.remedy(name, in: names, what: "it has") ?? "add it with stack:condition(\"\(name)\", {...})"))
  }

  /// One finding for each resource that was removed although others refer to it, with all of them.
  private func reportRemoved() {
    for (resource, place) in stack.removed {
      guard let names = referrers.names[ObjectIdentifier(resource)] else { continue }
      findings.report(
        .error(
          at: place,
          "\(resource.id) cannot be removed: \(names.joined(separator: ", ")) \(names.count == 1 ? "refers" : "refer") to it",
          remedy: "remove those too, or take their references out"))
    }
  }

  private func report(_ cycle: [(id: String, place: Place)]) {
    let path = (cycle.map(\.id) + [cycle[0].id]).joined(separator: " -> ")
    let last = cycle[cycle.count - 1]
    let finding = Finding.error(
      at: last.place, "resources refer to each other in a cycle: \(path)",
      remedy: "take one of these references out, or move it to a resource of its own (a policy, an ingress rule)")
    findings.report(finding.attributed(to: stack.resources[last.id]?.origin.place ?? .unknown))
  }
}

/// Who refers to what was removed, and what those should write who refer to nothing.
private final class Referrers {
  private(set) var names: [ObjectIdentifier: [String]] = [:]
  private var remedies: [String: String?] = [:]

  /// The remedy for a name, which is looked for once.
  func remedy(for name: String, _ find: () -> String?) -> String? {
    if let known = remedies[name] { return known }
    let found = find()
    remedies[name] = .some(found)
    return found
  }

  func add(_ name: String, to resource: Resource) {
    if names[ObjectIdentifier(resource)]?.contains(name) != true {
      names[ObjectIdentifier(resource), default: []].append(name)
    }
  }
}

/// A reference from one resource to another.
struct Edge {
  var to: String
  var place: Place
}

extension Resource {
  /// Everything in it that can hold a reference.
  fileprivate var nodes: [Node] { [attributes, properties] }
}
