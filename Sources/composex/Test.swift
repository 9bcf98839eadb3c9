import ArgumentParser
import ComposeXEngine
import Glibc

/// `composex test`: the tests of a pack.
struct Test: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Run the tests of a pack.",
    discussion: """
      The tests are the files that pack.lua names, else tests/*.lua. RECORD=1 writes snapshots anew, and fails.

      Examples:
        composex test
        composex test packs/acme --filter encrypted --format junit
      """)

  @Argument(help: "The folder of the pack.") var pack = "."
  @Option(name: .customLong("pack"), help: "A pack that it requires: its folder. May be repeated.")
  var packs: [String] = []
  @Flag(help: "List what no test made happen: declarations that changed nothing, rules that never refused, lines.")
  var coverage = false
  @Option(name: .customLong("coverage-min"), help: "Fail below this percentage of what can happen.")
  var coverageMin: Double?
  @Option(
    name: .customLong("filter"),
    help: ArgumentHelp("Run only tests whose names hold a text, or are it where it has a *.", valueName: "text"))
  var filter: String?
  @Option(
    name: .customLong("format"),
    help: ArgumentHelp("Write results as text, tap, junit or json. (default: text)", valueName: "format"))
  var format: TestReport?
  @Option(
    name: .customLong("script-timeout"),
    help: ArgumentHelp("Let the functions of a test run for so many seconds. (default: 10)", valueName: "seconds"))
  var scriptTimeout: Double?

  func validate() throws {
    try RunOptions.check(scriptTimeout: scriptTimeout)
    guard let coverageMin, !(0...100).contains(coverageMin) else { return }
    throw ValidationError("--coverage-min takes a percentage, not \(coverageMin)")
  }

  func run() throws {
    var isWritten = true
    let records = getenv("RECORD").map { String(cString: $0) == "1" } ?? false
    let format = format ?? .text
    var results: [PackTests.Result] = []
    let tests = PackTests(pack, packs: packs, records: records) { result in
      results.append(result)
      guard format == .text else { return }
      var text = "\(result.faults.isEmpty ? "ok    " : "FAIL  ")\(VisibleText.of(result.name, indent: 6))\n"
      for fault in result.faults {
        text += fault.description.split(separator: "\n", omittingEmptySubsequences: false).map { "      \($0)\n" }
          .joined()
      }
      isWritten = isWritten && Process.write(Array(text.utf8), to: STDOUT_FILENO)
    }
    if let scriptTimeout { tests.limits.seconds = scriptTimeout }
    tests.filter = filter
    tests.countsLines = coverage || coverageMin != nil
    let findings = Findings()
    try Process.run(findings) {
      let (passed, failed) = try tests.run()
      let isText = format == .text
      if !isText { try Process.emit(format.write(results, of: pack)) }
      // Where a program reads the output, the rest stands beside it.
      let say: (String) throws -> Void = { isText ? try Process.say($0) : Process.warn($0) }
      let isCovered = try coverage || coverageMin != nil ? show(tests.coverage, say) : true
      if isText { try Process.say("\(passed) passed, \(failed) failed") }
      if failed > 0 || !isWritten || !isCovered { throw ExitCode(1) }
    }
  }

  /// Lists what never happened; whether enough did.
  private func show(_ coverage: Coverage, _ say: (String) throws -> Void) throws -> Bool {
    if self.coverage {
      for (deed, names) in coverage.missing {
        try say("\(deed):")
        for name in names { try say("  \(name)") }
      }
    }
    let count = coverage.count
    // Rounded down: 100 % is all of it.
    let percent = (coverage.percentage * 10).rounded(.down) / 10
    try say("coverage \(percent) %: \(count.done) of \(count.all)")
    guard let coverageMin, coverage.percentage < coverageMin else { return true }
    try say("coverage is below \(coverageMin) %")
    return false
  }
}

extension TestReport: ExpressibleByArgument {
  /// The forms, for help and completion.
  public static var allValueStrings: [String] { allCases.map { $0.rawValue } }
}
