import CLua
import Glibc

/// A safe embedded Lua 5.4: text chunks with an environment of their own, objects owned by Swift, bounds on memory
/// and time.
///
/// A host is used by one thread at a time; several hosts may run on several threads. Swift functions may call back
/// into Lua.
///
/// The time limit counts the processor time of the thread, so a busy machine fails no script. A script over its limit
/// gets an error that it cannot catch; should that not end it (one very long operation inside C), the process ends
/// with a message that names the script.
public final class LuaHost {
  /// What scripts may take.
  public let limits: LuaLimits
  /// Receives what scripts `print`: one text per call, without a newline. Nothing is written by default.
  public var print: (String, LuaCall) throws -> Void = { _, _ in }
  /// The text of an error that a Swift function threw, for `LuaFailure.message`.
  public var describe: (any Error) -> String = { "\($0)" }
  /// Whether failures carry a traceback.
  public var wantsTraceback = false {
    didSet { state.pointee.wants_traceback = wantsTraceback }
  }

  /// Whether only the program's own code runs: collections are rarer then.
  public var runsTrustedCode = false {
    didSet { clua_trust(state, runsTrustedCode) }
  }

  /// Whether the time limit holds for all outermost calls together, those of the program's own code aside.
  public var sharesTime = false
  /// Seconds of processor time that they took, once it does.
  public private(set) var spent = 0.0
  /// Whether nothing is left for further calls.
  public var isOverTime: Bool { sharesTime && spent >= limits.seconds }

  /// Hears of every line of Lua that is run, by its chunk: for tests that count them.
  public var onLine: ((_ chunk: String, _ line: Int) -> Void)? {
    didSet { clua_trace(state, onLine == nil ? nil : LuaHost.line) }
  }

  let home: LuaHome
  let state: UnsafeMutablePointer<clua_host>
  let L: OpaquePointer!
  var objects = LuaObjects()
  var strings = LuaStrings()
  var chunks = LuaChunks()
  /// Counts the frames of Swift functions that Lua called; the innermost one that runs.
  var frame = 0
  var lastFrame = 0
  var hasFunctionType = false
  /// What the buffer refers to: Lua reads it once Swift has let go of it.
  var written: [LuaReference] = []
  /// Whether a built-in chunk was loaded, whose environment the others share.
  private var hasBuiltIn = false
  /// Bytes that the copy of a table took so far.
  var copied = 0

  /// An interpreter of its own, with nothing loaded. It ends the process when there is no memory for it.
  public init(limits: LuaLimits = LuaLimits()) {
    let limits = limits.fitting
    self.limits = limits
    guard let state = clua_open(nil, LuaHost.answer, limits.memory, limits.seconds) else {
      fatalError("out of memory")
    }
    self.state = state
    L = state.pointee.L
    home = LuaHome(state)
    state.pointee.owner = Unmanaged.passUnretained(self).toOpaque()
  }

  deinit {
    home.host = nil
    clua_close(state)
  }

  // MARK: - Running

  /// Compiles a text chunk (never bytecode) with a fresh environment whose globals are the library and `globals`.
  /// Does not run it. `name` is what messages show: `tags.lua`.
  ///
  /// - Throws: `LuaFailure` for bytecode, and at the line that is no Lua.
  public func load(
    _ source: UnsafeBufferPointer<UInt8>, name: String, globals: [(String, LuaValue)] = []
  ) throws(LuaFailure) -> LuaReference {
    if source.first == 0x1B {
      throw LuaFailure("this is compiled bytecode; scripts must be text", chunk: name)
    }
    return try load(source, name: name, globals: globals, isBuiltIn: false)
  }

  /// The same for a chunk that travels inside the binary: it may be compiled (by `luac` of the Lua that is linked, with the
  /// name that messages show), and all of them share the environment that the first one made with its `globals`.
  ///
  /// - Throws: `LuaFailure` at the line that is no Lua.
  public func load(
    builtIn source: UnsafeBufferPointer<UInt8>, name: String, globals: [(String, LuaValue)]
  ) throws(LuaFailure) -> LuaReference {
    try load(source, name: name, globals: globals, isBuiltIn: true)
  }

  private func load(
    _ source: UnsafeBufferPointer<UInt8>, name: String, globals: [(String, LuaValue)], isBuiltIn: Bool
  ) throws(LuaFailure) -> LuaReference {
    chunks.add(name)
    return try run(in: name) { () throws(LuaFailure) in
      beginWriting()
      let fields = isBuiltIn && hasBuiltIn ? [] : globals.map { (key: $0.0, value: $0.1) }
      if isBuiltIn { hasBuiltIn = true }
      try write(.table(LuaTable(fields: fields)))
      var slot: Int32 = 0
      let status = source.withMemoryRebound(to: CChar.self) { text in
        clua_load(state, text.baseAddress, text.count, name, isBuiltIn, &slot)
      }
      if status != 0 { throw uncompiled(status) }
      return LuaReference(slot: slot, isFunction: true, definedAt: (name, 1), home: home)
    }
  }

