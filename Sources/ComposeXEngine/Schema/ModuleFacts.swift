import ComposeXLua

/// What is known of a built-in resource module without a project: for the JSON Schema and for the types of editors.
struct ModuleFacts {
  let key: String
  /// The resource types that its definitions may have; nil when a definition decides, or the key is no list of definitions.
  var types: [String]?
  /// Keys of a definition; nil when the section has another form.
  var keys: [String]?
  /// Access profiles and return values; nil when they are not known here.
  var access: [String]?
  var returns: [String]?
  /// Keys of `Settings`, of `MacroParameters`, and of what a service may get; nil when the module computes them.
  var settings: [String]?
  var macros: [String]?
  var services: [String]?
  /// Lists of properties whose items may say all that a resource of that type can: by property.
  var itemTypes: [String: String] = [:]
  /// Whether the section itself is the definition.
  var isSingle = false

  /// What the built-in Lua files say.
  struct All {
    /// In the order of the manifest.
    var modules: [ModuleFacts] = []
    /// The fields of a module table.
    var fields: [String] = []
    /// The types of a module table and its parts, as the Lua language server reads them.
    var moduleTypes = ""
    /// The JSON Schemas of what modules take beside CloudFormation's own, by key, part and word.
    var forms: Node = .map([:])
    /// The JSON Schemas of `x-` keys in records of compose: the name of the record to keys.
    var sections: Node = .map([:])
    /// The JSON Schema of a `Lookup`.
    var lookup: Node = .map([:])
  }

  /// All there is to know. Throws a `Finding`.
  static func all() throws -> All {
    let session = ScriptSession(project: .empty, stack: Stack(name: "schema"), findings: Findings())
    do {
      guard let schema = try session.module("reflect/schema").reference else { return All() }
      let parts = try session.host.contents(of: schema)
      guard let list = parts["modules"]?.function, let types = parts["types"]?.function,
        let fields = parts["fields"]?.reference
      else { return All() }
      let found = try session.host.call(list).table?.items.compactMap { $0.table.map(ModuleFacts.init) } ?? []
      func node(_ name: String) throws -> Node {
        guard let function = parts[name]?.function else { return .map([:]) }
        return try Conversion.node(session.host.call(function), at: .unknown, session: session)
      }
      return All(
        modules: found, fields: try session.host.contents(of: fields).items.compactMap(\.string),
        moduleTypes: try session.host.call(types).string ?? "", forms: try node("forms"),
        sections: try node("sections"), lookup: try node("lookup"))
    } catch {
      throw session.finding(error)
    }
  }

  private init(_ table: LuaTable) {
    func texts(_ name: String) -> [String]? { table[name]?.table?.items.compactMap(\.string) }
    key = table["key"]?.string ?? ""
    (types, keys, access, returns) = (texts("types"), texts("keys"), texts("access"), texts("returns"))
    (settings, macros, services) = (texts("settings"), texts("macros"), texts("services"))
    isSingle = table["is_single"]?.isTruthy ?? false
    for (property, type) in table["item_types"]?.table?.fields ?? [] { itemTypes[property] = type.string }
  }
}
