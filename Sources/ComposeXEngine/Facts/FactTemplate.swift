/// The templates of a project, nested ones with the root, as one set of resources.
final class FactTemplate {
  /// In the order of the templates.
  private(set) var resources: [FactResource] = []
  private(set) var byKey: [String: FactResource] = [:]
  private var byType: [String: [FactResource]] = [:]
  /// Another version, after which resources are called.
  private let model: FactTemplate?

  /// What a run made, whatever its layout: a nested layout is cut from the same resources.
  init(_ stack: Stack) {
    model = nil
    let scope = FactScope()
    scope.parameters = stack.parameters.fields ?? [:]
    scope.mappings = stack.mappings.fields ?? [:]
    scope.outputs = stack.outputs.fields ?? [:]
    for resource in stack.resources.values { scope.keys[resource.id] = resource.id }
    for resource in stack.resources.values {
      let origin = resource.origin
      add(
        FactResource(
          key: resource.id, type: resource.type, properties: resource.properties, subject: resource.name,
          isMain: origin.part == "main", subjects: origin.key.isEmpty ? [resource.name] : Self.subjects(origin),
          place: origin.place, isConditional: resource.attributes["Condition"] != nil, scope: scope))
    }
  }

  /// Templates that were read as texts: the root, and the nested ones by the names of their files (as `TemplateURL` ends).
  ///
  /// `subjects` says of logical ids what they are called, where the caller knows that from a project, and `other` has another version of
  /// the project, in which a resource of the same id and type is called so; others are `#Id`.
  init(root: Node, nested: [String: Node] = [:], subjects: [String: String] = [:], like other: FactTemplate? = nil) {
    model = other
    var seen: Set<String> = []
    _ = read(root, nested, subjects, file: "", depth: 0, seen: &seen)
  }

  func all(_ type: String) -> [FactResource] { byType[type] ?? [] }

  private static func subjects(_ origin: Resource.Origin) -> [String] {
    origin.names.map { $0.isEmpty ? origin.key : "\(origin.key)::\($0)" }
  }

  private func add(_ resource: FactResource) {
    resources.append(resource)
    byKey[resource.key] = resource
    byType[resource.type, default: []].append(resource)
  }

  // MARK: - Texts

  private func read(
    _ template: Node, _ nested: [String: Node], _ subjects: [String: String], file: String, depth: Int,
    seen: inout Set<String>
  ) -> FactScope {
    let template = template.copy()
    template.readFunctions()
    let scope = FactScope()
    scope.parameters = template["Parameters"]?.fields ?? [:]
    scope.mappings = template["Mappings"]?.fields ?? [:]
    scope.outputs = template["Outputs"]?.fields ?? [:]
    let entries = template["Resources"]?.fields ?? [:]
    for id in entries.keys { scope.keys[id] = seen.insert(id).inserted ? id : "\(file)/\(id)" }
    for (id, node) in entries {
      let key = scope.keys[id] ?? id
      let type = node["Type"]?.string ?? ""
      let known = model?.byKey[key].flatMap { $0.type == type ? $0 : nil }
      let subject = subjects[key] ?? known?.subject ?? "#\(key)"
      add(
        FactResource(
          key: key, type: type, properties: node["Properties"] ?? Node(.map([:]), at: node.place), subject: subject,
          isMain: known?.isMain ?? (subjects[key] != nil), subjects: known?.subjects ?? [subject],
          place: node.keyPlace ?? node.place,
          isConditional: node["Condition"] != nil, scope: scope))
      guard type == "AWS::CloudFormation::Stack", depth < 5, let url = node.at("Properties", "TemplateURL")?.string,
        let name = url.split(separator: "/").last.map(String.init), let child = nested[name]
      else { continue }
      let inner = read(child, nested, subjects, file: name, depth: depth + 1, seen: &seen)
      for (parameter, value) in node.at("Properties", "Parameters")?.fields ?? [:] {
        inner.given[parameter] = (value, scope)
      }
      scope.nested[id] = inner
    }
    return scope
  }
}

extension Node {
  /// Turns functions anywhere below into references and texts with references.
  fileprivate func readFunctions() {
    Intrinsics.read(self)
    switch value {
    case .list(let items): for item in items { item.readFunctions() }
    case .map(let fields): for field in fields.values { field.readFunctions() }
    case .text(let parts): for case .variable(_, let value) in parts { value.readFunctions() }
    default: break
    }
  }
}
