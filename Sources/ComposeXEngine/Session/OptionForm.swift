import ComposeXLua

/// What an option may be set to, as its declaration says.
struct OptionForm {
  let name: String
  private(set) var type = "string"
  /// Whether it holds several values.
  private(set) var isList = false
  private(set) var isRequired = false
  private(set) var values: [LuaValue] = []
  private(set) var minimum: Double?
  private(set) var maximum: Double?
  /// A pattern of Lua that its texts match.
  private(set) var pattern: String?
  private(set) var fallback: LuaValue?
  private(set) var doc: String?
  /// What to use in its place, when it is going away.
  private(set) var deprecated: String?

  static let types = ["string", "integer", "number", "boolean"]
  static let fields = [
    "type", "default", "doc", "values", "list", "required", "min", "max", "pattern", "deprecated",
  ]

  /// Reads the table of a declaration.
  init(_ name: String, _ table: LuaTable) throws {
    self.name = name
    for (key, _) in table.fields where !Self.fields.contains(key) {
      throw ScriptError(
        "option \"\(name)\" has no field \"\(key)\"", remedy: NearName.remedy(key, in: Self.fields, what: "it has"))
    }
    if let type = try text("type", table) {
      guard Self.types.contains(type) else {
        throw ScriptError(
          "option \"\(name)\" has the type \"\(type)\", which does not exist",
          remedy: "there are: \(Self.types.joined(separator: ", "))")
      }
      self.type = type
    }
    isList = try flag("list", table)
    isRequired = try flag("required", table)
    (doc, pattern, deprecated) = (
      try text("doc", table), try text("pattern", table), try text("deprecated", table)
    )
    (minimum, maximum) = (try number("min", table), try number("max", table))
    fallback = table["default"]
    if let values = table["values"] {
      guard case .table(let list) = values, list.fields.isEmpty, !list.items.isEmpty,
        list.items.allSatisfy({ isOfType($0) })
      else {
        throw ScriptError(
          "values of option \"\(name)\" must be a list of \(type == "string" ? "strings" : "\(type)s")",
          remedy: "write values = { \(type == "string" ? "\"dev\", \"prod\"" : "1, 2") }")
      }
      self.values = list.items
    }
    try checkFields()
  }

  private func checkFields() throws {
    if isRequired, fallback != nil {
      throw ScriptError(
        "option \"\(name)\" is required, and has a default", remedy: "leave out one of required and default")
    }
    if pattern != nil, type != "string" {
      throw ScriptError("option \"\(name)\" has a pattern, and is \(article)", remedy: "a pattern is for strings")
    }
    if minimum != nil || maximum != nil, type != "integer", type != "number" {
      throw ScriptError(
        "option \"\(name)\" has a min or max, and is \(article)", remedy: "write type = \"integer\" or \"number\"")
    }
    if let fallback, !fits(fallback) {
      throw ScriptError(
        "the default of option \"\(name)\" must be \(isList ? "a list of \(type)s" : article), not \(fallback.kindName)",
        remedy: "mend the default, or the type")
    }
  }

  private func text(_ field: String, _ table: LuaTable) throws -> String? {
    guard let value = table[field] else { return nil }
    guard case .string(let text) = value else {
      throw ScriptError(
        "the \(field) of option \"\(name)\" must be a string, not \(value.kindName)",
        remedy: field == "type" ? "there are: \(Self.types.joined(separator: ", "))" : "write it in quotes")
    }
    return text
  }

  private func flag(_ field: String, _ table: LuaTable) throws -> Bool {
    guard let value = table[field] else { return false }
    guard case .boolean(let flag) = value else {
      throw ScriptError(
        "\(field) of option \"\(name)\" must be true or false, not \(value.kindName)", remedy: "write \(field) = true")
    }
    return flag
  }

  private func number(_ field: String, _ table: LuaTable) throws -> Double? {
    switch table[field] {
    case nil: return nil
    case .integer(let number)?: return Double(number)
    case .number(let number)?: return number
    case let value?:
      throw ScriptError(
        "\(field) of option \"\(name)\" must be a number, not \(value.kindName)", remedy: "write \(field) = 1")
    }
  }

  // MARK: - Values

  /// A text as a value of the type; nil for one that is none.
  func read(_ text: String) -> LuaValue? {
    switch type {
    case "integer": Int(text).map { .integer($0) }
    case "number": Int(text).map { .integer($0) } ?? Double(text).flatMap { $0.isFinite ? .number($0) : nil }
    case "boolean": text == "true" ? .boolean(true) : text == "false" ? .boolean(false) : nil
    default: .string(text)
    }
  }

  private func fits(_ value: LuaValue) -> Bool {
    guard isList else { return isOfType(value) }
    guard case .table(let list) = value, list.fields.isEmpty else { return false }
    return list.items.allSatisfy(isOfType)
  }

  private func isOfType(_ value: LuaValue) -> Bool {
    switch (value, type) {
    case (.string, "string"), (.integer, "integer"), (.integer, "number"), (.number, "number"), (.boolean, "boolean"):
      true
    default: false
    }
  }

  /// What a value breaks of what is asked of it: what it must be, and what to write; nil when it is one of those that may be.
  func fault(_ value: LuaValue, matches: (String, String) throws -> Bool) rethrows -> (must: String, remedy: String)? {
    let text = Self.text(of: value)
    if !values.isEmpty {
      let known = values.map(Self.text)
      if known.contains(text) { return nil }
      return (
        "must be one of \(known.joined(separator: ", "))",
        NearName.find(text, in: known).map { "did you mean \"\($0)\"?" } ?? "write \(known[0])"
      )
    }
    if let number = Double(text), type == "integer" || type == "number" {
      if let minimum, number < minimum { return ("must be at least \(Self.shown(minimum))", "change the number") }
      if let maximum, number > maximum { return ("must be at most \(Self.shown(maximum))", "change the number") }
    }
    if let pattern, try !matches(text, pattern) {
      return ("must match the pattern \(pattern)", doc.map { "it is: \($0)" } ?? "see what its pattern asks for")
    }
    return nil
  }

  static func text(of value: LuaValue) -> String {
    switch value {
    case .string(let text): text
    case .integer(let number): "\(number)"
    case .number(let number): YAMLScalar.text(of: number)
    case .boolean(let flag): flag ? "true" : "false"
    case .table(let table): table.items.map(text).joined(separator: ",")
    default: ""
    }
  }

  private static func shown(_ number: Double) -> String { YAMLScalar.text(of: number) }

  // MARK: - For readers

  /// `an integer`.
  var article: String { type == "integer" ? "an integer" : "a \(type)" }

  /// What it may be, in a few words: `integer, 1 to 365`.
  var description: String {
    var text = isList ? "list of \(type)s" : type
    if !values.isEmpty { text += ": \(values.map(Self.text).joined(separator: ", "))" }
    switch (minimum, maximum) {
    case (let low?, let high?): text += ", \(Self.shown(low)) to \(Self.shown(high))"
    case (let low?, nil): text += ", at least \(Self.shown(low))"
    case (nil, let high?): text += ", at most \(Self.shown(high))"
    case (nil, nil): break
    }
    if let pattern { text += ", as \(pattern)" }
    return text
  }

  /// A value that could be set, for remedies.
  var example: String {
    if let first = values.first { return Self.text(of: first) }
    switch type {
    case "integer": return "7"
    case "number": return "0.5"
    case "boolean": return "true"
    default: return isList ? "a,b" : "VALUE"
    }
  }
}
