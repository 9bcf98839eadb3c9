import Crypto

/// Findings as a Code Quality report of GitLab, which shows them in a merge request.
/// https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format (2026-11-29)
enum CodeQuality {
  static func report(_ findings: [Finding], _ codes: FindingCodes) -> Node {
    var seen: [String: Int] = [:]
    return .list(
      findings.map { finding in
        let code = codes.code(of: finding)
        let path = finding.place.file?.name ?? "composex"
        // Lines move; what is found twice in a file is counted.
        let identity = "\(code)\n\(path)\n\(finding.message)"
        let number = seen[identity, default: 0]
        seen[identity] = number + 1
        return .map([
          "description": .text(finding.details), "check_name": .text(code),
          "fingerprint": .text(digest(number == 0 ? identity : "\(identity)\n\(number)")),
          "severity": .text(severity(finding)),
          "location": .map(["path": .text(path), "lines": .map(["begin": .number(max(1, finding.place.line))])]),
        ])
      })
  }

  private static func severity(_ finding: Finding) -> String {
    switch finding.severity {
    case .error: "critical"
    case .warning: finding.consequence < .differs ? "major" : "minor"
    case .note: "info"
    }
  }

  private static func digest(_ text: String) -> String {
    let digits = Array("0123456789abcdef".unicodeScalars)
    return SHA256.hash(data: Array(text.utf8)).prefix(16).reduce(into: "") { text, byte in
      text.unicodeScalars.append(digits[Int(byte >> 4)])
      text.unicodeScalars.append(digits[Int(byte & 15)])
    }
  }
}
