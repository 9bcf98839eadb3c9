import ArgumentParser
import ComposeXEngine

/// `composex explain`: who wrote a property, and what each wrote.
struct Explain: ParsableCommand {
  enum Format: String, ExpressibleByArgument { case text, json }

  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Say who wrote a property of the template.",
    discussion: """
      What to explain is a property (WebService.DesiredCount, items of lists by their key), a resource (WebService), a definition \
      (x-sqs::jobs), or a line (compose.yaml:14): what it became.
      """)

  @Argument(help: "A property, a resource, a definition or a line.", completion: CompletionNames.explained)
  var what: String
  @OptionGroup var options: RunOptions
  @Option(help: "The format of the answer: text or json.") var format = Format.text

  func run() throws {
    let findings = Findings(strict: options.strict, keepsErrorsOnly: true)
    try Process.run(findings, options.findingsFormat) {
      let outcome = try Process.keeping(Pipeline(options.input, findings: findings)).run()
      let explanation = try Explanation(what, of: outcome)
      try Process.emit(format == .json ? JSONWriter.write(explanation.node) : Array(explanation.text.utf8))
    }
  }
}
