import ComposeXLua

/// The template in a script's hand: `stack:add`, `stack:parameter`, `stack:mapping`, `stack:condition`, `stack:output`.
class StackView: LuaObject {
  unowned let session: ScriptSession
  typealias Method = WordMethod<ScriptSession>

  private static let selector = ("selector", "composex.selector")
  static let methods: [Method] = [add, parameter, mapping, output, condition, rule, transform, one, all]
  static let fields: [WordDoc] = [
    WordDoc("name", returns: "string", "The name of the project."),
    WordDoc("Description", returns: "string?", "The description of the template."),
    WordDoc("Metadata", returns: "table", "What stands in the template for its readers; it can be changed."),
    WordDoc("Parameters", returns: "table", "The parameters."),
    WordDoc("Rules", returns: "table", "The rules."),
    WordDoc("Mappings", returns: "table", "The mappings."),
    WordDoc("Conditions", returns: "table", "The conditions."),
    WordDoc("Outputs", returns: "table", "The outputs."),
  ]

  init(_ session: ScriptSession) { self.session = session }

  var luaTypeName: String { "stack" }

  func luaGet(_ key: LuaValue, _ call: LuaCall) throws -> LuaValue {
    guard case .string(let name) = key else { return .nil }
    switch name {
    case "name": return .string(session.stack.name)
    case "Description": return session.stack.description.map { .string($0) } ?? .nil
    case "Metadata": return session.lua(session.stack.metadata, .metadata, depth: 0)
    case "Rules": return session.lua(session.stack.rules, .template, depth: 0)
    case "Parameters": return session.lua(session.stack.parameters, .template, depth: 0)
    case "Mappings": return session.lua(session.stack.mappings, .template, depth: 0)
    case "Conditions": return session.lua(session.stack.conditions, .template, depth: 0)
    case "Outputs": return session.lua(session.stack.outputs, .template, depth: 0)
    default: break
    }
    guard let entry = Self.methods.first(where: { $0.doc.name == name }) else {
      let names = Self.methods.map(\.doc.name) + Self.fields.map(\.name)
      throw ScriptError("a stack has no field \"\(name)\"", remedy: NearName.remedy(name, in: names, what: "it has"))
    }
    return session.function("stack:\(name)") { [unowned session] call in
      guard case .object(is StackView) = try call.live(1) else {
        throw ScriptError("\(name)() is called with a colon", remedy: "write stack:\(name)(...)")
      }
      return try entry.doc.call("stack:") { try entry.run(session, call) }
    }
  }

  func luaSet(_ key: LuaValue, _ value: LuaValue, _ call: LuaCall) throws {
    try session.checkWritable(.template)
    switch (key.string, value) {
    case ("Description", .string(let text)): session.stack.description = text
    case ("Metadata", _):
      let node = try Conversion.node(value, at: session.place(call), session: session)
      guard node.fields != nil else {
        throw ScriptError(
          "Metadata must be a mapping, not \(node.kind)", remedy: "write stack.Metadata = { Owner = \"me\" }")
      }
      session.stack.metadata.value = node.value
    default:
      throw ScriptError(
        "only the Description and the Metadata of a stack can be set",
        remedy: Self.wordOfSection[key.string ?? ""].map { "add to it: stack:\($0)(name, {...})" }
          ?? "use stack:add, :parameter, :mapping, :rule, :output or :condition")
    }
  }

  private static let wordOfSection = [
    "Mappings": "mapping", "Parameters": "parameter", "Outputs": "output", "Conditions": "condition", "Rules": "rule",
  ]

  // MARK: - Adding

  private static let add = Method(
    WordDoc(
      "add",
      [
        ("type", "string"), ("id", "string"), ("properties?", "table"),
        ("options?", "{ beside?: composex.service|composex.task }"),
      ], returns: "composex.resource",
      "Adds a resource; `beside` puts it into the stack of that service in the nested layout.")
  ) { session, call in
    try session.checkWritable(.template)
    try call.host.charge(2048)
    let place = session.place(call)
    let type = try call.text(2, of: "add", "a resource type")
    guard !type.contains("*"), type.contains("::") else {
      throw ScriptError(
        "\"\(type)\" is not a resource type", remedy: "write stack:add(\"AWS::SNS::Topic\", \"News\", {...})")
    }
    _ = try Selector(type, in: session)
    let resource = Resource(
      id: try call.text(3, of: "add", "a logical id"), type: type, origin: try session.origin(call, 5, at: place),
      types: session.stack.types)
    if case .nil = try call[4] {} else { try session.setProperties(of: resource, call[4], at: place) }
    try session.stack.add(resource)
    return .object(session.view(resource))
  }

  private static let parameter = Method(
    WordDoc(
      "parameter", [("name", "string"), ("definition", "table")], returns: "composex.reference",
      "Adds a parameter; a reference to it.")
  ) { session, call in
    let name = try call.text(2, of: "parameter", "a name")
    try session.define(session.stack.parameters, name, call, "parameter")
    return .object(ReferenceView(Reference(.name(name))))
  }

  private static let mapping = Method(
    WordDoc(
      "mapping", [("name", "string"), ("definition", "table<string, table<string, any>>")], returns: "string",
      "Adds a mapping, for `Fn::FindInMap`; its name.")
  ) { session, call in
    let name = try call.text(2, of: "mapping", "a name")
    try session.define(session.stack.mappings, name, call, "mapping")
    return .string(name)
  }

