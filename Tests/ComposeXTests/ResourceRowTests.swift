import Foundation
import Testing

/// Tests/Cases/resources/rows.txt: every id of the checklist has a case that exists, or a reason.
@Suite struct ResourceRowTests {
  /// The checklist: a prefix and how many ids it has.
  static let checklist = [
    ("COM", 30), ("ENV", 13), ("IAM", 10), ("SG", 4), ("DBS", 10), ("SCL", 3), ("SQS", 13), ("SNS", 5), ("S3", 10),
    ("KMS", 6), ("DDB", 6), ("KIN", 4), ("FH", 6), ("EFS", 7), ("SEC", 6), ("SSM", 4), ("RDS", 15), ("DOC", 4),
    ("NEP", 4),
    ("EC", 6), ("OS", 7), ("EVT", 5), ("ALM", 8), ("DSH", 2), ("APS", 3), ("COG", 2), ("CGP", 2),
  ]

  static let folder = Command.package.appending(path: "Tests/Cases/resources")

  /// Id and what stands after it.
  private func rows() throws -> [(id: String, what: String)] {
    let text = try String(contentsOf: Self.folder.appending(path: "rows.txt"), encoding: .utf8)
    return text.split(separator: "\n").compactMap { line in
      guard let match = line.wholeMatch(of: /([A-Z][A-Z0-9]+-\d\d) (.+)/) else { return nil }
      return (String(match.1), String(match.2))
    }
  }

  @Test func everyIdHasARow() throws {
    let ids = Self.checklist.flatMap { prefix, count in
      (1...count).map { "\(prefix)-\($0 < 10 ? "0" : "")\($0)" }
    }
    #expect(try rows().map(\.id) == ids)
  }

  @Test func everyRowNamesACaseOrAReason() throws {
    for row in try rows() {
      if row.what.hasPrefix("- ") {
        #expect(row.what.count > 12, "\(row.id) needs a reason")
      } else {
        let path = Self.folder.appending(path: row.what + ".case").standardizedFileURL.path
        #expect(FileManager.default.fileExists(atPath: path), "\(row.id) names \(row.what), which is no case")
      }
    }
  }
}
