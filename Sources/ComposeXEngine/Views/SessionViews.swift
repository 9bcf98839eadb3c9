import ComposeXLua

/// The views of a session's model: each object has one.
extension ScriptSession {
  var projectView: ProjectView { one { ProjectView(self) } }
  var stackView: StackView { one { StackView(self) } }

  func view(_ node: Node, _ owner: NodeView.Owner, depth: Int) -> NodeView {
    if let view = views.nodes[node] { return unsafeDowncast(view, to: NodeView.self) }
    let view = NodeView(self, node, owner, depth: depth)
    views.nodes[node] = view
    return view
  }

  func view(_ resource: Resource) -> ResourceView {
    if let view = views.resources[resource] { return unsafeDowncast(view, to: ResourceView.self) }
    let view = ResourceView(self, resource)
    views.resources[resource] = view
    return view
  }

  /// The active services, in the order of the files.
  var serviceViews: [ServiceView] {
    project.services.map { name, node in
      if let view = views.services[node] { return unsafeDowncast(view, to: ServiceView.self) }
      let view = ServiceView(self, name, node)
      views.services[node] = view
      return view
    }
  }

  /// What Lua sees of a node: scalars by value, lists and mappings as views.
  func lua(_ node: Node?, _ owner: NodeView.Owner, depth: Int) -> LuaValue {
    guard let node else { return .nil }
    if let run = checkRun, owner.isOfResource { return checked(node, owner, depth: depth, in: run) }
    return scalar(node, owner, depth: depth)
  }

  /// The same for a node as it is written.
  func scalar(_ node: Node, _ owner: NodeView.Owner, depth: Int) -> LuaValue {
    switch node.value {
    case .null: return .nil
    case .bool(let flag): return .boolean(flag)
    case .int(let number): return .integer(number)
    case .float(let number): return .number(number)
    case .string(let text): return .string(text)
    case .list, .map: return .object(view(node, owner, depth: depth))
    case .reference, .text: return .object(ReferenceView(node.value))
    }
  }
}
