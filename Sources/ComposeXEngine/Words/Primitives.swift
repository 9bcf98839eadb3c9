import ComposeXLua

/// `engine`, what the built-in generators of `lua/` see beside `composex`: the model, the template, and findings at compose lines.
enum Primitives {
  typealias Primitive = @Sendable (ScriptSession, LuaCall) throws -> LuaValue

  private static let all: [(name: String, body: Primitive)] = [
    ("use", use), ("section", section), ("root", root), ("at", at), ("services", services), ("find", find),
    ("add", add),
    ("fill", fill), ("parameter", parameter), ("output", output), ("tag", tag), ("name", name), ("placed", placed),
    ("error", error), ("warn", warn), ("within", within), ("near", near), ("overriding", overriding), ("steps", steps),
    ("modules", modules), ("pascal", pascal), ("disabled", disabled), ("kind", kind), ("attribute", attribute),
    ("property", property), ("files", files), ("variable", variable), ("failed", failed), ("attributes", attributes),
    ("file_text", ContentPrimitives.fileText), ("json_text", ContentPrimitives.jsonText),
    ("json_string", ContentPrimitives.jsonString), ("joined", ContentPrimitives.joined),
    ("template", ContractPrimitives.template), ("plain", ContractPrimitives.plain),
    ("refuse", ContractPrimitives.refuse), ("resolve_strings", PointerPrimitives.resolveStrings),
  ]

  /// A plain table, so that a call does not cross to Swift twice.
  static func table(_ session: ScriptSession) -> LuaValue {
    .table(
      LuaTable(
        fields: all.map { name, body in
          (name, session.function("engine.\(name)") { [unowned session] call in try body(session, call) })
        }))
  }

  // MARK: - Model

  /// `engine.use("task/sizes")`: what that built-in file returns.
  private static let use: Primitive = { session, call in
    try session.module(call.text(1, of: "use", "the name of a built-in file"))
  }

  /// `engine.section("x-sqs")`: a root section of the compose model, or nil.
  private static let section: Primitive = { session, call in
    session.lua(session.project.root[try call.text(1, of: "section", "a key")], .compose, depth: 1)
  }

  /// `engine.root()`: the compose model, for the places of its sections.
  private static let root: Primitive = { session, _ in
    .object(session.view(session.project.root, .compose, depth: 0))
  }

  /// `engine.at(node, "deploy", "labels")`: the value below a node of the model at the names that follow, or nil as soon as one is
  /// missing.
  private static let at: Primitive = { session, call in
    var value = try call[1]
    for index in 2..<max(call.count + 1, 2) {
      guard case .object(let object) = value else { return .nil }
      value = try object.luaGet(call[index], call)
    }
    return value
  }

  private static let services: Primitive = { session, _ in
    .table(LuaTable(items: session.serviceViews.map { .object($0) }))
  }

  /// `engine.find("x-sqs", "jobs", "main")`: the resource made for that part of a definition, or nil.
  private static let find: Primitive = { session, call in
    let key = try call.text(1, of: "find", "a key")
    let name = try call.text(2, of: "find", "a name")
    var part = "main"
    if case .string(let wanted) = try call[3] { part = wanted }
    let id = Made(key: key, name: name, part: part)
    return session.made[id].map { .object(session.view($0)) } ?? .nil
  }

  /// `engine.disabled("debug")`: whether there is a service of that name whose profile is not active.
  private static let disabled: Primitive = { session, call in
    .boolean(session.project.disabled[try call.text(1, of: "disabled", "a service")] != nil)
  }

  // MARK: - Template

