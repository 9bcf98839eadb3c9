import CLua

/// Keeps a Lua function or a live table reachable from Swift. Its place in Lua is freed when the last copy goes.
public final class LuaReference {
  /// Where a function was defined: the chunk's name and the line; nil for tables and for functions written in C or
  /// Swift.
  public let definedAt: (chunk: String, line: Int)?
  /// Whether it is a function; else it is a table.
  public let isFunction: Bool

  let slot: Int32
  let home: LuaHome

  init(slot: Int32, isFunction: Bool, definedAt: (chunk: String, line: Int)?, home: LuaHome) {
    self.slot = slot
    self.isFunction = isFunction
    self.definedAt = definedAt
    self.home = home
  }

  deinit {
    if let host = home.host { clua_free_slot(host, slot) }
  }
}

/// The C half of a host, which references may outlive.
final class LuaHome {
  /// nil once the host is gone.
  var host: UnsafeMutablePointer<clua_host>?

  init(_ host: UnsafeMutablePointer<clua_host>) { self.host = host }
}
