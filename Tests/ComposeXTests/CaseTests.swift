@testable import ComposeXEngine
import Foundation
import Testing

/// Every file `Tests/Cases/**/*.case` is a test; `CaseFile` explains its form.
///
/// `RECORD=1` rewrites the expectations of the cases that fail, and fails. `CASE='resources/sqs-*'` leaves only those cases; `make case`
/// runs them.
@Suite struct CaseTests {
  /// A case by its path below `Tests/Cases`.
  struct Case: CustomTestStringConvertible, Sendable {
    let path: String
    var testDescription: String { path }
    var url: URL { Case.folder.appending(path: path) }

    static let folder = Command.package.appending(path: "Tests/Cases")
    static let all: [Case] = {
      let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
      return paths.filter { $0.hasSuffix(".case") }.sorted().map(Case.init)
    }()

    /// `resources/sqs-*`, or the path of a file as a shell completes it.
    static let pattern: String? = {
      guard let text = ProcessInfo.processInfo.environment["CASE"], !text.isEmpty else { return nil }
      return text.replacing(#/^(\./)?Tests/Cases/|\.case$/#, with: "")
    }()
    static let chosen = pattern.map { pattern in all.filter { fnmatch(pattern, $0.name, 0) == 0 } } ?? all

    private var name: String { String(path.dropLast(5)) }

    /// The names that begin most like `pattern`, else those that have most of its words.
    static func near(_ pattern: String) -> [String] {
      if !pattern.contains("*"), let near = NearName.find(pattern, in: all.map(\.name)) { return [near] }
      let folder = pattern.split(separator: "/").first?.count ?? 0
      let alike = best({ $0.commonPrefix(with: pattern).count }, above: folder)
      let words = pattern.split { !$0.isLetter && !$0.isNumber }
      return Array((alike.isEmpty ? best({ name in words.count { name.contains($0) } }, above: 0) : alike).prefix(8))
    }

    private static func best(_ score: (String) -> Int, above least: Int) -> [String] {
      let most = all.map { score($0.name) }.max() ?? 0
      return most > least ? all.map(\.name).filter { score($0) == most } : []
    }
  }

  @Test func casesThatAreAskedForExist() {
    guard let pattern = Case.pattern, Case.chosen.isEmpty else { return }
    let near = Case.near(pattern)
    let folders = Set(Case.all.compactMap { $0.path.split(separator: "/").first.map { "\($0)/*" } }).sorted()
    let found = (near.isEmpty ? folders : near).joined(separator: ", ")
    Issue.record("no case below Tests/Cases matches \(pattern); there are: \(found)")
  }

  @Test(arguments: Case.chosen)
  func golden(_ golden: Case) throws {
    let file = CaseFile(try String(contentsOf: golden.url, encoding: .utf8))
    let actual = try run(file)
    let recorded = file.recorded(actual)
    #expect(file.comment.hasPrefix("#"), "\(golden.path) must begin with a comment that says what is shown")
    if recorded.text == file.text { return }
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try Data(recorded.text.utf8).write(to: golden.url)
      Issue.record("\(golden.path) was recorded: read the change, then run the tests again without RECORD")
    } else {
      let difference = TextDifference.describe(expected: file.text, actual: recorded.text)
      Issue.record(
        "Tests/Cases/\(golden.path): expected (-), came (+); RECORD=1 takes what came\n\(difference)")
    }
  }

  /// Runs the case.
  private func run(_ file: CaseFile) throws -> CaseFile.Actual {
    try file.inFolder { folder in
      var outcome = try Command.run(
        file.arguments, in: folder, environment: file.environment, input: file.content("stdin") ?? "")
      for path in [folder.resolvingSymlinksInPath().path, folder.path] {
        outcome.output = outcome.output.replacing(path + "/", with: "").replacing(path, with: ".")
        outcome.errors = outcome.errors.replacing(path + "/", with: "").replacing(path, with: ".")
      }
      var written: [String: String] = [:]
      for section in file.sections where section.name == "written" {
        guard let path = section.part else { continue }
        written[path] = try? String(contentsOf: folder.appending(path: path), encoding: .utf8)
      }
      return CaseFile.Actual(outcome: outcome, written: { written[$0] })
    }
  }
}

extension CaseFile {
  /// Runs `body` in a folder that holds the case's files, whose name is always the same, since it names the project; it is removed then.
  func inFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let manager = FileManager.default
    let scratch = manager.temporaryDirectory.appending(path: "composex-case-\(UUID().uuidString)")
    let folder = scratch.appending(path: "case")
    try manager.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? manager.removeItem(at: scratch) }
    func write(_ files: [(path: String, text: String)]) throws {
      for (path, text) in files {
        let url = folder.appending(path: path)
        try manager.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
      }
    }
    if let committed {
      try write(committed)
      for words in ["init -q -b main", "add -A", "-c user.name=a -c user.email=a@example.com commit -qm a"] {
        let outcome = try Command.run(
          ["git"] + words.split(separator: " ").map(String.init), in: folder, program: URL(filePath: "/usr/bin/env"))
        guard outcome.exit == 0 else { throw CaseFailed(reason: outcome.errors) }
      }
      for (path, _) in committed { try manager.removeItem(at: folder.appending(path: path)) }
    }
    try write(files)
    return try body(folder)
  }
}

/// A case whose folder cannot be made.
struct CaseFailed: Error {
  let reason: String
}
