import ArgumentParser
import ComposeXEngine
import Glibc

/// `composex logs`: what containers wrote.
struct Logs: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "logs", abstract: "Print what containers wrote, those that ended too.",
    discussion: """
      Examples:
        composex logs --since 10m web
        composex logs --follow --tail 20
      """)

  @OptionGroup var options: DeployOptions

  @Flag(name: .customLong("follow"), help: "Go on with what comes; -f where no file follows is the same.")
  var follow = false

  @Option(
    name: .customLong("since"),
    help: ArgumentHelp(
      "Go so far back: 10m, 2h or 1d, or a time as 2026-01-01T00:00:00Z. (default: 1h)", valueName: "time"))
  var since: String?

  @Option(
    name: [.customShort("n"), .customLong("tail")],
    help: ArgumentHelp("Print so many lines of each service, or all.", valueName: "lines"))
  var tail: String?

  @Flag(name: [.customShort("t"), .customLong("timestamps")], help: "Show times.")
  var timestamps = false

  @Flag(name: .customLong("no-color"), help: "Leave out colours.")
  var noColor = false

  @Flag(name: .customLong("no-log-prefix"), help: "Do not say whose line it is.")
  var noPrefix = false

  @Argument(help: "Services; none is all.", completion: CompletionNames.services)
  var services: [String] = []

  func validate() throws {
    if let since, Self.seconds(since) == nil, Timestamp.seconds(since) == nil {
      throw ValidationError("--since takes 10m, 2h, 1d or a time as 2026-01-01T00:00:00Z, not \(since)")
    }
    if let tail, tail != "all", Int(tail).map({ $0 < 0 }) ?? true {
      throw ValidationError("--tail takes a number of lines or all, not \(tail)")
    }
  }

  /// `1h30m` in seconds.
  private static func seconds(_ text: String) -> Int? {
    let units = ["s": 1, "m": 60, "h": 3600, "d": 86400]
    var (total, digits) = (0, "")
    for letter in text {
      if letter.isASCII, letter.isNumber {
        digits.append(letter)
      } else if let unit = units[String(letter)], let count = Int(digits), count < 1_000_000 {
        (total, digits) = (total + count * unit, "")
      } else {
        return nil
      }
    }
    return digits.isEmpty && !text.isEmpty ? total : nil
  }

  private var wanted: ServiceLogs.Options {
    var wanted = ServiceLogs.Options()
    wanted.since = since.flatMap(Self.seconds)
    wanted.from = wanted.since == nil ? since.flatMap(Timestamp.seconds) : nil
    wanted.tail = tail.flatMap { Int($0) }
    wanted.timestamps = timestamps
    wanted.hasPrefix = !noPrefix
    wanted.isColoured = !noColor && Process.colours(STDOUT_FILENO)
    return wanted
  }

  func run() throws {
    try options.deploying { deployment in
      let logs = ServiceLogs(deployment, services, wanted)
      if options.dryRun { return try Process.emit(deployment.dryRun(logs)) }
      if options.policy { return try Process.emit(deployment.policy(logs)) }
      try logs.prepare()
      try Self.emit(logs.lines())
      var idle = 0
      while follow, !Interruption.isRequested {
        let lines = try logs.more(after: idle)
        idle = lines.isEmpty ? idle + 1 : 0
        try Self.emit(lines)
      }
      if follow { throw ExitCode(130) }
    }
  }

  private static func emit(_ lines: [String]) throws {
    if !lines.isEmpty { try Process.emit(Array((lines.joined(separator: "\n") + "\n").utf8)) }
  }
}

extension Logs {
  /// `-f` is the compose file for every command; in `logs` it is `--follow` as well, as fingers know it: where no file follows.
  static func words(_ words: [String]) -> [String] {
    guard words.first == commandName else { return words }
    var read: [String] = []
    for (index, word) in words.enumerated() {
      let next = index + 1 < words.count ? words[index + 1] : ""
      let isFile = next == "-" || next.hasSuffix(".yaml") || next.hasSuffix(".yml") || Files.isPlainFile(next)
      read.append(word == "-f" && !isFile ? "--follow" : word)
    }
    return read
  }

  private static let commandName = "logs"
}
