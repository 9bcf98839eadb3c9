import ArgumentParser
import ComposeXEngine

/// `composex policy`: the IAM actions that deploying the template takes.
struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy", abstract: "Write the IAM policy that deploying the project takes.",
    discussion: """
      One policy document as JSON, or a list of documents when one would be longer than the 6,144 characters of a managed policy. With \
      --format text, the actions of each resource type when it is created, updated and deleted. What the aws command itself needs is \
      printed by composex up --policy.

      Examples:
        composex policy > policy.json
        composex policy --format text
      """)

  @OptionGroup var options: RunOptions
  @Option(name: .customLong("format"), help: "The format: json or text. (default: json)") var format: Explain.Format?
  @Option(name: .customLong("stack-name"), help: "The name of the stack. (default: the project's name)")
  var stackName: String?

  func run() throws {
    let findings = Findings(strict: options.strict, keepsErrorsOnly: true)
    try Process.run(findings, options.findingsFormat) {
      let outcome = try Process.keeping(Pipeline(options.input, findings: findings)).run()
      let policy = DeployPolicy(of: outcome, stackName: stackName)
      let unknown = Findings(strict: options.strict, keepsErrorsOnly: options.quiet)
      policy.tell(unknown)
      try Process.tell(unknown, options.findingsFormat)
      try Process.emit(format == .text ? Array(policy.text.utf8) : JSONWriter.write(policy.node))
      if unknown.hasErrors { throw ExitCode(1) }
    }
  }
}
