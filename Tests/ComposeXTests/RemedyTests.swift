import Foundation
import Testing

/// Every block that a finding of a golden case gives to paste is pasted: the project must render with it, without that finding.
@Suite struct RemedyTests {
  /// The cases that show a block, of those that render their compose file.
  private static let cases = CaseTests.Case.chosen.filter { each in
    guard let text = try? String(contentsOf: each.url, encoding: .utf8),
      text.contains(/\n    (services|x-[a-z0-9]+): \{/)
    else { return false }
    let file = CaseFile(text)
    return file.arguments.prefix(3) == ["render", "-f", "compose.yaml"] && file.content("stderr") != nil
  }

  private struct Told: Decodable {
    var severity: String
    var message: String
    var block: String?
  }

  @Test func thereAreCasesThatShowBlocks() {
    #expect(CaseTests.Case.pattern != nil || !Self.cases.isEmpty)
  }

  @Test(arguments: cases)
  func mends(_ golden: CaseTests.Case) throws {
    let file = CaseFile(try String(contentsOf: golden.url, encoding: .utf8))
    try file.inFolder { folder in
      let before = try findings(file, in: folder, with: nil)
      for finding in before {
        guard let block = finding.block else { continue }
        let after = try findings(file, in: folder, with: block)
        for error in after where error.severity == "error" && !before.contains(where: { $0.message == error.message }) {
          Issue.record("\(golden.path): the block \(block) is refused: \(error.message)")
        }
        let stays = after.contains { $0.message == finding.message }
        #expect(!stays, "\(golden.path): the block \(block) does not mend: \(finding.message)")
      }
    }
  }

  /// What is told of the project of a case, with a block pasted below it.
  private func findings(_ file: CaseFile, in folder: URL, with block: String?) throws -> [Told] {
    // What is checked is not written.
    var options = Array(file.arguments.dropFirst())
    if let output = options.firstIndex(of: "-o") { options.removeSubrange(output...output + 1) }
    var arguments = ["check", "--diagnostics-format", "json"] + options
    if let block {
      try Data((block + "\n").utf8).write(to: folder.appending(path: "pasted.yaml"))
      arguments += ["-f", "pasted.yaml"]
    }
    let outcome = try Command.run(arguments, in: folder, environment: file.environment)
    return try JSONDecoder().decode([Told].self, from: Data(outcome.output.utf8))
  }
}
