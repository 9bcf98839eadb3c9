import ArgumentParser
import ComposeXEngine
import Glibc

/// The process: where its words go, its exit codes and its memory.
enum Process {
  /// Writes all of `bytes`; false when that failed.
  @discardableResult
  static func write(_ bytes: [UInt8], to descriptor: Int32 = STDOUT_FILENO) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// Prints findings, in the order of the text.
  static func tell(_ findings: Findings, _ format: DiagnosticsFormat = .text, to descriptor: Int32 = STDERR_FILENO) {
    let text = format.write(findings.sorted, isStyled: descriptor == STDERR_FILENO && coloursErrors)
    if !text.isEmpty { write(text, to: descriptor) }
  }

  /// Whether standard error is a terminal that may be coloured. https://no-color.org
  static var coloursErrors: Bool {
    let refuses = getenv("NO_COLOR").map { $0[0] != 0 } ?? false
    let isDumb = getenv("TERM").map { String(cString: $0) == "dumb" } ?? true
    return !refuses && !isDumb && isatty(STDERR_FILENO) == 1
  }
}

extension Process {
  /// Runs a command's work: prints what was found, and exits with 1 when an error is among it.
  static func run(
    _ findings: Findings, _ format: DiagnosticsFormat = .text, to descriptor: Int32 = STDERR_FILENO,
    _ body: () throws -> Void
  ) throws {
    do {
      try body()
    } catch let exit as ExitCode {
      tell(findings, format, to: descriptor)
      throw exit
    } catch {
      findings.stage = .command
      findings.report(error)
    }
    tell(findings, format, to: descriptor)
    if findings.hasErrors { throw ExitCode(1) }
  }

  /// Never frees `object`, as the process ends soon: taking the model and the Lua side apart takes as long as writing the
  /// template.
  static func keeping<Object: AnyObject>(_ object: Object) -> Object {
    kept.append(object)
    return object
  }

  nonisolated(unsafe) private static var kept: [AnyObject] = []
}
