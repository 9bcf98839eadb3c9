import ArgumentParser
import ComposeXEngine
import Glibc

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
