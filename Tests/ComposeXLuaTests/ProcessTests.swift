import Glibc
import Testing

/// What must be seen from outside: the end of a process, and a million errors.
@Suite struct ProcessTests {
  /// How a run of `LuaProbe` ended.
  private struct Outcome {
    var status: Int32 = -1
    var output = ""
    var errors = ""
  }

  @Test func aMillionFailingCallsLeakNothing() throws {
    let outcome = try probe("fail")
    #expect(outcome.output == "bounded: true\nalive: 0\n")
    #expect(outcome.status == 0)
  }

  /// A chain of `__call` that never ends keeps Lua busy inside one operation, where no hook is asked.
  @Test func whatNoHookStopsEndsTheProcess() throws {
    let source = "local m = {} m.__call = setmetatable({}, m) setmetatable({}, m)()"
    let outcome = try probe("run", "0.2", "loops.lua", source)
    // On a fast machine Lua's own stack limit may be met first.
    if outcome.status == 0 {
      #expect(outcome.output.hasPrefix("failed: loops.lua:1: "))
    } else {
      #expect(outcome.status == 1)
      #expect(outcome.errors == "loops.lua: error: the script ran longer than 0.2 s and did not stop\n")
      #expect(outcome.output.isEmpty)
    }
  }

  @Test func scriptsThatEndInTimeEndWell() throws {
    #expect(try probe("run", "5", "good.lua", "return 1").output == "done\n")
    #expect(
      try probe("run", "0.2", "bad.lua", "while true do end").output
        == "failed: bad.lua:1: the script ran longer than 0.2 s\n")
  }

  // MARK: - Running

  private func probe(_ arguments: String...) throws -> Outcome {
    var buffer = [CChar](repeating: 0, count: 4096)
    let length = readlink("/proc/self/exe", &buffer, buffer.count)
    let bytes = buffer.prefix(max(length, 0)).map { UInt8(bitPattern: $0) }
    let own = try #require(String(validating: bytes, as: UTF8.self))
    let folder = own[..<(try #require(own.lastIndex(of: "/")))]
    return try start("\(folder)/LuaProbe", arguments)
  }

  private func start(_ path: String, _ arguments: [String]) throws -> Outcome {
    var output: [Int32] = [0, 0]
    var errors: [Int32] = [0, 0]
    try #require(pipe(&output) == 0 && pipe(&errors) == 0)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, output[1], 1)
    posix_spawn_file_actions_adddup2(&actions, errors[1], 2)
    for end in output + errors { posix_spawn_file_actions_addclose(&actions, end) }
    var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) }
    defer { words.forEach { free($0) } }
    words.append(nil)
    var process = pid_t()
    try #require(posix_spawn(&process, path, &actions, nil, words, environ) == 0, "cannot start \(path)")
    close(output[1])
    close(errors[1])
    var outcome = Outcome(output: read(output[0]), errors: read(errors[0]))
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    outcome.status = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
    return outcome
  }

  /// All that comes out of a pipe; the probe writes less than a pipe holds.
  private func read(_ end: Int32) -> String {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = Glibc.read(end, &piece, piece.count)
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { break }
      bytes += piece[..<count]
    }
    close(end)
    return String(decoding: bytes, as: UTF8.self)
  }
}
