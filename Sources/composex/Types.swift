import ArgumentParser
import ComposeXEngine

/// `composex types`: types of resources for the Lua language server.
struct Types: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "types", abstract: "Print types of resources for editors.",
    discussion: """
      composex types 'AWS::ECS::*' AWS::SQS::Queue > .composex/meta/aws.lua

      Examples:
        composex types AWS::SQS::Queue
        composex types AWS::ECS::Service
      """)

  @Argument(help: "Resource types; * is any text.") var types: [String]

  func run() throws {
    try Process.run(Findings()) { try Process.emit(Array(try TypeAnnotations.text(types).utf8)) }
  }
}
