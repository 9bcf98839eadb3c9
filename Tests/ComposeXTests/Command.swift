import Foundation

/// The composex command that was built with these tests, and a run of it.
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
    let bundle = CommandLine.arguments.first { $0.contains(".xctest") }.map { URL(filePath: $0) }
    var folder = bundle ?? package.appending(path: ".build/debug/x")
    while folder.pathComponents.contains(where: { $0.hasSuffix(".xctest") }) { folder.deleteLastPathComponent() }
    if bundle == nil { folder.deleteLastPathComponent() }
    return folder.appending(path: "composex")
  }()

  private static let starting = NSLock()

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

    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    let base = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": folder.path]
    process.environment = base.merging(environment) { $1 }
    process.standardInput = try FileHandle(forReadingFrom: input)
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    // Foundation starts a process on one thread at a time only: it walks the table of open files, which others change.
    try Self.starting.withLock { try process.run() }
    let watchdog = DispatchWorkItem { process.terminate() }
    DispatchQueue.global().asyncAfter(deadline: .now() + 60, execute: watchdog)
    process.waitUntilExit()
    watchdog.cancel()

    return Outcome(
      exit: process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus,
      output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
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
