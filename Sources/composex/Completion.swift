import ArgumentParser
import ComposeXEngine
import Glibc

/// `composex completion`: what a shell needs to complete commands, options, files and names.
struct Completion: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completion", abstract: "Print or install the completions of a shell.",
    discussion: """
      Completes subcommands, options, files, and the names of services, definitions and resources of the project at hand.

      composex completion install       for the shell that $SHELL names
      composex completion zsh           print the script, to source it elsewhere

      Examples:
        composex completion install
        composex completion bash > composex.bash
      """)

  @Argument(help: ArgumentHelp("bash, zsh, fish or install.", valueName: "shell"), completion: .list(Self.words))
  var first: String

  @Argument(help: ArgumentHelp("With install: bash, zsh or fish. (default: what $SHELL names)", valueName: "shell"))
  var second: String?

  private static let install = "install"
  private static let words = CompletionShell.allCases.map(\.rawValue) + [install]

  func validate() throws {
    guard Self.words.contains(first), first == Self.install || second == nil else {
      throw ValidationError("completion takes \(Self.words.joined(separator: ", ")), not \(second ?? first)")
    }
    if let second, CompletionShell(rawValue: second) == nil {
      throw ValidationError("completion install takes bash, zsh or fish, not \(second)")
    }
  }

  func run() throws {
    if let shell = CompletionShell(rawValue: first) {
      return try Process.emit(Array((ComposeX.completionScript(for: shell) + "\n").utf8))
    }
    try Process.run(Findings()) {
      let environment = ProjectEnvironment.ofProcess
      let shell = try Self.shell(second ?? environment["SHELL"]?.split(separator: "/").last.map(String.init))
      try Self.write(ComposeX.completionScript(for: shell) + "\n", for: shell, environment)
    }
  }

  private static func shell(_ name: String?) throws -> CompletionShell {
    if let name, let shell = CompletionShell(rawValue: name) { return shell }
    throw Finding.error(
      at: .unknown, name.map { "there are no completions for \($0)" } ?? "no variable SHELL says which shell is meant",
      remedy: "name one: composex completion install bash")
  }

  /// Writes the script where the shell looks for it, below the user's own folders.
  private static func write(_ script: String, for shell: CompletionShell, _ environment: [String: String]) throws {
    guard let home = environment["HOME"], home.hasPrefix("/") else {
      throw Finding.error(at: .unknown, "no variable HOME says where completions go", remedy: "set HOME to your folder")
    }
    func base(_ variable: String, _ other: String) -> String {
      environment[variable].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? Files.join(home, other)
    }
    let path =
      switch shell {
      case .zsh: Files.join(base("XDG_DATA_HOME", ".local/share"), "zsh/site-functions/_composex")
      case .fish: Files.join(base("XDG_CONFIG_HOME", ".config"), "fish/completions/composex.fish")
      default: Files.join(base("XDG_DATA_HOME", ".local/share"), "bash-completion/completions/composex")
      }
    do throws(Files.Failure) {
      try Files.makeDirectory(Files.directory(of: path))
      try Files.write(Array(script.utf8), to: path)
    } catch {
      throw Finding.error(
        at: Place(file: SourceFile(name: path, role: .commandLine)), "cannot be written: \(error.reason)")
    }
    try Process.say("wrote \(path)")
    switch shell {
    case .zsh:
      try Process.say("add to ~/.zshrc, before compinit: fpath=(\(Files.directory(of: path)) $fpath)")
    case .fish: try Process.say("new shells complete composex")
    default: try Process.say("new shells complete composex, where the package bash-completion is installed")
    }
  }
}
