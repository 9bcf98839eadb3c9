import ComposeXLua

/// The words that declare: each checks its arguments and records a declaration, on which `Running.swift` acts.
extension Word {
  static let declaringWords: [Word] = [
    project, naming, defaults, patch, each, stack, check, resource, override, options,
    images,
  ]

  private static let selector = ("selector", "composex.selector")
  private static let properties = ("properties", "table")

  private static let project = Word(
    WordDoc(
      "project", [("fn", "fun(project: composex.project)")],
      "Changes the compose model before anything is generated; it is checked again after."), phase: .load
  ) { session, call in
    session.declarations.project.append(
      Declaration(
        word: "project", body: .function(try call.function(1, of: "project")), place: session.place(call),
        pack: session.callingPack))
    return .nil
  }

  private static let naming = Word(
    WordDoc(
      "naming", [("naming", "composex.naming|fun(parts: composex.naming.parts): string?")],
      "Makes logical ids, log group names and task families."), phase: .load
  ) { session, call in
    let body: Declaration.Body
    switch try call[1] {
    case .reference(let function) where function.isFunction: body = .function(function)
    case .table: body = .properties(try Naming.checked(call.table(1, of: "naming")))
    case let other:
      throw ScriptError.arguments("naming() takes a table or a function, not \(other.kindName)")
    }
    session.declarations.naming.append(
      Declaration(word: "naming", body: body, place: session.place(call), pack: session.callingPack))
    return .nil
  }

  private static let defaults = Word(
    WordDoc(
      "default", [selector, properties, ("options?", "{ expect?: integer }")],
      "Fills properties that the compose file left out."), phase: .load
  ) { session, call in
    session.declarations.defaults.append(try session.properties("default", call))
    return .nil
  }

  private static let patch = Word(
    WordDoc(
      "patch", [selector, properties, ("options?", "{ expect?: integer, expect_was?: any }")],
      "Merges properties over everything; list items are matched by their key, and composex.unset removes."),
    phase: .load
  ) { session, call in
    session.declarations.transforms.append(try session.properties("patch", call))
    return .nil
  }

  private static let each = Word(
    WordDoc(
      "each", [selector, ("fn", "fun(resource: composex.resource)"), ("options?", "{ expect?: integer }")],
      "Runs the function on each resource, which changes it in place and returns nothing."), phase: .load
  ) { session, call in
    let selector = try session.selector(call, of: "each")
    session.declarations.transforms.append(
      Declaration(
        word: "each", selector: selector, body: .function(try call.function(2, of: "each")),
        guards: try session.guards(call, 3, of: "each"), place: session.place(call), pack: session.callingPack))
    return .nil
  }

  private static let stack = Word(
    WordDoc(
      "stack", [("fn", "fun(stack: composex.stack)")], "Adds resources, parameters, conditions and outputs."),
    phase: .load
  ) { session, call in
    session.declarations.transforms.append(
      Declaration(
        word: "stack", body: .function(try call.function(1, of: "stack")), place: session.place(call),
        pack: session.callingPack))
    return .nil
  }

  private static let check = Word(
    WordDoc(
      "check",
      [
        selector, ("must", "string"), ("fn", "fun(resource: composex.resource): any, any"),
        ("options?", "{ unknown?: \"pass\"|\"refuse\" }"),
      ],
      "Refuses the resource when the function returns false or nil; `must` ends the sentence \"x-sqs::jobs ...\". A second result says what is wrong: a string, or the element."
    ),
    phase: .load
  ) { session, call in
    let selector = try session.selector(call, of: "check")
    let must = try call.text(2, of: "check", "a sentence that begins with \"must\" or \"needs\"")
    guard must.utf8.count <= 1_000 else {
      throw ScriptError(
        "the sentence of check() has \(must.utf8.count) bytes, and is repeated for every resource",
        remedy: "say it in a line")
    }
    guard must.hasPrefix("must ") || must.hasPrefix("needs ") else {
      throw ScriptError(
        "the sentence of check() must begin with \"must\" or \"needs\", not \"\(must)\"",
        remedy: "it ends the message \"x-sqs::jobs ...\"")
    }
    session.declarations.checks.append(
      Declaration(
        word: "check", selector: selector, body: .check(must: must, try call.function(3, of: "check")),
        guards: try session.guards(call, 4, of: "check"), place: session.place(call), pack: session.callingPack))
    return .nil
  }

  private static let resource = Word(
    WordDoc(
      "resource", [("module", "composex.module|string")], returns: "composex.resource?",
      "With a table: adds an x- key. With a selector, inside a function: the only resource that it selects.")
  ) { session, call in
    if case .string = try call.live(1) { return try session.one(call) }
    try session.declares("resource")
    guard case .reference(let table) = try call.live(1), !table.isFunction else {
      throw ScriptError("resource() takes a table", remedy: ScriptSession.moduleRemedy)
    }
    try session.declare(module: .reference(table), at: session.place(call))
    return .nil
  }

  private static let override = Word(
    WordDoc(
      "override", [("step", "string"), ("fn", "fun(original: function, family: composex.family, made: table): any")],
      "Replaces one step of the generator, for every family: services that are one task."), phase: .load
  ) { session, call in
    let step = try call.text(1, of: "override", "the name of a generator step")
    session.declarations.overrides[step, default: []].append(
      Declaration(
        word: "override(\"\(step)\")", body: .function(try call.function(2, of: "override")),
        place: session.place(call),
        pack: session.callingPack))
    return .nil
  }

  private static let options = Word(
    WordDoc(
      "options", [("options", "table<string, composex.option>")], returns: "table<string, any>",
      "Declares what --set may set, and returns the values."), phase: .load
  ) { session, call in
    let place = session.place(call)
    let unit = session.callingPack?.name ?? Options.stem(place.file?.name ?? "")
    let table = try call.table(1, of: "options")
    let values = try session.declare(options: table, unit: unit, file: place.file)
    return .object(OptionsView(values, names: table.fields.map(\.key)))
  }
}
