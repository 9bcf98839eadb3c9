/// Rules between the parts of a project: what a service names must exist, and must not contradict itself.
struct Consistency {
  let root: Node
  let disabled: Node.Fields
  let findings: Findings

  func run() {
    let services = root["services"]?.fields ?? [:]
    for (name, service) in services where service.fields != nil { check(name, service, services) }
    for (name, secret) in root["secrets"]?.fields ?? [:] where secret.fields != nil {
      // `x-secrets` says where it is on AWS.
      let isElsewhere = secret["external"]?.bool == true || secret["x-secrets"] != nil
      if secret["file"] == nil, secret["environment"] == nil, !isElsewhere {
        report(
          secret, "secret \"\(name)\" must declare either `file` or `environment`", remedy: "or write external: true")
      }
    }
    containerNames(services)
  }

  private func check(_ name: String, _ service: Node, _ services: Node.Fields) {
    if service["image"]?.string ?? "" == "", service["build"] == nil, service["provider"] == nil {
      report(
        service, "service \"\(name)\" has neither an image nor a build context specified",
        remedy: "add image: or build:")
    }
    build(name, service, services)
    networks(name, service, services)
    references(name, service)
    dependencies(name, service, services)
    healthcheck(name, service)
    Amounts(findings: findings).check(name, service)
    watch(name, service)
    mounts(name, service)
  }

  /// Near names are looked for while findings are few: among thousands, each would cost a look at all names.
  private func report(_ node: Node, _ message: String, remedy: @autoclosure () -> String?) {
    let remedy = findings.all.count < 20 ? remedy() : nil
    findings.report(.error(at: node.keyPlace ?? node.place, message, remedy: remedy))
  }

  private func build(_ name: String, _ service: Node, _ services: Node.Fields) {
    guard let build = service["build"] else { return }
    if let inline = build["dockerfile_inline"], build["dockerfile"] != nil {
      report(
        inline, "service \"\(name)\" declares mutually exclusive dockerfile and dockerfile_inline",
        remedy: "keep one of the two")
    }
    for (key, context) in build["additional_contexts"]?.fields ?? [:] {
      guard let text = context.string, text.hasPrefix("service:") else { continue }
      let other = String(text.dropFirst("service:".count))
      guard let target = services[other] ?? disabled[other] else {
        report(
          context, "service \"\(name)\" declares unknown service \"\(other)\" as additional context \(key)",
          remedy: NearName.remedy(other, in: services.keys, what: "services"))
        continue
      }
      if target["build"] == nil {
        report(
          context, "service \"\(name)\" declares the non-buildable service \"\(other)\" as additional context \(key)",
          remedy: "give \(other) a build:")
      }
    }
    let platforms = build["platforms"]?.list ?? []
    if let platform = service["platform"], let text = platform.string, !platforms.isEmpty,
      !platforms.contains(where: { $0.string == text })
    {
      report(
        platform, "service \"\(name)\": service.build.platforms MUST include service.platform \"\(text)\"",
        remedy: "add it to build.platforms")
    }
  }

  private func networks(_ name: String, _ service: Node, _ services: Node.Fields) {
    if let mode = service["network_mode"] {
      if let networks = service["networks"], !(networks.fields?.isEmpty ?? true) {
        report(
          networks, "service \(name) declares mutually exclusive `network_mode` and `networks`",
          remedy: "keep one of the two")
      }
      if let text = mode.string, text.hasPrefix("service:") {
        let other = String(text.dropFirst("service:".count))
        if services[other] == nil, disabled[other] == nil {
          report(
            mode, "service \"\(name)\" has network_mode of the undefined service \"\(other)\"",
            remedy: NearName.remedy(other, in: services.keys, what: "services"))
        }
      }
    }
    for (network, node) in service["networks"]?.fields ?? [:] { defined(name, "network", network, node, "networks") }
  }

  private func defined(_ name: String, _ kind: String, _ reference: String, _ node: Node, _ section: String) {
    let known = root[section]?.fields?.keys
    if known?.contains(reference) == true || VariableText.isNeeded(reference) { return }
    let names = known.map(Array.init) ?? []
    report(
      node, "service \"\(name)\" refers to undefined \(kind) \(reference)",
      remedy: NearName.find(reference, in: names).map { "did you mean \"\($0)\"?" }
        ?? "define it under \(section): at the top level")
  }

  private func references(_ name: String, _ service: Node) {
    for mount in service["volumes"]?.list ?? [] where mount["type"]?.string == "volume" {
      if let source = mount["source"], let text = source.string, !text.isEmpty {
        defined(name, "volume", text, source, "volumes")
      }
    }
    for (kind, list, section) in [
      ("config", service["configs"], "configs"), ("secret", service["secrets"], "secrets"),
      ("build secret", service["build"]?["secrets"], "secrets"),
    ] {
      for mount in list?.list ?? [] {
        if let source = mount["source"], let text = source.string { defined(name, kind, text, source, section) }
      }
    }
    for (model, node) in service["models"]?.fields ?? [:] { defined(name, "model", model, node, "models") }
    if let config = service["credential_spec"]?["config"], let text = config.string {
      defined(name, "config", text, config, "configs")
    }
  }

