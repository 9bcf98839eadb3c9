import Glibc

/// A run of the aws command as a child process: an argument vector, never a shell.
///
/// By posix_spawn and not by swift-subprocess, which runs children from `async` functions: their runtime needs threads and atomic counts
/// of references. Measured with 1.0.2, statically linked: 1.4 MB more of a program, and 28 ms of processor time for a child instead of
/// 2. Several children run side by side as they are: each writes to files without names, which are read at its end.
struct AWSChild {
  private let process: pid_t
  /// What it writes; nil when it has the streams of this process.
  private let output: ScratchFile?
  private let errors: ScratchFile?

  /// How one ended.
  struct Outcome {
    var exit: Int32
    var output: [UInt8]
    var errors: [UInt8]
  }

  /// Starts `words[0]`. `isAttached`: it has the streams of this process, as a shell in a container needs.
  init(_ words: [String], variables: [String], isAttached: Bool = false) throws(ScratchFile.Failure) {
    output = isAttached ? nil : try ScratchFile()
    errors = isAttached ? nil : try ScratchFile()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let output, let errors {
      posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
      posix_spawn_file_actions_adddup2(&actions, output.descriptor, STDOUT_FILENO)
      posix_spawn_file_actions_adddup2(&actions, errors.descriptor, STDERR_FILENO)
    }
    // What we ignore or catch, a child must not.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGXFSZ, SIGINT, SIGTERM] { sigaddset(&signals, number) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    let arguments = words.map { strdup($0) } + [nil]
    let environment = variables.map { strdup($0) } + [nil]
    defer { for word in arguments + environment { free(word) } }
    var child = pid_t()
    let code = posix_spawnp(&child, words[0], &actions, &attributes, arguments, environment)
    process = child
    if code != 0 {
      for file in [output, errors] { file?.remove() }
      throw ScratchFile.Failure(code: code)
    }
  }

  /// Waits for its end.
  func wait() -> Outcome {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let exit = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
    defer { for file in [output, errors] { file?.remove() } }
    return Outcome(
      exit: exit, output: output?.contents(most: Self.most) ?? [], errors: errors?.contents(most: Self.most) ?? [])
  }

  private static let most = 64 << 20
}
