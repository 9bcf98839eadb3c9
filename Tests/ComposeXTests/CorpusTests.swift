import Foundation
import Testing

/// Files as ECS ComposeX takes them, with its keys and spellings (`Tests/corpus/ecs-composex`): each renders as it is.
@Suite struct CorpusTests {
  private static let folder = Command.package.appending(path: "Tests/corpus/ecs-composex")
  private static let files = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".yaml") }.sorted()

  @Test func thereAreFiles() { #expect(Self.files.count > 40) }

  @Test(arguments: files)
  func renders(_ file: String) throws {
    let outcome = try Command.run(["render", "-f", file], in: Self.folder)
    #expect(outcome.exit == 0, "Tests/corpus/ecs-composex/\(file):\n\(outcome.errors)")
    #expect(outcome.output.contains("\nResources:\n"), "Tests/corpus/ecs-composex/\(file) renders nothing")
  }
}
