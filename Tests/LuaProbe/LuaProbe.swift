import ComposeXLua
import Glibc

/// What the tests of the host do in a process of its own: scripts that end it, and a million errors without a test
/// framework that looks at each.
@main
struct LuaProbe {
  static func main() {
    let arguments = CommandLine.arguments
    switch arguments.dropFirst().first {
    case "run" where arguments.count == 5:
      run(seconds: Double(arguments[2]) ?? 1, name: arguments[3], source: arguments[4])
    case "fail": failMillionTimes()
    case "measure": measure()
    default: exit(64)
    }
  }

  /// Prints how a script ended, if the process is still there.
  private static func run(seconds: Double, name: String, source: String) {
    let host = LuaHost(limits: LuaLimits(memory: 512 << 20, seconds: seconds))
    do {
      _ = try host.call(host.load(source, name: name))
      print("done")
    } catch {
      print("failed: \(error)")
    }
  }

  private final class Counted: Error, @unchecked Sendable {
    nonisolated(unsafe) static var alive = 0
    init() { Counted.alive += 1 }
    deinit { Counted.alive -= 1 }
  }

  /// 1,000,000 failing calls, half of them through Lua, Swift and Lua again: prints how many errors are alive after
  /// them, and after the host.
  private static func failMillionTimes() {
    do {
      let host = LuaHost(limits: LuaLimits(memory: 16 << 20, seconds: 600))
      let fail = host.function("fail") { _ in throw Counted() }
      let through = host.function("through") { call in
        guard let function = try call[1].function else { return .nil }
        return try call.host.call(function)
      }
      let source = """
        for i = 1, 500000 do
          local ok, e = pcall(fail)
          assert(not ok)
          ok, e = pcall(through, fail)
          assert(not ok)
        end
        """
      _ = try host.call(host.load(source, name: "fail.lua", globals: [("fail", fail), ("through", through)]))
    } catch {
      print("failed: \(error)")
    }
    print("bounded: \(Counted.alive < 100_000)")
    print("alive: \(Counted.alive)")
  }
}