  private static let output = Method(
    WordDoc(
      "output", [("name", "string"), ("definition", "table")], "Adds an output.")
  ) { session, call in
    let name = try call.text(2, of: "output", "a name")
    try session.define(session.stack.outputs, name, call, "output")
    return .nil
  }

  private static let condition = Method(
    WordDoc(
      "condition", [("name", "string"), ("definition", "table")], returns: "string", "Adds a condition; its name.")
  ) { session, call in
    let name = try call.text(2, of: "condition", "a name")
    try session.define(session.stack.conditions, name, call, "condition")
    return .string(name)
  }

  private static let rule = Method(
    WordDoc(
      "rule", [("name", "string"), ("definition", "table")],
      "Adds a rule: what must hold of the parameters when the stack is deployed.")
  ) { session, call in
    try session.define(session.stack.rules, try call.text(2, of: "rule", "a name"), call, "rule")
    return .nil
  }

  private static let transform = Method(
    WordDoc(
      "transform", [("name", "string")],
      "Adds a macro that CloudFormation runs over the template, after those there are.")
  ) { session, call in
    try session.checkWritable(.template)
    let name = try call.text(2, of: "transform", "the name of a macro")
    guard !name.isEmpty else {
      throw ScriptError(
        "transform() takes the name of a macro", remedy: "write stack:transform(\"AWS::LanguageExtensions\")")
    }
    if !session.stack.transforms.contains(name) { session.stack.transforms.append(name) }
    return .nil
  }

  // MARK: - Looking

  fileprivate static func notOne(_ selector: Selector, _ found: [Resource]) -> ScriptError {
    let ids = found.prefix(10).map { "#\($0.id)" }.joined(separator: ", ")
    return ScriptError(
      "\"\(selector)\" matches \(found.count) resources, not one",
      remedy: found.isEmpty
        ? "stack:all() takes none as well" : "name one of them: \(ids)\(found.count > 10 ? ", ..." : "")")
  }

  /// The only resource that a selector matches.
  private static let one = Method(
    WordDoc(
      "one", [selector], returns: "composex.resource", "The only resource that a selector matches.")
  ) { session, call in
    try session.one(call, 2)
  }

  private static let all = Method(
    WordDoc(
      "all", [selector], returns: "composex.resource[]", "All resources that a selector matches.")
  ) { session, call in
    let selector = try session.selector(call, 2, of: "all")
    return .table(LuaTable(items: try selector.resources(in: session.stack).map { .object(session.view($0)) }))
  }
}

extension ScriptSession {
  /// The only resource that argument `index` selects.
  func one(_ call: LuaCall, _ index: Int = 1) throws -> LuaValue {
    guard phase != .load, phase != .project else {
      throw ScriptError(
        "there are no resources yet", remedy: "select one in the function of each(), stack() or check()")
    }
    let selector = try selector(call, index, of: "one")
    let found = try selector.resources(in: stack)
    guard found.count == 1 else { throw StackView.notOne(selector, found) }
    return .object(view(found[0]))
  }

  /// Where a resource of `stack:add` belongs: to nothing, or beside a service.
  fileprivate func origin(_ call: LuaCall, _ index: Int, at place: Place) throws -> Resource.Origin {
    if case .nil = try call[index] { return Resource.Origin(place: place) }
    let form = "write stack:add(type, id, properties, { beside = service })"
    guard case .table(let table) = try call[index], table.items.isEmpty else {
      throw ScriptError("add() takes a table of options last, not \(try call[index].kindName)", remedy: form)
    }
    for (key, _) in table.fields where key != "beside" {
      throw ScriptError("add() has no option \"\(key)\"", remedy: NearName.remedy(key, in: ["beside"], what: "it has"))
    }
    let task: Resource?
    switch table["beside"] {
    case nil: return Resource.Origin(place: place)
    case .object(let view as TaskView)?: task = view.definition
    case .object(let view as ServiceView)?: task = view.task
    case let other?:
      throw ScriptError(
        "beside takes a service or a task, not \(other.kindName)", remedy: "take one of composex.services()")
    }
    guard let origin = task?.origin else {
      throw ScriptError("the service of beside has no task", remedy: "call it in stack(), when resources are generated")
    }
    return Resource.Origin(
      key: origin.key, name: origin.name, part: "beside", others: origin.others, family: origin.family, place: place)
  }

  /// Sets the whole `Properties` of a resource that is being made.
  func setProperties(of resource: Resource, _ value: LuaValue, at place: Place) throws {
    let node = try Conversion.node(value, at: place, session: self)
    guard node.fields != nil else {
      throw ScriptError(
        "properties must be a table of names, not \(node.kind)", remedy: "write { Property = value }")
    }
    if phase == .generate { node.readPseudoParameters() }
    try fit(node, .properties(resource, path: []))
    resource.properties.value = node.value
  }

  /// Puts a definition into a section of the template; a name is defined once.
  fileprivate func define(_ section: Node, _ name: String, _ call: LuaCall, _ what: String) throws {
    try checkWritable(.template)
    let place = place(call)
    if let first = section[name] {
      throw Finding.error(
        at: place, "\(what) \"\(name)\" is defined already, at \(first.place)", remedy: "choose another name")
    }
    if stack.resources[name] != nil, what == "parameter" {
      throw Finding.error(at: place, "parameter \"\(name)\" has the name of a resource", remedy: "choose another name")
    }
    let node = try Conversion.node(call[3], at: place, session: self)
    try TemplateSections.check(node, what, name)
    section.set(name, node)
  }
}
