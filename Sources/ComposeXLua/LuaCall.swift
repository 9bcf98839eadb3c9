import CLua

/// What a Swift function sees of its call from Lua. Valid until the function returns.
public struct LuaCall {
  /// What a Lua value is.
  public enum Kind: Sendable { case none, `nil`, boolean, number, string, table, function, object }

  /// The host in which the call happens.
  public let host: LuaHost
  /// How many stack values lie below the first argument.
  let base: Int32
  /// How many arguments there are.
  public let count: Int
  /// The name of the function that is called, for messages; empty for operations on objects.
  let name: String
  let frame: Int

  /// Argument `i`, from 1; nil beyond the last. A plain table is copied with all in it, which is an error when it has
  /// cycles, holes, or keys that are neither 1 to n nor strings.
  ///
  /// - Throws: `LuaFailure` for a value that cannot cross.
  public subscript(i: Int) -> LuaValue {
    get throws { try value(i, live: false) }
  }

  /// Argument `i` with a table as a reference instead of a copy.
  ///
  /// - Throws: `LuaFailure` for a value that cannot cross: a string that is not UTF-8.
  public func live(_ i: Int) throws -> LuaValue { try value(i, live: true) }

  /// What argument `i` is: cheap, and copies nothing.
  public func kind(_ i: Int) -> Kind {
    guard i >= 1, i <= count, frame == host.frame else { return .none }
    switch lua_type(host.L, base + Int32(truncatingIfNeeded: i)) {
    case LUA_TNIL: return .nil
    case LUA_TBOOLEAN: return .boolean
    case LUA_TNUMBER: return .number
    case LUA_TSTRING: return .string
    case LUA_TTABLE: return .table
    case LUA_TFUNCTION: return .function
    default: return .object
    }
  }

  private func value(_ i: Int, live: Bool) throws(LuaFailure) -> LuaValue {
    guard i >= 1, i <= count else { return .nil }
    guard frame == host.frame else { throw LuaFailure("the arguments of a call were read after it") }
    do {
      return try host.value(at: base + Int32(truncatingIfNeeded: i), live: live)
    } catch {
      var failure = error
      if !name.isEmpty { failure.message = "argument \(i) of \(name): \(failure.message)" }
      throw failure
    }
  }

  /// The nearest Lua function whose chunk passes `where`, from the caller outwards: its chunk's name and the line it
  /// is at.
  public func caller(where isWanted: (String) -> Bool = { _ in true }) -> (chunk: String, line: Int)? {
    host.caller(where: isWanted)
  }
}
