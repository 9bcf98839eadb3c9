import Foundation
import Testing

/// Every file `Tests/Cases/**/*.case` is a test; `CaseFile` explains its form.
///
/// `RECORD=1 swift test --filter CaseTests` rewrites the expectations of the cases that fail, and fails.
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
  }

  @Test(arguments: Case.all)
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

  /// Runs the case in a folder of its own, whose name is always the same, since it names the project.
  private func run(_ file: CaseFile) throws -> CaseFile.Actual {
    let manager = FileManager.default
    let scratch = manager.temporaryDirectory.appending(path: "composex-case-\(UUID().uuidString)")
    let folder = scratch.appending(path: "case")
    try manager.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? manager.removeItem(at: scratch) }
    for (path, text) in file.files {
      let url = folder.appending(path: path)
      try manager.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
    }
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
