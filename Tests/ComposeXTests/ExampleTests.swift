import Foundation
import Testing

/// Every folder below `examples` that has a `compose.yaml` renders to its `template.yaml`, byte for byte, and always alike.
///
/// What is run is what the reader is told to run: the indented line of `README.md` that begins with `composex`.
/// `RECORD=1 swift test --filter ExampleTests` rewrites the templates that differ, and fails.
@Suite struct ExampleTests {
  struct Example: CustomTestStringConvertible, Sendable {
    let name: String
    var testDescription: String { name }
    var folder: URL { Command.package.appending(path: "examples/\(name)") }

    static let all: [Example] = {
      let folder = Command.package.appending(path: "examples").path
      let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
      let file = "/compose.yaml"
      return paths.filter { $0.hasSuffix(file) }.map { String($0.dropLast(file.count)) }.sorted().map(Example.init)
    }()

    func arguments() throws -> [String] {
      let text = try String(contentsOf: folder.appending(path: "README.md"), encoding: .utf8)
      let command = "    composex "
      let line = try #require(
        text.split(separator: "\n").first { $0.hasPrefix(command) }, "\(name)/README.md has no line \"\(command)...\"")
      return Command.words(String(line.dropFirst(command.count)))
    }
  }

  @Test(arguments: Example.all)
  func rendersAsCheckedIn(_ example: Example) throws {
    let outcome = try Command.run(try example.arguments(), in: example.folder)
    #expect(outcome.exit == 0, "\(outcome.errors)")
    let url = example.folder.appending(path: "template.yaml")
    let expected = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
    if outcome.exit != 0 || outcome.output == expected { return }
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try Data(outcome.output.utf8).write(to: url)
      Issue.record("examples/\(example.name)/template.yaml was recorded: read the change, then run the tests again")
    } else {
      let difference = TextDifference.describe(expected: expected, actual: outcome.output)
      Issue.record("examples/\(example.name): expected (-), came (+); RECORD=1 takes what came\n\(difference)")
    }
  }

  @Test(arguments: Example.all)
  func rendersTheSameBytesEachTime(_ example: Example) throws {
    let first = try Command.run(try example.arguments(), in: example.folder)
    // The entries of the cookbook are many, and small.
    for _ in 1..<(example.name.hasPrefix("cookbook/") ? 3 : 20) {
      let again = try Command.run(try example.arguments(), in: example.folder)
      #expect(again.output == first.output && again.errors == first.errors)
    }
  }
}
