/// Forms that ECS ComposeX takes and compose refuses: secrets and configs without a source, and `depends_on` a family.
struct PeerForms {
  let findings: Findings

  /// Takes secrets and configs without a source out of a model, also where services name them; each is reported once.
  func dropSourceless(in model: Node) {
    for (section, kinds) in [("secrets", ["file", "environment"]), ("configs", ["file", "environment", "content"])] {
      guard let definitions = model[section], let fields = definitions.fields else { continue }
      let dropped = fields.filter { !Self.hasSource($0.value, kinds) }
      if dropped.isEmpty { continue }
      definitions.removeFields { name, _ in dropped[name] != nil }
      for (name, node) in dropped {
        findings.report(
          .warning(
            at: node.keyPlace ?? node.place,
            "\(section)::\(name) has no source: it is absent, also where services name it",
            remedy: section == "secrets"
              ? "write file: or environment:, or x-secrets: {Name: ...}" : "write file: or content:"))
      }
      for service in model["services"]?.fields?.values.elements ?? [] {
        drop(dropped, from: service, section)
        if let build = service["build"], section == "secrets" { drop(dropped, from: build, section) }
      }
    }
  }

  private static func hasSource(_ definition: Node, _ kinds: [String]) -> Bool {
    guard let fields = definition.fields else { return !definition.isNull }
    return (kinds + ["driver", "external", "x-secrets"]).contains { fields[$0] != nil }
  }

  private func drop(_ dropped: Node.Fields, from holder: Node, _ section: String) {
    guard let mounts = holder[section], let items = mounts.list else { return }
    let kept = items.filter { mount in (mount["source"]?.string).map { dropped[$0] == nil } ?? true }
    if kept.isEmpty { holder.remove(section) } else { mounts.value = .list(kept) }
  }

  /// Puts the first service of a family where `depends_on` names the family.
  func resolveFamilies(in root: Node, disabled: Node.Fields) {
    guard let services = root["services"]?.fields else { return }
    var members: [String: String] = [:]
    for (name, service) in services {
      let label = service["deploy"]?["labels"]?["ecs.task.family"]?.string ?? ""
      for part in label.split(separator: ",") {
        let family = String(part.trimmed)
        if members[family] == nil { members[family] = name }
      }
    }
    for (name, service) in services {
      guard let dependencies = service["depends_on"], let fields = dependencies.fields else { continue }
      for (other, dependency) in fields where services[other] == nil && disabled[other] == nil {
        guard let member = members[other], member != name else { continue }
        findings.report(
          .warning(
            at: dependency.keyPlace ?? dependency.place,
            "services::\(name) depends on \(other), which is a family: it waits for services::\(member)",
            remedy: "write depends_on: [\(member)]"))
        dependencies.remove(other)
        if dependencies[member] == nil { dependencies.set(member, dependency) }
      }
    }
  }
}