  /// `engine.add { type, noun, properties, key, name, part, at, attributes, this, up, from, others, family }`: a resource for a
  /// definition. `up` passes over that many functions when the line that wrote the properties is noted, `from` is that place itself; `others` are further names
  /// under the key that find it; `family` names it in its logical id instead of `name`.
  private static let add: Primitive = { session, call in
    let table = try call.table(1, of: "add")
    func text(_ name: String) -> String? { if case .string(let text)? = table[name] { text } else { nil } }
    let line = session.place(written: table["from"]) ?? session.place(call, up: table["up"]?.integer ?? 0)
    let place = session.place(of: table["at"]) ?? line
    let (key, name, part) = (text("key") ?? "", text("name") ?? "", text("part") ?? "main")
    let id = try session.name("id", of: text("family") ?? name, noun: text("noun") ?? "")
    let others = try session.texts(table["others"])
    let resource = Resource(
      id: id, type: text("type") ?? "",
      origin: Resource.Origin(key: key, name: name, part: part, others: others, place: place),
      types: session.stack.types)
    session.this = session.resource(table["this"]) ?? resource
    defer { session.this = nil }
    try session.setProperties(of: resource, table["properties"] ?? .table(LuaTable()), at: line)
    if case .table(let attributes)? = table["attributes"] {
      for (name, value) in attributes.fields {
        resource.attributes.set(name, try Conversion.node(value, at: line, session: session))
      }
    }
    try session.stack.add(resource)
    session.made[Made(key: key, name: name, part: part)] = resource
    // The first family of a service answers for it; the service that a family is named after always does.
    for other in others where session.made[Made(key: key, name: other, part: part)] == nil {
      session.made[Made(key: key, name: other, part: part)] = resource
    }
    return .object(session.view(resource))
  }

  /// `engine.attribute("AWS::SQS::Queue", "Arn")`: whether the type has it; what is not known has any.
  private static let attribute: Primitive = { session, call in
    guard case .string(let type) = try call[1] else { return .boolean(true) }
    let name = try call.text(2, of: "attribute", "the name of an attribute")
    return .boolean(session.stack.types.type(type)?.hasAttribute(name) ?? true)
  }

  /// `engine.property("AWS::SQS::Queue", "RedrivePolicy.deadLetterTargetArn")`: whether the type has it, `[]` standing for any item.
  private static let property: Primitive = { session, call in
    guard case .string(let name) = try call[1], let type = session.stack.types.type(name) else { return .boolean(true) }
    let path = try call.text(2, of: "property", "a path").split(separator: ".").flatMap { step in
      step.hasSuffix("[]") ? [String(step.dropLast(2)), "*"] : [String(step)]
    }
    return .boolean(type.schema(at: path) != nil)
  }

  /// `engine.files(path, limit)`: what a bind mount of the project brings along; `ProjectFiles` has the shape.
  private static let files: Primitive = { session, call in
    guard case .integer(let limit) = try call[2] else {
      throw ScriptError("files() takes a path and a number of bytes")
    }
    return ProjectFiles(root: session.project.workingDirectory, limit: limit).read(
      try call.text(1, of: "files", "a path"))
  }

  /// `engine.variable("HOME")`: a variable of the run or of `.env`, or nil.
  private static let variable: Primitive = { session, call in
    session.project.environment[try call.text(1, of: "variable", "a name")].map { .string($0) } ?? .nil
  }

  /// `engine.failed()`: whether an error was reported, so that what depends on correct input can be left out.
  private static let failed: Primitive = { session, _ in .boolean(session.findings.hasErrors) }

  /// `engine.attributes(resource)`: what `:att()` may ask of its type; nil for a type that the registry does not know.
  private static let attributes: Primitive = { session, call in
    guard let resource = session.resource(try call[1]) else { throw ScriptError("attributes() takes a resource") }
    guard let type = resource.registered else { return .nil }
    return .table(LuaTable(items: type.attributes.map { .string($0) }))
  }

  /// `engine.fill(resource, defaults, file)`: properties that nobody wrote yet; `file` is where they are written.
  private static let fill: Primitive = { session, call in
    guard let resource = session.resource(try call[1]) else { throw ScriptError("fill() takes a resource") }
    session.this = resource
    defer { session.this = nil }
    let place = session.place(written: try call[3]) ?? session.place(call)
    try Merging(session: session, resource: resource, mode: .complete, place: place).merge(call.table(2, of: "fill"))
    return .nil
  }

  /// `engine.parameter(name, definition)`: a parameter of the template, made once.
  private static let parameter: Primitive = { session, call in
    let name = try call.text(1, of: "parameter", "a name")
    if session.stack.parameters[name] == nil {
      session.stack.parameters.set(name, try Conversion.node(call[2], at: session.place(call), session: session))
    }
    return .object(ReferenceView(Reference(.name(name))))
  }

  /// `engine.output(name, definition)`: an output of the template.
  private static let output: Primitive = { session, call in
    session.stack.outputs.set(
      try call.text(1, of: "output", "a name"), try Conversion.node(call[2], at: session.place(call), session: session))
    return .nil
  }

