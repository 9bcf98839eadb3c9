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

  /// The facts of all modules, in the order of the manifest, and the fields of a module table. Throws a `Finding`.
  static func all() throws -> (modules: [ModuleFacts], fields: [String]) {
    let session = ScriptSession(project: .empty, stack: Stack(name: "schema"), findings: Findings())
    do {
      guard let schema = try session.module("composex/schema").reference else { return ([], []) }
      let parts = try session.host.contents(of: schema)
      guard let list = parts["modules"]?.function, let fields = parts["fields"]?.reference else { return ([], []) }
      let found = try session.host.call(list).table?.items.compactMap { $0.table.map(ModuleFacts.init) } ?? []
      return (found, try session.host.contents(of: fields).items.compactMap(\.string))
    } catch {
      throw session.finding(error)
    }
  }

  private init(_ table: LuaTable) {
    func texts(_ name: String) -> [String]? { table[name]?.table?.items.compactMap(\.string) }
    key = table["key"]?.string ?? ""
    (types, keys, access, returns) = (texts("types"), texts("keys"), texts("access"), texts("returns"))
  }
}
