import ArgumentParser
import ComposeXEngine

/// `composex report`: one page for a release.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write one HTML page about the project: for a release, to read and to print.",
    discussion: """
      What runs, pictures, who reaches whom, who may do what, findings, exemptions with their end, what of the compose file has which \
      effect, what is paid for, and what changes. Pictures are laid out by Graphviz's dot; without it they stand as Mermaid.

      Examples:
        composex report -o release.html
        composex report -f compose.yaml -f prod.yaml --diff v1.4 -o release.html
      """)

  @OptionGroup var options: RunOptions

  @Option(
    name: .customLong("diff"),
    help: ArgumentHelp(
      "Say what changes since a revision, a template or another compose file, too.", valueName: "old"))
  var old: String?

  @Option(
    name: [.customShort("o"), .customLong("output")], help: "A file to write to, instead of standard output (-).")
  var output: String?

  func run() throws {
    let findings = options.findings
    try Process.run(Findings(), options.findingsFormat) {
      let before: ComparedTemplates?
      let outcome: Pipeline.Outcome
      do {
        before = try old.map { try DiffSide($0, options).templates(findings) }
        outcome = try Process.keeping(Pipeline(options.input, findings: findings)).run()
      } catch {
        findings.report(error)
        try Process.tell(findings, options.findingsFormat)
        throw ExitCode(1)
      }
      var report = ReleaseReport(of: outcome, findings: findings)
      if let before {
        let comparison = TemplateComparison(before, ComparedTemplates(outcome, named: "working tree"))
        report.comparison = (before.name, String(decoding: comparison.shown(.text), as: UTF8.self))
      }
      report.pictures = Graph.View.allCases.map { view in
        let graph = Graph(view, of: outcome)
        let title = view == .architecture ? "What there is" : view == .network ? "The network" : "Access"
        return (title, try? Graphviz.svg(graph.dot), graph.mermaid)
      }
      try Process.emit(Array(try report.html().utf8), toFile: output)
    }
  }
}
