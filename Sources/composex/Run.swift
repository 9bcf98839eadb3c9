import ArgumentParser
import ComposeXEngine
import Glibc

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

  /// The variables of this process; the first of a name counts.
  static var environment: [String: String] {
    var variables: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee {
      let whole = String(cString: text)
      if let equals = whole.firstIndex(of: "=") {
        let name = String(whole[..<equals])
        if variables[name] == nil { variables[name] = String(whole[whole.index(after: equals)...]) }
      }
      entry += 1
    }
    return variables
  }
}
