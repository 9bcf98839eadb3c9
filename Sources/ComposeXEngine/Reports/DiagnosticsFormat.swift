/// How findings are written: for people, for programs, or for the services that annotate pull requests.
public enum DiagnosticsFormat: String, CaseIterable, Sendable {
  case text, json, sarif, github, gitlab

  /// The findings as text, in the order given. `isStyled` colours the text format, for a terminal; `codes` name the kinds.
  public func write(_ findings: [Finding], codes: FindingCodes?, isStyled: Bool = false) -> [UInt8] {
    let known = codes ?? FindingCodes(kinds: [])
    return switch self {
    case .text: findings.flatMap { Self.line($0, codes?.code(of: $0), isStyled: isStyled) }
    case .json: JSONWriter.write(JSONDiagnostics.node(findings, known))
    case .sarif: JSONWriter.write(SARIF.log(findings, known))
    case .github: Array(findings.map { GitHubCommand.line($0, known.code(of: $0)) }.joined().utf8)
    case .gitlab: JSONWriter.write(CodeQuality.report(findings, known))
    }
  }

  private static func line(_ finding: Finding, _ code: String?, isStyled: Bool) -> [UInt8] {
    var finding = finding
    if let code { finding.message += " [\(code)]" }
    return Array("\(isStyled ? finding.styled : finding.description)\n".utf8)
  }
}

extension Finding {
  /// As `description`, with the severity in its colour: ECMA-48 sequences, which every terminal of today takes.
  var styled: String {
    let colour = severity == .error ? "31" : severity == .warning ? "35" : "36"
    return lines { text, part in
      switch part {
      case .place, .message: "\u{1B}[1m\(text)\u{1B}[0m"
      case .severity: "\u{1B}[1;\(colour)m\(text)\u{1B}[0m"
      case .remedy: text
      case .note: "\u{1B}[2m\(text)\u{1B}[0m"
      }
    }
  }
}

/// Findings as a JSON list, `[{"severity": "error", "code": "CX0001", "rule": "compose", "file": "compose.yaml", "line": 3, ...}]`; what is not
/// known is left out.
enum JSONDiagnostics {
  static func node(_ findings: [Finding], _ codes: FindingCodes) -> Node {
    .list(findings.map { node($0, codes.code(of: $0)) })
  }

  private static func node(_ finding: Finding, _ code: String) -> Node {
    var fields: Node.Fields = [
      "severity": .text(finding.severity.rawValue), "code": .text(code), "rule": .text(finding.rule.rawValue),
    ]
    if let file = finding.place.file { fields["file"] = .text(file.name) }
    if finding.place.line > 0 { fields["line"] = .number(finding.place.line) }
    if finding.place.column > 0 { fields["column"] = .number(finding.place.column) }
    fields["message"] = .text(finding.message)
    if finding.severity == .warning { fields["consequence"] = .text(finding.consequence.rawValue) }
    if let remedy = finding.wholeRemedy { fields["remedy"] = .text(remedy) }
    if let block = finding.block { fields["block"] = .text(block) }
    if !finding.notes.isEmpty { fields["notes"] = .list(finding.notes.map(Node.text)) }
    return .map(fields)
  }
}

/// Nodes of reports, which stand nowhere.
extension Node {
  static func text(_ text: String) -> Node { Node(.string(text), at: .unknown) }
  static func number(_ number: Int32) -> Node { Node(.int(Int(number)), at: .unknown) }
  static func list(_ items: [Node]) -> Node { Node(.list(items), at: .unknown) }
  static func map(_ fields: Fields) -> Node { Node(.map(fields), at: .unknown) }
}
