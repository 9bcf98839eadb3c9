/// What Compose adds to a model of its own accord (loader notes, normalization): default network, implied dependencies, names.
struct Normalization {
  let projectName: String
  let lookup: VariableText.Lookup

  func run(_ root: Node) {
    var usesDefaultNetwork = false
    for service in root["services"]?.fields?.values.elements ?? [] {
      networks(service, &usesDefaultNetwork)
      build(service)
      if service["pull_policy"]?.string == "if_not_present", let policy = service["pull_policy"] {
        service.set("pull_policy", Node(.string("missing"), at: policy.place))
      }
      environment(service)
      impliedDependencies(service)
      for mount in service["volumes"]?.list ?? [] {
        guard let target = mount["target"], let text = target.string, !text.isEmpty else { continue }
        target.value = .string(Files.clean(text))
      }
      for step in service["pre_start"]?.list ?? [] where step["image"] == nil {
        if let image = service["image"]?.string { step.set("image", Node(.string(image), at: step.place)) }
      }
    }
    if usesDefaultNetwork { addDefaultNetwork(root) }
    for kind in ["networks", "volumes", "configs", "secrets"] { names(root[kind]) }
  }

  private func networks(_ service: Node, _ usesDefault: inout Bool) {
    guard service["network_mode"] == nil, service["provider"] == nil else { return }
    let networks = service["networks"]?.fields ?? [:]
    if networks.isEmpty {
      service.set("networks", Node(.map(["default": Node(.null, at: service.place)]), at: service.place))
      usesDefault = true
    } else if networks["default"] != nil {
      usesDefault = true
    }
  }

  private func addDefaultNetwork(_ root: Node) {
    if root["networks"] == nil { root.set("networks", Node(.map([:]), at: root.place)) }
    guard let networks = root["networks"], networks["default"] == nil else { return }
    networks.set("default", Node(.map([:]), at: root.place))
  }

  private func build(_ service: Node) {
    guard let build = service["build"], build.fields != nil else { return }
    if build["context"] == nil { build.set("context", Node(.string("."), at: build.place)) }
    if build["dockerfile"] == nil, build["dockerfile_inline"] == nil {
      build.set("dockerfile", Node(.string("Dockerfile"), at: build.place))
    }
    guard let arguments = build["args"], let fields = arguments.fields else { return }
    for (key, value) in fields where value.isNull {
      if let found = lookup(key) { arguments.set(key, Node(.string(found), at: value.place)) }
    }
    arguments.removeFields { _, value in value.isNull }
  }

  private func environment(_ service: Node) {
    guard let environment = service["environment"], let fields = environment.fields else { return }
    for (key, value) in fields where value.isNull {
      if let found = lookup(key) { environment.set(key, Node(.string(found), at: value.place)) }
    }
  }

  private func impliedDependencies(_ service: Node) {
    for link in service["links"]?.list ?? [] {
      guard let name = link.string?.split(separator: ":").first else { continue }
      depend(service, on: String(name), restart: true, because: link)
    }
    for key in ["network_mode", "ipc", "pid", "uts", "cgroup"] {
      guard let node = service[key], let text = node.string, text.hasPrefix("service:") else { continue }
      depend(service, on: String(text.dropFirst("service:".count)), restart: true, because: node)
    }
    for source in service["volumes_from"]?.list ?? [] {
      guard let text = source.string, !text.hasPrefix("container:"), let name = text.split(separator: ":").first else {
        continue
      }
      depend(service, on: String(name), restart: false, because: source)
    }
  }

  /// Adds a dependency, unless it is there already.
  private func depend(_ service: Node, on name: String, restart: Bool, because node: Node) {
    if service["depends_on"] == nil { service.set("depends_on", Node(.map([:]), at: node.place)) }
    guard let dependencies = service["depends_on"], dependencies[name] == nil else { return }
    var fields: Node.Fields = ["condition": Node(.string("service_started"), at: node.place)]
    if restart { fields["restart"] = Node(.bool(true), at: node.place) }
    fields["required"] = Node(.bool(true), at: node.place)
    dependencies.set(name, Node(.map(fields), at: node.place))
  }

  /// `name` of the resources that have none: `<project>_<key>`, or the key of what exists already.
  private func names(_ resources: Node?) {
    for (key, resource) in resources?.fields ?? [:] {
      if resource.isNull { resource.value = .map([:]) }
      guard resource["name"] == nil else { continue }
      let name = resource["external"]?.bool == true ? key : "\(projectName)_\(key)"
      resource.set("name", Node(.string(name), at: resource.place))
    }
  }
}
