import CLua

// Lua asks, Swift answers: the only way from Lua into Swift. No Lua error is raised while one of these frames is there.
extension LuaHost {
  /// What the C trampolines call.
  static let answer: clua_answer = { owner, operation, handle in
    guard let owner else { return 1 }
    return Unmanaged<LuaHost>.fromOpaque(owner).takeUnretainedValue().answer(operation, handle)
  }

  /// What the C half calls for a line, while somebody listens.
  static let line: clua_on_line = { owner, source, length, line in
    guard let owner, let source else { return }
    let host = Unmanaged<LuaHost>.fromOpaque(owner).takeUnretainedValue()
    host.onLine?(host.chunkName(source, length), Int(line))
  }

  private func answer(_ operation: Int32, _ handle: Int32) -> Int32 {
    drain()
    let outer = frame
    lastFrame &+= 1
    frame = lastFrame
    defer { frame = outer }
    do {
      let result = try result(clua_operation(UInt32(operation)), handle)
      beginWriting()
      try write(result)
      return 0
    } catch {
      return answer(error)
    }
  }

  private func result(_ operation: clua_operation, _ handle: Int32) throws -> LuaValue {
    if operation == CLUA_PRINT {
      let text = try value(at: 1, live: true).string ?? ""
      try print(text, call(skipping: 0))
      return .nil
    }
    guard let object = objects[handle] else { throw LuaFailure("this object is gone") }
    switch operation {
    case CLUA_FUNCTION:
      let function = unsafeDowncast(object, to: LuaFunction.self)
      return try function.body(call(skipping: 0, name: function.name))
    case CLUA_GET: return try object.luaGet(key(at: 2), call(skipping: 1))
    case CLUA_SET:
      try object.luaSet(key(at: 2), value(at: 3, live: false), call(skipping: 1))
      return .nil
    case CLUA_LENGTH: return .integer(try object.luaLength(call(skipping: 1)))
    case CLUA_APPLY: return try object.luaCall(call(skipping: 1))
    case CLUA_CONCATENATE:
      return try object.luaConcatenate(
        left: value(at: 1, live: true), right: value(at: 2, live: true), call(skipping: 0))
    case CLUA_EQUAL:
      guard case .object(let other) = try value(at: 2, live: true) else { return .boolean(false) }
      return .boolean(object.luaEquals(other))
    case CLUA_DESCRIBE: return .string(try object.luaDescribe(call(skipping: 1)))
    default:
      let pairs = try object.luaPairs(call(skipping: 1))
      var items: [LuaValue] = []
      items.reserveCapacity(pairs.count * 2)
      for (key, value) in pairs {
        items.append(key)
        items.append(value)
      }
      return .table(LuaTable(items: items))
    }
  }

  private func call(skipping base: Int32, name: String = "") -> LuaCall {
    LuaCall(host: self, base: base, count: Int(lua_gettop(L) - base), name: name, frame: frame)
  }

  /// Answers with an error value that carries what was thrown.
  private func answer(_ error: any Error) -> Int32 {
    beginWriting()
    do throws(LuaFailure) {
      try write(.object(LuaError(failure(from: error))))
    } catch {
      // No memory for the object: a plain nil is raised, and the failure says why.
      beginWriting()
      state.pointee.out_of_memory = true
      if clua_reserve(state, 1) { state.pointee.bytes[0] = UInt8(CLUA_NIL.rawValue) }
    }
    return 1
  }

  /// The failure that an error thrown by Swift becomes, blamed on the Lua line that called.
  private func failure(from error: any Error) -> LuaFailure {
    if var failure = error as? LuaFailure {
      failure.message = failure.text
      failure.path = ""
      if failure.chunk == nil, let position = caller(where: { _ in true }) {
        failure.chunk = position.chunk
        failure.line = position.line
      }
      return failure
    }
    let position = caller { _ in true }
    return LuaFailure(describe(error), chunk: position?.chunk, line: position?.line ?? 0, cause: error)
  }

  func caller(where isWanted: (String) -> Bool) -> (chunk: String, line: Int)? {
    guard let L else { return nil }
    var source: UnsafePointer<CChar>?
    var length = 0
    var line: Int32 = 0
    // Frames are found by walking from the innermost, so a script's deep recursion must not make this slow.
    for level: Int32 in 0..<250 {
      guard clua_frame(L, level, &source, &length, &line) else { return nil }
      guard line > 0, let source else { continue }
      let chunk = chunkName(source, length)
      if isWanted(chunk) { return (chunk, Int(line)) }
    }
    return nil
  }

  /// Lets go of the objects whose proxies were collected, and of those that were never pushed.
  @inline(__always)
  func drain() {
    if state.pointee.dead_count > 0 || !objects.fresh.isEmpty { letGo() }
  }

  private func letGo() {
    var gone: [any LuaObject] = []
    for handle in objects.fresh where state.pointee.live[Int(handle)] == 0 {
      if let object = objects.remove(handle) { gone.append(object) }
    }
    objects.fresh.removeAll(keepingCapacity: true)
    for place in 0..<Int(state.pointee.dead_count) {
      let handle = state.pointee.dead[place]
      state.pointee.live[Int(handle)] &= ~CLUA_QUEUED
      if state.pointee.live[Int(handle)] == 0, let object = objects.remove(handle) { gone.append(object) }
    }
    state.pointee.dead_count = 0
    // The objects die here, when the tables are whole: what they own may call the host.
    _ = consume gone
  }
}
