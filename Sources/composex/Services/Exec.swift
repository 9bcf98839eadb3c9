import ArgumentParser
import ComposeXEngine
import Glibc

/// `composex exec`: a command in a container that runs.
struct Exec: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exec", abstract: "Run a command, or a shell, in a container that runs.",
    discussion: """
      Options stand before the service; what follows it is the command. Without a terminal the exit code is that of the command, \
      which needs a shell in the container; with one, the Systems Manager does not tell it.

      Examples:
        composex exec web
        composex exec web -- cat /etc/hosts
      """)

  @OptionGroup var options: DeployOptions

  @Option(
    name: .customLong("container"), help: ArgumentHelp("Another container of the task.", valueName: "name"))
  var container: String?

  @Option(
    name: .customLong("task"),
    help: ArgumentHelp("The task, by the beginning of its id. (default: the oldest that runs)", valueName: "id"))
  var task: String?

  @Option(name: .customLong("index"), help: "The task, by its number: 1 is the oldest.")
  var index: Int?

  @Flag(
    name: [.customShort("T"), .customLong("no-tty")],
    help: "Take no terminal: read nothing, and end with its exit code.")
  var noTerminal = false

  @Argument(
    parsing: .captureForPassthrough, help: ArgumentHelp("The service, and the command.", valueName: "service command"))
  var words: [String] = []

  func validate() throws {
    try Self.check(words)
    if let index, index < 1 { throw ValidationError("--index counts from 1, not \(index)") }
    guard words.count < 2 else { return }
    throw ValidationError("exec takes a service and a command, as composex exec \(words.first ?? "web") sh")
  }

  private var wanted: ContainerShell.Options {
    var wanted = ContainerShell.Options()
    (wanted.container, wanted.task, wanted.index) = (container, task, index)
    wanted.hasTerminal = !noTerminal && isatty(STDIN_FILENO) == 1
    return wanted
  }

  func run() throws {
    try options.deploying(isQuiet: true) { deployment in
      let shell = try ContainerShell(deployment, words[0], Array(words.dropFirst()), wanted)
      if options.dryRun { return try Process.emit(deployment.dryRun(shell)) }
      if options.policy { return try Process.emit(deployment.policy(shell)) }
      let ending = try shell.run()
      try Process.emit(ending.output)
      if ending.isUnknown {
        Process.warn("the command did not say how it ended: without a terminal it needs /bin/sh in the container")
      }
      if ending.code != 0 { throw ExitCode(ending.code) }
    }
  }
}

extension ParsableCommand {
  /// What follows the options is passed on as it is; what looks like one of ours and stands before the service is not.
  static func check(_ words: [String]) throws {
    guard let first = words.first, first.hasPrefix("-") else { return }
    if ["-h", "--help"].contains(first) { throw CleanExit.helpRequest(Self.self) }
    throw ValidationError("Unknown option '\(first)'")
  }
}
