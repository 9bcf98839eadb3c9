import Glibc

/// A run of the aws command, or of what builds images, as a child process: an argument vector, never a shell.
///
/// By posix_spawn and not by swift-subprocess, which runs children from `async` functions: their runtime needs threads and atomic counts
/// of references. Measured with 1.0.2, statically linked: 1.4 MB more of a program, and 28 ms of processor time for a child instead of
/// 2. Several children run side by side as they are: each writes to files without names, which are read at its end.
struct AWSChild {
  /// Where it reads and writes.
  enum Streams {
    /// What it writes is read at its end.
    case captured
    /// The same, and it reads these bytes: what no list of processes may show.
    case fed([UInt8])
    /// It has the streams of this process, as a shell in a container needs.
    case attached
    /// It writes to standard error: what people watch.
    case shown
    /// What it writes to standard output is read at its end; it may wait for input that never comes.
    case waiting
  }

  private let process: pid_t
  /// Held open until its end, so that it never reads the end of its input.
  private var openInput: Int32 = -1
  /// What it writes; nil when it has the streams of this process.
  private let output: ScratchFile?
  private let errors: ScratchFile?

  /// How one ended.
  struct Outcome {
    var exit: Int32
    var output: [UInt8]
    var errors: [UInt8]
  }

  /// Starts `words[0]`.
  init(_ words: [String], variables: [String], _ streams: Streams = .captured) throws(ScratchFile.Failure) {
    var input: ScratchFile?
    defer { input?.remove() }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    var ends: [Int32] = [-1, -1]
    switch streams {
    case .attached: (output, errors) = (nil, nil)
    case .shown:
      (output, errors) = (nil, nil)
      posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
      posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO)
    case .waiting:
      (output, errors) = (try ScratchFile(), nil)
      guard pipe(&ends) == 0 else { throw ScratchFile.Failure(code: errno) }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      openInput = ends[1]
      posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO)
    case .captured, .fed:
      (output, errors) = (try ScratchFile(), try ScratchFile())
      if case .fed(let bytes) = streams {
        let file = try ScratchFile(holding: bytes)
        input = file
        posix_spawn_file_actions_adddup2(&actions, file.descriptor, STDIN_FILENO)
      } else {
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
      }
    }
    if let output { posix_spawn_file_actions_adddup2(&actions, output.descriptor, STDOUT_FILENO) }
    if let errors { posix_spawn_file_actions_adddup2(&actions, errors.descriptor, STDERR_FILENO) }
    defer { if ends[0] >= 0 { close(ends[0]) } }
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
      if openInput >= 0 { close(openInput) }
      throw ScratchFile.Failure(code: code)
    }
  }

  /// Waits for its end.
  func wait() -> Outcome {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    if openInput >= 0 { close(openInput) }
    let exit = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
    defer { for file in [output, errors] { file?.remove() } }
    return Outcome(
      exit: exit, output: output?.contents(most: Self.most) ?? [], errors: errors?.contents(most: Self.most) ?? [])
  }

  private static let most = 64 << 20
}
