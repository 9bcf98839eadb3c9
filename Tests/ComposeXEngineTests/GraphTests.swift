@testable import ComposeXEngine
import Testing

/// Pictures: large ones can be read, and what came and went has its colour.
@Suite struct GraphTests {
  private func outcome(_ text: String) throws -> Pipeline.Outcome {
    var options = ComposeOptions()
    options.files = ["compose.yaml"]
    options.texts = ["compose.yaml": Array(text.utf8)]
    options.projectName = "test"
    options.projectDirectory = "/tmp"
    options.environmentFiles = []
    options.confines = true
    return try Pipeline(Pipeline.Input(compose: options, environment: [:]), findings: Findings()).run()
  }

  private func services(_ count: Int) -> String {
    "x-composex: {limits: warn}\nservices:\n"
      + (1...count).map { "  web\($0): { image: \"nginx:1\", expose: [\"80\"] }\n" }.joined()
      + "x-sqs:\n  jobs:\n    Services:\n"
      + (1...count).map { "      web\($0): { Access: \($0 % 2 == 0 ? "Publish" : "Consume") }\n" }.joined()
  }

  @Test(arguments: Graph.View.allCases) func manyServicesStayReadable(_ view: Graph.View) throws {
    let run = try outcome(services(200))
    let graph = Graph(view, of: run)
    let folded = graph.folded()
    #expect(folded.boxes.count <= Graph.readable)
    #expect(folded.lines.count <= Graph.mostLines)
    #expect(graph.mermaid.utf8.count <= Graph.mostText)
    // Nothing is lost: every box is in one that is drawn.
    let drawn = Set(folded.boxes.flatMap { $0.members.isEmpty ? [$0.name] : $0.members })
    #expect(drawn == Set(graph.boxes.map(\.name)))
  }

  @Test func smallPicturesAreNotFolded() throws {
    let graph = Graph(.architecture, of: try outcome(services(3)))
    #expect(graph.folded().boxes == graph.boxes)
  }

  @Test func whatCameAndWentIsMarked() throws {
    let old = Graph(.architecture, of: try outcome("services: {web: {image: nginx}, old: {image: nginx}}"))
    let new = Graph(.architecture, of: try outcome("services: {web: {image: nginx}, api: {image: nginx}}"))
    let both = new.compared(to: old)
    let fates = Dictionary(uniqueKeysWithValues: both.boxes.map { ($0.name, $0.fate) })
    #expect(fates["services::web"] == .same)
    #expect(fates["services::api"] == .added)
    #expect(fates["services::old"] == .removed)
    #expect(both.mermaid.contains("classDef added"))
    #expect(both.mermaid.contains("classDef removed"))
  }

  @Test func neighboursOfAService() throws {
    let graph = Graph(.architecture, of: try outcome(services(3) + "  mails: {}\n"))
    let around = try graph.around("web1")
    #expect(around.boxes.contains { $0.name == "x-sqs::jobs" })
    #expect(!around.boxes.contains { $0.name == "x-sqs::mails" })
    #expect(throws: Finding.self) { try graph.around("wbe1") }
  }

  /// What names hold does not end a label, an element or a script.
  @Test func hostileNamesAreEscaped() {
    var graph = Graph(view: .access)
    let name = "</script><b>\"]; x [\"#quot;\n|"
    graph.boxes = [Graph.Box(name: name, kind: .other, lines: [name], frame: "")]
    #expect(!graph.mermaid.contains("<b>"))
    #expect(!graph.mermaid.contains("\"]; x"))
    #expect(graph.dot.contains("\\\"]; x"))
  }
}
