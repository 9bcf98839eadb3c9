import ComposeXLua

/// What scripts declared, for the generators: replaced steps, modules.
extension Primitives {
  /// `engine.steps("ecs.service", names)`: the steps that `override` may name, whether they will run or not.
  static let steps: Primitive = { session, call in
    let prefix = try call.text(1, of: "steps", "what the names begin with")
    for name in try session.texts(call[2]) { session.steps.insert("\(prefix).\(name)") }
    return .nil
  }

  /// `engine.overriding("ecs.service.log_group", service, makes)`: the function that scripts put in the place of a step,
  /// or nil; `Overriding` says what `makes` may be.
  static let overriding: Primitive = { session, call in
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
  static let within: Primitive = { session, call in
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

  /// `engine.refused(resource, rule, fn)`: whether `fn()`, which asks the rule of a module about a resource, refuses it: nil, or the
  /// notes that say why. A rule that stands in a file of an organisation's pack is asked as those of the pack are.
  static let refused: Primitive = { session, call in
    guard let resource = session.resource(try call[1]), let rule = try call.live(2).function,
      let ask = try call.live(3).function
    else { throw ScriptError("refused() takes a resource, a rule and a function") }
    let unit = rule.definedAt.flatMap { session.files.owner(of: session.files[$0.chunk])?.unit }
    let pack = session.packs.first { $0.name == unit && $0.isOrganisations }
    let asking = ScriptSession.Asking(isStrict: pack != nil, function: rule, texts: pack?.texts ?? [])
    let verdict = try session.verdict(on: resource, asking) { try session.host.call(ask).isTruthy }
    guard case .fails(let unknown) = verdict else { return .nil }
    return .table(LuaTable(items: ScriptSession.notes(ofUnknown: unknown).map { .string($0) }))
  }

  /// The module tables of scripts, in the order of their declaration: `{ module, at }`.
  static let modules: Primitive = { session, _ in
    .table(
      LuaTable(
        items: session.declarations.modules.compactMap { declaration in
          guard case .module(let table) = declaration.body else { return nil }
          let place = LuaValue.object(PlacedValue(.nil, at: declaration.place))
          return .table(LuaTable(fields: [("at", place), ("module", .table(table))]))
        }))
  }
}
