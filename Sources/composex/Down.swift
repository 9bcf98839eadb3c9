import ArgumentParser
import ComposeXEngine

/// `composex down`: deletes the stack of a project.
struct Down: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "down", abstract: "Delete the stack of a project.",
    discussion: """
      Says first what is deleted, what is kept, and what blocks it and how to unblock it; a stack that is blocked is left alone.

      Examples:
        composex down
        composex down --yes -p shop-pr-12
      """)

  @OptionGroup var options: DeployOptions

  @Flag(name: [.customShort("y"), .customLong("yes")], help: "Do not ask.")
  var yes = false

  @Option(
    name: .customLong("progress"),
    help: ArgumentHelp("Show progress as auto, tree, plain or json. (default: auto)", valueName: "form"))
  var progress: ProgressForm?

  func run() throws {
    try options.deploying { deployment in
      let removal = Removal(deployment, Process.console)
      if options.dryRun { return try Process.emit(Array(removal.dryRun.utf8)) }
      if options.policy { return try Process.emit(removal.policy) }
      try Process.checkAsking(yes)
      try removal.prepare()
      try Process.emit(Array(removal.text.utf8), to: progress == .json ? 2 : 1)
      if removal.isMissing { return }
      if removal.isBlocked { throw ExitCode(1) }
      guard yes || Process.asks("delete this?") else { throw ExitCode(1) }
      let code = try removal.delete(progress ?? .auto)
      if code != 0 { throw ExitCode(code) }
    }
  }
}
