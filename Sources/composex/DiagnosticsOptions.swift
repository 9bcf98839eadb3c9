import ArgumentParser
import ComposeXEngine
import Glibc

/// How a command tells what it found.
struct DiagnosticsOptions: ParsableArguments {
  @Option(help: "How findings are written: text, json, sarif or github.")
  var diagnosticsFormat = DiagnosticsFormat.text
}

extension DiagnosticsFormat: ExpressibleByArgument {}

extension Process {
  /// Whether standard error is a terminal that may be coloured. https://no-color.org
  static var coloursErrors: Bool {
    let refuses = getenv("NO_COLOR").map { $0[0] != 0 } ?? false
    let isDumb = getenv("TERM").map { String(cString: $0) == "dumb" } ?? true
    return !refuses && !isDumb && isatty(STDERR_FILENO) == 1
  }
}
