/// The dependencies between services: no cycles, and what is required is there.
struct DependencyGraph {
  let services: Node.Fields
  let disabled: Node.Fields
  let findings: Findings

  func run() {
    for (name, service) in services {
      for (other, dependency) in service["depends_on"]?.fields ?? [:] {
        guard services[other] == nil, let target = disabled[other], dependency["required"]?.bool != false else {
          continue
        }
        let profiles = (target["profiles"]?.list ?? []).compactMap(\.string).joined(separator: " ")
        findings.report(
          .error(
            at: dependency.keyPlace ?? dependency.place,
            "service \"\(other)\" is required by \"\(name)\" but is disabled. Can be enabled by profiles [\(profiles)]",
            remedy: "use --profile, or write required: false"))
      }
    }
    if let cycle = cycle() { report(cycle) }
  }

  private func report(_ cycle: [String]) {
    let place = services[cycle[0]]?["depends_on"]?[cycle[1]].map { $0.keyPlace ?? $0.place } ?? .unknown
    findings.report(
      .error(
        at: place, "dependency cycle detected: \(cycle.joined(separator: " -> "))",
        remedy: "remove one of these dependencies"))
  }

  /// The first cycle in the order of names, its first service at both ends; depth first, without recursion.
  private func cycle() -> [String]? {
    var done: Set<String> = []
    for start in services.keys.sorted() where !done.contains(start) {
      var stack: [(name: String, next: Int, edges: [String])] = [(start, 0, edges(of: start))]
      var open: Set<String> = [start]
      while let top = stack.last {
        guard top.next < top.edges.count else {
          done.insert(top.name)
          open.remove(top.name)
          stack.removeLast()
          continue
        }
        let other = top.edges[top.next]
        stack[stack.count - 1].next += 1
        if open.contains(other), let from = stack.firstIndex(where: { $0.name == other }) {
          return stack[from...].map(\.name) + [other]
        }
        if done.contains(other) { continue }
        open.insert(other)
        stack.append((other, 0, edges(of: other)))
      }
    }
    return nil
  }

  private func edges(of name: String) -> [String] {
    (services[name]?["depends_on"]?.fields?.keys.sorted() ?? []).filter { services[$0] != nil }
  }
}
