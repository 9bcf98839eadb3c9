import ArgumentParser
import ComposeXEngine

/// `composex help`: of a subcommand, as ArgumentParser has it; of an `x-` key or a word of scripts, its reference page.
struct Help: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "help",
    abstract: "Explain a subcommand, an x- key, a word of scripts, a finding or the options of a pack.",
    discussion: """
      Examples:
        composex help x-sqs
        composex help composex.patch
        composex help findings
        composex help CX3101
      """)

  @Argument(
    help: ArgumentHelp(
      "A subcommand, an x- key (x-sqs), a word (composex.patch), findings, a code (CX3101), or the folder of a pack.",
      valueName: "name"))
  var names: [String] = []

  func run() throws {
    guard let name = names.first, let page = try page(name) else {
      var command: ParsableCommand.Type = ComposeX.self
      for name in names { command = try subcommand(name, of: command) }
      return try Process.emit(Array("\(ComposeX.helpMessage(for: command))\n".utf8))
    }
    guard names.count == 1 else { throw ValidationError("help takes one key or word, not \(names.count)") }
    try Process.emit(Array(page.utf8))
  }

  /// The page of a key or word; nil when the name is a subcommand's or nobody's.
  private func page(_ name: String) throws -> String? {
    if Self.name(of: ComposeX.self, name) != nil { return nil }
    do {
      return try HelpPage.text(name) ?? PackPage.options(Files.join(Files.currentDirectory, name), named: name)
    } catch let finding as Finding {
      throw ValidationError(VisibleText.of(finding.message))
    }
  }

  private static func name(of command: ParsableCommand.Type, _ name: String) -> ParsableCommand.Type? {
    command.configuration.subcommands.first { $0.configuration.commandName == name }
  }

  private func subcommand(_ name: String, of command: ParsableCommand.Type) throws -> ParsableCommand.Type {
    if let found = Self.name(of: command, name) { return found }
    let isRoot = command == ComposeX.self
    let commands = command.configuration.subcommands.compactMap { $0.configuration.commandName }
    let known = isRoot ? commands + ((try? HelpPage.names()) ?? []) : commands
    let shown = VisibleText.of(name)
    let near = NearName.find(name, in: known).map { ": did you mean \"\($0)\"?" } ?? ""
    if near.isEmpty, isRoot, let types = ForeignCommands.instead(of: name), let type = types.first {
      throw ValidationError(
        "no subcommand, key or word is called \(shown); type: composex help \(type.split(separator: " ")[1])")
    }
    guard isRoot else {
      let group = command.configuration.commandName
      throw ValidationError(VisibleText.of(ForeignCommands.fault(name, rest: [], commands, of: group)))
    }
    throw ValidationError("no subcommand, key or word is called \(shown)\(near)")
  }
}
