import ArgumentParser
import ComposeXEngine

/// `composex run`: one task of a service, to its end.
struct RunTask: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run one task of a service or a job, and end with its exit code.",
    discussion: """
      The task has the network, the roles and the environment of what is deployed. Options stand before the service; what follows it \
      takes the place of the command. Ctrl-C leaves the task running and says how to end it.

      Examples:
        composex run migrate
        composex run web -- bin/rake db:seed
      """)

  @OptionGroup var options: DeployOptions

  @Option(
    name: [.customShort("e"), .customLong("env")], parsing: .singleValue,
    help: ArgumentHelp("A variable; without a value that of this shell. May be repeated.", valueName: "key=value"))
  var environment: [String] = []

  @Flag(name: [.customShort("d"), .customLong("detach")], help: "Print the task's id, and do not wait for its end.")
  var detach = false

  @Flag(name: .customLong("rm"), help: "Taken as Docker Compose has it: nothing is left of a task that ended.")
  var remove = false

  @Argument(
    parsing: .captureForPassthrough, help: ArgumentHelp("The service, and a command.", valueName: "service command"))
  var words: [String] = []

  func validate() throws {
    try Self.check(words)
    if words.isEmpty { throw ValidationError("run takes a service, as composex run migrate") }
    for text in environment where text.hasPrefix("=") || text.isEmpty {
      throw ValidationError("-e takes KEY=VALUE or KEY, not \(text)")
    }
  }

  private var wanted: OneOffTask.Options {
    var wanted = OneOffTask.Options()
    let own = ProjectEnvironment.ofProcess
    wanted.environment = environment.compactMap { text in
      guard let equals = text.firstIndex(of: "=") else { return own[text].map { (text, $0) } }
      return (String(text[..<equals]), String(text[equals...].dropFirst()))
    }
    wanted.detaches = detach
    return wanted
  }

  func run() throws {
    try options.deploying(isQuiet: true) { deployment in
      let task = try OneOffTask(deployment, words[0], Array(words.dropFirst()), wanted)
      if options.dryRun { return try Process.emit(deployment.dryRun(task)) }
      if options.policy { return try Process.emit(deployment.policy(task)) }
      let code = try task.run(write: Process.say, say: Process.warn)
      if code != 0 { throw ExitCode(code) }
    }
  }
}
