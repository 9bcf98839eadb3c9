import ComposeXLua

/// `composex`, the one global of a script: its words, values and queries.
///
/// A word is declared once (`Word`): its name, arguments, documentation, the phase that it stands in, what it does.
final class WordsTable: LuaObject {
  unowned let session: ScriptSession

  /// The words, in the order of the documentation.
  static let words: [Word] =
    Word.declaringWords + Word.askingWords + Word.makingWords + Word.toolWords
    + Word.fileWords

  /// The values.
  static let values: [WordDoc] = [
    WordDoc("unset", returns: "any", "Removes a property, or the list item that it stands in."),
    WordDoc("null", returns: "any", "A null in the template."),
    WordDoc("this", returns: "any", "In a resource module: the resource being made; this.Arn is an attribute of it."),
    WordDoc("version", returns: "string", "The version of composex."),
    WordDoc(
      "pack", returns: "{ name: string, version: string, options: table<string, any> }",
      "The pack that the file belongs to; nil in a script."),
    WordDoc("test", returns: "composex.test", "What tests are written with; in files of tests only."),
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
    if let word = Self.words.first(where: { $0.doc.name == name }) { return function(word) }
    let names = Self.words.map(\.doc.name) + ["unset", "null", "this", "version", "pack"]
    throw ScriptError(
      "composex has no word \"\(name)\"", remedy: NearName.remedy(name, in: names, what: "its words"))
  }

  private func function(_ word: Word) -> LuaValue {
    let name = word.doc.name
    return session.function("composex.\(name)", of: pack) { [unowned session, pack] call in
      try Self.checkArguments(call, name, most: word.doc.parameters.count)
      session.callingPack = pack
      // What a word records outlives the call: a declaration, a finding.
      try call.host.charge(512 + call.weight)
      if word.phase == .load { try session.declares(name) }
      return try word.doc.call("composex.") { try word.run(session, call) }
    }
  }

  /// The same for built-in files: a plain table, which is faster to read.
  var table: LuaValue {
    let values: [(key: String, value: LuaValue)] = [
      ("unset", .object(unset)), ("null", .object(null)), ("this", .object(this)),
      ("version", .string(ComposeXVersion.text)),
    ]
    return .table(LuaTable(fields: values + Self.words.map { ($0.doc.name, function($0)) }))
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
}
