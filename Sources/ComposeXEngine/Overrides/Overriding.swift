import ComposeXLua

/// The functions that replace a generator step, called in its place.
///
/// Each is handed the one before it as the original. What the last returns must be what the step makes: the steps after
/// it take that for granted.
struct Overriding {
  unowned let session: ScriptSession
  let step: String
  /// What the step makes: a resource type, with `?` when there may be none, or with `.Properties` its properties; a
  /// `list` of resources; `nothing`.
  let makes: String
  /// The service that the step makes it for.
  let subject: String
  let declarations: [Declaration]

  /// What the generator calls instead of the step: `fn(original, family, made)`.
  var function: LuaValue {
    session.host.function("override") { call in
      try run(declarations[...], original: call.live(1), Self.arguments(call, from: 2))
    }
  }

  private func run(
    _ declarations: ArraySlice<Declaration>, original: LuaValue, _ arguments: [LuaValue]
  ) throws -> LuaValue {
    guard let last = declarations.last, case .function(let function) = last.body else {
      guard case .reference(let step) = original else { return .nil }
      return try session.host.callLive(step, arguments)
    }
    last.hasFired = true
    let turn = Turn()
    defer { turn.isOver = true }
    let before = session.host.function("original") { call in
      try check(call, in: turn)
      return try run(declarations.dropLast(), original: original, Self.arguments(call, from: 1))
    }
    return try session.within("in \(last.title) on \(subject)", at: last.place) {
      let made = try session.host.callLive(function, [before] + arguments)
      try check(made, of: last)
      session.resource(made)?.steps.insert((last.place, step), at: 0)
      return made
    }
  }

  /// Whether an override still runs: its original means nothing afterwards.
  private final class Turn { var isOver = false }

  private func check(_ call: LuaCall, in turn: Turn) throws {
    if turn.isOver {
      throw ScriptError(
        "the original of \(step) was called after its step", remedy: "call it inside the function of override()")
    }
    guard call.kind(1) == .table, call.kind(2) == .table else {
      throw ScriptError(
        "the original of \(step) takes the family and what was made", remedy: "write original(family, made)")
    }
  }

  private func check(_ made: LuaValue, of declaration: Declaration) throws {
    if let wanted = try missing(made) {
      throw Finding.error(
        at: declaration.place, "the function of \(declaration.title) returned \(Self.described(made)), not \(wanted)",
        remedy: makes == "nothing"
          ? "return nothing" : "return what original(family, made) returned, changed in place")
    }
  }

  /// What should have been made; nil when it was.
  private func missing(_ made: LuaValue) throws -> String? {
    switch makes {
    case "nothing": return made.isNil ? nil : "nothing"
    case "list":
      guard case .reference(let table) = made, !table.isFunction else { return "a list of resources" }
      let contents = try session.host.contents(of: table)
      let isList = contents.fields.isEmpty && contents.items.allSatisfy { session.resource($0) != nil }
      return isList ? nil : "a list of resources"
    case _ where makes.hasSuffix(".Properties"):
      return try missing(propertiesOf: String(makes.dropLast(11)), made)
    default:
      let type = makes.hasSuffix("?") ? String(makes.dropLast()) : makes
      if made.isNil, makes.hasSuffix("?") { return nil }
      return session.resource(made)?.type == type ? nil : "a resource of type \(type)"
    }
  }

  /// What no template can hold is reported here, and not where a later step writes it.
  private func missing(propertiesOf type: String, _ made: LuaValue) throws -> String? {
    guard case .reference(let table) = made, !table.isFunction else { return "a table of properties" }
    let node = try Conversion.node(.table(session.host.copy(of: table)), at: .unknown, session: session)
    guard node.fields != nil else { return "a table of properties" }
    guard let type = session.stack.types.type(type) else { return nil }
    // What is wrong in the compose file is reported at its own line, later.
    let found = SchemaCheck.check(writing: node, at: [], of: type, place: .unknown)
    if let wrong = found.first(where: { $0.severity == .error && $0.place.file == nil }) {
      throw ScriptError(wrong.message, remedy: wrong.remedy)
    }
    return nil
  }

  private static func described(_ made: LuaValue) -> String {
    if case .object(let view as ResourceView) = made { return "a resource of type \(view.resource.type)" }
    return made.kindName
  }

  private static func arguments(_ call: LuaCall, from first: Int) throws -> [LuaValue] {
    guard call.count >= first else { return [] }
    return try (first...call.count).map { try call.live($0) }
  }
}

extension ScriptSession {
  /// Runs what a declaration of a user's says, in the middle of a generator: an error that passes gets the note, and is
  /// reported at `place` when only built-in lines were involved.
  func within<T>(_ note: String, at place: Place, _ body: () throws -> T) throws -> T {
    let outer = inner
    if context.last != note { inner.append(note) }
    defer { inner = outer }
    do { return try body() } catch {
      if (error as? LuaFailure)?.isOverTime == true {
        stoppedIn = context
        throw error
      }
      var finding = finding(error)
      if finding.place.file.map({ $0.role == .module }) ?? true { finding.place = place }
      if !finding.notes.contains(note) { finding.notes.append(note) }
      throw finding
    }
  }
}
