import ComposeXLua

/// The compose model in a script's hand: `project.name`, `project.services.web`, `project["x-sqs"]`.
final class ProjectView: LuaObject {
  unowned let session: ScriptSession

  init(_ session: ScriptSession) { self.session = session }

  var luaTypeName: String { "project" }

  func luaGet(_ key: LuaValue, _ call: LuaCall) throws -> LuaValue {
    guard case .string(let name) = key else { return try root.luaGet(key, call) }
    if name == "name" { return .string(session.project.name) }
    let node = session.project.root[name]
    if node == nil { try session.check(name, isAttributeOf: Fields.root, of: "project", or: ["name"]) }
    return session.lua(node, .compose, depth: 1)
  }

  func luaSet(_ key: LuaValue, _ value: LuaValue, _ call: LuaCall) throws {
    if case .string("name") = key {
      throw ScriptError("the name of a project is fixed", remedy: "set it with -p or name:")
    }
    try root.luaSet(key, value, call)
  }

  func luaPairs(_ call: LuaCall) throws -> [(LuaValue, LuaValue)] { try root.luaPairs(call) }

  private var root: NodeView { session.view(session.project.root, .compose, depth: 0) }
}

/// A service in a script's hand: its compose attributes, and the resources that were made for it.
final class ServiceView: LuaObject {
  unowned let session: ScriptSession
  let name: String
  let node: Node

  /// The parts that a service has, each with the resource of that part or nil.
  static let parts = ["service", "task", "role", "execution_role", "log_group", "security_group"]

  init(_ session: ScriptSession, _ name: String, _ node: Node) {
    self.session = session
    self.name = name
    self.node = node
  }

  var luaTypeName: String { "service" }
  var luaDescription: String { "services::\(name)" }

  func luaGet(_ key: LuaValue, _ call: LuaCall) throws -> LuaValue {
    guard case .string(let field) = key else {
      throw ScriptError("a service has names, not items", remedy: "write for name, value in pairs(service) do")
    }
    switch field {
    case "name": return .string(name)
    case "target_groups": return .table(LuaTable(items: parts(named: "target_group").map { .object(session.view($0)) }))
    case "tasks":
      return .table(LuaTable(items: session.taskViews(of: name).map { .object($0) }))
    case "container":
      return session.method("service", "container", ServiceView.container, bound: self)
    case "remove": return session.method("service", "remove", ServiceView.remove, bound: self)
    case _ where Self.parts.contains(field):
      return parts(named: field == "service" ? "main" : field).first.map { .object(session.view($0)) } ?? .nil
    default:
      let attribute = node[field]
      if attribute == nil { try checkAttribute(field) }
      return session.lua(attribute, .compose, depth: 2)
    }
  }

  func luaSet(_ key: LuaValue, _ value: LuaValue, _ call: LuaCall) throws {
    if case .string(let field) = key, field == "name" || field == "tasks" || Self.parts.contains(field) {
      throw ScriptError(
        "\(field) of a service is read-only", remedy: "change what is in it: service.\(field).Properties")
    }
    try session.view(node, .compose, depth: 1).luaSet(key, value, call)
  }

  private func checkAttribute(_ name: String) throws {
    let own = Self.parts + ["name", "container", "remove", "target_groups", "tasks"]
    try session.check(name, isAttributeOf: Fields.service, of: "service", or: own)
  }

  func luaPairs(_ call: LuaCall) throws -> [(LuaValue, LuaValue)] {
    try session.view(node, .compose, depth: 1).luaPairs(call)
  }

  /// The task definition of its own family, or the first that it is in.
  var task: Resource? { parts(named: "task").first }

  /// The resources of the service's families; those of its own first.
  private func parts(named part: String) -> [Resource] {
    session.stack.resources(of: "services", name).filter { $0.origin.part == part }
  }

  /// `service.container("web")`: the container definition of that name in the service's task.
  private static let container: @Sendable (ServiceView, LuaCall) throws -> LuaValue = { view, call in
    var index = 1
    if case .object = try call[1] { index = 2 }
    let wanted = try call.text(index, of: "container", "the name of a container")
    guard let task = view.parts(named: "task").first, TaskView.containers(of: task, view.session) != nil else {
      throw ScriptError("services::\(view.name) has no task yet", remedy: "call it in each(), stack() or check()")
    }
    return try TaskView.container(wanted, of: task, subject: "services::\(view.name)", view.session)
  }
}

extension ScriptSession {
  /// Refuses a name that compose does not know, also on reading: a rule about a misspelt attribute would never fire.
  fileprivate func check(_ name: String, isAttributeOf record: Record, of what: String, or others: [String]) throws {
    if phase == .generate || name.hasPrefix("x-") { return }
    let names = record.attributes.map(\.name)
    if names.contains(name) { return }
    throw ScriptError(
      "a \(what) has no attribute \"\(name)\"", remedy: NearName.remedy(name, in: names + others, what: "it has"))
  }
}
