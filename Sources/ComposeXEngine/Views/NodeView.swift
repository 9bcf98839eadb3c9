import ComposeXLua

/// A list or a mapping in a script's hand: reads and writes go to the node itself, so that order, positions and writers survive.
class NodeView: LuaObject {
  /// What the node belongs to, which decides what may be written and when.
  enum Owner {
    /// A value below `Properties`; `path` are the names down to it, `*` for an item of a list.
    case properties(Resource, path: [String])
    /// A value below another attribute of a resource (`DependsOn`, `Metadata`).
    case attribute(Resource, String)
    /// A definition of the template: a parameter, an output, a condition.
    case template
    /// The metadata of the template, which may hold anything.
    case metadata
    /// A value of the compose model.
    case compose
    /// What a data file of a pack or script holds.
    case data

    /// Whether rules see its values as CloudFormation will; what a resource depends on are names.
    var isOfResource: Bool {
      switch self {
      case .properties: true
      case .attribute(_, let name): name != "DependsOn"
      default: false
      }
    }
  }

  unowned let session: ScriptSession
  let node: Node
  let owner: Owner
  let depth: Int

  init(_ session: ScriptSession, _ node: Node, _ owner: Owner, depth: Int) {
    self.session = session
    self.node = node
    self.owner = owner
    self.depth = depth
  }

  var luaTypeName: String { node.list == nil ? "mapping" : "list" }

  func luaEquals(_ other: any LuaObject) -> Bool { false }

  // MARK: - Reading

  func luaGet(_ key: LuaValue, _ call: LuaCall) throws -> LuaValue {
    switch (node.value, key) {
    case (.list(let items), .integer(let index)):
      guard index >= 1, index <= items.count else { return .nil }
      return item(items[index - 1])
    case (.map(let fields), .string(let name)):
      if let value = fields[name] { return session.lua(value, child(name), depth: depth + 1) }
      if let method = serviceMethod(name) { return method }
      try checkName(name, isRead: true)
      return .nil
    case (.map, .integer):
      try refuse(
        "a mapping has names, not items", remedy: "write for name, value in pairs(mapping) do", call)
      return .nil
    case (.list, .string(let name)):
      try refuse(
        "a list has items, and no \"\(name)\"", remedy: "write list[1].\(name), or for _, item in ipairs(list) do", call
      )
      return .nil
    default: return .nil
    }
  }

  /// `project.services.web:remove()`: a service of the model is taken out like one of `services()`.
  private func serviceMethod(_ name: String) -> LuaValue? {
    guard name == "remove", depth == 2, case .compose = owner, session.phase == .project else { return nil }
    return session.serviceViews.first { $0.node === node }.map {
      session.method("service", "remove", ServiceView.remove, bound: $0)
    }
  }

  /// An item of a list as Lua sees it: what a resource waits for are logical ids.
  private func item(_ node: Node) -> LuaValue {
    if case .attribute(_, "DependsOn") = owner, case .reference(let reference) = node.value {
      return .string(reference.id)
    }
    return session.lua(node, child("*"), depth: depth + 1)
  }

  /// Refuses what a script asks a list or a mapping for; built-in files find out by that which of them it is.
  private func refuse(_ message: String, remedy: String, _ call: LuaCall) throws {
    guard let caller = call.caller(), session.files[caller.chunk].role != .module else { return }
    throw ScriptError(message, remedy: remedy)
  }

  func luaLength(_ call: LuaCall) throws -> Int { node.list?.count ?? node.fields?.count ?? 0 }

  func luaPairs(_ call: LuaCall) throws -> [(LuaValue, LuaValue)] {
    switch node.value {
    case .list(let items):
      items.enumerated().map { (.integer($0.offset + 1), item($0.element)) }
    case .map(let fields):
      fields.map { (.string($0.key), session.lua($0.value, child($0.key), depth: depth + 1)) }
    default: []
    }
  }

  // MARK: - Writing

  func luaSet(_ key: LuaValue, _ value: LuaValue, _ call: LuaCall) throws {
    try session.checkWritable(owner)
    if case .template = owner, depth == 0 {
      throw ScriptError(
        "the sections of a template are read-only",
        remedy: "use stack:parameter, stack:mapping, stack:condition or stack:output")
    }
    // The count alone is kept: an array that is held here would be copied when it changes.
    switch (node.list?.count, key) {
    case (let count?, .integer(let index)): try setItem(index, of: count, value, call)
    case (_?, _):
      throw ScriptError("a list takes integers as keys, from 1", remedy: "append with list[#list + 1] = ...")
    case (nil, .string(let name)): try setField(name, value, call)
    default: throw ScriptError("a mapping takes strings as keys", remedy: "write mapping.Name or mapping[\"Name\"]")
    }
  }

  private func setField(_ name: String, _ value: LuaValue, _ call: LuaCall) throws {
    if case .nil = value {
      node.remove(name, at: session.place(call))
      return
    }
    try checkName(name)
    let written = try written(value, call)
    try session.fit(written, child(name))
    node.set(name, written)
  }

  private func setItem(_ index: Int, of count: Int, _ value: LuaValue, _ call: LuaCall) throws {
    if case .nil = value {
      guard index == count, count > 0 else {
        throw ScriptError(
          "only the last item of a list can be set to nil", remedy: "build the list that you want, and assign it whole")
      }
      node.removeLastItem()
      return
    }
    guard index >= 1, index <= count + 1 else {
      throw ScriptError(
        "item \(index) would leave a hole: the list has \(count == 1 ? "1 item" : "\(count) items")",
        remedy: "append with list[#list + 1] = ...")
    }
    let written = try written(value, call)
    try session.fit(written, child("*"))
    if index == count + 1 {
      node.append(written)
    } else {
      node.setItem(index - 1, written)
    }
  }

  private func written(_ value: LuaValue, _ call: LuaCall) throws -> Node {
    var value = value
    if case .attribute(_, "DependsOn") = owner { value = ResourceView.references(value, session) }
    let place = session.place(call)
    let node = try Conversion.node(value, at: place, depth: depth + 1, session: session)
    // What a script puts elsewhere in the compose model, it wrote there: a copy has no rights of the user.
    if case .compose = owner, place.file?.role != .module { node.move(to: place) }
    return node
  }

  final func child(_ name: String) -> Owner {
    if case .properties(let resource, let path) = owner { return .properties(resource, path: path + [name]) }
    return owner
  }

  /// Refuses a name that the resource type does not know, also on reading: a misspelt name in a rule would never fire.
  private func checkName(_ name: String, isRead: Bool = false) throws {
    guard case .properties(let resource, let path) = owner else { return }
    do { try session.checkProperty(path + [name], of: resource) } catch var error as ScriptError {
      // Who asks types of every kind wants to know whether they have it.
      if isRead, error.remedy?.hasPrefix("did you mean") != true {
        let whole = (path + [name]).filter { $0 != "*" }.joined(separator: ".")
        error.remedy = "ask whether it is there: resource:has(\"\(whole)\")"
      }
      throw error
    }
  }
}
