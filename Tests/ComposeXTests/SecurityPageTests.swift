import Foundation
import Testing

/// Each promise of docs/security.md names tests that there are.
@Suite struct SecurityPageTests {
  @Test func promisesNameTheirTests() throws {
    let page = try String(contentsOf: Command.package.appending(path: "docs/security.md"), encoding: .utf8)
    let start = try #require(page.range(of: "## What composex promises"))
    let end = try #require(page.range(of: "## What it does not promise"))
    let promises = page[start.upperBound..<end.lowerBound].components(separatedBy: "\n- **").dropFirst()
    #expect(promises.count >= 15)
    let sources = try Self.sources()
    for promise in promises {
      let parts = promise.components(separatedBy: "Held by: ")
      guard parts.count == 2, let line = parts[1].split(separator: "\n").first else {
        Issue.record("no tests hold the promise: \(promise.prefix(80))")
        continue
      }
      let names = line.split(separator: "`").map(String.init).filter { $0.contains("/") || $0.contains(".") }
      #expect(!names.isEmpty, "no tests hold the promise: \(promise.prefix(80))")
      for name in names { #expect(Self.exists(name, sources), "there is no test \(name)") }
    }
  }

  /// `trust/check-layout` is a golden case, `BoundsTests.rangesOfPorts` a function of a suite.
  private static func exists(_ name: String, _ sources: [String: String]) -> Bool {
    if name.contains("/") {
      return FileManager.default.fileExists(atPath: Command.package.appending(path: "Tests/Cases/\(name).case").path)
    }
    let parts = name.split(separator: ".").map(String.init)
    guard parts.count == 2, let source = sources[parts[0]] else { return false }
    return source.contains("func \(parts[1])(")
  }

  /// The text of the test files by their names, which are those of their suites.
  private static func sources() throws -> [String: String] {
    var found: [String: String] = [:]
    let folder = Command.package.appending(path: "Tests")
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "swift" else { continue }
      found[file.deletingPathExtension().lastPathComponent] = try String(contentsOf: file, encoding: .utf8)
    }
    return found
  }
}
