import ComposeXLua

extension ScriptSession {
  /// Lua's `type` in the files of users: what is read and written like a table is one, so that a script may ask for it.
  var typeFunction: LuaValue {
    function("type") { call in
      guard call.count > 0 else { throw ScriptError("type() takes a value", remedy: "write type(value)") }
      switch call.kind(1) {
      case .none, .nil: return .string("nil")
      case .boolean: return .string("boolean")
      case .number: return .string("number")
      case .string: return .string("string")
      case .table: return .string("table")
      case .function: return .string("function")
      case .object:
        guard case .object(let object) = try call.live(1) else { return .string("userdata") }
        return .string(object is NodeView || object is OptionsView ? "table" : "userdata")
      }
    }
  }
}
