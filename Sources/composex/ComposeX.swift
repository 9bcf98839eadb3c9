import ArgumentParser

@main
struct ComposeX: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "composex",
    abstract: "Turns a Docker Compose file into AWS CloudFormation that runs it on ECS.",
    subcommands: [Config.self])
}
