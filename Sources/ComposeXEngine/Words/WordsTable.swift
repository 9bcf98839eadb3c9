import ComposeXLua

/// `composex`, the one global of a script: its words, values and queries.
///
/// Each word reads its arguments, checks that it stands where it may, and records a declaration; `Running.swift` acts on them.
final class WordsTable: LuaObject {
  unowned let session: ScriptSession
  typealias Word = @Sendable (ScriptSession, LuaCall) throws -> LuaValue

  /// Name, most arguments, and what the word does.
  static let words: [(name: String, most: Int, word: Word)] = [
    ("project", 1, project), ("naming", 1, naming), ("default", 3, defaults), ("patch", 3, patch), ("each", 3, each),
    ("stack", 1, stack), ("check", 4, check), ("resource", 1, resource), ("override", 2, override),
    ("options", 1, options),
    ("resources", 1, resources), ("services", 0, services), ("warn", 1, warn), ("fail", 1, fail),
    ("list", 1, list), ("sub", 1, sub), ("ref", 1, ref),
  ]

  private let unset = Marker(.unset)
  private let null = Marker(.null)
  private let this = ThisView(attribute: nil)

  /// The pack that the file belongs to.
  let pack: Pack?
  private lazy var optionsView = pack.map { OptionsView($0.options, names: $0.content.options.fields.map(\.key)) }

  init(_ session: ScriptSession, pack: Pack? = nil) {
    self.session = session
    self.pack = pack
  }

  var luaTypeName: String { "composex" }

  func luaGet(_ key: LuaValue, _ call: LuaCall) throws -> LuaValue {
    guard case .string(let name) = key else { return .nil }
    switch name {
    case "unset": return .object(unset)
    case "null": return .object(null)
    case "this": return .object(this)
    case "version": return .string(ComposeXVersion.text)
    case "pack": return pack.map(facts) ?? .nil
    default: break
    }
    if let entry = Self.words.first(where: { $0.name == name }) { return function(name, entry.most, entry.word) }
    let names = Self.words.map(\.name) + ["unset", "null", "this", "version", "pack"]
    throw ScriptError(
      "composex has no word \"\(name)\"", remedy: NearName.remedy(name, in: names, what: "its words"))
  }

  private func function(_ name: String, _ most: Int, _ word: @escaping Word) -> LuaValue {
    session.function("composex.\(name)", of: pack) { [unowned session, pack] call in
      try Self.checkArguments(call, name, most: most)
      session.callingPack = pack
      // What a word records outlives the call: a declaration, a finding.
      try call.host.charge(512 + call.weight)
      return try word(session, call)
    }
  }

  /// The same for built-in files: a plain table, which is faster to read.
  var table: LuaValue {
    let values: [(key: String, value: LuaValue)] = [
      ("unset", .object(unset)), ("null", .object(null)), ("this", .object(this)),
      ("version", .string(ComposeXVersion.text)),
    ]
    return .table(LuaTable(fields: values + Self.words.map { ($0.name, function($0.name, $0.most, $0.word)) }))
  }

  func luaSet(_ key: LuaValue, _ value: LuaValue, _ call: LuaCall) throws {
    throw ScriptError("composex is read-only", remedy: "write a local variable")
  }

  private static func checkArguments(_ call: LuaCall, _ name: String, most: Int) throws {
    if call.kind(1) == .object, case .object(is WordsTable) = try call.live(1) {
      throw ScriptError("\(name)() is called with a dot", remedy: "write composex.\(name)(...)")
    }
    guard call.count > most else { return }
    throw ScriptError("\(name)() takes at most \(most) argument\(most == 1 ? "" : "s"), not \(call.count)")
  }

  /// `composex.pack`: the name, version and options of the pack that the file belongs to.
  private func facts(_ pack: Pack) -> LuaValue {
    .table(
      LuaTable(fields: [
        ("name", .string(pack.name)), ("options", .object(optionsView ?? OptionsView(LuaTable(), names: []))),
        ("version", .string(pack.version.description)),
      ]))
  }

  // MARK: - Declarations

  private static let project: Word = { session, call in
    try session.declares("project")
    session.declarations.project.append(
      Declaration(
        word: "project", body: .function(try call.function(1, of: "project")), place: session.place(call),
        pack: session.callingPack))
    return .nil
  }

  private static let naming: Word = { session, call in
    try session.declares("naming")
    let body: Declaration.Body
    switch try call[1] {
    case .reference(let function) where function.isFunction: body = .function(function)
    case .table: body = .properties(try Naming.checked(call.table(1, of: "naming")))
    case let other:
      throw ScriptError(
        "naming() takes a table or a function, not \(other.kindName)", remedy: WordDocs.usage("naming"))
    }
    session.declarations.naming.append(
      Declaration(word: "naming", body: body, place: session.place(call), pack: session.callingPack))
    return .nil
  }

