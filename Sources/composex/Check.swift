import ArgumentParser
import ComposeXEngine
import Glibc

/// `composex check`: all that `render` does, but the writing.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check a project, its packs and its scripts, and write nothing.",
    discussion: """
      With --diagnostics-format json, sarif or github the findings are the output, also when there are none; text goes to standard \
      error.

      Examples:
        composex check --strict
        composex check --diagnostics-format sarif > composex.sarif
      """)

  @OptionGroup var options: RunOptions

  func run() throws {
    let findings = options.findings
    let format = options.findingsFormat
    try Process.run(findings, format, to: format == .text ? STDERR_FILENO : STDOUT_FILENO) {
      _ = try Process.keeping(Pipeline(options.input, findings: findings)).render(.json)
    }
  }
}
