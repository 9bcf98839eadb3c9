import ArgumentParser
import ComposeXEngine

/// `composex explain`: who wrote a property, and what each wrote.
struct Explain: ParsableCommand {
  enum Format: String, ExpressibleByArgument { case text, json }

  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Say who wrote a property of the template.",
    discussion: """
      What to explain is a property (WebService.DesiredCount, items of lists by their key), a resource (WebService), a definition \
      (x-sqs::jobs), or a line (compose.yaml:14): what it became. Outputs.X and Parameters.X work as well, and what a script took out or renamed. --port says which \
      rules open a port of a container, --action and --role which statements of policies there are. What a check refuses is explained, too, and the exit code is 1.

      Examples:
        composex explain WebService.DesiredCount
        composex explain compose.yaml:14
      """)

  @Argument(help: "A property, a resource, a definition or a line.", completion: CompletionNames.explained)
  var what: String?
  @Option(help: ArgumentHelp("Say what opens a port: SERVICE:PORT.", valueName: "service:port")) var port: String?
  @Option(help: "Say which statements are about an action: sqs:SendMessage.") var action: String?
  @Option(help: "Say which statements a role has, by its service or its id.") var role: String?
  @OptionGroup var options: RunOptions
  @Option(help: ArgumentHelp("Answer as text or json.", valueName: "format")) var format = Format.text

  func validate() throws {
    let asksWhy = port != nil || action != nil || role != nil
    if what == nil, !asksWhy { throw ValidationError("explain takes what to explain, or --port, --action or --role") }
    if let what, asksWhy { throw ValidationError("explain takes \(what), or --port, --action and --role, not both") }
  }

  func run() throws {
    let findings = Findings(strict: options.strict, keepsErrorsOnly: true)
    try Process.run(findings, options.findingsFormat) {
      let pipeline = Process.keeping(Pipeline(options.input, findings: findings))
      let outcome: Pipeline.Outcome
      // What a check refuses is there to be explained, too.
      do { outcome = try pipeline.run() } catch {
        guard let unchecked = pipeline.unchecked else { throw error }
        outcome = unchecked
      }
      let explanation =
        if let what {
          try Explanation(what, of: outcome)
        } else {
          try Explanation(port: port, action: action, role: role, of: outcome)
        }
      if explanation.isEmpty, format == .text { return try Process.say(nothing) }
      try Process.emit(format == .json ? JSONWriter.write(explanation.node) : Array(explanation.text.utf8))
    }
  }
}

extension Explain {
  /// What is said when nothing answers.
  fileprivate var nothing: String {
    if let port { return "no rule opens \(port)" }
    return
      "no statement is about \([action, role.map { "the role of \($0)" }].compactMap { $0 }.joined(separator: " and "))"
  }
}
