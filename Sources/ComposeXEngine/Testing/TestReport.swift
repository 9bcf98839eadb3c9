/// How the results of tests are written: for people as they come, for programs when all have ended.
public enum TestReport: String, CaseIterable, Sendable {
  case text, tap, junit, json

  /// All results in the form; empty for `text`, which is written as tests end.
  public func write(_ results: [PackTests.Result], of pack: String) -> [UInt8] {
    switch self {
    case .text: []
    case .tap: Array(Self.tap(results).utf8)
    case .junit: Array(Self.junit(results, pack).utf8)
    case .json: JSONWriter.write(Self.node(results))
    }
  }

  private static func message(_ result: PackTests.Result) -> String {
    result.faults.map(\.description).joined(separator: "\n")
  }

  /// https://testanything.org/tap-version-14-specification.html
  private static func tap(_ results: [PackTests.Result]) -> String {
    var text = "TAP version 14\n1..\(results.count)\n"
    for (index, result) in results.enumerated() {
      let name = MarkupText.escaped(line(result.name), ["\\": "\\\\", "#": "\\#"])
      text += "\(result.faults.isEmpty ? "ok" : "not ok") \(index + 1) - \(name)\n"
      if result.faults.isEmpty { continue }
      let lines = message(result).split(separator: "\n", omittingEmptySubsequences: false)
      text += "  ---\n  message: |\n" + lines.map { "    \($0)\n" }.joined() + "  ...\n"
    }
    return text
  }

  /// What Jenkins, GitLab and GitHub Actions read: https://github.com/testmoapp/junitxml
  private static func junit(_ results: [PackTests.Result], _ pack: String) -> String {
    let failed = results.count { !$0.faults.isEmpty }
    let counts = "tests=\"\(results.count)\" failures=\"\(failed)\""
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites \(counts)>\n"
    text += "  <testsuite name=\"\(xml(pack))\" \(counts)>\n"
    for result in results {
      text += "    <testcase classname=\"\(xml(pack))\" name=\"\(xml(result.name))\""
      if let fault = result.faults.first {
        text +=
          ">\n      <failure message=\"\(xml(fault.message))\">\(xml(message(result)))</failure>\n    </testcase>\n"
      } else {
        text += "/>\n"
      }
    }
    return text + "  </testsuite>\n</testsuites>\n"
  }

  private static func node(_ results: [PackTests.Result]) -> Node {
    let failed = results.count { !$0.faults.isEmpty }
    let codes = FindingCodes(kinds: [])
    return .map([
      "version": .number(1), "passed": .number(Int32(results.count - failed)), "failed": .number(Int32(failed)),
      "tests": .list(
        results.map { result in
          .map([
            "name": .text(result.name), "passed": Node(.bool(result.faults.isEmpty), at: .unknown),
            "faults": JSONDiagnostics.node(result.faults, codes),
          ])
        }),
    ])
  }

  private static func line(_ text: String) -> String {
    VisibleText.of(text, indent: 0).split(separator: "\n").joined(separator: " ")
  }

  private static func xml(_ text: String) -> String {
    VisibleText.of(text, indent: 0).unicodeScalars.reduce(into: "") { text, scalar in
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      case "\n": text += "&#10;"
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}
