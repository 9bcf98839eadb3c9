import ArgumentParser
import ComposeXEngine

/// `composex query`: who reaches whom, who may do what.
struct QueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query", abstract: "Ask who reaches whom, and who may do what.",
    discussion: """
      Questions are "reach FROM -> TO [PORT]", "reach from FROM", "reach to TO", "may ROLE ACTION [RESOURCE]" and \
      "who may ACTION [RESOURCE]". Names are those of selectors (services::web, x-rds::db), bare names where one thing has them, \
      or internet. With --expect, another answer ends the command with 1.

      Examples:
        composex query 'reach internet -> web 443' --expect no
        composex query 'who may sqs:SendMessage x-sqs::jobs'
      """)

  @Argument(help: "The question.") var question: String
  @OptionGroup var options: RunOptions
  @Option(help: "The format of the answer: text or json.") var format = Explain.Format.text
  @Option(help: "The answer that there must be: yes or no; of a list, whether there is something in it.")
  var expect: String?

  func validate() throws {
    guard let expect, expect != "yes", expect != "no" else { return }
    throw ValidationError("--expect takes yes or no, not \(expect)")
  }

  func run() throws {
    let findings = Findings(strict: options.strict, keepsErrorsOnly: true)
    try Process.run(findings, options.findingsFormat) {
      let outcome = try Process.keeping(Pipeline(options.input, findings: findings)).run()
      let answer = try Query(question, of: outcome)
      try Process.emit(format == .json ? JSONWriter.write(answer.node) : Array(answer.text.utf8))
      if let expect, answer.verdict != expect { throw ExitCode(1) }
    }
  }
}