  /// `engine.tag(name, value)`: a tag on every resource that takes tags and does not have it.
  private static let tag: Primitive = { session, call in
    let name = try call.text(1, of: "tag", "a name")
    session.stack.tags.append((name, try Conversion.node(call[2], at: session.place(call), session: session)))
    for resource in session.stack.resources.values {
      let value = try Conversion.node(call[2], at: session.place(call), session: session)
      Tagging.tag(resource, name, value, keeping: true)
    }
    return .nil
  }

  /// `engine.name("log_group", "web")`: a chosen physical name, with references when it has `${...}`.
  private static let name: Primitive = { session, call in
    let text = try session.name(
      call.text(1, of: "name", "a kind"), of: call.text(2, of: "name", "a name"))
    let parts = [TextPart](sub: text)
    if parts.count == 1, case .literal(let literal) = parts[0] { return .string(literal) }
    return .object(ReferenceView(.text(parts)))
  }

  /// `engine.placed(value, node)`: the value, as written at the place of that node.
  private static let placed: Primitive = { session, call in
    guard let place = session.place(of: try call[2]) else { return try call[1] }
    return .object(PlacedValue(try call[1], at: place))
  }

  /// `engine.kind(value)`: `mapping`, `list`, `reference`, `resource`, ...; a Lua value's own type.
  private static let kind: Primitive = { _, call in
    if case .object(let object) = try call[1] { return .string(object.luaTypeName) }
    return .string(try call[1].kindName)
  }

  // MARK: - Findings

  /// `engine.error(where, message, remedy, by)`: `by` is `{ note, at }`, what refuses and where it was declared; `where` is a node of the compose model, `{ node, key }` for the value
  /// of one of its entries, or `{ node, key, "key" }` for the key itself.
  private static let error: Primitive = { session, call in
    session.findings.report(
      .error(
        at: session.place(of: try call[1]) ?? session.place(call), try call.text(2, of: "error", "a string"),
        remedy: try call.optionalText(3), notes: try session.refuser(call[4])))
    return .nil
  }

  private static let warn: Primitive = { session, call in
    session.findings.report(
      .warning(
        at: session.place(of: try call[1]) ?? session.place(call), try call.text(2, of: "warn", "a string"),
        remedy: try call.optionalText(3)))
    return .nil
  }

  /// `engine.near(name, names, what)`: the remedy for a name that does not exist; nil after a hundred errors, whose reader needs no
  /// further names: a search for each of thousands among thousands has no end.
  private static let near: Primitive = { session, call in
    guard session.findings.errorCount < 100 else { return .nil }
    let names = try call.table(2, of: "near").items.compactMap { if case .string(let name) = $0 { name } else { nil } }
    let remedy = NearName.remedy(
      try call.text(1, of: "near", "a name"), in: names, what: try call.optionalText(3) ?? "there are")
    return remedy.map { .string($0) } ?? .nil
  }

  // MARK: - Declarations

  /// `engine.steps("ecs.service", names)`: the steps that `override` may name, whether they will run or not.
  private static let steps: Primitive = { session, call in
    let prefix = try call.text(1, of: "steps", "what the names begin with")
    for name in try session.texts(call[2]) { session.steps.insert("\(prefix).\(name)") }
    return .nil
  }

  /// `engine.overriding("ecs.service.log_group", service, makes)`: the function that scripts put in the place of a step,
  /// or nil; `Overriding` says what `makes` may be.
  private static let overriding: Primitive = { session, call in
    let step = try call.text(1, of: "overriding", "a step")
    guard let declarations = session.declarations.overrides[step] else { return .nil }
    let makes = try call.text(3, of: "overriding", "what the step makes")
    return Overriding(
      session: session, step: step, makes: makes, subject: session.subject(of: try call[2]),
      declarations: declarations
    ).function
  }

  /// `engine.within(note, where, fn, ...)`: what `fn(...)` returns; its errors get the note "in <note> on <where>", and are
  /// reported at the declaration of a script when `note` is `{ note, at }`.
  private static let within: Primitive = { session, call in
    let about = try call.table(1, of: "within").items
    guard about.count == 2, case .string(let title) = about[0], let function = try call.live(3).function else {
      throw ScriptError("within() takes { note, at }, a place and a function")
    }
    let place = session.place(written: about[1]) ?? session.place(call)
    let subject = session.subject(of: try call[2])
    return try session.within("in \(title) on \(subject)", at: place) {
      try session.host.callLive(function, call.count > 3 ? (4...call.count).map { try call.live($0) } : [])
    }
  }

