/// What a script may use.
public struct LuaLimits: Sendable {
  /// Bytes that Lua and the Swift objects which scripts cause may hold together. At least a mebibyte.
  public var memory: Int
  /// Seconds of processor time that one outermost call from Swift may take, with all it calls.
  public var seconds: Double
  /// How deep plain tables may be nested when they cross.
  public var depth: Int

  /// Memory in bytes, processor time in seconds, and levels of nested tables.
  public init(memory: Int = 512 << 20, seconds: Double = 10, depth: Int = 100) {
    self.memory = max(memory, 1 << 20)
    self.seconds = seconds
    self.depth = min(max(depth, 1), 1000)
  }
}
