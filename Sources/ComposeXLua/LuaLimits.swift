import Glibc

/// What a script may use.
public struct LuaLimits: Sendable {
  /// Bytes that Lua and the Swift objects which scripts cause may hold together. At least a mebibyte.
  public var memory: Int
  /// Seconds of processor time that one outermost call from Swift may take, with all it calls; or all of them together.
  public var seconds: Double
  /// How deep plain tables may be nested when they cross.
  public var depth: Int

  /// Memory in bytes, processor time in seconds, and levels of nested tables.
  public init(memory: Int = 512 << 20, seconds: Double = 10, depth: Int = 100) {
    self.memory = max(memory, 1 << 20)
    self.seconds = seconds
    self.depth = min(max(depth, 1), 1000)
  }

  /// The same, with no more memory than the process can give: half of what its address space has left, as texts that cross stand on
  /// both sides for a while. Swift ends the process when memory runs out, so a script must reach its own limit first.
  var fitting: LuaLimits {
    var limits = self
    if let left = Self.addressSpaceLeft { limits.memory = max(min(memory, left / 2), 1 << 20) }
    return limits
  }

  /// Bytes of address space that the process may still take; nil where there is no such limit (`ulimit -v`).
  private static var addressSpaceLeft: Int? {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0, limit.rlim_cur < rlim_t(Int.max) else {
      return nil
    }
    guard let file = fopen("/proc/self/statm", "r") else { return Int(limit.rlim_cur) / 2 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, Int32(line.count), file) != nil else { return Int(limit.rlim_cur) / 2 }
    let pages = strtol(line, nil, 10)
    return max(Int(limit.rlim_cur) - pages * Int(sysconf(Int32(_SC_PAGESIZE))), 0)
  }

  /// The seconds as messages have them.
  public var secondsText: String { seconds == seconds.rounded() ? "\(Int(seconds))" : "\(seconds)" }
}
