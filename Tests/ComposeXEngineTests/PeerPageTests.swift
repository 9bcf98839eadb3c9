import ComposeXLua
import Foundation
import Testing

@testable import ComposeXEngine

/// docs/from-ecs-composex.md: every key of ECS ComposeX and of Docker's ECS integration, from the tables that read them.
@Suite struct PeerPageTests {
  private static let package = ResourceModules.package

  private func page(_ function: String) throws -> String {
    let session = ScriptSession(project: .empty, stack: Stack(name: "empty"), findings: Findings())
    let table = try #require(try session.module("reflect/peer_page").reference)
    let body = try #require(try session.host.contents(of: table)[function]?.function)
    return try #require(try session.host.call(body).string)
  }

  @Test func everyKeyHasAnAnswerAndIsListedOnce() throws {
    let rows = try page("rows").split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(rows.count > 250)
    #expect(Set(rows.map(\.[0])).count == rows.count, "a key is listed twice")
    for row in rows { #expect(row.count == 2 && !row[1].isEmpty, "nobody says what becomes of \(row[0])") }
  }

  /// `RECORD=1 swift test --filter PeerPageTests` writes the page, and fails.
  @Test func thePageIsCurrent() throws {
    let file = Self.package.appending(path: "docs/from-ecs-composex.md")
    let now = try String(contentsOf: file, encoding: .utf8)
    let mark =
      "<!-- What follows is made of lua/kinds/peer_stacks.lua, lua/reflect/peer_keys.lua and the tables that read keys. -->\n"
    let head = try #require(
      now.range(of: mark).map { String(now[..<$0.upperBound]) }, "docs/from-ecs-composex.md has lost its mark")
    let wanted = head + (try page("text")) + "\n"
    if now == wanted { return }
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try Data(wanted.utf8).write(to: file)
      Issue.record("docs/from-ecs-composex.md was written: read the change, then run the tests again without RECORD")
    } else {
      Issue.record("docs/from-ecs-composex.md is not current: RECORD=1 swift test --filter PeerPageTests")
    }
  }
}
