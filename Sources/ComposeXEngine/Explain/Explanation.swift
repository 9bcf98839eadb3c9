/// The answer of `composex explain`.
public struct Explanation {
  /// What answers the question, in the order of the template.
  var entries: [Provenance]

  /// Answers `WebService.DesiredCount`, `WebService`, `Outputs.Url`, `x-sqs::jobs`, `x-sqs` or `compose.yaml:14`; what is gone, too.
  ///
  /// - Throws: a `Finding` when nothing answers to it.
  public init(_ text: String, of outcome: Pipeline.Outcome) throws {
    switch try Self.read(text, outcome) {
    case .line(let file, let line):
      entries = try Self.became(file, line, outcome)
    case .resources(let resources): entries = resources.flatMap(Self.whole)
    case .former(let resource, let entry):
      entries = [entry] + (outcome.stack.contains(resource) ? Self.whole(resource) : [])
    case .section(let section, let name, let node, let path):
      var found = Provenance(path: "\(section).\(name)", history: node.history)
      for step in path.split(separator: ".").map(String.init) {
        let below = PropertyPath.children(of: found.history, nil)(step)
        guard !below.isEmpty else {
          let names = found.value.map { PropertyPath.names($0, nil) } ?? []
          throw Self.error("\(found.path) has no \(step)", NearName.remedy(step, in: names, what: "it has"))
        }
        found = Provenance(path: "\(found.path).\(step)", history: below)
      }
      entries = found.value.map { Self.leaves(found, $0, nil) } ?? [found]
    case .property(let resource, let path):
      let finder = PropertyPath(resource: resource)
      guard let found = finder.find(path) else {
        let last = path.split(separator: ".").last.map(String.init) ?? path
        throw Self.error(
          "\(resource.id) has no \(path)", NearName.remedy(last, in: finder.names(after: path), what: "it has"))
      }
      entries = found.value.map { Self.leaves(found, $0, finder.schema(at: path)) } ?? [found]
    }
  }

  init(entries: [Provenance]) { self.entries = entries }

  // MARK: - Collecting

  /// A resource: who gave it its id and form, where a script had a say in that, and every property.
  private static func whole(_ resource: Resource) -> [Provenance] {
    let isOfScripts = !resource.renames.isEmpty || !resource.steps.isEmpty || resource.naming != nil
    let own = Provenance(path: resource.id, value: resource.type, writers: makers(of: resource))
    return (isOfScripts ? [own] : []) + all(resource)
  }

  /// Every property of a resource, attributes first, lists and mappings by their values.
  private static func all(_ resource: Resource) -> [Provenance] {
    let names = (resource.attributes.fields?.keys.elements ?? []) + (resource.properties.fields?.keys.elements ?? [])
    return names.flatMap { name -> [Provenance] in
      let finder = PropertyPath(resource: resource)
      guard let found = finder.find(name), let value = found.value else { return [] }
      return leaves(found, value, finder.schema(at: name))
    }
  }

  /// The scalars below a property, each with its own writers; a property that is one is itself.
  private static func leaves(_ found: Provenance, _ value: Node, _ schema: Schema?) -> [Provenance] {
    let isOne = Intrinsics.function(value) != nil || (value.fields ?? [:]).isEmpty && (value.list ?? []).isEmpty
    if isOne { return [found] }
    let names = PropertyPath.names(value, schema).prefix(value.list?.count ?? value.fields?.count ?? 0)
    let children = PropertyPath.children(of: found.history, schema)
    return names.flatMap { name -> [Provenance] in
      let below = Provenance(path: "\(found.path).\(name)", history: children(name))
      guard let value = below.value else { return [] }
      return leaves(below, value, schema?.step(name))
    }
  }

  // MARK: - Lines

  /// What was written on a line; all of a definition whose name stands there, all of a section whose key does.
  private static func became(_ file: String, _ line: Int, _ outcome: Pipeline.Outcome) throws -> [Provenance] {
    func stands(_ place: Place) -> Bool { place.file?.name == file && place.line == line }
    let resources = outcome.stack.resources.values
    var entries: [Provenance] = []
    var silent: [Resource] = []
    for resource in resources {
      let written = all(resource).filter { $0.writers.contains { stands($0.place) } }
      entries += written
      if written.isEmpty, resource.origin.part == "main", stands(resource.origin.place) { silent.append(resource) }
    }
    let begun = Set(silent.map(\.name))
    entries += resources.filter { begun.contains($0.name) }.flatMap(all)
    if !entries.isEmpty { return entries }
    let path = compose(outcome.project.root, file, line, [])
    let ofKey = resources.filter { $0.origin.key == path }
    if ofKey.isEmpty { throw nothing(file, line, path) }
    return ofKey.flatMap(all)
  }

  // MARK: - Nothing

  /// A line of the compose file that became nothing, or that is not there.
  private static func nothing(_ file: String, _ line: Int, _ path: String?) -> Finding {
    if let path {
      return error(
        "\(file):\(line) (\(path)) became nothing in the template",
        "composex config --fidelity says what becomes of each attribute")
    }
    return error("nothing was read from \(file):\(line)", "name a file and a line as messages do: compose.yaml:14")
  }

  /// The path of the value of the compose model that stands on a line.
  private static func compose(_ node: Node, _ file: String, _ line: Int, _ path: [String]) -> String? {
    // The model as a whole stands on no line.
    for place in path.isEmpty ? [] : [node.keyPlace, node.place]
    where place?.file?.name == file && place.map({ Int($0.line) }) == line {
      return path.joined(separator: ".")
    }
    switch node.value {
    case .map(let fields):
      for (key, value) in fields { if let found = compose(value, file, line, path + [key]) { return found } }
    case .list(let items):
      for (index, item) in items.enumerated() {
        if let found = compose(item, file, line, path + ["\(index + 1)"]) { return found }
      }
    default: break
    }
    return nil
  }

  static func error(_ message: String, _ remedy: String?) -> Finding {
    .error(at: .unknown, message, remedy: remedy)
  }
}
