import ArgumentParser
import ComposeXEngine

@main
struct ComposeX: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "composex",
    abstract: "Turns a Docker Compose file into AWS CloudFormation that runs it on ECS.",
    version: ComposeXVersion.text,
    subcommands: [Render.self, Config.self, Version.self])
}

/// `composex version`.
struct Version: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Print the version.")

  func run() { print("composex \(ComposeXVersion.text)") }
}
