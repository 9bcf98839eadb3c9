import ComposeXLua

/// A task in a script's hand: what ECS runs of a family, the services that share it, and the resources that were made for them.
final class TaskView: LuaObject {
  unowned let session: ScriptSession
  /// The task definition.
  let definition: Resource

  init(_ session: ScriptSession, _ definition: Resource) {
    self.session = session
    self.definition = definition
  }

  /// What a task has, for help, types and near names.
  static let fields: [WordDoc] = [
    WordDoc(
      "name", returns: "string", "The name of the family: that of its only service, or of the label ecs.task.family."),
    WordDoc("services", returns: "composex.service[]", "The services that share the task."),
    WordDoc("definition", returns: "composex.resource", "The task definition."),
    WordDoc("service", returns: "composex.resource?", "The ECS service; nil for a task that something else starts."),
    WordDoc("role", returns: "composex.resource?", "The role of the task."),
    WordDoc("execution_role", returns: "composex.resource?", "The role by which ECS starts it."),
    WordDoc("log_group", returns: "composex.resource?", "The log group of its containers."),
    WordDoc("security_group", returns: "composex.resource?", "The security group, where tasks have addresses."),
    WordDoc("target_groups", returns: "composex.resource[]", "The target groups that lead to it."),
  ]
  static let methods: [WordDoc] = [
    WordDoc("container", [("name", "string")], returns: "table", "The container definition of that name.")
  ]

  /// The fields that are a resource each.
  private static let parts = ["service", "role", "execution_role", "log_group", "security_group"]

  var name: String { definition.origin.family ?? definition.origin.name }

  var luaTypeName: String { "task" }
  var luaDescription: String { "tasks::\(name)" }

  func luaEquals(_ other: any LuaObject) -> Bool { (other as? TaskView)?.definition === definition }

  func luaGet(_ key: LuaValue, _ call: LuaCall) throws -> LuaValue {
    guard case .string(let field) = key else {
      throw ScriptError("a task has names, not items", remedy: "write for _, service in ipairs(task.services) do")
    }
    switch field {
    case "name": return .string(name)
    case "definition": return .object(session.view(definition))
    case "services": return .table(LuaTable(items: services.map { .object($0) }))
    case "target_groups":
      var groups: [Resource] = []
      for service in definition.origin.others.dropLast() {
        groups += session.stack.resources(of: "services", service).filter { group in
          group.origin.part == "target_group" && (group.origin.family ?? name) == name
            && !groups.contains { $0 === group }
        }
      }
      return .table(LuaTable(items: groups.map { .object(session.view($0)) }))
    case "container": return session.method("task", "container", TaskView.container, bound: self)
    case _ where Self.parts.contains(field):
      let part = field == "service" ? "main" : field
      return made.first { $0.origin.part == part }.map { .object(session.view($0)) } ?? .nil
    default: throw unknown(field)
    }
  }

  func luaSet(_ key: LuaValue, _ value: LuaValue, _ call: LuaCall) throws {
    throw ScriptError(
      "a task is read-only", remedy: "change what is in it: task.definition.Properties, task:container(\"web\")")
  }

  private func unknown(_ field: String) -> ScriptError {
    if field == "Properties" || Resource.attributeNames.contains(field) {
      return ScriptError("a task has no field \"\(field)\"", remedy: "write task.definition.\(field)")
    }
    let names = (Self.fields + Self.methods).map(\.name)
    return ScriptError("a task has no field \"\(field)\"", remedy: NearName.remedy(field, in: names, what: "it has"))
  }

  /// The services whose containers are in it: a family is found by its own name as well, which stands last.
  private var services: [ServiceView] {
    let names = Set(definition.origin.others.dropLast())
    return session.serviceViews.filter { names.contains($0.name) }
  }

  func holds(service: String) -> Bool { definition.origin.others.dropLast().contains(service) }

  /// The resources of the family, in the order of the template.
  private var made: [Resource] {
    session.stack.resources(of: "services", definition.origin.name).filter { $0.origin.family == name }
  }

  /// The containers of a task definition, each with its view; nil when it has none.
  static func containers(of task: Resource, _ session: ScriptSession) -> [Node]? {
    let owner = NodeView.Owner.properties(task, path: ["ContainerDefinitions"])
    guard
      case .object(let list as NodeView) = session.lua(task.properties["ContainerDefinitions"], owner, depth: 1)
    else { return nil }
    return list.node.list
  }

  /// A container definition by its name, for a message that begins with `subject`.
  static func container(_ name: String, of task: Resource, subject: String, _ session: ScriptSession) throws -> LuaValue
  {
    let containers = containers(of: task, session) ?? []
    guard let found = containers.first(where: { $0["Name"]?.string == name }) else {
      throw ScriptError(
        "\(subject) has no container \"\(name)\"",
        remedy: NearName.remedy(name, in: containers.compactMap { $0["Name"]?.string }, what: "it has"))
    }
    return session.lua(found, .properties(task, path: ["ContainerDefinitions", "*"]), depth: 2)
  }

  /// `task:container("web")`, with a dot as well.
  private static let container: @Sendable (TaskView, LuaCall) throws -> LuaValue = { view, call in
    var index = 1
    if case .object = try call[1] { index = 2 }
    let wanted = try call.text(index, of: "container", "the name of a container")
    return try container(wanted, of: view.definition, subject: view.luaDescription, view.session)
  }
}

extension ScriptSession {
  /// The tasks that a service is in.
  func taskViews(of service: String) -> [TaskView] {
    stack.resources(of: "services", service).filter(\.isTask).map { view(ofTask: $0) }.filter {
      $0.holds(service: service)
    }
  }

  /// The tasks of the project, in the order of the template.
  var taskViews: [TaskView] { stack.resources.values.filter(\.isTask).map { view(ofTask: $0) } }

  func view(ofTask definition: Resource) -> TaskView {
    if let view = views.tasks[definition] { return unsafeDowncast(view, to: TaskView.self) }
    let view = TaskView(self, definition)
    views.tasks[definition] = view
    return view
  }
}
