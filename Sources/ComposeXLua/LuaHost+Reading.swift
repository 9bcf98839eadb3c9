import CLua
import Glibc

// Values on their way from Lua. Only functions of Lua's interface that never raise are called here.
extension LuaHost {
  /// The value at an absolute index of the stack.
  func value(at index: Int32, live: Bool, depth: Int = 0) throws(LuaFailure) -> LuaValue {
    switch lua_type(L, index) {
    case LUA_TBOOLEAN: return .boolean(lua_toboolean(L, index) != 0)
    case LUA_TNUMBER:
      if lua_isinteger(L, index) != 0 { return .integer(Int(lua_tointegerx(L, index, nil))) }
      return .number(lua_tonumberx(L, index, nil))
    case LUA_TSTRING:
      guard let text = strings.string(state, at: index) else { throw LuaFailure("a string is not valid UTF-8") }
      return .string(text)
    case LUA_TFUNCTION: return .reference(try reference(at: index, isFunction: true))
    case LUA_TTABLE:
      if live { return .reference(try reference(at: index, isFunction: false)) }
      return .table(try copyTable(at: index, live: false, depth: depth))
    case LUA_TUSERDATA:
      guard let object = objects[clua_handle(L, index)] else { throw LuaFailure("this value cannot leave Lua") }
      return .object(object)
    default: return .nil
    }
  }

  /// A key as objects are asked for it: a float with an integer value is that integer, as in Lua's own tables.
  func key(at index: Int32) throws(LuaFailure) -> LuaValue {
    let key = try value(at: index, live: true)
    if case .number(let number) = key, let integer = Int(exactly: number) { return .integer(integer) }
    return key
  }

  func reference(at index: Int32, isFunction: Bool) throws(LuaFailure) -> LuaReference {
    var slot: Int32 = 0
    let status = clua_make_slot(state, index, &slot)
    if status != 0 { throw failure(status) }
    let definedAt = isFunction ? definition(at: index) : nil
    return LuaReference(slot: slot, isFunction: isFunction, definedAt: definedAt, home: home)
  }

  private func definition(at index: Int32) -> (chunk: String, line: Int)? {
    guard lua_checkstack(L, 1) != 0 else { return nil }
    lua_pushvalue(L, index)
    var source: UnsafePointer<CChar>?
    var length = 0
    var line: Int32 = 0
    clua_definition(L, &source, &length, &line)
    guard line > 0, let source else { return nil }
    return (chunkName(source, length), Int(line))
  }

  func chunkName(_ source: UnsafePointer<CChar>, _ length: Int) -> String {
    source.withMemoryRebound(to: UInt8.self, capacity: length) { bytes in
      chunks.name(UnsafeBufferPointer(start: bytes, count: length))
    }
  }

  // MARK: - Tables

  /// A copy of the plain table at `index`.
  func copyTable(at index: Int32, live: Bool, depth: Int = 0) throws(LuaFailure) -> LuaTable {
    if depth == 0 { copied = 0 }
    if depth >= limits.depth {
      throw LuaFailure("a table is nested more than \(limits.depth) deep, or contains itself")
    }
    guard lua_checkstack(L, 3) != 0 else { throw failure(Int32(CLUA_STACK.rawValue)) }
    let top = lua_gettop(L)
    defer { lua_settop(L, top) }

    var items = Items()
    var fields = Fields()
    lua_pushnil(L)
    while lua_next(L, index) != 0 {
      try countCopy(at: top + 2)
      switch lua_type(L, top + 1) {
      case LUA_TSTRING:
        guard let name = strings.string(state, at: top + 1) else { throw LuaFailure("a table key is not valid UTF-8") }
        let value = try element("." + name) { () throws(LuaFailure) in
          try self.value(at: top + 2, live: live, depth: depth + 1)
        }
        fields.append((name, value))
      case LUA_TNUMBER:
        let place = try itemPlace(at: top + 1)
        let value = try element("[\(place)]") { () throws(LuaFailure) in
          try self.value(at: top + 2, live: live, depth: depth + 1)
        }
        items.append(value, at: place)
      case LUA_TBOOLEAN:
        throw LuaFailure("a table has the key \(lua_toboolean(L, top + 1) != 0): keys are 1, 2, ... or strings")
      default:
        throw LuaFailure("a table has a \(typeName(at: top + 1)) as a key: keys are 1, 2, ... or strings")
      }
      lua_settop(L, top + 1)
    }
    return LuaTable(items: try items.inOrder(), fields: fields.inOrder())
  }