  /// The module tables of scripts, in the order of their declaration: `{ module, at }`.
  private static let modules: Primitive = { session, _ in
    .table(
      LuaTable(
        items: session.declarations.modules.compactMap { declaration in
          guard case .table(let table) = declaration.body else { return nil }
          let place = LuaValue.object(PlacedValue(.nil, at: declaration.place))
          return .table(LuaTable(fields: [("at", place), ("module", .reference(table))]))
        }))
  }

  /// `engine.pascal("dead-jobs")`: `DeadJobs`.
  private static let pascal: Primitive = { _, call in
    .string(PascalCase.name(try call.text(1, of: "pascal", "a name")))
  }
}

extension ScriptSession {
  /// A place that a generator gives for what it writes: the name of a file, or a placed value.
  func place(written value: LuaValue?) -> Place? {
    if case .string(let file)? = value { return Place(file: files[file]) }
    if case .object(let placed as PlacedValue)? = value { return placed.place }
    return nil
  }

  /// Where a value of the compose model stands; nil for anything else.
  func place(of value: LuaValue?) -> Place? {
    switch value {
    case .object(let view as NodeView)?: return view.node.keyPlace ?? view.node.place
    case .object(let view as ServiceView)?: return view.node.keyPlace ?? view.node.place
    case .object(let view as ResourceView)?: return view.resource.origin.place
    case .object(let placed as PlacedValue)?: return placed.place
    case .table(let table)?:
      guard table.items.count >= 2 else { return nil }
      return place(ofEntry: table.items[1], in: table.items[0], key: table.items.count > 2)
    default: return nil
    }
  }

  /// The place of an entry of a mapping or a list: its value's, or its key's.
  private func place(ofEntry key: LuaValue, in value: LuaValue, key isKey: Bool) -> Place? {
    let node: Node
    switch value {
    case .object(let view as NodeView): node = view.node
    case .object(let view as ServiceView): node = view.node
    default: return nil
    }
    switch key {
    case .string(let name): return node[name].map { isKey ? $0.keyPlace ?? $0.place : $0.place } ?? node.place
    case .integer(let index):
      guard let items = node.list, index >= 1, index <= items.count else { return node.place }
      return items[index - 1].place
    default: return node.place
    }
  }

  /// `in check("x-sqs") (rules.lua:3)` of `{ note, at }`.
  fileprivate func refuser(_ value: LuaValue) -> [String] {
    guard case .table(let table) = value, case .string(let note)? = table.items.first,
      let place = place(written: table.items.last)
    else { return [] }
    return ["in \(note) (\(place.fileAndLine))"]
  }

  /// How notes name what something is made for: `x-sqs::jobs (compose.yaml:3)`.
  func subject(of value: LuaValue) -> String {
    switch value {
    case .object(let view as ServiceView):
      return "services::\(view.name) (\((view.node.keyPlace ?? view.node.place).fileAndLine))"
    case .object(let view as ResourceView):
      return "\(view.resource.subject) (\(view.resource.origin.place.fileAndLine))"
    case .table(let table):
      guard case .string(let name)? = table.items.first, let place = place(of: table.items.last) else { return "" }
      return "\(name) (\(place.fileAndLine))"
    default: return ""
    }
  }

  /// The texts of a list; nil is an empty one.
  func texts(_ value: LuaValue?) throws -> [String] {
    let items: [LuaValue]
    switch value {
    case .table(let table)?: items = table.items
    case .reference(let reference)?: items = try host.contents(of: reference).items
    default: return []
    }
    return items.compactMap { if case .string(let text) = $0 { text } else { nil } }
  }

  func resource(_ value: LuaValue?) -> Resource? {
    if case .object(let view as ResourceView)? = value { return view.resource }
    return nil
  }
}

extension LuaCall {
  fileprivate func optionalText(_ index: Int) throws -> String? {
    if case .string(let text) = try self[index] { return text }
    return nil
  }
}
