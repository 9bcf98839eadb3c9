import ArgumentParser
import ComposeXEngine
import Glibc

/// `composex console`: Lua at a prompt, over the rendered project.
struct ConsoleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "console", abstract: "Try Lua at a prompt, over the rendered project.",
    discussion: """
      An expression is printed, `name = value` keeps a value. Nothing is written anywhere. History and completion come from rlwrap: \
      rlwrap -f <(composex console --words) composex console

      Examples:
        composex console
        composex console -f compose.yaml --pack packs/acme
      """)

  @OptionGroup var options: RunOptions
  @Flag(help: "Print the words that can be completed.") var words = false

  func run() throws {
    if words { return try Process.emit(Array(LuaPrompt.words.map { $0 + "\n" }.joined().utf8)) }
    let findings = options.findings
    var console: LuaPrompt?
    try Process.run(findings, options.findingsFormat) {
      let outcome = try Process.keeping(Pipeline(options.input, findings: findings)).run()
      console = LuaPrompt(outcome) { text in try? Process.say(text) }
    }
    guard let console else { return }
    let isTyped = isatty(STDIN_FILENO) == 1
    var typed = ""
    while true {
      if isTyped { Process.write(Array((typed.isEmpty ? "> " : ">> ").utf8), to: STDOUT_FILENO) }
      guard let line = readLine() else { break }
      typed += typed.isEmpty ? line : "\n" + line
      if typed.allSatisfy({ $0 == " " }) {
        typed = ""
        continue
      }
      switch console.evaluate(typed) {
      case .more: continue
      case .value(let text?): try Process.emit(Array((VisibleText.of(text, indent: 0) + "\n").utf8))
      case .value(nil): break
      case .fault(let finding): Process.write(Array((finding.description + "\n").utf8), to: STDERR_FILENO)
      }
      typed = ""
    }
    if isTyped { try Process.say("") }
  }
}
