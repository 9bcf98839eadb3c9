import Foundation
import Testing

/// What the pages of `docs` show is true: files are those of the repository, commands print what stands below them.
///
/// `RECORD=1 swift test --filter DocumentTests` puts in what there is, and fails.
@Suite struct DocumentTests {
  /// The pages, but those that are generated.
  static let pages = ["cookbook", "packs", "review", "scripts", "tutorial"]

  @Test(arguments: pages)
  func showsWhatIs(_ name: String) throws {
    let url = Command.package.appending(path: "docs/\(name).md")
    let text = try String(contentsOf: url, encoding: .utf8)
    var page = Document(text)
    let scratch = FileManager.default.temporaryDirectory.appending(path: "composex-page-\(UUID().uuidString)")
    let folder = scratch.appending(path: "shop")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }

    try page.fill(in: folder)
    if page.text == text { return }
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try Data(page.text.utf8).write(to: url)
      Issue.record("docs/\(name).md was recorded: read the change, then run the tests again")
    } else {
      let difference = TextDifference.describe(expected: text, actual: page.text)
      Issue.record("docs/\(name).md: the page (-), the truth (+); RECORD=1 takes what came\n\(difference)")
    }
  }

  @Test func theCookbookShowsEveryEntry() throws {
    let page = try String(contentsOf: Command.package.appending(path: "docs/cookbook.md"), encoding: .utf8)
    let entries = ExampleTests.Example.all.map(\.name).filter { $0.hasPrefix("cookbook/") }
    #expect(entries.count >= 30)
    for entry in entries { #expect(page.contains("<!-- examples/\(entry)/"), "docs/cookbook.md lacks \(entry)") }
  }
}

/// A page in which fenced blocks are files or commands.
///
/// A block after `<!-- examples/tags/tags.lua -->` is that file of the repository. One after `<!-- tags.lua -->` is written to
/// the folder in which the page is tried; later commands see it. A `console` block holds commands behind `$ `, each followed by
/// all that it prints.
struct Document {
  var lines: [String]
  var text: String { lines.joined(separator: "\n") }

  init(_ text: String) { lines = text.components(separatedBy: "\n") }

  /// Walks the page in order, and puts in what there is.
  mutating func fill(in folder: URL) throws {
    var index = 0
    while index < lines.count {
      guard lines[index].hasPrefix("```"), lines[index].count > 3 else {
        index += 1
        continue
      }
      let start = index + 1
      let end = try #require(lines[start...].firstIndex(of: "```"), "line \(index + 1): a block without its end")
      let block = Array(lines[start..<end])
      let filled = try fill(block, language: String(lines[index].dropFirst(3)), marker: marker(before: index), folder)
      lines.replaceSubrange(start..<end, with: filled)
      index = start + filled.count + 1
    }
  }

  private func marker(before index: Int) -> String? {
    guard index > 0, lines[index - 1].hasPrefix("<!-- "), lines[index - 1].hasSuffix(" -->") else { return nil }
    return String(lines[index - 1].dropFirst(5).dropLast(4))
  }

  private func fill(_ block: [String], language: String, marker: String?, _ folder: URL) throws -> [String] {
    if let marker, marker.hasPrefix("examples/") {
      let text = try String(contentsOf: Command.package.appending(path: marker), encoding: .utf8)
      return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }
    if let marker {
      let url = folder.appending(path: marker)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data((block.joined(separator: "\n") + "\n").utf8).write(to: url)
      return block
    }
    guard language == "console" else { return block }
    return try block.filter { $0.hasPrefix("$ ") }.flatMap { [$0] + (try output(of: String($0.dropFirst(2)), folder)) }
  }

  private func output(of command: String, _ folder: URL) throws -> [String] {
    let path = Command.executable.deletingLastPathComponent().path + ":/usr/bin:/bin"
    let outcome = try Command.run(
      ["-c", "exec 2>&1; \(command)"], in: folder, environment: ["PATH": path], program: URL(filePath: "/bin/sh"))
    return outcome.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }
}
