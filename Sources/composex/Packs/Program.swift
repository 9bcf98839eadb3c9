import ComposeXEngine
import Glibc

/// A program that composex runs: `git`, `tar`, `unzip`. An argument vector, never a shell.
///
/// By posix_spawn and not by swift-subprocess: that runs programs from `async` functions only, and one program after the other
/// needs no concurrency runtime in a command that otherwise has none.
struct Program {
  struct Outcome {
    var exit: Int32
    var output: [UInt8]
    var errors: [UInt8]
  }

  let name: String
  let arguments: [String]
  /// Variables beside those of the process; nil takes one away.
  var environment: [(name: String, value: String?)] = []
  /// The largest file that it may write.
  var maximumFile: UInt = 256 << 20
  /// The processor time that it may take, in seconds.
  var maximumSeconds: UInt = 600

  /// Runs it to its end, with nothing on its standard input. Throws a `Finding` when it cannot be started or fails.
  @discardableResult
  func run() throws -> Outcome {
    let (output, errors) = (try Self.scratch(), try Self.scratch())
    defer {
      close(output)
      close(errors)
    }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)

    let words = ([name] + arguments).map { strdup($0) } + [nil]
    let variables = variables.map { strdup($0) } + [nil]
    defer { for word in words + variables { free(word) } }
    var child = pid_t()
    let code = limited { posix_spawnp(&child, name, &actions, nil, words, variables) }
    guard code == 0 else {
      throw Finding.error(
        at: .unknown, "cannot run \(name): \(String(cString: strerror(code)))", remedy: "install \(name)")
    }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    let exit = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
    let outcome = Outcome(exit: exit, output: Self.contents(of: output), errors: Self.contents(of: errors))
    if exit == 0 { return outcome }
    let lines = String(decoding: outcome.errors, as: UTF8.self).split(separator: "\n").suffix(8).map(String.init)
    throw Finding.error(at: .unknown, "\(name) failed with exit code \(exit)", notes: lines)
  }

  /// `NAME=value` for each variable of the process and of this program.
  private var variables: [String] {
    let ours = Set(environment.map(\.name))
    let inherited = ProjectEnvironment.ofProcess.filter { !ours.contains($0.key) }.map { "\($0.key)=\($0.value)" }
    return inherited + environment.compactMap { variable in variable.value.map { "\(variable.name)=\($0)" } }
  }

  /// A child keeps the limits of its parent: they are lowered for as long as it takes to start it.
  private func limited(_ start: () -> Int32) -> Int32 {
    lowering(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), to: rlim_t(maximumFile)) {
      lowering(__rlimit_resource_t(RLIMIT_CPU.rawValue), to: rlim_t(maximumSeconds), start)
    }
  }

  private func lowering(_ limit: __rlimit_resource_t, to most: rlim_t, _ start: () -> Int32) -> Int32 {
    var old = rlimit()
    guard getrlimit(limit, &old) == 0 else { return start() }
    var low = old
    low.rlim_cur = min(old.rlim_cur, most)
    setrlimit(limit, &low)
    defer { setrlimit(limit, &old) }
    return start()
  }

  /// A file without a name: nothing to drain while the program runs, nothing to remove after.
  private static func scratch() throws -> Int32 {
    var template = Array("/tmp/composex-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else {
      throw Finding.error(at: .unknown, "cannot write to /tmp: \(String(cString: strerror(errno)))")
    }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    unlink(template)
    return descriptor
  }

  /// At most 16 MiB.
  private static func contents(of descriptor: Int32) -> [UInt8] {
    lseek(descriptor, 0, SEEK_SET)
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count < 16 << 20 {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { break }
      bytes += buffer[..<count]
    }
    return bytes
  }
}
