/// A finding as a workflow command of GitHub Actions, which shows it at its line of a pull request.
/// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
enum GitHubCommand {
  static func line(_ finding: Finding, _ code: String) -> String {
    var properties: [String] = []
    if let file = finding.place.file { properties.append("file=\(property(file.name))") }
    if finding.place.line > 0 { properties.append("line=\(finding.place.line)") }
    if finding.place.column > 0 { properties.append("col=\(finding.place.column)") }
    properties.append("title=\(property(code))")
    let word = finding.severity == .note ? "notice" : finding.severity.rawValue
    return "::\(word) \(properties.joined(separator: ","))::\(data(finding.details))\n"
  }

  /// `%` and line ends mean something in a command.
  private static func data(_ text: String) -> String {
    escape(VisibleText.of(text, indent: 0), ["%": "%25", "\r": "%0D", "\n": "%0A"])
  }

  private static func property(_ text: String) -> String {
    escape(VisibleText.of(text, indent: 0), ["%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"])
  }

  private static func escape(_ text: String, _ escapes: [Unicode.Scalar: String]) -> String {
    text.unicodeScalars.reduce(into: "") { $0 += escapes[$1] ?? String($1) }
  }
}
