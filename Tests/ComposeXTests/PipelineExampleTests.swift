import Foundation
import Testing

/// The pipelines of `examples/pipelines` are YAML, and run commands and options that composex has.
@Suite struct PipelineExampleTests {
  static let files: [String] = {
    let folder = Command.package.appending(path: "examples/pipelines").path
    return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { $0.hasSuffix(".yml") }
      .sorted()
  }()

  @Test func thereAreThree() { #expect(Self.files == ["buildspec.yml", "github-actions.yml", "gitlab-ci.yml"]) }

  @Test(arguments: files)
  func isYAML(_ file: String) throws {
    let folder = Command.package.appending(path: "examples/pipelines")
    // As an extension field of a compose file, so that any mapping will do.
    let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
    let indented = text.split(separator: "\n").map { "  \($0)\n" }.joined()
      .replacingOccurrences(of: "$", with: "$$")
    let model = "services: {web: {image: nginx}}\nx-pipeline:\n\(indented)"
    let outcome = try Command.run(["config", "-f", "-"], in: folder, input: model)
    #expect(outcome.exit == 0, "\(outcome.errors)")
  }

  @Test(arguments: files)
  func runsWhatThereIs(_ file: String) throws {
    let folder = Command.package.appending(path: "examples/pipelines")
    let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
    let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") && $0.contains("composex ") }
    #expect(!lines.isEmpty)
    for line in lines {
      let words = line.components(separatedBy: "composex ")[1].split(separator: " ").prefix {
        !["|", ">", ">>"].contains($0)
      }
      let help = try Command.run(["help", String(words[0])], in: folder)
      #expect(help.exit == 0, "\(line)")
      for option in words where option.hasPrefix("--") { #expect(help.output.contains(option), "\(line)") }
    }
  }
}
