import ArgumentParser
import ComposeXEngine

/// The words of the command line in the order in which the parser takes them.
enum CommandWords {
  /// Options that may stand before the subcommand, as docker compose has them, and take a value.
  private static let valued: Set = [
    "-f", "--file", "-p", "--project-name", "--project-directory", "--env-file", "--profile", "--pack", "--script",
    "--set", "--settings", "--allow-read", "--lookups", "--script-timeout", "--diagnostics-format",
  ]
  /// The same without a value.
  private static let flags: Set = ["--confine", "--strict", "-q", "--quiet", "-v", "--verbose"]
  /// Short options that may be followed by their value at once: `-fprod.yaml`.
  private static let joined = ["-f", "-p"]

  /// The subcommand first, then the options of the project that stood before it, then the rest.
  static func ordered(_ words: [String]) -> [String] {
    var index = 0
    while index < words.count, words[index].hasPrefix("-") {
      let word = words[index]
      let name = word.hasPrefix("--") ? String(word.prefix { $0 != "=" }) : word
      if valued.contains(name) {
        index += name == word ? 2 : 1
      } else if flags.contains(word) || joined.contains(where: word.hasPrefix) && !word.hasPrefix("--") {
        index += 1
      } else {
        return words
      }
    }
    guard index > 0, index < words.count else { return words }
    return [words[index]] + words[..<index] + words[(index + 1)...]
  }

  /// What is wrong with words of which the first is no subcommand; nil when it is one, or an option.
  static func fault(_ words: [String]) -> String? {
    guard let first = words.first else { return nil }
    if first.hasPrefix("-") {
      let name = first.hasPrefix("--") ? String(first.prefix { $0 != "=" }) : String(first.prefix(2))
      guard valued.contains(name) || flags.contains(first) else { return nil }
      return "\(first) needs a subcommand; type: composex render \(shown(words))"
    }
    let names = names(of: ComposeX.self)
    guard let group = ComposeX.configuration.subcommands.first(where: { $0.configuration.commandName == first }) else {
      return ForeignCommands.fault(first, rest: words.dropFirst(), names)
    }
    let below = self.names(of: group)
    guard !below.isEmpty, words.count > 1, !words[1].hasPrefix("-"), !below.contains(words[1]) else { return nil }
    return ForeignCommands.fault(words[1], rest: words.dropFirst(2), below, of: first)
  }

  /// The subcommands of a command.
  static func names(of command: ParsableCommand.Type) -> [String] {
    command.configuration.subcommands.compactMap { $0.configuration.commandName }
  }

  /// Words as a person may paste them.
  static func shown(_ words: some Sequence<String>) -> String {
    words.map(ShellText.word).joined(separator: " ")
  }
}
