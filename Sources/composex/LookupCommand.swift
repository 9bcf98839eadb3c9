import ArgumentParser
import ComposeXEngine

/// `composex lookup`: what exists already, asked once, for renders that ask nobody.
struct LookupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lookup", abstract: "Answer every Lookup of the project into composex.lookups.json.",
    discussion: """
      The file is to be committed: rendering reads it, and asks nobody.

      Examples:
        composex lookup --region eu-west-1
        composex lookup --check
      """)

  @OptionGroup var options: DeployOptions

  @Flag(name: .customLong("check"), help: "Change nothing; end with 3 when AWS answers otherwise than the file.")
  var check = false

  func run() throws {
    try options.loading { lookups, findings in
      if options.dryRun { return try Process.emit(Array(lookups.dryRun.utf8)) }
      if options.policy { return try Process.emit(lookups.policy) }
      try lookups.ask(findings)
      if findings.hasErrors { return }
      let shown = Files.shown(lookups.path)
      if check {
        let differences = lookups.differences
        for line in differences { try Process.say(line) }
        if !differences.isEmpty { throw ExitCode(3) }
        return try Process.say("\(shown) is current: \(lookups.count) answered")
      }
      for line in lookups.differences { try Process.say(line) }
      do throws(Files.Failure) { if !lookups.isCurrent { try Files.write(lookups.bytes, to: lookups.path) } } catch {
        throw Finding.error(
          at: Place(file: SourceFile(name: shown, role: .commandLine)), "cannot be written: \(error.reason)")
      }
      try Process.say(
        lookups.isCurrent ? "\(shown) is current: \(lookups.count) answered" : "\(shown): \(lookups.count) answered")
    }
  }
}
