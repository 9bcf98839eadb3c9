import Foundation
import Testing

/// What a file of `lua/` may use: files of its own layer and of those below it.
@Suite struct LuaLayerTests {
  /// The lowest first. `reflect` reads all.
  private static let layers = ["base", "project", "kinds", "x", "task", "generate", "contracts", "reflect"]
  /// The list of keys and files is data that every layer may read.
  private static let data = "manifest"

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../lua").standardizedFileURL

  /// The files without their endings (`x/sqs/sqs`), but for editor types and tests.
  private func files() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: Self.folder.path)
      .filter { $0.hasSuffix(".lua") && !$0.hasPrefix("meta/") && !$0.hasPrefix("tests/") }
      .map { String($0.dropLast(4)) }.sorted()
  }

  private func layer(of file: String) -> Int? {
    file == Self.data ? 0 : Self.layers.firstIndex(of: String(file.prefix { $0 != "/" }))
  }

  /// The files that one names in `engine.use("...")` and `lazy("...")`.
  private func used(by file: String) throws -> [String] {
    let text = try String(contentsOf: Self.folder.appending(path: file + ".lua"), encoding: .utf8)
    return text.matches(of: /(?:engine\.use|lazy)\(?\s*"([^"]+)"/).map { String($0.1) }
  }

  @Test func everyFileKnowsOnlyWhatIsBelow() throws {
    for file in try files() {
      let own = try #require(layer(of: file), "lua/\(file).lua stands in no layer: \(Self.layers)")
      for other in try used(by: file) {
        let below = try #require(layer(of: other), "lua/\(file).lua uses \(other), which stands in no layer")
        #expect(
          below <= own, "lua/\(file).lua uses \(other): \(Self.layers[own]) must not know \(Self.layers[below])")
      }
    }
  }

  /// Among the layers that may know each other; contracts are known by none of them.
  @Test func aNameStandsOnce() throws {
    let layered = try files().filter { !$0.hasPrefix("contracts/") }
    let byName = Dictionary(grouping: layered) { String($0.split(separator: "/").last ?? "") }
    for (name, files) in byName where files.count > 1 {
      Issue.record("\(files.map { "lua/\($0).lua" }) share the name \(name): a name says what is inside")
    }
  }
}
