import ArgumentParser
import ComposeXEngine

/// `composex graph`: pictures of a project.
struct GraphCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "graph", abstract: "Draw what there is, who reaches whom, or who may do what.",
    discussion: """
      Views are architecture, network (who reaches whom, from the internet inwards) and access (who may do what). Formats are mermaid, \
      which GitHub shows, dot, and svg and html, which Graphviz's dot lays out.

      Examples:
        composex graph > shop.mmd
        composex graph --view network --format svg -o network.svg
        composex graph --diff origin/main
      """)

  @OptionGroup var options: RunOptions

  @Option(name: .customLong("view"), help: "What is drawn: architecture, network or access. (default: architecture)")
  var view: String?

  @Option(name: .customLong("format"), help: "mermaid, dot, svg or html. (default: mermaid)") var format: String?

  @Option(name: .customLong("service"), help: "Draw this service and what is joined to it only.") var service: String?

  @Option(
    name: .customLong("diff"),
    help: ArgumentHelp(
      "Colour what came and what went since a revision, a template or another compose file.", valueName: "old"))
  var old: String?

  @Option(
    name: [.customShort("o"), .customLong("output")], help: "A file to write to, instead of standard output (-).")
  var output: String?

  private static let formats = ["mermaid", "dot", "svg", "html"]

  func validate() throws {
    let views = Graph.View.allCases.map(\.rawValue)
    if let view, !views.contains(view) {
      throw ValidationError("--view takes \(views.joined(separator: ", ")), not \(view)")
    }
    if let format, !Self.formats.contains(format) {
      throw ValidationError("--format takes \(Self.formats.joined(separator: ", ")), not \(format)")
    }
  }

  func run() throws {
    let findings = Findings(strict: options.strict, keepsErrorsOnly: true)
    try Process.run(findings, options.findingsFormat) {
      let before = try old.map { try DiffSide($0, options).templates(findings) }
      let outcome = try Process.keeping(Pipeline(options.input, findings: findings)).run()
      let view = view.flatMap(Graph.View.init) ?? .architecture
      var graph =
        before.map { Graph(view, from: $0, to: ComparedTemplates(outcome, named: "working tree")) }
        ?? Graph(view, of: outcome)
      if let service { graph = try graph.around(service) }
      let text =
        switch format ?? "mermaid" {
        case "dot": graph.dot
        case "svg": try Graphviz.svg(graph.dot)
        case "html": GraphPage(graph, svg: try Graphviz.svg(graph.dot), of: outcome).html
        default: graph.mermaid
        }
      try Process.emit(Array(text.utf8), toFile: output)
    }
  }
}
