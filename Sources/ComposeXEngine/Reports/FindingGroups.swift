/// Findings as people read them: those that say the same of many things are one line, and a line at the end counts all.
public struct FindingGroups {
  /// So many of one kind stand as they are; more are one line.
  private static let mostAlone = 2
  /// So many names stand in the note of a group.
  private static let mostNames = 6
  /// So many findings need no summary.
  private static let mostUncounted = 3

  /// What is shown: of each group the first, with a note that names the others.
  public private(set) var shown: [Finding] = []
  /// The summary; nil where a glance counts them.
  public private(set) var summary: String?

  /// Groups findings that are in order.
  public init(_ findings: [Finding]) {
    var groups: [String: [Finding]] = [:]
    var order: [(key: String?, finding: Finding)] = []
    for finding in findings {
      guard finding.severity == .warning else {
        order.append((nil, finding))
        continue
      }
      let key = Self.kind(finding)
      if groups[key] == nil { order.append((key, finding)) }
      groups[key, default: []].append(finding)
    }
    var hidden = 0
    for (key, finding) in order {
      let group = key.flatMap { groups[$0] } ?? [finding]
      if group.count <= Self.mostAlone {
        shown += group
      } else {
        var first = finding
        first.notes.append(Self.others(group))
        shown.append(first)
        hidden += group.count - 1
      }
    }
    if findings.count > Self.mostUncounted || hidden > 0 { summary = Self.count(findings, hidden) }
  }

  /// What a finding is about, without whom: names, texts and numbers are left out.
  private static func kind(_ finding: Finding) -> String {
    var kind = "\(finding.severity.rawValue) \(finding.consequence.rawValue) "
    if let group = finding.group { return kind + group }
    for word in finding.message.split(separator: " ") {
      if word.contains("::") || word.contains(where: \.isNumber) || word.hasPrefix("\"") {
        kind += word.hasSuffix(":") ? "*: " : "* "
      } else {
        kind += word + " "
      }
    }
    return kind
  }

  /// `and 14 more: services::db (12), services::web (20), ...: -v shows them`
  private static func others(_ group: [Finding]) -> String {
    let names: [String] = group.dropFirst().prefix(mostNames).map { finding in
      let words = finding.message.split(separator: " ")
      let subject = words.first { $0.contains("::") } ?? words.first { $0.hasPrefix("\"") }
      let line = finding.place.line > 0 ? "line \(finding.place.line)" : ""
      return subject.map { "\($0)\(line.isEmpty ? "" : " (\(line))")" } ?? line
    }
    let more = group.count - 1 > mostNames ? ", ..." : ""
    return "and \(group.count - 1) more: \(names.joined(separator: ", "))\(more); -v shows each"
  }

  private static func count(_ findings: [Finding], _ hidden: Int) -> String {
    func counted(_ number: Int, _ what: String) -> String { "\(number) \(what)\(number == 1 ? "" : "s")" }
    let warnings = findings.filter { $0.severity == .warning }
    let errors = findings.count { $0.severity == .error }
    var parts: [String] = []
    if errors > 0 { parts.append(counted(errors, "error")) }
    if !warnings.isEmpty {
      let kinds = Consequence.allCases.compactMap { kind -> String? in
        let number = warnings.count { $0.consequence == kind }
        return number > 0 ? "\(number) \(kind.summary)" : nil
      }
      parts.append("\(counted(warnings.count, "warning")) (\(kinds.joined(separator: ", ")))")
    }
    let notes = findings.count { $0.severity == .note }
    if notes > 0 { parts.append(counted(notes, "note")) }
    return parts.joined(separator: ", ") + (hidden > 0 ? "; -v shows all" : "")
  }
}
