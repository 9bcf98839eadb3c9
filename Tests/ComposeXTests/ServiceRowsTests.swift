import Foundation
import Testing

/// The table of what a compose service can say, `Tests/Cases/services/rows.txt`: every id has a row, every row shows something, and
/// `docs/services.md` tells users the same.
@Suite struct ServiceRowsTests {
  struct Row {
    var id: String
    /// `case` or `test`.
    var kind: String
    var name: String
    var title: String
  }

  /// Ids that come with deployment and with registries over the network.
  private static let elsewhere: Set = [17, 18, 149, 150]

  static func rows() throws -> [Row] {
    let file = Command.package.appending(path: "Tests/Cases/services/rows.txt")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
      line in
      let halves = line.split(separator: "|", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      let words = halves[0].split(separator: " ").map(String.init)
      try #require(halves.count == 2 && words.count == 3, "\(line) is not a row")
      return Row(id: words[0], kind: words[1], name: words[2], title: halves[1])
    }
  }

  @Test func everyIdHasARow() throws {
    let wanted = (1...160).filter { !Self.elsewhere.contains($0) }.map {
      "SVC-" + String(repeating: "0", count: 3 - "\($0)".count) + "\($0)"
    }
    #expect(try Self.rows().map(\.id) == wanted)
  }

  @Test func everyRowShowsSomething() throws {
    let tests = try sources()
    for row in try Self.rows() {
      switch row.kind {
      case "case":
        let path = Command.package.appending(path: "Tests/Cases/\(row.name).case").path
        #expect(FileManager.default.fileExists(atPath: path), "\(row.id): there is no Tests/Cases/\(row.name).case")
      case "test": #expect(tests.contains("func \(row.name)("), "\(row.id): there is no test \(row.name)")
      default: Issue.record("\(row.id): \(row.kind) is neither case nor test")
      }
    }
  }

  @Test func theDocumentTellsTheSame() throws {
    let file = Command.package.appending(path: "docs/services.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    let table = try Self.rows().map {
      "| \($0.title) | \($0.kind == "case" ? "`\($0.name).case`" : "`\($0.name)`") |\n"
    }.joined()
    guard !text.contains(table) else { return }
    let head = "| what | shown by |\n|---|---|\n"
    let start = try #require(text.range(of: head), "docs/services.md has no table of rows")
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try Data((text[..<start.upperBound] + table).utf8).write(to: file)
    }
    Issue.record("docs/services.md is not current: run RECORD=1 swift test --filter ServiceRowsTests")
  }

  private func sources() throws -> String {
    let folder = Command.package.appending(path: "Tests")
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
    return try paths.sorted().map { try String(contentsOf: folder.appending(path: $0), encoding: .utf8) }.joined()
  }
}
