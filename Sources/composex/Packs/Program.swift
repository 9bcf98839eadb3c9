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
  /// The folder that it runs in, else ours.
  var folder: Folder?

  /// Runs it to its end, with nothing on its standard input. Throws a `Finding` when it cannot be started or fails.
  @discardableResult
  func run() throws -> Outcome {
    let output = try Self.scratch()
    defer { output.remove() }
    let (exit, errors) = try start(output: output.descriptor) { _ in }
    let outcome = Outcome(exit: exit, output: output.contents(most: Self.most), errors: errors)
    try check(outcome)
    return outcome
  }

  /// Runs it and counts what it writes, which goes nowhere; nil when that is more than `most` bytes, at which it is ended.
  func outputBytes(most: Int) throws -> Int? {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else {
      throw Finding.error(at: .unknown, "cannot make a pipe: \(String(cString: strerror(errno)))")
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    var total = 0
    let (exit, errors) = try start(output: ends[1]) { child in
      close(ends[1])
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      while total <= most {
        let count = read(ends[0], &buffer, buffer.count)
        if count < 0, errno == EINTR { continue }
        if count <= 0 { return }
        total += count
      }
      kill(child, SIGKILL)
    }
    if total > most { return nil }
    try check(Outcome(exit: exit, output: [], errors: errors))
    return total
  }

  private func check(_ outcome: Outcome) throws {
    if outcome.exit == 0 { return }
    let lines = String(decoding: outcome.errors, as: UTF8.self).split(separator: "\n").suffix(8).map(String.init)
    throw Finding.error(at: .unknown, "\(name) failed with exit code \(outcome.exit)", notes: lines)
  }

  /// Starts it, does `work` meanwhile, and waits for its end; the exit code, and what it wrote to standard error.
  private func start(output: Int32, _ work: (pid_t) -> Void) throws -> (exit: Int32, errors: [UInt8]) {
    let errors = try Self.scratch()
    defer { errors.remove() }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, errors.descriptor, STDERR_FILENO)
    // What we ignore, a child would too.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGXFSZ)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))

    let words = ([name] + arguments).map { strdup($0) } + [nil]
    let variables = variables.map { strdup($0) } + [nil]
    defer { for word in words + variables { free(word) } }
    var child = pid_t()
    let code = inFolder { limited { posix_spawnp(&child, name, &actions, &attributes, words, variables) } }
    guard code == 0 else {
      throw Finding.error(
        at: .unknown, "cannot run \(name): \(String(cString: strerror(code)))", remedy: "install \(name)")
    }
    work(child)
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    let exit = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
    return (exit, errors.contents(most: Self.most))
  }

  /// `NAME=value` for each variable of the process and of this program.
  private var variables: [String] {
    let ours = Set(environment.map(\.name))
    let inherited = ProjectEnvironment.ofProcess.filter { !ours.contains($0.key) }.map { "\($0.key)=\($0.value)" }
    return inherited + environment.compactMap { variable in variable.value.map { "\(variable.name)=\($0)" } }
  }

  /// A child begins in the folder of its parent, which goes there for as long as it takes to start it; by its open folder, as a path
  /// could lead elsewhere by now.
  private func inFolder(_ start: () -> Int32) -> Int32 {
    guard let folder else { return start() }
    let home = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard home >= 0 else { return errno }
    defer {
      fchdir(home)
      close(home)
    }
    return fchdir(folder.descriptor) == 0 ? start() : errno
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

  private static let most = 16 << 20

  private static func scratch() throws -> ScratchFile {
    do throws(ScratchFile.Failure) { return try ScratchFile() } catch {
      throw Finding.error(at: .unknown, "cannot make a file for its output: \(String(cString: strerror(error.code)))")
    }
  }
}
