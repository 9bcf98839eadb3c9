/// Rules between the attributes of one element that hold whether or not the element is used.
struct StructureRules {
  let findings: Findings

  func run(_ root: Node) {
    for (name, volume) in root["volumes"]?.fields ?? [:] { externalVolume(name, volume) }
    for (name, config) in root["configs"]?.fields ?? [:] {
      source(ModelPath("configs", name), config, ["file", "environment", "content"])
    }
    for (name, secret) in root["secrets"]?.fields ?? [:] {
      source(ModelPath("secrets", name), secret, ["file", "environment"])
    }
    for (name, service) in root["services"]?.fields ?? [:] {
      mounts(name, service)
      ports(name, service)
      devices("services::\(name).gpus", service["gpus"])
      if let reserved = service["deploy"]?["resources"]?["reservations"]?["devices"] {
        devices("services::\(name).deploy.resources.reservations.devices", reserved)
      }
      for (index, rule) in (service["develop"]?["watch"]?.list ?? []).enumerated() where rule["path"]?.string == "" {
        report(
          rule, "services::\(name).develop.watch[\(index)]: path must not be empty", remedy: "name the path to watch")
      }
    }
  }

  private func report(_ node: Node, _ message: String, remedy: String) {
    findings.report(.error(at: node.keyPlace ?? node.place, message, remedy: remedy))
  }

  private func externalVolume(_ name: String, _ volume: Node) {
    guard volume["external"]?.bool == true, let fields = volume.fields else { return }
    for (key, node) in fields where key != "external" && key != "name" && !key.isExtension {
      report(
        node, "volumes::\(name): conflicting parameters \"external\" and \"\(key)\" specified",
        remedy: "an external volume exists already: remove \(key)")
    }
  }

  private func source(_ path: ModelPath, _ resource: Node, _ kinds: [String]) {
    guard let fields = resource.fields else { return }
    let given = kinds.filter { fields[$0] != nil }
    let all = kinds.joined(separator: "|")
    if given.count > 1 {
      report(
        resource, "\(path): \(all) attributes are mutually exclusive",
        remedy: "keep one of \(given.joined(separator: ", "))")
    } else if given.isEmpty, ["driver", "external", "x-secrets"].allSatisfy({ fields[$0] == nil }) {
      report(resource, "\(path): one of \(all) must be set", remedy: "say where it comes from, or write external: true")
    }
  }

  private func mounts(_ name: String, _ service: Node) {
    for (index, mount) in (service["volumes"]?.list ?? []).enumerated() where mount.fields != nil {
      func place() -> String { "services::\(name).volumes[\(index)]" }
      if mount["target"] == nil {
        report(
          mount, "service volume \(place()) is missing a mount target",
          remedy: "add target: and the path in the container")
      }
      if mount["type"]?.string == "bind", mount["source"]?.string ?? "" == "" {
        report(
          mount, "\(place()): invalid mount config for type \"bind\": field Source must not be empty",
          remedy: "add source: and the path on the host")
      }
    }
  }

  private func ports(_ name: String, _ service: Node) {
    for (index, port) in (service["ports"]?.list ?? []).enumerated() where port.fields != nil {
      func place() -> String { "services::\(name).ports[\(index)]" }
      if port["target"] == nil {
        report(
          port, "service ports \(place()) is missing a target port", remedy: "add target: and the port of the container"
        )
      }
      guard let address = port["host_ip"], let text = address.string else { continue }
      let bare = text.first == "[" && text.last == "]" ? String(text.dropFirst().dropLast()) : text
      if !bare.isEmpty, !Addresses.isIP(bare), !VariableText.isNeeded(bare) {
        report(address, "\(place()): invalid ip address: \(text)", remedy: "write an IPv4 or IPv6 address")
      }
    }
  }

  private func devices(_ path: @autoclosure () -> String, _ list: Node?) {
    for (index, device) in (list?.list ?? []).enumerated() where device["count"] != nil && device["device_ids"] != nil {
      report(
        device, "\(path())[\(index)]: \"count\" and \"device_ids\" attributes are exclusive",
        remedy: "keep one of the two")
    }
  }
}
