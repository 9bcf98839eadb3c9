import Foundation
import Testing

@testable import ComposeXEngine

/// The compose file that docs/resources.md and `composex help` show at each `x-` key, and the sentences for its words.
@Suite struct KeyExampleTests {
  private struct Rendered {
    var template: String
    var findings: [Finding]
  }

  /// The key of an ended service: its example shows what to write instead.
  private static let ended = "x-appmesh"

  private func render(_ text: String) throws -> Rendered {
    let project = try ComposeTestProject(text)
    var options = ComposeOptions()
    options.files = [project.path("compose.yaml")]
    let findings = Findings()
    let templates = try? Pipeline(Pipeline.Input(compose: options, environment: [:]), findings: findings).render(.yaml)
    return Rendered(
      template: templates.map { String(decoding: $0[0].bytes, as: UTF8.self) } ?? "", findings: findings.sorted)
  }

  /// The resource types that the page of a key says it makes.
  private func types(on page: String) -> [String] {
    page.split(separator: "\n").first { $0.hasPrefix("Makes: ") }.map {
      $0.matches(of: /AWS::\w+::\w+/).map { String($0.output) }
    } ?? []
  }

  @Test func everyKeyHasAnExampleThatRenders() throws {
    let modules = try ResourceModules()
    #expect(modules.list.count > 30)
    for (key, file) in modules.list {
      let example = try modules.reference("example", [.string(key)])
      try #require(!example.isEmpty, "\(key) has no example: add one to lua/reflect/examples")
      let lines = example.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      #expect((10...30).contains(lines.count), "the example of \(key) has \(lines.count) lines, not 10 to 30")
      #expect(lines.contains("\(key):") || key == Self.ended, "the example of \(key) has no \(key)")
      #expect(lines.contains("services:"), "the example of \(key) has no services")
      let rendered = try render(example)
      let told = rendered.findings.filter { $0.severity != .note }.map(\.message)
      #expect(told.isEmpty && !rendered.template.isEmpty, "the example of \(key): \(told)")
      let made = types(on: try modules.reference("page", [.string(file)]))
      #expect(
        made.isEmpty || made.contains { rendered.template.contains("Type: \($0)\n") },
        "the example of \(key) makes none of \(made)")
    }
  }

  @Test func everyWordHasASentence() throws {
    let lines = try ResourceModules().reference("unexplained").split(separator: "\n")
    #expect(lines.isEmpty, "lua/reflect/store_words.lua or platform_words.lua: \(lines.joined(separator: ", "))")
  }

  /// A file keeps its lines and their indentation in the terminal.
  @Test func helpShowsTheExampleAsItIs() throws {
    let page = try #require(try HelpPage.text("x-sqs"))
    let example = try ResourceModules().reference("example", [.string("x-sqs")])
    for line in example.split(separator: "\n") { #expect(page.contains("\n  \(line)\n"), "\(line)") }
    #expect(!page.contains("```"))
  }
}
