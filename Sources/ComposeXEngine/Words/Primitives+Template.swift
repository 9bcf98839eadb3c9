import ComposeXLua

/// What `engine` does to the template: resources, parameters, outputs, tags, names.
extension Primitives {
  /// `engine.add { type, noun, properties, key, name, part, at, attributes, this, up, from, others, family }`: a resource for a
  /// definition. `up` passes over that many functions when the line that wrote the properties is noted, `from` is that place itself; `others` are further names
  /// under the key that find it; `family` names it in its logical id instead of `name`.
  static let add: Primitive = { session, call in
    let table = try call.table(1, of: "add")
    func text(_ name: String) -> String? { if case .string(let text)? = table[name] { text } else { nil } }
    let line = session.place(written: table["from"]) ?? session.place(call, up: table["up"]?.integer ?? 0)
    let place = session.place(of: table["at"]) ?? line
    let (key, name, part) = (text("key") ?? "", text("name") ?? "", text("part") ?? "main")
    let named = text("family") ?? name
    let id = try session.name("id", of: named, noun: text("noun") ?? "")
    let naming = session.lastNaming
    let others = try session.texts(table["others"])
    let resource = Resource(
      id: id, type: text("type") ?? "",
      origin: Resource.Origin(
        key: key, name: name, part: part, others: others, family: text("family"), place: place),
      types: session.stack.types, firstID: try session.firstID(of: named, noun: text("noun") ?? "", now: id))
    session.this = session.resource(table["this"]) ?? resource
    defer { session.this = nil }
    try session.setProperties(of: resource, table["properties"] ?? .table(LuaTable()), at: line)
    if case .table(let attributes)? = table["attributes"] {
      for (name, value) in attributes.fields {
        resource.attributes.set(name, try Conversion.node(value, at: line, session: session))
      }
    }
    do throws(Finding) { try session.stack.add(resource) } catch { throw error.named(by: naming) }
    resource.naming = naming?.place
    session.made[Made(key: key, name: name, part: part)] = resource
    // The first family of a service answers for it; the service that a family is named after always does.
    for other in others where session.made[Made(key: key, name: other, part: part)] == nil {
      session.made[Made(key: key, name: other, part: part)] = resource
    }
    return .object(session.view(resource))
  }

  /// `engine.attribute("AWS::SQS::Queue", "Arn")`: whether the type has it; what is not known has any.
  static let attribute: Primitive = { session, call in
    guard case .string(let type) = try call[1] else { return .boolean(true) }
    let name = try call.text(2, of: "attribute", "the name of an attribute")
    return .boolean(session.stack.types.type(type)?.hasAttribute(name) ?? true)
  }

  /// `engine.property("AWS::SQS::Queue", "RedrivePolicy.deadLetterTargetArn")`: whether the type has it, `[]` standing for any item.
  static let property: Primitive = { session, call in
    guard case .string(let name) = try call[1], let type = session.stack.types.type(name) else { return .boolean(true) }
    let path = try call.text(2, of: "property", "a path").split(separator: ".").flatMap { step in
      step.hasSuffix("[]") ? [String(step.dropLast(2)), "*"] : [String(step)]
    }
    return .boolean(type.schema(at: path) != nil)
  }

  /// `engine.create_only("AWS::SQS::Queue")`: the paths whose change replaces the resource; an item of a list is `*`.
  static let createOnly: Primitive = { session, call in
    guard case .string(let name) = try call[1], let type = session.stack.types.type(name) else {
      return .table(LuaTable())
    }
    return .table(LuaTable(items: type.createOnly.map { .string($0) }))
  }

  /// `engine.attributes(resource)`: what `:att()` may ask of its type; nil for a type that the registry does not know.
  static let attributes: Primitive = { session, call in
    guard let resource = session.resource(try call[1]) else { throw ScriptError("attributes() takes a resource") }
    guard let type = resource.registered else { return .nil }
    return .table(LuaTable(items: type.attributes.map { .string($0) }))
  }

