import ComposeXLua

/// What `pack.lua` returns: name, version, requirements, and the pack's files and options.
struct PackManifest {
  var name = ""
  var version = ""
  /// A sentence for readers.
  var description: String?
  /// What it asks of composex.
  var composex: String?
  /// What it asks of other packs, by their names.
  var requires: [(name: String, requirement: String)] = []
  /// Files that declare, in their order.
  var load: [String] = []
  /// Files that return a resource module each.
  var resources: [String] = []
  /// Files that return a list of contracts each.
  var contracts: [String] = []
  /// Files with tests.
  var tests: [String] = []
  var options = LuaTable()
  var exemptions: [LuaTable] = []
  /// What no rule can see into, and the pack lets pass: names of `Unseen`.
  var allow: [String] = []
  /// Codes of warnings that no project may accept; `*` stands for any text.
  var neverAccept: [String] = []
  /// Rules that packs of projects may exempt from, by their sentences; `*` stands for any text.
  var exemptible: [String] = []
  /// A file that returns exemptions.
  var exemptionsFile: String?

  static let fields = [
    "name", "version", "composex", "requires", "load", "resources", "tests", "options", "exemptions", "description",
    "allow", "contracts", "never_accept",
    "exemptible",
  ]

  /// Reads the table; throws a `ScriptError` for what is wrong with it.
  init(_ table: LuaTable) throws {
    guard table.items.isEmpty else {
      throw ScriptError(
        "a manifest is a table of names, not a list", remedy: "write return { name = \"acme\", version = \"1.0.0\" }")
    }
    for (field, value) in table.fields {
      switch field {
      case "name": name = try Self.text(field, value)
      case "version": version = try Self.text(field, value)
      case "composex": composex = try Self.text(field, value)
      case "description": description = try Self.text(field, value)
      case "load": load = try Self.texts(field, value)
      case "resources": resources = try Self.texts(field, value)
      case "contracts": contracts = try Self.texts(field, value)
      case "tests": tests = try Self.texts(field, value)
      case "requires":
        let table = try Self.table(field, value)
        guard table.items.isEmpty else {
          throw ScriptError("requires of a manifest names packs", remedy: "write requires = { base = \">= 1.0\" }")
        }
        requires = try table.fields.map { ($0.key, try Self.text("requires.\($0.key)", $0.value)) }
      case "allow":
        allow = try Self.texts(field, value)
        if let other = allow.first(where: { Unseen(rawValue: $0) == nil }) {
          throw ScriptError(
            "allow of a manifest has no \"\(other)\"",
            remedy: NearName.remedy(other, in: Unseen.allCases.map(\.rawValue), what: "it has"))
        }
      case "exemptible": exemptible = try Self.texts(field, value)
      case "never_accept": neverAccept = try Self.texts(field, value)
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
    guard Self.isName(name) else {
      throw ScriptError(
        "a manifest needs its name, in lower-case letters, digits, - and _", remedy: "write name = \"acme\"")
    }
    guard Version(version) != nil else {
      throw ScriptError("a manifest needs its version", remedy: "write version = \"1.0.0\"")
    }
  }

  /// Lower-case letters, digits, `-` and `_`: a name that can be a folder's and an option's.
  static func isName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 100
      && name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 95 }
  }

  private static func text(_ field: String, _ value: LuaValue) throws -> String {
    guard case .string(let text) = value else {
      throw ScriptError("\(field) of a manifest must be a string, not \(value.kindName)", remedy: "write it in quotes")
    }
    return text
  }

  private static func table(_ field: String, _ value: LuaValue) throws -> LuaTable {
    guard case .table(let table) = value else {
      throw ScriptError("\(field) of a manifest must be a table, not \(value.kindName)", remedy: "write it in braces")
    }
    return table
  }

  /// The items of a list; names in it would be lost, and are refused.
  private static func items(_ field: String, _ value: LuaValue) throws -> [LuaValue] {
    let table = try table(field, value)
    guard let (name, _) = table.fields.first else { return table.items }
    throw ScriptError(
      "\(field) of a manifest is a list, and has no \"\(name)\"", remedy: "write \(field) = { ... } without names")
  }

  private static func texts(_ field: String, _ value: LuaValue) throws -> [String] {
    try items(field, value).map { try text("an entry of \(field)", $0) }
  }

  static func tables(_ field: String, _ value: LuaValue) throws -> [LuaTable] {
    try items(field, value).map { try table("an entry of \(field)", $0) }
  }
}