  private func dependencies(_ name: String, _ service: Node, _ services: Node.Fields) {
    for (other, dependency) in service["depends_on"]?.fields ?? [:] {
      if services[other] != nil || disabled[other] != nil { continue }
      report(
        dependency, "service \"\(name)\" depends on undefined service \"\(other)\"",
        remedy: NearName.remedy(other, in: services.keys.filter { $0 != name }, what: "services"))
    }
  }

  private func healthcheck(_ name: String, _ service: Node) {
    guard let test = service["healthcheck"]?["test"], let first = test.list?.first, let word = first.string else {
      return
    }
    if !["CMD", "CMD-SHELL", "NONE"].contains(word) {
      report(
        first, "services::\(name).healthcheck.test must begin with NONE, CMD or CMD-SHELL, not \"\(word)\"",
        remedy: "write [\"CMD\", \"\(word)\", ...], or one string for the shell")
    }
  }

  private func watch(_ name: String, _ service: Node) {
    for (index, rule) in (service["develop"]?["watch"]?.list ?? []).enumerated() {
      guard let action = rule["action"]?.string, action != "rebuild", action != "restart",
        rule["target"]?.string ?? "" == ""
      else { continue }
      report(
        rule, "services::\(name).develop.watch[\(index)]: target is required for the action \"\(action)\"",
        remedy: "add target: and the path in the container")
    }
  }

  /// Two mounts on one path of the container.
  private func mounts(_ name: String, _ service: Node) {
    let tmpfs = service["tmpfs"]?.list ?? []
    let volumes = service["volumes"]?.list ?? []
    guard tmpfs.count + volumes.count > 1 else { return }
    var seen: [String: (kind: String, index: Int)] = [:]
    for (index, node) in tmpfs.enumerated() {
      guard let target = node.string?.split(separator: ":").first else { continue }
      mounted(name, String(target), ("tmpfs", index), node, &seen)
    }
    for (index, node) in volumes.enumerated() {
      guard let target = node["target"]?.string else { continue }
      mounted(name, target, ("volumes", index), node, &seen)
    }
  }

  private func mounted(
    _ name: String, _ target: String, _ path: (kind: String, index: Int), _ node: Node,
    _ seen: inout [String: (kind: String, index: Int)]
  ) {
    let target = Files.clean(target)
    if let first = seen[target] {
      report(
        node,
        "services::\(name).\(path.kind)[\(path.index)]: target \(target) already mounted as "
          + "services::\(name).\(first.kind)[\(first.index)]", remedy: "mount one of them elsewhere")
    }
    seen[target] = path
  }

  private func containerNames(_ services: Node.Fields) {
    var owners: [String: String] = [:]
    for (name, service) in services {
      guard let node = service["container_name"], let text = node.string else { continue }
      if let owner = owners[text] {
        report(
          node, "services \"\(owner)\" and \"\(name)\" have the same container_name \"\(text)\"",
          remedy: "rename one of them")
      }
      owners[text] = name
    }
  }
}

/// Amounts of a service that are written in two places, or that contradict other attributes.
private struct Amounts {
  let findings: Findings

  func check(_ name: String, _ service: Node) {
    let deploy = service["deploy"]
    same(name, "scale", service["scale"], "deploy.replicas", deploy?["replicas"])
    let limits = deploy?["resources"]?["limits"]
    let reservations = deploy?["resources"]?["reservations"]
    same(name, "cpus", service["cpus"], "deploy.resources.limits.cpus", limits?["cpus"])
    same(name, "mem_limit", service["mem_limit"], "deploy.resources.limits.memory", limits?["memory"])
    same(
      name, "mem_reservation", service["mem_reservation"], "deploy.resources.reservations.memory",
      reservations?["memory"])
    same(name, "pids_limit", service["pids_limit"], "deploy.resources.limits.pids", limits?["pids"])
    for (key, node) in [("scale", service["scale"]), ("deploy.replicas", deploy?["replicas"])] {
      guard let node, let value = node.int else { continue }
      if value < 0 {
        report(
          node, "services::\(name).\(key) must be greater than or equal to 0, not \(value)", remedy: "write 0 for none")
      }
      if value > 1, let container = service["container_name"] {
        report(
          container,
          "services::\(name): container_name \"\(container.string ?? "")\" and \(key) \(value) cannot go together",
          remedy: "container names are unique: remove container_name")
      }
    }
  }

  private func same(_ name: String, _ key: String, _ node: Node?, _ otherKey: String, _ other: Node?) {
    guard let node, let other, let first = Casts.text(node), let second = Casts.text(other), first != second else {
      return
    }
    report(
      node, "services::\(name): can't set distinct values on \(key) (\(first)) and \(otherKey) (\(second))",
      remedy: "keep one of the two")
  }

  private func report(_ node: Node, _ message: String, remedy: String) {
    findings.report(.error(at: node.keyPlace ?? node.place, message, remedy: remedy))
  }
}
