import Foundation

/// The composex command that was built with these tests (another, when `COMPOSEX` names it), and a run of it.
struct Command {
  struct Outcome {
    var exit: Int32
    var output: String
    var errors: String
  }

  /// The root of the package.
  static let package = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardizedFileURL

  /// Beside the test bundle, wherever it was built.
  static let executable: URL = {
    if let given = ProcessInfo.processInfo.environment["COMPOSEX"] { return URL(filePath: given) }
    let bundle = CommandLine.arguments.first { $0.contains(".xctest") }.map { URL(filePath: $0) }
    var folder = bundle ?? package.appending(path: ".build/debug/x")
    while folder.pathComponents.contains(where: { $0.hasSuffix(".xctest") }) { folder.deleteLastPathComponent() }
    if bundle == nil { folder.deleteLastPathComponent() }
    return folder.appending(path: "composex")
  }()

  /// Runs the command in a folder with nothing of the caller's environment but what finds programs, and waits for its
  /// end; it is ended after a minute.
  static func run(
    _ arguments: [String], in folder: URL, environment: [String: String] = [:], input: String = "",
    program: URL = executable
  ) throws -> Outcome {
    let files = FileManager.default
    let channels = files.temporaryDirectory.appending(path: "composex-channels-\(UUID().uuidString)")
    try files.createDirectory(at: channels, withIntermediateDirectories: true)
    defer { try? files.removeItem(at: channels) }
    func channel(_ name: String, _ text: String = "") throws -> URL {
      let url = channels.appending(path: name)
      try Data(text.utf8).write(to: url)
      return url
    }
    // Files, not pipes: nothing to drain while it runs.
    let (input, output, errors) = (try channel("in", input), try channel("out"), try channel("err"))

    let base = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": folder.path]
    let status = try spawn(
      program, arguments, in: folder, environment: base.merging(environment) { $1 }, files: [input, output, errors])
    return Outcome(
      exit: status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F,
      output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }

  /// Starts a program with its standard input, output and errors on `files`, and waits; the status that `waitpid` gives.
  ///
  /// Not by Foundation's Process, which crashes when several threads start one at the same time (Swift 6.3, Linux).
  private static func spawn(
    _ program: URL, _ arguments: [String], in folder: URL, environment: [String: String], files: [URL]
  ) throws -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (descriptor, file) in files.enumerated() {
      posix_spawn_file_actions_addopen(
        &actions, Int32(descriptor), file.path, descriptor == 0 ? O_RDONLY : O_WRONLY | O_TRUNC, 0)
    }
    // Threads of a test have signals blocked that the command may count on.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

    var child: pid_t = 0
    // The working directory is the whole process's, so that the child changes into the folder itself.
    let env = "/usr/bin/env"
    let words = ([env, "-C", folder.path, program.path] + arguments).map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + variables { free(text) } }
    let problem = posix_spawn(&child, env, &actions, &attributes, words, variables)
    guard problem == 0 else { throw POSIXError(POSIXErrorCode(rawValue: problem) ?? .EIO) }
    let watchdog = DispatchWorkItem { [child] in kill(child, SIGTERM) }
    DispatchQueue.global().asyncAfter(deadline: .now() + 60, execute: watchdog)
    defer { watchdog.cancel() }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    return status
  }

  /// The words of a line, as a shell would take them: quotes hold words together.
  static func words(_ text: String) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for letter in text {
      if let open = quote {
        if letter == open { quote = nil } else { word?.append(letter) }
      } else if letter == "'" || letter == "\"" {
        quote = letter
        word = word ?? ""
      } else if letter.isWhitespace {
        if let done = word { words.append(done) }
        word = nil
      } else {
        word = (word ?? "") + String(letter)
      }
    }
    return words + (word.map { [$0] } ?? [])
  }

  /// `render` of a compose file with every script beside it.
  static func render(scripts: [String]) -> [String] {
    ["render", "-f", "compose.yaml"] + scripts.flatMap { ["--script", $0] }
  }
}
