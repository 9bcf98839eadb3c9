import CLua

// From a status of the C half to a failure: what went wrong, and where.
extension LuaHost {
  /// The failure behind a status. Takes the error value off the stack.
  func failure(_ status: Int32) -> LuaFailure {
    switch clua_status(UInt32(bitPattern: status)) {
    case CLUA_MEMORY: return memoryFailure(chunk: failedIn, line: failedLine)
    case CLUA_TIME:
      let chunk = withUnsafeBytes(of: state.pointee.stopped_in) { LuaHost.text($0) }
      let limit = withUnsafeBytes(of: state.pointee.limit_text) { LuaHost.text($0) } ?? ""
      var failure = LuaFailure(
        "the script ran longer than \(limit)", chunk: chunk, line: Int(state.pointee.stopped_line))
      failure.isOverTime = true
      return failure
    case CLUA_STACK: return LuaFailure("the script's calls are nested too deep")
    case CLUA_NO_TIMER: return LuaFailure("the system gives no timer to bound the time of scripts")
    default:
      let frames = frames
      var failure = raised()
      if failure.frames.isEmpty { failure.frames = frames }
      return failure
    }
  }

  /// What was being run where the last error was raised.
  private var frames: [LuaFailure.Frame] {
    let count = Int(state.pointee.chain_count)
    return withUnsafeBytes(of: state.pointee.chain_in) { names in
      withUnsafeBytes(of: state.pointee.chain_line) { lines in
        (0..<count).map { index in
          let start = index * Int(CLUA_CHAIN_NAME)
          let name = UnsafeRawBufferPointer(rebasing: names[start..<start + Int(CLUA_CHAIN_NAME)])
          let line = lines.load(fromByteOffset: index * MemoryLayout<Int32>.size, as: Int32.self)
          return LuaFailure.Frame(chunk: LuaHost.text(name) ?? "", line: Int(line))
        }
      }
    }
  }

  /// The same for a chunk that did not compile. The compiler runs out of C stack where a script nests too much.
  func uncompiled(_ status: Int32) -> LuaFailure {
    var failure = failure(status)
    if failure.message == "C stack overflow" { failure.message = "an expression or a block is nested too deep" }
    return failure
  }

  func memoryFailure(chunk: String? = nil, line: Int = 0) -> LuaFailure {
    let mebibytes = limits.memory >> 20
    var failure = LuaFailure("the script needs more than \(mebibytes) MiB of memory", chunk: chunk, line: line)
    failure.isOverMemory = true
    return failure
  }

  /// The failure for the error value on top of the stack.
  private func raised() -> LuaFailure {
    let position = (chunk: failedIn, line: failedLine)
    let traceback = takeTraceback()
    if lua_type(L, -1) == LUA_TUSERDATA, let error = objects[clua_handle(L, -1)] as? LuaError {
      lua_settop(L, -2)
      var failure = error.failure
      if failure.traceback.isEmpty { failure.traceback = traceback }
      return failure
    }
    let isText = lua_type(L, -1) == LUA_TSTRING
    let isNil = lua_type(L, -1) == LUA_TNIL
    let kind = String(cString: lua_typename(L, lua_type(L, -1)))
    if !isText {
      let status = clua_describe(state)
      if status == CLUA_TIME.rawValue || status == CLUA_MEMORY.rawValue { return failure(status) }
      if status != 0 { return describedBadly(position, traceback) }
    }
    let message = topText()
    lua_settop(L, -2)
    if isNil, state.pointee.out_of_memory { return memoryFailure(chunk: position.chunk, line: position.line) }
    if isNil || message.isEmpty {
      return LuaFailure("an error without a message", chunk: position.chunk, line: position.line, traceback: traceback)
    }
    // A value without a text of its own describes itself by its type.
    return located(!isText && message == kind ? "an error that is a \(kind)" : message, position, traceback)
  }

  /// The error value's own `__tostring` failed.
  private func describedBadly(_ position: (chunk: String?, line: Int), _ traceback: String) -> LuaFailure {
    lua_settop(L, -2)
    return LuaFailure(
      "an error whose text could not be made", chunk: position.chunk, line: position.line, traceback: traceback)
  }

  /// Takes Lua's `chunk:line: ` off a message: it says where better than the place where the error was raised, as
  /// `error` with a level and a re-raised message keep it.
  private func located(_ message: String, _ position: (chunk: String?, line: Int), _ traceback: String) -> LuaFailure {
    let bytes = message.utf8
    var rest = bytes[...]
    while let colon = rest.firstIndex(of: UInt8(ascii: ":")) {
      let after = rest.index(after: colon)
      let digits = rest[after...].prefix { $0 &- UInt8(ascii: "0") < 10 }
      let tail = rest[digits.endIndex...]
      if let line = Int(Substring(digits)), tail.starts(with: ": ".utf8), let chunk = chunks.named(message[..<colon]) {
        return LuaFailure(String(Substring(tail.dropFirst(2))), chunk: chunk, line: line, traceback: traceback)
      }
      if bytes.distance(from: bytes.startIndex, to: after) > 1024 { break }
      rest = bytes[after...]
    }
    return LuaFailure(message, chunk: position.chunk, line: position.line, traceback: traceback)
  }

  private var failedIn: String? { withUnsafeBytes(of: state.pointee.failed_in) { LuaHost.text($0) } }
  private var failedLine: Int { Int(state.pointee.failed_line) }

  /// The string on top of the stack, with what is not UTF-8 replaced. Nobody reads a longer one.
  private func topText(most: Int = 4096) -> String {
    var length = 0
    guard lua_type(L, -1) == LUA_TSTRING, let bytes = lua_tolstring(L, -1, &length) else { return "" }
    let text = String(decoding: UnsafeRawBufferPointer(start: bytes, count: min(length, most)), as: UTF8.self)
    return length > most ? "\(text)... (\(length) bytes)" : text
  }

  private func takeTraceback() -> String {
    guard wantsTraceback, lua_checkstack(L, 1) != 0 else { return "" }
    lua_rawgeti(L, clua_registry, lua_Integer(state.pointee.traceback))
    defer { lua_settop(L, -2) }
    return topText(most: .max)
  }

  /// A C string in a fixed array; nil when it is empty.
  private static func text(_ bytes: UnsafeRawBufferPointer) -> String? {
    let text = bytes.prefix { $0 != 0 }
    return text.isEmpty ? nil : String(decoding: text, as: UTF8.self)
  }
}
