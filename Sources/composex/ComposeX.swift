import ArgumentParser
import CHeap
import ComposeXEngine
import Glibc

@main
struct ComposeX: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "composex",
    abstract: "Turn a Docker Compose file into AWS CloudFormation that runs it on ECS.",
    version: ComposeXVersion.text,
    subcommands: [
      Render.self, Diff.self, Plan.self, Up.self, Down.self, BootstrapCommand.self, Ps.self, Logs.self,
      Exec.self, RunTask.self, Restart.self, Scale.self, Push.self, Check.self, Config.self, Explain.self,
      QueryCommand.self, GraphCommand.self, PolicyCommand.self, ReportCommand.self,
      Test.self, PackCommand.self, ConsoleCommand.self, Types.self,
      Init.self,
      Migrate.self, LookupCommand.self,
      SchemaCommand.self, Completion.self,
      Version.self, Help.self,
    ])

  /// Exit codes: 0 done, 1 findings of severity error, 2 wrong usage (where the parser's own would be 64).
  static func main() {
    Process.prepare()
    composex_use_large_pages()
    if let fault = Arguments.fault { refuse(fault) }
    var command = parsed()
    do { try command.run() } catch { end(error) }
  }

  /// What the words of the command line ask for; those of ECS ComposeX count where the parser knows no better.
  private static func parsed() -> any ParsableCommand {
    let words = CommandWords.ordered(Array(CommandLine.arguments.dropFirst()))
    if let command = alone(words) { return command }
    do { return try parseAsRoot(Logs.words(words)) } catch {
      if exitCode(for: error) == .success { end(error) }
      do throws(OldOptions.Refusal) {
        if let words = try OldOptions.translated(words) {
          do { return try parseAsRoot(words) } catch { end(Arguments.shown(error)) }
        }
      } catch {
        refuse(error.message)
      }
      if let fault = CommandWords.fault(words) { refuse(fault) }
      end(Arguments.shown(error))
    }
  }

  /// What is run most, parsed by itself: the parser makes a tree of all commands, and how many there are is nothing that a render should
  /// feel. nil for other commands, and for words that these do not take: what is said of them is said by the whole.
  private static func alone(_ words: [String]) -> (any ParsableCommand)? {
    switch words.first {
    case Render.configuration.commandName: try? Render.parseAsRoot(Array(words.dropFirst()))
    case Check.configuration.commandName: try? Check.parseAsRoot(Array(words.dropFirst()))
    case Config.configuration.commandName: try? Config.parseAsRoot(Array(words.dropFirst()))
    default: nil
    }
  }

  /// Ends the process for wrong usage that is told in our own words.
  private static func refuse(_ message: String) -> Never {
    Process.warn("composex: error: \(message)")
    Glibc.exit(2)
  }

  /// Ends the process with what an error of the parser says, which help is too.
  private static func end(_ error: any Error) -> Never {
    let code = exitCode(for: error)
    let text = fullMessage(for: error)
    if !text.isEmpty {
      let bytes = Array((text + "\n").utf8)
      if code != .success {
        Process.write(bytes, to: STDERR_FILENO)
      } else if (try? Process.emit(bytes)) == nil {
        Glibc.exit(1)
      }
    }
    Glibc.exit(code == .validationFailure ? 2 : code.rawValue)
  }
}

/// `composex version`. Commands say their names, because finding them by reflection takes longer than all other parsing.
struct Version: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "version", abstract: "Print the version.",
    discussion: """
      Examples:
        composex version
        composex --version
      """)

  func run() throws { try Process.say("composex \(ComposeXVersion.text)") }
}
