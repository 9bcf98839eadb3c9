import Foundation
import Testing

/// Every example has its pictures beside it, as GitHub shows them: `graph.md`.
///
/// `RECORD=1 swift test --filter GraphExampleTests` rewrites those that differ, and fails.
@Suite struct GraphExampleTests {
  private static let views = ["architecture", "network", "access"]

  @Test(arguments: ExampleTests.Example.all.filter { !$0.name.hasPrefix("cookbook/") })
  func pictureIsCheckedIn(_ example: ExampleTests.Example) throws {
    var page = "# \(example.name)\n"
    let arguments = Array(try example.arguments().dropFirst())
    for view in Self.views {
      let outcome = try Command.run(["graph", "--view", view] + arguments, in: example.folder)
      #expect(outcome.exit == 0, "\(outcome.errors)")
      page += "\n## \(view)\n\n```mermaid\n\(outcome.output)```\n"
    }
    let url = example.folder.appending(path: "graph.md")
    let expected = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
    if page == expected { return }
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try Data(page.utf8).write(to: url)
      Issue.record("examples/\(example.name)/graph.md was recorded: read the change, then run the tests again")
    } else {
      let difference = TextDifference.describe(expected: expected, actual: page)
      Issue.record("examples/\(example.name)/graph.md: expected (-), came (+); RECORD=1 takes what came\n\(difference)")
    }
  }
}
