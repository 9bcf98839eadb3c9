import CLua

// Values on their way to Lua: written to the host's buffer, pushed by C under protection once no Swift frame is in the way.
extension LuaHost {
  func beginWriting() { state.pointee.byte_count = 0 }

  func write(_ value: LuaValue, depth: Int = 0) throws(LuaFailure) {
    switch value {
    case .nil: try write(CLUA_NIL)
    case .boolean(let value): try write(value ? CLUA_TRUE : CLUA_FALSE)
    case .integer(let value): try write(CLUA_INTEGER, Int64(value))
    case .number(let value): try write(CLUA_NUMBER, value)
    case .string(let value):
      try write(CLUA_STRING)
      try write(text: value)
    case .object(let object): try write(object)
    case .reference(let reference):
      guard reference.home === home else { throw LuaFailure("a Lua value belongs to another host") }
      try write(CLUA_REFERENCE, reference.slot)
    case .table(let table): try write(table, depth: depth)
    }
  }

  private func write(_ table: LuaTable, depth: Int) throws(LuaFailure) {
    if depth >= limits.depth { throw LuaFailure("a table is nested more than \(limits.depth) deep") }
    try write(CLUA_TABLE, Int32(clamping: table.items.count))
    try append(Int32(clamping: table.fields.count))
    for item in table.items { try write(item, depth: depth + 1) }
    for (key, value) in table.fields {
      try write(text: key)
      try write(value, depth: depth + 1)
    }
  }

  private func write(_ object: any LuaObject) throws(LuaFailure) {
    let handle: Int32
    if let known = objects.handle(of: object) { handle = known } else { handle = try newHandle(object) }
    try write(CLUA_OBJECT, handle)
    try append(objects.typeOf[Int(handle)])
  }

  /// Makes room on both sides before the object is taken, so that a lack of memory leaves nothing behind.
  private func newHandle(_ object: any LuaObject) throws(LuaFailure) -> Int32 {
    guard clua_reserve_handles(state, objects.nextHandle &+ 1) else { throw memoryFailure() }
    if object is LuaFunction { return objects.add(object, type: try functionType()) }
    let name = object.luaTypeName
    if let type = objects.type(named: name) { return objects.add(object, type: type) }
    let type = objects.addType(name)
    try addType(name, type)
    return objects.add(object, type: type)
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

  // MARK: - Bytes

  private func write(_ tag: clua_tag) throws(LuaFailure) {
    let place = try reserve(1)
    place.storeBytes(of: UInt8(truncatingIfNeeded: tag.rawValue), as: UInt8.self)
    state.pointee.byte_count += 1
  }

  private func write<T: BitwiseCopyable>(_ tag: clua_tag, _ value: T) throws(LuaFailure) {
    try write(tag)
    try append(value)
  }

  private func append<T: BitwiseCopyable>(_ value: T) throws(LuaFailure) {
    let place = try reserve(MemoryLayout<T>.size)
    place.storeBytes(of: value, as: T.self)
    state.pointee.byte_count += MemoryLayout<T>.size
  }

  private func write(text: String) throws(LuaFailure) {
    var text = text
    let isWritten = text.withUTF8 { bytes -> Bool in
      let size = MemoryLayout<Int64>.size
      guard clua_reserve(state, size + bytes.count) else { return false }
      let place = UnsafeMutableRawPointer(state.pointee.bytes + state.pointee.byte_count)
      place.storeBytes(of: Int64(bytes.count), as: Int64.self)
      if let start = bytes.baseAddress { (place + size).copyMemory(from: start, byteCount: bytes.count) }
      state.pointee.byte_count += size + bytes.count
      return true
    }
    if !isWritten { throw memoryFailure() }
  }

  private func reserve(_ size: Int) throws(LuaFailure) -> UnsafeMutableRawPointer {
    guard clua_reserve(state, size) else { throw memoryFailure() }
    return UnsafeMutableRawPointer(state.pointee.bytes + state.pointee.byte_count)
  }
}