  private static let defaults: Word = { session, call in
    session.declarations.defaults.append(try session.properties("default", call))
    return .nil
  }

  private static let patch: Word = { session, call in
    session.declarations.transforms.append(try session.properties("patch", call))
    return .nil
  }

  private static let each: Word = { session, call in
    try session.declares("each")
    let selector = try session.selector(call, of: "each")
    session.declarations.transforms.append(
      Declaration(
        word: "each", selector: selector, body: .function(try call.function(2, of: "each")),
        guards: try session.guards(call, 3, of: "each"), place: session.place(call), pack: session.callingPack))
    return .nil
  }

  private static let stack: Word = { session, call in
    try session.declares("stack")
    session.declarations.transforms.append(
      Declaration(
        word: "stack", body: .function(try call.function(1, of: "stack")), place: session.place(call),
        pack: session.callingPack))
    return .nil
  }

  private static let check: Word = { session, call in
    try session.declares("check")
    let selector = try session.selector(call, of: "check")
    let must = try call.text(2, of: "check", "a sentence that begins with \"must\" or \"needs\"")
    guard must.utf8.count <= 1_000 else {
      throw ScriptError(
        "the sentence of check() has \(must.utf8.count) bytes, and is told of every resource",
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

  private static let resource: Word = { session, call in
    try session.declares("resource")
    guard case .reference(let table) = try call.live(1), !table.isFunction else {
      throw ScriptError("resource() takes a table", remedy: ScriptSession.moduleRemedy)
    }
    try session.declare(module: .reference(table), at: session.place(call))
    return .nil
  }

  private static let override: Word = { session, call in
    try session.declares("override")
    let step = try call.text(1, of: "override", "the name of a generator step")
    session.declarations.overrides[step, default: []].append(
      Declaration(
        word: "override(\"\(step)\")", body: .function(try call.function(2, of: "override")),
        place: session.place(call),
        pack: session.callingPack))
    return .nil
  }

  private static let options: Word = { session, call in
    try session.declares("options")
    let place = session.place(call)
    let unit = session.callingPack?.name ?? Options.stem(place.file?.name ?? "")
    let table = try call.table(1, of: "options")
    let values = try session.options.declare(table, unit: unit, file: place.file)
    return .object(OptionsView(values, names: table.fields.map(\.key)))
  }

  // MARK: - Queries and findings

  private static let resources: Word = { session, call in
    guard session.phase != .load else {
      throw ScriptError("resources() works inside a function only", remedy: insideHint)
    }
    guard session.phase != .project else {
      throw ScriptError(
        "there are no resources before they are generated", remedy: "call resources() in each(), stack() or check()")
    }
    let selector = try session.selector(call, of: "resources")
    let found = try selector.resources(in: session.stack).map { LuaValue.object(session.view($0)) }
    return .table(LuaTable(items: found))
  }

  private static let services: Word = { session, _ in
    guard session.phase != .load else {
      throw ScriptError("services() works inside a function only", remedy: insideHint)
    }
    return .table(LuaTable(items: session.serviceViews.map { .object($0) }))
  }

  private static let insideHint = "call it in the function of each(), stack() or check()"

  private static let warn: Word = { session, call in
    try session.countRemark()
    session.findings.report(
      .warning(at: session.place(call), try call.text(1, of: "warn", "a string"), notes: session.context))
    return .nil
  }

  private static let fail: Word = { session, call in
    var finding = Finding.error(at: session.place(call), try call.text(1, of: "fail", "a string"))
    finding.isFromFail = true
    throw finding
  }

  // MARK: - Values

  private static let list: Word = { session, call in
    let table = try call.table(1, of: "list")
    guard table.fields.isEmpty else {
      throw ScriptError(
        "list{} takes items, not names (\"\(table.fields[0].key)\")", remedy: "a table with names is a mapping as it is"
      )
    }
    return table.items.isEmpty ? .object(Marker(.emptyList)) : .table(table)
  }

  private static let sub: Word = { session, call in
    let parts = try TextPart.parts(of: call.text(1, of: "sub", "a string"))
    return .object(try ReferenceView.text(parts.map { session.bound($0) }, call.host))
  }

  private static let ref: Word = { session, call in
    .object(ReferenceView(Reference(session.target(try call.text(1, of: "ref", "a logical id or a parameter")))))
  }
}
