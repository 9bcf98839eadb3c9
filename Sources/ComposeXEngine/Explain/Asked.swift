extension Explanation {
  /// What a question is about.
  enum Question {
    case line(file: String, line: Int)
    case resources([Resource])
    /// A resource by an id that it has no more, or that was taken out.
    case former(Resource, Provenance)
    case property(Resource, path: String)
    /// `Outputs.X`, or something in it.
    case section(String, name: String, Node, path: String)
  }

  /// The sections of a template that can be asked for, beside its resources.
  private static func sections(_ stack: Stack) -> [(name: String, node: Node)] {
    [
      ("Outputs", stack.outputs), ("Parameters", stack.parameters), ("Conditions", stack.conditions),
      ("Mappings", stack.mappings), ("Rules", stack.rules), ("Metadata", stack.metadata),
    ]
  }

  static func read(_ text: String, _ outcome: Pipeline.Outcome) throws -> Question {
    if let colon = text.lastIndex(of: ":"), let line = Int(text[text.index(after: colon)...]), !text.contains("::") {
      return .line(file: String(text[..<colon]), line: line)
    }
    if text.contains("::") { return try definition(text, outcome.stack) }
    let ofKey = outcome.stack.resources.values.filter { $0.origin.key == text }
    if !ofKey.isEmpty { return .resources(ofKey) }
    let plain = text.hasPrefix("#") ? text.dropFirst() : text[...]
    let id = String(plain.prefix { $0 != "." })
    if let section = sections(outcome.stack).first(where: { $0.name == id }), outcome.stack.resources[id] == nil {
      return try entry(of: section, String(plain.dropFirst(id.count + 1)))
    }
    guard let resource = outcome.stack.resources[id] else {
      if let former = former(id, outcome.stack) { return former }
      throw error(
        "the template has no resource \"\(id)\"",
        NearName.remedy(id, in: outcome.stack.resources.keys.elements, what: "it has"))
    }
    if plain.count == id.count { return .resources([resource]) }
    let path = String(plain.dropFirst(id.count + 1))
    if path == "Properties" { return .resources([resource]) }
    return .property(resource, path: path.hasPrefix("Properties.") ? String(path.dropFirst(11)) : path)
  }

  private static func definition(_ text: String, _ stack: Stack) throws -> Question {
    let found = stack.resources.values.filter { $0.name == text }
    if !found.isEmpty { return .resources(found) }
    if let (resource, place) = stack.removed.last(where: {
      $0.resource.name == text && $0.resource.origin.part == "main"
    }
    ) {
      return .former(resource, removal(of: resource, called: resource.id, place))
    }
    throw error(
      "\"\(text)\" made no resource",
      NearName.remedy(text, in: unique(stack.resources.values.map(\.name)), what: "there are"))
  }

  private static func entry(of section: (name: String, node: Node), _ rest: String) throws -> Question {
    let name = String(rest.prefix { $0 != "." })
    let names = section.node.fields?.keys.elements ?? []
    guard let node = section.node[name] else {
      throw error(
        "the template has no \(section.name).\(name)",
        NearName.remedy(name, in: names, what: "it has") ?? "it has no \(section.name)")
    }
    return .section(section.name, name: name, node, path: String(rest.dropFirst(name.count + 1)))
  }

  /// What had a logical id that nothing has now.
  private static func former(_ id: String, _ stack: Stack) -> Question? {
    if let (resource, place) = stack.removed.last(where: { $0.resource.id == id }) {
      return .former(resource, removal(of: resource, called: id, place))
    }
    guard let resource = stack.resources.values.first(where: { $0.renames.contains { $0.from == id } }) else {
      return nil
    }
    return .former(resource, Provenance(path: id, value: "\(resource.id) now", writers: Self.makers(of: resource)))
  }

  private static func removal(of resource: Resource, called id: String, _ place: Place) -> Provenance {
    let gone = Provenance.Writer(place: place, note: "removed")
    return Provenance(path: id, value: nil, writers: [gone] + makers(of: resource))
  }

  /// Who gave a resource its id and its form, the last first, down to what it was made for.
  static func makers(of resource: Resource) -> [Provenance.Writer] {
    resource.renames.map { Provenance.Writer(place: $0.place, note: "renamed from \($0.from)") }
      + resource.steps.map { Provenance.Writer(place: $0.place, note: "made by override of \($0.step)") }
      + (resource.naming.map {
        [Provenance.Writer(place: $0, note: "named \(resource.renames.last?.from ?? resource.id)")]
      } ?? [])
      + [Provenance.Writer(place: resource.origin.place, note: "made for \(resource.name)")]
  }

  static func unique(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }
}
