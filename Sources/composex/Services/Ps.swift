import ArgumentParser
import ComposeXEngine

/// `composex ps`: what runs.
struct Ps: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ps", abstract: "List the services, their tasks, and where they are reached.",
    discussion: """
      Examples:
        composex ps
        composex ps --all --format json web
      """)

  @OptionGroup var options: DeployOptions

  @Flag(name: [.customShort("a"), .customLong("all")], help: "Show tasks that ended, too.")
  var all = false

  @Option(name: .customLong("format"), help: ArgumentHelp("Print text or json. (default: text)", valueName: "format"))
  var format: StatusFormat?

  @Argument(help: "Services; none is all.", completion: CompletionNames.services)
  var services: [String] = []

  func run() throws {
    try options.deploying { deployment in
      let status = ServiceStatus(deployment, services, stopped: all)
      if options.dryRun { return try Process.emit(deployment.dryRun(status)) }
      if options.policy { return try Process.emit(deployment.policy(status)) }
      if format == .json { return try Process.emit(status.json()) }
      try Process.emit(Array(status.text().utf8))
    }
  }
}

/// How `ps` is printed.
enum StatusFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json

  static var allValueStrings: [String] { allCases.map(\.rawValue) }
}
