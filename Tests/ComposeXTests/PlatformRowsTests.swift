import Foundation
import Testing

/// Every id of the platform's checklist has a row in `Tests/Cases/platform/rows.txt`, and every row names cases that there are.
@Suite struct PlatformRowsTests {
  private static let folder = Command.package.appending(path: "Tests/Cases/platform")
  private static let families = [
    ("VPC", 8), ("CLU", 7), ("ELB", 22), ("ACM", 4), ("R53", 3), ("CMAP", 4), ("CMR", 2), ("WAF", 3), ("TAG", 3),
    ("MESH", 1),
    ("SUB", 1),
  ]

  private func rows() throws -> [(id: String, shown: [String])] {
    let text = try String(contentsOf: Self.folder.appending(path: "rows.txt"), encoding: .utf8)
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      let words = line.split(separator: " ").map(String.init)
      return (words[0], Array(words.dropFirst()))
    }
  }

  @Test func everyIdHasOneRow() throws {
    let wanted = Self.families.flatMap { family, count in
      (1...count).map { "\(family)-\($0 < 10 ? "0" : "")\($0)" }
    }
    #expect(try rows().map(\.id) == wanted)
  }

  @Test func everyRowNamesCasesThatThereAre() throws {
    for (id, shown) in try rows() {
      #expect(!shown.isEmpty, "\(id) names no case")
      for name in shown {
        let file =
          name.hasPrefix("examples/")
          ? Command.package.appending(path: "\(name)/compose.yaml") : Self.folder.appending(path: "\(name).case")
        #expect(FileManager.default.fileExists(atPath: file.path), "\(id) names \(name), which there is not")
      }
    }
  }

  @Test func everyCaseIsNamedByARowOrShowsMore() throws {
    let named = Set(try rows().flatMap(\.shown))
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    // Service Connect and the nested layout have no ids.
    let more = ["names", "connect", "nested"]
    for file in files.sorted() where file.hasSuffix(".case") {
      let name = String(file.dropLast(5))
      #expect(named.contains(name) || more.contains { name.hasPrefix($0) }, "\(file) shows nothing of the checklist")
    }
  }
}
