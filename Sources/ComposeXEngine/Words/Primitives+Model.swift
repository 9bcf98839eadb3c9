import ComposeXLua

/// What `engine` knows of the project: its sections, services, files and variables, and what kind of value something is.
extension Primitives {
  /// `engine.use("task/sizes")`: what that built-in file returns.
  static let use: Primitive = { session, call in
    try session.module(call.text(1, of: "use", "the name of a built-in file"))
  }

  /// `engine.section("x-sqs")`: a root section of the compose model, or nil.
  static let section: Primitive = { session, call in
    session.lua(session.project.root[try call.text(1, of: "section", "a key")], .compose, depth: 1)
  }

  /// `engine.add_section("x-elbv2", table, where)`: a section that the project asks for without writing it, before it is read.
  static let addSection: Primitive = { session, call in
    let place = session.place(of: try call[3]) ?? session.place(call)
    let key = try call.text(1, of: "add_section", "a key")
    session.project.root.set(key, try Conversion.node(call[2], at: place, session: session))
    return .nil
  }

  /// `engine.root()`: the compose model, for the places of its sections.
  static let root: Primitive = { session, _ in
    .object(session.view(session.project.root, .compose, depth: 0))
  }

  /// `engine.at(node, "deploy", "labels")`: the value below a node of the model at the names that follow, or nil as soon as one is
  /// missing.
  static let at: Primitive = { session, call in
    var value = try call[1]
    for index in 2..<max(call.count + 1, 2) {
      guard case .object(let object) = value else { return .nil }
      value = try object.luaGet(call[index], call)
    }
    return value
  }

  static let services: Primitive = { session, _ in
    .table(LuaTable(items: session.serviceViews.map { .object($0) }))
  }

  /// `engine.images()`: what scripts and packs say of images, in the order in which they do: `{ { "acme/broker", ports = ... } }`.
  static let images: Primitive = { session, _ in
    .table(
      LuaTable(
        items: session.declarations.images.compactMap { declaration in
          guard case .properties(let table) = declaration.body else { return nil }
          return .table(LuaTable(items: [.string(declaration.title)], fields: table.fields))
        }))
  }

  /// `engine.find("x-sqs", "jobs", "main")`: the resource made for that part of a definition, or nil.
  static let find: Primitive = { session, call in
    let key = try call.text(1, of: "find", "a key")
    let name = try call.text(2, of: "find", "a name")
    var part = "main"
    if case .string(let wanted) = try call[3] { part = wanted }
    let id = Made(key: key, name: name, part: part)
    return session.made[id].map { .object(session.view($0)) } ?? .nil
  }

  /// `engine.disabled("debug")`: whether there is a service of that name whose profile is not active.
  static let disabled: Primitive = { session, call in
    .boolean(session.project.disabled[try call.text(1, of: "disabled", "a service")] != nil)
  }

  /// `engine.of_script(service)`: whether a script or a pack wrote it, and not the file.
  static let ofScript: Primitive = { session, call in
    let role = session.place(of: try call[1])?.file?.role
    return .boolean(role == .script || role == .pack)
  }

  /// `engine.files(path, limit, { node, key })`: what a path that the value there names brings along; `ProjectFiles` has the shape.
  static let files: Primitive = { session, call in
    guard case .integer(let limit) = try call[2] else {
      throw ScriptError("files() takes a path and a number of bytes")
    }
    let rights = session.readRights
    let reader = session.place(of: try call[3]).map(rights.reader) ?? ReadRights.nobody
    return ProjectFiles(root: session.project.workingDirectory, rights: rights, reader: reader, limit: limit).read(
      try call.text(1, of: "files", "a path"))
  }

  /// `engine.variable("HOME", { node, key })`: a variable of the run or of `.env`, or nil. A name that a script wrote is one of its
  /// options.
  static let variable: Primitive = { session, call in
    let name = try call.text(1, of: "variable", "a name")
    let place = session.place(of: try call[2])
    let reader = place.map(session.readRights.reader) ?? ReadRights.nobody
    guard let unit = reader.unit else {
      guard let text = session.project.environment[name] else { return .nil }
      if let place, DynamicReference.isNew(in: text, before: "") {
        session.findings.report(DynamicReference.byVariable(at: place, "the content of a config"))
      }
      return .string(text)
    }
    guard session.options.names.contains("\(unit).\(name)") else {
      throw Finding.error(
        at: place ?? session.place(call),
        "\(unit) names the variable \(name), and variables are not a script's to read",
        remedy:
          "declare it, composex.options { \(name) = { type = \"string\" } }, and give it: --set \(ShellText.word("\(unit).\(name)=..."))"
      )
    }
    return session.options.text(of: name, unit: unit).map { .string($0) } ?? .nil
  }

  /// `engine.placed(value, node)`: the value, as written at the place of that node.
  static let placed: Primitive = { session, call in
    guard let place = session.place(of: try call[2]) else { return try call[1] }
    return .object(PlacedValue(try call[1], at: place))
  }

  /// `engine.written({ node, key })`: the string, number or boolean that stands there as it was written, `0123` and `1.10`; nil for
  /// anything else.
  static let written: Primitive = { session, call in
    guard case .table(let table) = try call[1], table.items.count == 2,
      case .object(let view as NodeView) = table.items[0]
    else { return .nil }
    let node: Node? =
      switch table.items[1] {
      case .string(let name): view.node[name]
      case .integer(let index): view.node.list.flatMap { $0.indices.contains(index - 1) ? $0[index - 1] : nil }
      default: nil
      }
    return node?.scalarText.map { .string($0) } ?? .nil
  }

  /// `engine.has_key({ node, key })`: whether the file writes that key itself; a short form stands for keys that it does not write.
  static let hasKey: Primitive = { _, call in
    guard case .table(let table) = try call[1], table.items.count == 2,
      case .object(let view as NodeView) = table.items[0], case .string(let name) = table.items[1]
    else { return .boolean(false) }
    return .boolean(view.node[name]?.keyPlace != nil)
  }

  /// `engine.kind(value)`: `mapping`, `list`, `reference`, `resource`, ...; a Lua value's own type.
  static let kind: Primitive = { _, call in
    if case .object(let object) = try call[1] { return .string(object.luaTypeName) }
    return .string(try call[1].kindName)
  }
}
