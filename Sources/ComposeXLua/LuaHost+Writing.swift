import CLua

// Values on their way to Lua: written to the host's buffer, pushed by C under protection once no Swift frame is in
// the way.
extension LuaHost {
  func beginWriting() {
    state.pointee.byte_count = 0
    if !written.isEmpty { written.removeAll(keepingCapacity: true) }
  }

  func write(_ value: LuaValue, depth: Int = 0) throws(LuaFailure) {
    let isWritten: Bool
    switch value {
    case .nil: isWritten = clua_put_tag(state, CLUA_NIL)
    case .boolean(let value): isWritten = clua_put_tag(state, value ? CLUA_TRUE : CLUA_FALSE)
    case .integer(let value): isWritten = clua_put_integer(state, Int64(value))
    case .number(let value): isWritten = clua_put_number(state, value)
    case .string(var value):
      isWritten = value.withUTF8 { clua_put_string(state, $0.baseAddress, Int64($0.count)) }
    case .object(let object):
      let handle = try handle(of: object)
      isWritten = clua_put_object(state, handle, objects.type(of: handle))
    case .reference(let reference):
      guard reference.home === home else { throw LuaFailure("a Lua value belongs to another host") }
      isWritten = clua_put_reference(state, reference.slot)
      written.append(reference)
    case .table(let table):
      try write(table, depth: depth)
      return
    }
    if !isWritten { throw memoryFailure() }
  }

  private func write(_ table: LuaTable, depth: Int) throws(LuaFailure) {
    if depth >= limits.depth { throw LuaFailure("a table is nested more than \(limits.depth) deep") }
    guard let items = Int32(exactly: table.items.count), let fields = Int32(exactly: table.fields.count),
      clua_put_table(state, items, fields)
    else { throw memoryFailure() }
    for item in table.items { try write(item, depth: depth + 1) }
    for (key, value) in table.fields {
      var key = key
      guard key.withUTF8({ clua_put_key(state, $0.baseAddress, Int64($0.count)) }) else { throw memoryFailure() }
      try write(value, depth: depth + 1)
    }
  }

  private func handle(of object: any LuaObject) throws(LuaFailure) -> Int32 {
    if let known = objects.handle(of: object) { return known }
    // Room on both sides first, so that a lack of memory leaves nothing behind.
    guard clua_reserve_handles(state, objects.nextHandle &+ 1) else { throw memoryFailure() }
    if object is LuaFunction { return objects.add(object, type: try functionType()) }
    let name = object.luaTypeName
    if let type = objects.type(named: name) { return objects.add(object, type: type) }
    try addType(name, objects.nextType)
    return objects.add(object, type: objects.addType(name))
  }

  private func functionType() throws(LuaFailure) -> Int32 {
    if !hasFunctionType {
      try addType("function", CLUA_FUNCTION_TYPE)
      hasFunctionType = true
    }
    return CLUA_FUNCTION_TYPE
  }

  /// Tells Lua of a type. The buffer may hold half a value by now; it is not touched.
  private func addType(_ name: String, _ type: Int32) throws(LuaFailure) {
    let status = clua_add_type(state, name, type)
    if status != 0 { throw failure(status) }
  }
}
