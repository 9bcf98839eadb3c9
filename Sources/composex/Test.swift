import ArgumentParser
import ComposeXEngine
import Glibc

/// `composex test`: the tests of a pack.
struct Test: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Run the tests of a pack.",
    discussion:
      "The tests are the files that pack.lua names, else tests/*.lua. RECORD=1 writes snapshots anew, and fails.")

  @Argument(help: "The folder of the pack.") var pack = "."
  @Flag(help: "List the declarations that no test made act.") var coverage = false
  @Option(name: .customLong("script-timeout"), help: "How many seconds the functions of a test may run. (default: 10)")
  var scriptTimeout: Double?

  func validate() throws { try RunOptions.check(scriptTimeout: scriptTimeout) }

  func run() throws {
    var isWritten = true
    let records = getenv("RECORD").map { String(cString: $0) == "1" } ?? false
    let tests = PackTests(pack, records: records) { result in
      var text = "\(result.faults.isEmpty ? "ok    " : "FAIL  ")\(VisibleText.of(result.name, indent: 6))\n"
      for fault in result.faults {
        text += fault.description.split(separator: "\n", omittingEmptySubsequences: false).map { "      \($0)\n" }
          .joined()
      }
      isWritten = isWritten && Process.write(Array(text.utf8), to: STDOUT_FILENO)
    }
    if let scriptTimeout { tests.limits.seconds = scriptTimeout }
    let findings = Findings()
    try Process.run(findings) {
      let (passed, failed) = try tests.run()
      if coverage { try listUnfired(tests.unfired) }
      try Process.say("\(passed) passed, \(failed) failed")
      if failed > 0 || !isWritten { throw ExitCode(1) }
    }
  }

  private func listUnfired(_ unfired: [String]) throws {
    try Process.say(unfired.isEmpty ? "every declaration acted" : "never acted:")
    for declaration in unfired { try Process.say("  \(declaration)") }
  }
}
