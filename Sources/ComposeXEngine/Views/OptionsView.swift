import ComposeXLua

/// The values of declared options in a script's hand. One that was not set and has no default is nil.
final class OptionsView: LuaObject {
  private let values: LuaTable
  private let names: [String]

  /// `names` are all that were declared, those without a value included.
  init(_ values: LuaTable, names: [String]) {
    self.values = values
    self.names = names
  }

  var luaTypeName: String { "options" }

  func luaGet(_ key: LuaValue, _ call: LuaCall) throws -> LuaValue {
    guard case .string(let name) = key else { return .nil }
    guard names.contains(name) else {
      throw ScriptError(
        "there is no option \"\(name)\"",
        remedy: NearName.remedy(name, in: names, what: "there are") ?? "declare it with composex.options{}")
    }
    return values[name] ?? .nil
  }

  func luaSet(_ key: LuaValue, _ value: LuaValue, _ call: LuaCall) throws {
    throw ScriptError("options are read-only", remedy: "set them with --set, or write a local variable")
  }

  func luaPairs(_ call: LuaCall) throws -> [(LuaValue, LuaValue)] { values.fields.map { (.string($0.key), $0.value) } }
}
