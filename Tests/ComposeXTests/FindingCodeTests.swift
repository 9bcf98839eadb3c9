@testable import ComposeXEngine
import Foundation
import Testing

/// Every warning and note that a golden case shows is of one kind, and every kind is shown by a case.
@Suite struct FindingCodeTests {
  private struct Shown {
    let path: String
    let message: String
    /// Whether the finding stands in a script of the case, which may say whatever it likes.
    let isInScript: Bool
  }

  private static let shown: [Shown] = CaseTests.Case.all.flatMap { each -> [Shown] in
    guard let text = try? String(contentsOf: each.url, encoding: .utf8) else { return [] }
    return (CaseFile(text).content("stderr") ?? "").split(separator: "\n").compactMap { line in
      guard let found = line.firstMatch(of: /^(\S[^:]*)(?::\d+)*: (?:warning|note): (.*)$/) else { return nil }
      let message = String(found.output.2).replacing(#/ \[CX\d{4}\]$/#, with: "")
      return Shown(path: each.path, message: message, isInScript: found.output.1.hasSuffix(".lua"))
    }
  }

  @Test func everyFindingHasOneCode() throws {
    let codes = try FindingCodes.builtIn()
    #expect(Self.shown.count > 400)
    for shown in Self.shown {
      let found = codes.codes(ofMessage: shown.message)
      if found.isEmpty, shown.isInScript { continue }
      #expect(
        found.count == 1,
        "lua/reflect/finding_codes.lua has \(found.isEmpty ? "no row" : "\(found)") for what Tests/Cases/\(shown.path) shows: \(shown.message)"
      )
    }
  }

  @Test func everyCodeIsShown() throws {
    let messages = Set(Self.shown.map(\.message)).map { Array($0.utf8) }
    for row in try FindingCodes.builtIn().rows {
      for pattern in row.messages {
        #expect(
          messages.contains(where: pattern.matches), "no case shows what \(row.code) is about: \(pattern.text)")
      }
    }
  }

  @Test func codesAreStableAndExplained() throws {
    let rows = try FindingCodes.builtIn().rows
    let codes = rows.map(\.code)
    #expect(Set(codes).count == codes.count && codes == codes.sorted())
    for row in rows {
      #expect(
        row.code.wholeMatch(of: /CX\d{4}/) != nil && row.title.count > 8 && row.help.hasSuffix("."), "\(row.code)")
      #expect(!row.title.hasSuffix(".") || row.isStage, "\(row.code)")
    }
  }

  /// docs/findings.md lists them.
  @Test func thePageListsThem() throws {
    let page = try String(contentsOf: Command.package.appending(path: "docs/findings.md"), encoding: .utf8)
    for row in try FindingCodes.builtIn().rows where !row.isStage {
      let line = "| `\(row.code)` | \(row.title) | \(row.help) |"
      #expect(page.split(separator: "\n").contains { $0 == line }, "docs/findings.md lacks the line: \(line)")
    }
  }

  /// Where codes are shown: JSON, SARIF, GitHub, GitLab and -v; and nowhere else.
  @Test func whereCodesAreShown() throws {
    let room = try WritingTests.Room()
    try room.write(
      "services: {web: {image: nginx, ports: [\"80:80\"], mac_address: \"02:42:ac:11:65:43\"}}\n", "compose.yaml")
    for format in ["json", "sarif", "github", "gitlab"] {
      let outcome = try room.shell("composex check --diagnostics-format \(format)")
      #expect(outcome.output.contains("CX3101") && outcome.output.contains("CX1201"), "\(format): \(outcome.output)")
    }
    #expect(try room.shell("composex check -v").errors.contains("nothing outside the VPC reaches it [CX3101]"))
    #expect(try !room.shell("composex check").errors.contains("CX"))
    let quality = try room.shell("composex check --diagnostics-format gitlab").output
    let rows = try #require(try JSONSerialization.jsonObject(with: Data(quality.utf8)) as? [[String: Any]])
    for row in rows {
      #expect(Set(row.keys) == ["description", "check_name", "fingerprint", "severity", "location"])
      let severity = row["severity"] as? String ?? ""
      #expect(["info", "minor", "major", "critical", "blocker"].contains(severity))
      let location = row["location"] as? [String: Any]
      #expect(location?["path"] as? String == "compose.yaml" && (location?["lines"] as? [String: Int])?["begin"] == 1)
    }
    #expect(Set(rows.compactMap { $0["fingerprint"] as? String }).count == rows.count)
    try room.write("{}\n", "compose.yaml")
    #expect(try room.shell("composex check --diagnostics-format gitlab").output == "[]\n")
  }
}
