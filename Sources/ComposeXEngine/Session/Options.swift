import ComposeXLua

/// The options that scripts declare with `composex.options`, and what `--set` gives them.
public struct Options {
  /// One `--set key=value`.
  public struct Setting {
    /// `owner`, or `tags.owner` with the script or pack before it.
    public var key: String
    /// The text as typed; the option's type says what it is read as.
    public var value: String
    fileprivate var isUsed = false

    /// One setting, which no option has taken yet.
    public init(key: String, value: String) {
      self.key = key
      self.value = value
    }
  }

  private var settings: [Setting]
  /// `tags.owner`, in the order of declaration.
  private(set) var names: [String] = []
  /// What was set, or the default, by `tags.owner`.
  private var values: [String: String] = [:]
  private var declared: [(name: String, file: SourceFile?)] = []
  private static let commandLine = SourceFile(name: "--set", role: .commandLine)
  private static let types = ["string", "integer", "number", "boolean"]

  init(_ settings: [Setting]) { self.settings = settings }

  /// Reads the table of `composex.options`, and returns the values: what was set, else the default.
  /// `unit` is the name of the script or the pack, which may stand before a name: `--set acme.owner=me`.
  /// A file declares an option once.
  mutating func declare(_ table: LuaTable, unit: String, file: SourceFile? = nil) throws -> LuaTable {
    guard table.items.isEmpty else {
      throw ScriptError(
        "options() takes a table of names", remedy: "write { owner = { type = \"string\", default = \"me\" } }")
    }
    var values = LuaTable()
    for (name, value) in table.fields {
      guard case .table(let option) = value else {
        throw ScriptError(
          "option \"\(name)\" needs a table, not \(value.kindName)",
          remedy: "write { type = \"string\", default = \"...\" }")
      }
      let known = ["type", "default", "doc"]
      for (key, _) in option.fields where !known.contains(key) {
        throw ScriptError(
          "option \"\(name)\" has no field \"\(key)\"", remedy: NearName.remedy(key, in: known, what: "it has"))
      }
      let type = try Self.type(of: option, name)
      let isKnown = declared.contains { $0.name == name && $0.file === file }
      if isKnown {
        throw ScriptError("option \"\(name)\" is declared already", remedy: "a file declares an option once")
      }
      declared.append((name, file))
      names.append("\(unit).\(name)")
      if let set = try take(name, of: unit, as: type) {
        values.fields.append((name, set))
        self.values["\(unit).\(name)"] = Self.text(of: set)
      } else if let fallback = option["default"] {
        guard Self.fits(fallback, type) else {
          throw ScriptError(
            "the default of option \"\(name)\" must be \(Self.article(type)), not \(fallback.kindName)",
            remedy: "mend the default, or the type")
        }
        values.fields.append((name, fallback))
        self.values["\(unit).\(name)"] = Self.text(of: fallback)
      }
    }
    return values
  }

  /// The value of an option as a text; nil when it has none.
  func text(of name: String, unit: String) -> String? { values["\(unit).\(name)"] }

  private static func text(of value: LuaValue) -> String? {
    switch value {
    case .string(let text): text
    case .integer(let number): "\(number)"
    case .number(let number): YAMLScalar.text(of: number)
    case .boolean(let flag): flag ? "true" : "false"
    default: nil
    }
  }

  /// The settings that no option took.
  func unused(_ findings: Findings) {
    for setting in settings where !setting.isUsed {
      findings.report(
        .error(
          at: Place(file: Self.commandLine), "no script or pack has an option \"\(setting.key)\"",
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

  private static func type(of option: LuaTable, _ name: String) throws -> String {
    guard let value = option["type"] else { return "string" }
    let remedy = "there are: \(types.joined(separator: ", "))"
    guard case .string(let type) = value else {
      throw ScriptError("the type of option \"\(name)\" must be a string, not \(value.kindName)", remedy: remedy)
    }
    guard types.contains(type) else {
      throw ScriptError("option \"\(name)\" has the type \"\(type)\", which does not exist", remedy: remedy)
    }
    return type
  }

  private mutating func take(_ name: String, of unit: String, as type: String) throws -> LuaValue? {
    var found: LuaValue?
    for index in settings.indices where settings[index].key == name || settings[index].key == "\(unit).\(name)" {
      settings[index].isUsed = true
      let text = settings[index].value
      guard let value = Self.value(text, type) else {
        throw Finding.error(
          at: Place(file: Self.commandLine),
          "option \"\(settings[index].key)\" must be \(Self.article(type)), not \"\(text)\"",
          remedy: type == "boolean"
            ? "write true or false"
            : "write --set \(ShellText.word(settings[index].key))=\(type == "integer" ? "7" : "0.5")")
      }
      found = value
    }
    return found
  }

  private static func value(_ text: String, _ type: String) -> LuaValue? {
    switch type {
    case "integer": Int(text).map { .integer($0) }
    case "number": Int(text).map { .integer($0) } ?? Double(text).flatMap { $0.isFinite ? .number($0) : nil }
    case "boolean": text == "true" ? .boolean(true) : text == "false" ? .boolean(false) : nil
    default: .string(text)
    }
  }

  private static func article(_ type: String) -> String { type == "integer" ? "an integer" : "a \(type)" }

  private static func fits(_ value: LuaValue, _ type: String) -> Bool {
    switch (value, type) {
    case (.string, "string"), (.integer, "integer"), (.integer, "number"), (.number, "number"), (.boolean, "boolean"):
      true
    default: false
    }
  }

  /// `tags` for `policy/tags.lua`.
  static func stem(_ chunk: String) -> String {
    let file = chunk.split(separator: "/").last.map(String.init) ?? chunk
    return file.hasSuffix(".lua") ? String(file.dropLast(4)) : file
  }
}