  /// `engine.fill(resource, defaults, file)`: properties that nobody wrote yet; `file` is where they are written.
  static let fill: Primitive = { session, call in
    guard let resource = session.resource(try call[1]) else { throw ScriptError("fill() takes a resource") }
    session.this = resource
    defer { session.this = nil }
    let place = session.place(written: try call[3]) ?? session.place(call)
    try Merging(session: session, resource: resource, mode: .complete, place: place).merge(call.table(2, of: "fill"))
    return .nil
  }

  /// `engine.parameter(name, definition)`: a parameter of the template, made once.
  static let parameter: Primitive = { session, call in
    let name = try call.text(1, of: "parameter", "a name")
    if session.stack.parameters[name] == nil {
      session.stack.parameters.set(name, try Conversion.node(call[2], at: session.place(call), session: session))
    }
    return .object(ReferenceView(Reference(.name(name))))
  }

  /// `engine.parameter_default(name)`: the default of a parameter as a string; nil for none.
  static let parameterDefault: Primitive = { session, call in
    let name = try call.text(1, of: "parameter_default", "a name")
    return session.stack.parameters[name]?["Default"]?.constantText.map { .string($0) } ?? .nil
  }

  /// `engine.condition(name, definition)`: a condition of the template, made once.
  static let condition: Primitive = { session, call in
    let name = try call.text(1, of: "condition", "a name")
    if session.stack.conditions[name] == nil {
      session.stack.conditions.set(name, try Conversion.node(call[2], at: session.place(call), session: session))
    }
    return .nil
  }

  /// `engine.run_as(name, properties)`: how the job of that name is run, for `composex run`: the properties that its service would have.
  static let runAs: Primitive = { session, call in
    let name = try call.text(1, of: "run_as", "a name")
    session.runAs[name] = try Conversion.node(call[2], at: session.place(call), session: session)
    return .nil
  }

  /// `engine.has_built(service)`: whether the image of that service was built and pushed, so that the deployment names it.
  static let hasBuilt: Primitive = { session, call in
    .boolean(session.builtImages.contains(try call.text(1, of: "has_built", "a name")))
  }

  /// `engine.output(name, definition)`: an output of the template.
  static let output: Primitive = { session, call in
    session.stack.outputs.set(
      try call.text(1, of: "output", "a name"), try Conversion.node(call[2], at: session.place(call), session: session))
    return .nil
  }

  /// `engine.tag(name, value)`: a tag on every resource that takes tags and does not have it. Returns the subjects of those that another
  /// value would replace, which get none.
  static let tag: Primitive = { session, call in
    let name = try call.text(1, of: "tag", "a name")
    session.stack.tags.append((name, try Conversion.node(call[2], at: session.place(call), session: session)))
    var lasting: [LuaValue] = []
    for resource in session.stack.resources.values {
      guard !Tagging.isLasting(resource) else {
        lasting.append(.string(resource.subject))
        continue
      }
      let value = try Conversion.node(call[2], at: session.place(call), session: session)
      Tagging.tag(resource, name, value, keeping: true)
    }
    return .table(LuaTable(items: lasting))
  }

  /// `engine.name("log_group", "web")`: a chosen physical name, with references when it has `${...}`.
  static let name: Primitive = { session, call in
    let text = try session.name(
      call.text(1, of: "name", "a kind"), of: call.text(2, of: "name", "a name"))
    let parts = [TextPart](sub: text)
    var value = LuaValue.object(ReferenceView(.text(parts)))
    if parts.count == 1, case .literal(let literal) = parts[0] { value = .string(literal) }
    // The line that made the name up is the one that wrote it.
    return session.lastNaming.map { .object(PlacedValue(value, at: $0.place)) } ?? value
  }

  /// `engine.pascal("dead-jobs")`: `DeadJobs`.
  static let pascal: Primitive = { _, call in
    .string(PascalCase.name(try call.text(1, of: "pascal", "a name")))
  }
}

extension Finding {
  /// A collision of ids with the line that made them up.
  fileprivate func named(by naming: Declaration?) -> Finding {
    guard let naming else { return self }
    var finding = self
    finding.remedy = "let each have an id of its own: composex.naming { id = \"{Name}{noun}\" }"
    finding.notes.append("their ids are given by naming() at \(naming.place.fileAndLine)")
    return finding
  }
}