  /// The same for a text.
  ///
  /// - Throws: `LuaFailure`, as above.
  public func load(
    _ source: String, name: String, globals: [(String, LuaValue)] = []
  ) throws(LuaFailure) -> LuaReference {
    var source = source
    let result: Result<LuaReference, LuaFailure> = source.withUTF8 { bytes in
      do throws(LuaFailure) { return .success(try load(bytes, name: name, globals: globals)) } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  /// Calls a function with arguments; its first result, nil when it has none. Plain tables in it are deep copies.
  ///
  /// - Throws: `LuaFailure` for an error of the script, a limit that it reached, or a result that cannot cross.
  public func call(_ function: LuaReference, _ arguments: [LuaValue] = []) throws(LuaFailure) -> LuaValue {
    try call(function, arguments, live: false)
  }

  /// The same with a table as a reference instead of a copy.
  ///
  /// - Throws: `LuaFailure`, as above.
  public func callLive(_ function: LuaReference, _ arguments: [LuaValue] = []) throws(LuaFailure) -> LuaValue {
    try call(function, arguments, live: true)
  }

  private func call(_ function: LuaReference, _ arguments: [LuaValue], live: Bool) throws(LuaFailure) -> LuaValue {
    try run(in: function.definedAt?.chunk) { () throws(LuaFailure) in
      beginWriting()
      try write(.reference(function))  // so that it is known to be ours
      beginWriting()
      for argument in arguments { try write(argument) }
      let status = clua_call(state, function.slot, Int32(clamping: arguments.count))
      if status != 0 { throw failure(status) }
      defer { lua_settop(L, -2) }
      return try value(at: lua_gettop(L), live: live)
    }
  }

  /// A Swift function as a Lua value, to be made once: the same value is the same function in Lua. `body` reaches the
  /// host by its `call.host`; a host that it captures is never freed while Lua can reach the function.
  public func function(_ name: String, _ body: @escaping (LuaCall) throws -> LuaValue) -> LuaValue {
    .object(LuaFunction(name, body))
  }

  /// What a live table holds now: its items and fields, with tables in it live and functions as references.
  ///
  /// - Throws: `LuaFailure` when it is no table of this host, or holds what cannot cross.
  public func contents(of table: LuaReference) throws(LuaFailure) -> LuaTable { try copy(of: table, live: true) }

  /// A deep copy of a live table, as an argument is copied.
  ///
  /// - Throws: `LuaFailure`, also for cycles, holes, and tables nested too deep.
  public func copy(of table: LuaReference) throws(LuaFailure) -> LuaTable { try copy(of: table, live: false) }

  private func copy(of table: LuaReference, live: Bool) throws(LuaFailure) -> LuaTable {
    try run(in: nil) { () throws(LuaFailure) in
      beginWriting()
      try write(.reference(table))
      guard clua_push_slot(state, table.slot) else { throw failure(Int32(CLUA_STACK.rawValue)) }
      defer { lua_settop(L, -2) }
      guard lua_type(L, -1) == LUA_TTABLE else { throw LuaFailure("not a table") }
      return try copyTable(at: lua_gettop(L), live: live)
    }
  }

  /// Counts memory that Swift holds on behalf of scripts (a negative number: no longer holds) against the limit.
  ///
  /// - Throws: `LuaFailure` over the limit.
  public func charge(_ bytes: Int) throws(LuaFailure) {
    if bytes < 0 {
      state.pointee.charged -= min(
        state.pointee.charged, bytes.magnitude <= UInt(Int.max) ? Int(bytes.magnitude) : Int.max)
      return
    }
    let held = state.pointee.used + state.pointee.charged
    if held > limits.memory || bytes > limits.memory - held {
      let position = caller { _ in true }
      throw memoryFailure(chunk: position?.chunk, line: position?.line ?? 0)
    }
    state.pointee.charged += bytes
  }

  private var overTime: LuaFailure {
    var failure = LuaFailure("the scripts ran longer than \(limits.secondsText) s together")
    failure.isOverTime = true
    return failure
  }

  /// Counts the time of what Swift does on behalf of scripts, outside of all calls.
  public func counting<T>(_ body: () throws -> T) rethrows -> T {
    guard sharesTime, state.pointee.depth == 0 else { return try body() }
    let start = LuaHost.processorTime
    defer { spent += LuaHost.processorTime - start }
    return try body()
  }

  /// Processor time of the thread, in seconds.
  private static var processorTime: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Brackets what may run script code. A failure without a position is blamed on `chunk`.
  private func run<T>(in chunk: String?, _ body: () throws(LuaFailure) -> T) throws(LuaFailure) -> T {
    drain()
    let isCounted = sharesTime && !runsTrustedCode && state.pointee.depth == 0
    if isCounted {
      if spent >= limits.seconds { throw overTime }
      state.pointee.share = 1 - spent / limits.seconds
    } else if state.pointee.depth == 0 {
      state.pointee.share = 1
    }
    let status = clua_enter(state)
    if status != 0 { throw failure(status) }
    let start = isCounted ? LuaHost.processorTime : 0
    defer {
      clua_leave(state)
      if isCounted { spent += LuaHost.processorTime - start }
    }
    do {
      return try body()
    } catch {
      var failure = error
      failure.message = failure.text
      failure.path = ""
      if failure.chunk == nil { failure.chunk = chunk }
      throw failure
    }
  }
}
