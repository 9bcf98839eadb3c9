import ComposeXLua

/// What `pack.lua` returns: name, version, requirements, and the pack's files and options.
struct PackManifest {
  var name = ""
  var version = ""
  /// What it asks of composex.
  var composex: String?
  /// What it asks of other packs, by their names.
  var requires: [(name: String, requirement: String)] = []
  /// Files that declare, in their order.
  var load: [String] = []
  /// Files that return a resource module each.
  var resources: [String] = []
  /// Files with tests.
  var tests: [String] = []
  var options = LuaTable()
  var exemptions: [LuaTable] = []
  /// A file that returns exemptions.
  var exemptionsFile: String?

  static let fields = [
    "name", "version", "composex", "requires", "load", "resources", "tests", "options", "exemptions", "description",
  ]

  /// Reads the table; throws a `ScriptError` for what is wrong with it.
  init(_ table: LuaTable) throws {
    guard table.items.isEmpty else { throw ScriptError("a manifest is a table of names, not a list") }
    for (field, value) in table.fields {
      switch field {
      case "name": name = try Self.text(field, value)
      case "version": version = try Self.text(field, value)
      case "composex": composex = try Self.text(field, value)
      case "description": _ = try Self.text(field, value)
      case "load": load = try Self.texts(field, value)
      case "resources": resources = try Self.texts(field, value)
      case "tests": tests = try Self.texts(field, value)
      case "requires": requires = try Self.table(field, value).fields.map { ($0.key, try Self.text("requires.\($0.key)", $0.value)) }
      case "options": options = try Self.table(field, value)
      case "exemptions":
        if case .string(let file) = value {
          exemptionsFile = file
        } else {
          exemptions = try Self.tables(field, value)
        }
      default:
        throw ScriptError(
          "a manifest has no field \"\(field)\"", remedy: NearName.remedy(field, in: Self.fields, what: "it has"))
      }
    }
    guard !name.isEmpty, name.utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 95 })
    else {
      throw ScriptError("a manifest needs its name, in lower-case letters, digits, - and _", remedy: "write name = \"acme\"")
    }
    guard Version(version) != nil else {
      throw ScriptError("a manifest needs its version", remedy: "write version = \"1.0.0\"")
    }
  }

  private static func text(_ field: String, _ value: LuaValue) throws -> String {
    guard case .string(let text) = value else { throw ScriptError("\(field) of a manifest must be a text, not \(value.kindName)") }
    return text
  }

  private static func table(_ field: String, _ value: LuaValue) throws -> LuaTable {
    guard case .table(let table) = value else { throw ScriptError("\(field) of a manifest must be a table, not \(value.kindName)") }
    return table
  }

  private static func texts(_ field: String, _ value: LuaValue) throws -> [String] {
    try table(field, value).items.map { try text("an entry of \(field)", $0) }
  }

  static func tables(_ field: String, _ value: LuaValue) throws -> [LuaTable] {
    try table(field, value).items.map { try table("an entry of \(field)", $0) }
  }
}
