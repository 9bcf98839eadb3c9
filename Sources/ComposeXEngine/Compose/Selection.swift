/// Which services of a project are active: by profiles, and by the names on the command line.
struct Selection {
  let root: Node
  let findings: Findings
  private(set) var disabled: Node.Fields = [:]

  init(root: Node, findings: Findings) {
    self.root = root
    self.findings = findings
  }

  /// Takes services out that no profile selects. Services that are asked for bring their profiles along.
  mutating func apply(profiles: [String], asked: [String]) {
    guard let services = root["services"], let fields = services.fields else { return }
    var active = Set(profiles)
    for name in asked { active.formUnion((fields[name]?["profiles"]?.list ?? []).compactMap(\.string)) }
    if active.contains("*") { return }
    var kept = Node.Fields()
    for (name, service) in fields {
      let own = (service["profiles"]?.list ?? []).compactMap(\.string)
      if own.isEmpty || own.contains(where: active.contains) { kept[name] = service } else { disabled[name] = service }
    }
    services.value = .map(kept)
  }

  /// Keeps the services that are asked for and what they depend on, and drops the edges to the others.
  mutating func select(_ asked: [String]) {
    guard !asked.isEmpty, let services = root["services"], let fields = services.fields else { return }
    var wanted: Set<String> = []
    var queue: [String] = []
    for name in asked {
      if fields[name] != nil {
        queue.append(name)
      } else {
        let names = Array(fields.keys) + Array(disabled.keys)
        findings.report(
          .error(
            at: .unknown, "no such service: \"\(name)\"", remedy: NearName.remedy(name, in: names, what: "services")))
      }
    }
    while let name = queue.popLast() {
      guard wanted.insert(name).inserted else { continue }
      queue += (fields[name]?["depends_on"]?.fields?.keys.elements ?? []).filter { fields[$0] != nil }
    }
    var kept = Node.Fields()
    for (name, service) in fields {
      if wanted.contains(name) { kept[name] = service } else { disabled[name] = service }
    }
    services.value = .map(kept)
    for service in kept.values { dropEdges(service, kept) }
  }

  private func dropEdges(_ service: Node, _ kept: Node.Fields) {
    guard let dependencies = service["depends_on"] else { return }
    dependencies.removeFields { name, _ in kept[name] == nil }
    if dependencies.fields?.isEmpty == true { service.remove("depends_on") }
  }
}
