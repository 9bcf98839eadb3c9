import ArgumentParser
import ComposeXEngine

/// `composex plan`: what a deployment would change, asked of CloudFormation.
struct Plan: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Show what a deployment would change.",
    discussion: """
      Makes a change set by the aws command, shows it by what the compose file says, and removes it again. With --exit-code the \
      command ends with 3 when something changes.

      Examples:
        composex plan
        composex plan --exit-code --format markdown
      """)

  @OptionGroup var options: DeployOptions
  @OptionGroup var stack: StackOptions

  @Option(
    name: .customLong("format"),
    help: ArgumentHelp("Print text, json or markdown. (default: text)", valueName: "format"))
  var format: ReportFormat?

  @Flag(name: .customLong("exit-code"), help: "End with 3 when something changes.")
  var exitCode = false

  @Flag(name: .customLong("keep"), help: "Keep the change set.")
  var keep = false

  func run() throws {
    try options.deploying(images: (true, stack.images)) { deployment in
      let planning = Planning(deployment, stack.planning)
      if options.dryRun { return try Process.emit(Array(planning.dryRun.utf8)) }
      if options.policy { return try Process.emit(planning.policy) }
      do { try planning.prepare() } catch {
        planning.discard()
        throw error
      }
      if !keep || planning.isEmpty { planning.discard() }
      try Process.emit(planning.shown(format ?? .text))
      if exitCode, !planning.isEmpty { throw ExitCode(3) }
    }
  }
}
