import ComposeXLua
import Foundation
import Testing

@testable import ComposeXEngine

/// docs/updates.md: what replaces what, from the create-only properties of the registry and `lua/reflect/update_causes.lua`.
@Suite struct UpdatesPageTests {
  private static let package = ResourceModules.package

  private func page(_ function: String) throws -> String {
    let session = ScriptSession(project: .empty, stack: Stack(name: "empty"), findings: Findings())
    let table = try #require(try session.module("reflect/updates_page").reference)
    let body = try #require(try session.host.contents(of: table)[function]?.function)
    return try #require(try session.host.call(body).string)
  }

  @Test func everyCauseIsACreateOnlyPropertyOfItsType() throws {
    let types = ResourceTypes()
    let rows = try page("rows").split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
    #expect(!rows.isEmpty)
    for row in rows {
      let type = try #require(types.type(row[1]), "\(row[1]) is no type")
      for property in row[2].split(separator: " ") {
        #expect(type.createOnly.contains(String(property)), "\(row[1]) is not replaced by another \(property)")
      }
    }
  }

  /// `RECORD=1 swift test --filter UpdatesPageTests` writes the page, and fails.
  @Test func thePageIsCurrent() throws {
    let file = Self.package.appending(path: "docs/updates.md")
    let now = try String(contentsOf: file, encoding: .utf8)
    let mark =
      "<!-- What follows is made of lua/reflect/update_causes.lua and the registry's create-only properties. -->\n"
    let head = try #require(
      now.range(of: mark).map { String(now[..<$0.upperBound]) }, "docs/updates.md has lost its mark")
    let wanted = head + (try page("text")) + "\n"
    if now == wanted { return }
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try Data(wanted.utf8).write(to: file)
      Issue.record("docs/updates.md was written: read the change, then run the tests again without RECORD")
    } else {
      Issue.record("docs/updates.md is not current: RECORD=1 swift test --filter UpdatesPageTests")
    }
  }
}
