import ArgumentParser
import ComposeXEngine

extension Process {
  /// Runs a command's work: prints what was found, and exits with 1 when an error is among it.
  static func run(_ findings: Findings, _ body: () throws -> Void) throws {
    do {
      try body()
    } catch let exit as ExitCode {
      tell(findings)
      throw exit
    } catch {
      findings.report(error)
    }
    tell(findings)
    if findings.hasErrors { throw ExitCode(1) }
  }
}
