import ComposeXLua

extension ServiceView {
  /// `service:remove()`: takes it out of the project, with all that points to it.
  static let remove: @Sendable (ServiceView, LuaCall) throws -> LuaValue = { view, _ in
    let session = view.session
    guard session.phase == .project else {
      throw ScriptError(
        "services::\(view.name) cannot be removed once resources are generated",
        remedy: "call service:remove() in composex.project(function)")
    }
    guard let services = session.project.root["services"], services[view.name] != nil else { return .nil }
    services.remove(view.name)
    // What names it in a way that is not known here leads to a service that does not run, as with a profile.
    session.project.disabled[view.name] = view.node
    ServiceRemoval(name: view.name).apply(to: session.project.root)
    return .nil
  }
}

/// Takes out what points to a service: of other services, and of the sections that name services.
private struct ServiceRemoval {
  let name: String

  func apply(to root: Node) {
    for service in root["services"]?.fields?.values.elements ?? [] { dropEdges(of: service) }
    for (key, section) in root.fields ?? [:] where key.hasPrefix("x-") { dropNames(in: section, depth: 0) }
  }

  private func dropEdges(of service: Node) {
    service["depends_on"]?.remove(name)
    for key in ["depends_on", "links", "volumes_from"] {
      guard let node = service[key] else { continue }
      if let items = node.list { node.value = .list(items.filter { !isName($0) }) }
      if node.list?.isEmpty == true || node.fields?.isEmpty == true { service.remove(key) }
    }
    for key in ["network_mode", "pid", "ipc"] where service[key]?.string == "service:\(name)" { service.remove(key) }
  }

  /// Whether a text is the name, or begins with it as `web:alias` does.
  private func isName(_ node: Node) -> Bool {
    guard let text = node.string ?? (node["Name"] ?? node["name"])?.string else { return false }
    return text == name || text.hasPrefix("\(name):")
  }

  private func dropNames(in node: Node, depth: Int) {
    guard depth < Conversion.maximumDepth else { return }
    for item in node.list ?? [] { dropNames(in: item, depth: depth + 1) }
    for (key, value) in node.fields ?? [:] {
      guard key == "Services" else {
        dropNames(in: value, depth: depth + 1)
        continue
      }
      value.remove(name)
      if let items = value.list { value.value = .list(items.filter { !isName($0) }) }
      if value.list?.isEmpty == true || value.fields?.isEmpty == true { node.remove(key) }
    }
  }
}
