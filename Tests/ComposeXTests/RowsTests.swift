import Foundation
import Testing

/// The checklists `Tests/Cases/{services,platform,resources}/rows.txt`: every id has its row, which says in a sentence what the
/// feature is, and names what shows it.
///
/// `SQS-05 | sqs-principals | AwsPrincipalsAccess lets AWS services ...`: a golden case of the same folder (`scripts/stack`: of another),
/// `examples/NAME`, `function()` of a test, several of them with spaces between; `-` where the sentence says why there is none.
@Suite struct RowsTests {
  struct Row {
    let id: String
    let shown: [String]
    let sentence: String

    init?(_ line: Substring) {
      guard let match = line.wholeMatch(of: /([A-Z0-9]+-\d+) \| (\S.*?) \| (\S.*)/) else { return nil }
      (id, shown, sentence) = (String(match.1), match.2.split(separator: " ").map(String.init), String(match.3))
    }
  }

  /// One checklist: its folder, and its ids, by prefix and number.
  struct Checklist: CustomTestStringConvertible, Sendable {
    let folder: String
    let prefixes: [(String, Int)]
    var digits = 2
    /// Ids that come with deployment and with registries over the network.
    var elsewhere: Set<Int> = []
    var testDescription: String { folder }

    var ids: [String] {
      prefixes.flatMap { prefix, count in
        (1...count).filter { !elsewhere.contains($0) }.map { number in
          let text = String(number)
          return "\(prefix)-\(String(repeating: "0", count: digits - text.count))\(text)"
        }
      }
    }

    func rows() throws -> [Row] {
      let file = CaseTests.Case.folder.appending(path: "\(folder)/rows.txt")
      return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
        try #require(Row($0), "\(folder)/rows.txt: this is no row: \($0)")
      }
    }
  }

  static let checklists = [
    Checklist(folder: "services", prefixes: [("SVC", 160)], digits: 3, elsewhere: [17, 18, 149, 150]),
    Checklist(
      folder: "platform",
      prefixes: [
        ("VPC", 8), ("CLU", 7), ("ELB", 22), ("ACM", 4), ("R53", 3), ("CMAP", 4), ("CMR", 2), ("WAF", 3), ("TAG", 3),
        ("MESH", 1), ("SUB", 1),
      ]),
    Checklist(
      folder: "resources",
      prefixes: [
        ("COM", 30), ("ENV", 13), ("IAM", 10), ("SG", 4), ("DBS", 10), ("SCL", 3), ("SQS", 13), ("SNS", 5), ("S3", 10),
        ("KMS", 6), ("DDB", 6), ("KIN", 4), ("FH", 6), ("EFS", 7), ("SEC", 6), ("SSM", 4), ("RDS", 15), ("DOC", 4),
        ("NEP", 4), ("EC", 6), ("OS", 7), ("EVT", 5), ("ALM", 8), ("DSH", 2), ("APS", 3), ("COG", 2), ("CGP", 2),
      ]),
  ]

  @Test(arguments: checklists)
  func everyIdHasOneRow(_ list: Checklist) throws {
    #expect(try list.rows().map(\.id) == list.ids)
  }

  @Test(arguments: checklists)
  func everyRowIsASentenceAndShown(_ list: Checklist) throws {
    let tests = try Self.sources()
    for row in try list.rows() {
      #expect(row.sentence.hasSuffix(".") && row.sentence.contains(" "), "\(row.id) needs a sentence")
      for name in row.shown where name != "-" {
        #expect(Self.exists(name, in: list.folder, tests), "\(row.id) names \(name), which does not exist")
      }
    }
  }

  /// Service Connect and the nested layout have no ids.
  @Test func everyCaseOfThePlatformIsNamed() throws {
    let rows = try Self.checklists[1].rows()
    let named = Set(rows.flatMap(\.shown))
    for path in CaseTests.Case.all.map(\.path) where path.hasPrefix("platform/") {
      let name = String(path.dropFirst(9).dropLast(5))
      let isFree = ["names", "connect", "nested"].contains { name.hasPrefix($0) }
      #expect(isFree || named.contains(name), "platform/rows.txt does not name \(name)")
    }
  }

  private static func exists(_ name: String, in folder: String, _ tests: String) -> Bool {
    if name.hasSuffix("()") { return tests.contains("func \(name.dropLast())") }
    let path =
      if name.hasPrefix("examples/") { "\(name)/compose.yaml" } else {
        "Tests/Cases/\(name.contains("/") ? name : "\(folder)/\(name)").case"
      }
    return FileManager.default.fileExists(atPath: Command.package.appending(path: path).path)
  }

  private static func sources() throws -> String {
    let folder = Command.package.appending(path: "Tests")
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
    return try paths.sorted().map { try String(contentsOf: folder.appending(path: $0), encoding: .utf8) }.joined()
  }
}
