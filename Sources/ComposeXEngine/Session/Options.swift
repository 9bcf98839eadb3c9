import ComposeXLua

/// The options that scripts declare with `composex.options`, and what `--set` and settings files give them.
public struct Options {
  /// One `--set key=value`, or an entry of a settings file.
  public struct Setting {
    /// `owner`, or `tags.owner` with the script or pack before it.
    public var key: String
    /// The text as typed; the option's type says what it is read as.
    public var value: String
    /// The items, where a file has a list.
    var items: [String]?
    /// Where it stands.
    var place = Place(file: Options.commandLine)
    fileprivate var isUsed = false

    /// One setting, which no option has taken yet.
    public init(key: String, value: String) {
      self.key = key
      self.value = value
    }
  }

  /// Whether a text matches a pattern of Lua.
  typealias Matching = (_ text: String, _ pattern: String) throws -> Bool

  /// Whether nothing is run with them, so that none has to be set: for reference pages.
  var areOnlyRead = false
  private var settings: [Setting]
  /// `tags.owner`, in the order of declaration.
  private(set) var names: [String] = []
  /// What was set, or the default, by `tags.owner`.
  private var values: [String: String] = [:]
  private var declared: [(name: String, file: SourceFile?)] = []
  fileprivate static let commandLine = SourceFile(name: "--set", role: .commandLine)

  init(_ settings: [Setting]) { self.settings = settings }

  /// Settings that give way to those that there are: of files.
  mutating func add(weaker more: [Setting]) { settings = more + settings }

  /// Reads the table of `composex.options`, and returns the values: what was set, else the default.
  /// `unit` is the name of the script or the pack, which may stand before a name: `--set acme.owner=me`.
  /// A file declares an option once. What is deprecated and set is reported.
  mutating func declare(
    _ table: LuaTable, unit: String, file: SourceFile? = nil, findings: Findings, matches: Matching
  ) throws -> LuaTable {
    var values = LuaTable()
    for form in try Self.forms(table) {
      let name = form.name
      if declared.contains(where: { $0.name == name && $0.file === file }) {
        throw ScriptError("option \"\(name)\" is declared already", remedy: "a file declares an option once")
      }
      declared.append((name, file))
      names.append("\(unit).\(name)")
      try Self.checkDefault(of: form, matches)
      guard let value = try take(form, of: unit, findings, matches) ?? form.fallback else {
        guard form.isRequired, !areOnlyRead else { continue }
        throw Finding.error(
          at: Place(file: Self.commandLine), "option \"\(unit).\(name)\" must be set",
          remedy: "add --set \(ShellText.word("\(unit).\(name)=\(form.example)"))", notes: form.doc.map { [$0] } ?? [])
      }
      values.fields.append((name, value))
      self.values["\(unit).\(name)"] = OptionForm.text(of: value)
    }
    return values
  }

  /// The forms of a table of options.
  static func forms(_ table: LuaTable) throws -> [OptionForm] {
    guard table.items.isEmpty else {
      throw ScriptError(
        "options() takes a table of names", remedy: "write { owner = { type = \"string\", default = \"me\" } }")
    }
    return try table.fields.map { name, value in
      guard case .table(let option) = value else {
        throw ScriptError(
          "option \"\(name)\" needs a table, not \(value.kindName)",
          remedy: "write { type = \"string\", default = \"...\" }")
      }
      return try OptionForm(name, option)
    }
  }

  /// The value of an option as a text; nil when it has none.
  func text(of name: String, unit: String) -> String? { values["\(unit).\(name)"] }

  /// The settings that no option took.
  func unused(_ findings: Findings) {
    for setting in settings where !setting.isUsed {
      findings.report(
        .error(
          at: setting.place, "no script or pack has an option \"\(setting.key)\"",
          remedy: near(setting.key) ?? "declare it with composex.options{}"))
    }
  }

  /// `ownr` is near `owner` as well as `tags.owner`.
  private func near(_ key: String) -> String? {
    let short = declared.map(\.name)
    if !key.contains("."), let near = NearName.find(key, in: short) { return "did you mean \"\(near)\"?" }
    return NearName.remedy(key, in: names, what: "there are")
  }

  // MARK: - Reading

  private static func checkDefault(of form: OptionForm, _ matches: Matching) throws {
    guard let fallback = form.fallback else { return }
    for value in fallback.table?.items ?? [fallback] {
      guard let fault = try form.fault(value, matches: matches) else { continue }
      throw ScriptError(
        "the default of option \"\(form.name)\" \(fault.must), not \"\(OptionForm.text(of: value))\"",
        remedy: "mend the default, or what the option asks for")
    }
  }

  private mutating func take(_ form: OptionForm, of unit: String, _ findings: Findings, _ matches: Matching) throws
    -> LuaValue?
  {
    var found: LuaValue?
    for index in settings.indices
    where settings[index].key == form.name || settings[index].key == "\(unit).\(form.name)" {
      settings[index].isUsed = true
      found = try Self.value(of: form, settings[index], matches)
      if let other = form.deprecated {
        findings.report(
          .warning(
            at: settings[index].place, "option \"\(settings[index].key)\" of \(unit) is deprecated", remedy: other))
      }
    }
    return found
  }

  private static func value(of form: OptionForm, _ setting: Setting, _ matches: Matching) throws -> LuaValue {
    func refuse(_ must: String, _ text: String, _ remedy: String) -> Finding {
      .error(at: setting.place, "option \"\(setting.key)\" \(must), not \"\(text)\"", remedy: remedy)
    }
    let form = form
    let isTyped = setting.place.file === commandLine
    let texts =
      setting.items
      ?? (form.isList && isTyped
        ? setting.value.isEmpty
          ? [] : setting.value.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        : [setting.value])
    if setting.items != nil, !form.isList {
      throw refuse("must be \(form.article)", "a list", "write one value, or list = true where it is declared")
    }
    let example =
      form.type == "boolean"
      ? "write true or false"
      : isTyped ? "write --set \(ShellText.word("\(setting.key)=\(form.example)"))" : "write \(form.example)"
    let values = try texts.map { text in
      guard let value = form.read(text) else { throw refuse("must be \(form.article)", text, example) }
      if let fault = try form.fault(value, matches: matches) { throw refuse(fault.must, text, fault.remedy) }
      return value
    }
    if form.isList { return .table(LuaTable(items: values)) }
    return values[0]
  }

  /// `tags` for `policy/tags.lua`.
  static func stem(_ chunk: String) -> String {
    let file = chunk.split(separator: "/").last.map(String.init) ?? chunk
    return file.hasSuffix(".lua") ? String(file.dropLast(4)) : file
  }
}

extension ScriptSession {
  /// Declares options of a script or a pack, and returns their values.
  func declare(options table: LuaTable, unit: String, file: SourceFile? = nil) throws -> LuaTable {
    try options.declare(table, unit: unit, file: file, findings: findings) { text, pattern in
      guard let matches = try module("base/matches").function else { return true }
      do throws(LuaFailure) { return try host.call(matches, [.string(text), .string(pattern)]).isTruthy } catch {
        throw ScriptError("the pattern \(pattern) is none: \(error.message)", remedy: "write a pattern of Lua")
      }
    }
  }
}