  private func typeName(at index: Int32) -> String {
    objects[clua_handle(L, index)]?.luaTypeName ?? String(cString: lua_typename(L, lua_type(L, index)))
  }

  private func itemPlace(at index: Int32) throws(LuaFailure) -> Int {
    guard lua_isinteger(L, index) != 0 else {
      throw LuaFailure("a table has the key \(lua_tonumberx(L, index, nil)): keys are 1, 2, ... or strings")
    }
    let place = Int(lua_tointegerx(L, index, nil))
    if place < 1 { throw LuaFailure("a table has the key \(place): items count from 1") }
    return place
  }

  /// The fields of a table, which Lua walks in an order of its own: a few are put where they belong at once, many are sorted.
  private struct Fields {
    private static let few = 32
    private var all: [LuaTable.Field] = []

    mutating func append(_ field: LuaTable.Field) {
      guard all.count < Self.few else { return all.append(field) }
      var (low, high) = (0, all.count)
      while low < high {
        let middle = (low + high) / 2
        if precedes(all[middle].key, field.key) { low = middle + 1 } else { high = middle }
      }
      all.insert(field, at: low)
    }

    func inOrder() -> [LuaTable.Field] {
      all.count <= Self.few ? all : all.sorted { precedes($0.key, $1.key) }
    }
  }

  /// The items of a table as Lua walks them: nearly always from 1 to n.
  private struct Items {
    private var values: [LuaValue] = []
    /// Of each value, once one was out of its turn.
    private var places: [Int] = []

    mutating func append(_ value: LuaValue, at place: Int) {
      if !places.isEmpty || place != values.count + 1 {
        if places.isEmpty { places = Array(1..<values.count + 1) }
        places.append(place)
      }
      if values.isEmpty { values.reserveCapacity(4) }
      values.append(value)
    }

    /// By their places, which must be 1 to n.
    func inOrder() throws(LuaFailure) -> [LuaValue] {
      if places.isEmpty { return values }
      let order = places.indices.sorted { places[$0] < places[$1] }
      for (index, item) in order.enumerated() where places[item] != index + 1 {
        throw LuaFailure("a list has no item \(index + 1), but an item \(places[order[order.count - 1]])")
      }
      return order.map { values[$0] }
    }
  }

  /// Puts where an element stands in front of what is wrong with it.
  private func element<T>(_ place: @autoclosure () -> String, _ body: () throws(LuaFailure) -> T) throws(LuaFailure)
    -> T
  {
    do { return try body() } catch {
      var failure = error
      failure.path = place() + failure.path
      if failure.path.utf8.count > 60 { failure.path = String(failure.path.prefix(50)) + "..." }
      throw failure
    }
  }

  /// Tables that share tables may unfold without end: a copy may not be larger than the memory that is left.
  private func countCopy(at index: Int32) throws(LuaFailure) {
    // What a field takes, and a table besides, by measurement.
    copied &+= lua_type(L, index) == LUA_TTABLE ? 320 : 128
    if lua_type(L, index) == LUA_TSTRING { copied &+= Int(truncatingIfNeeded: lua_rawlen(L, index)) }
    if state.pointee.timed_out != 0 {
      clua_note_stop(state)
      throw failure(Int32(CLUA_TIME.rawValue))
    }
    if copied > max(limits.memory - state.pointee.used - state.pointee.charged, 0) { throw memoryFailure() }
  }
}

/// Byte order, as `pairs` has it.
private func precedes(_ a: String, _ b: String) -> Bool {
  let isBefore = a.utf8.withContiguousStorageIfAvailable { a in
    b.utf8.withContiguousStorageIfAvailable { b in
      guard let left = a.baseAddress, let right = b.baseAddress else { return a.count < b.count }
      let order = memcmp(left, right, min(a.count, b.count))
      return order != 0 ? order < 0 : a.count < b.count
    }
  }
  return isBefore.flatMap(\.self) ?? a.utf8.lexicographicallyPrecedes(b.utf8)
}
