/// Findings as a log in the Static Analysis Results Interchange Format, version 2.1.0.
/// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
enum SARIF {
  private static let schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

  /// Findings point at their kinds by these, of which the log has those that it needs; the stage stands among the properties.
  static func log(_ findings: [Finding], _ codes: FindingCodes) -> Node {
    let found = findings.map(codes.code)
    let rows = codes.rows.filter { found.contains($0.code) }
    return .map([
      "$schema": .text(schema), "version": .text("2.1.0"),
      "runs": .list([
        .map([
          "tool": .map(["driver": driver(rows)]), "columnKind": .text("unicodeCodePoints"),
          "results": .list(zip(findings, found).map { result($0, $1, of: rows) }),
        ])
      ]),
    ])
  }

  private static func driver(_ rows: [FindingCodes.Row]) -> Node {
    .map([
      "name": .text("composex"), "version": .text(ComposeXVersion.text),
      "rules": .list(
        rows.map { row in
          .map([
            "id": .text(row.code), "shortDescription": .map(["text": .text(row.title)]),
            "help": .map(["text": .text(row.help)]),
          ])
        }),
    ])
  }

  private static func result(_ finding: Finding, _ code: String, of rows: [FindingCodes.Row]) -> Node {
    let index = rows.firstIndex { $0.code == code } ?? 0
    var fields: Node.Fields = [
      "ruleId": .text(code), "ruleIndex": .number(Int32(index)),
      "level": .text(finding.severity.rawValue),
      "message": .map(["text": .text(finding.details)]),
      "properties": .map(["stage": .text(finding.rule.rawValue)]),
    ]
    if let location = location(finding.place) { fields["locations"] = .list([location]) }
    return .map(fields)
  }

  private static func location(_ place: Place) -> Node? {
    guard let file = place.file else { return nil }
    var physical: Node.Fields = ["artifactLocation": .map(["uri": .text(uri(file.name))])]
    if place.line > 0 {
      var region: Node.Fields = ["startLine": .number(place.line)]
      if place.column > 0 { region["startColumn"] = .number(place.column) }
      physical["region"] = .map(region)
    }
    return .map(["physicalLocation": .map(physical)])
  }

  /// A path as a URI reference (RFC 3986): relative ones stay so, as code scanning services want them.
  private static func uri(_ path: String) -> String {
    var text = path.hasPrefix("/") ? "file://" : ""
    let digits = Array("0123456789ABCDEF".unicodeScalars)
    for byte in path.utf8 {
      switch byte {
      case 48...57, 65...90, 97...122, 45, 46, 47, 95, 126: text.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        text += "%"
        text.unicodeScalars.append(digits[Int(byte >> 4)])
        text.unicodeScalars.append(digits[Int(byte & 15)])
      }
    }
    return text
  }
}
