import ArgumentParser
import CHeap
import ComposeXEngine
import Glibc

@main
struct ComposeX: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "composex",
    abstract: "Turns a Docker Compose file into AWS CloudFormation that runs it on ECS.",
    version: ComposeXVersion.text,
    subcommands: [
      Render.self, Check.self, Config.self, Explain.self, Test.self, PackCommand.self, Init.self, SchemaCommand.self,
      Version.self, Help.self,
    ])

  /// Exit codes: 0 done, 1 findings of severity error, 2 wrong usage (where the parser's own would be 64).
  static func main() {
    composex_use_large_pages()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
      Process.write(Array((fullMessage(for: error) + "\n").utf8), to: STDERR_FILENO)
      Glibc.exit(2)
    }
  }
}

/// `composex version`. Commands say their names, because finding them by reflection takes longer than all other parsing.
struct Version: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "version", abstract: "Print the version.")

  func run() { print("composex \(ComposeXVersion.text)") }
}
