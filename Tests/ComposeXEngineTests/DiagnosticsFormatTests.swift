import Testing

@testable import ComposeXEngine

@Suite struct DiagnosticsFormatTests {
  private let findings = [
    Finding.error(
      at: Place(file: SourceFile(name: "a b/ä.yaml", role: .compose), line: 3, column: 7), "x is wrong",
      remedy: "mend it"),
    Finding.warning(
      at: Place(file: SourceFile(name: "/tmp/t.lua", role: .script), line: 2), "50% of y", notes: ["in z"]),
    Finding.error(at: .unknown, "nothing there"),
  ]

  private func results(_ format: DiagnosticsFormat) throws -> Node {
    let text = format.write(findings, codes: nil)
    return try #require(
      YAMLComposer.documents(
        text, file: SourceFile(name: "out", role: .compose), findings: Findings(), limits: YAMLLimits()
      ).first)
  }

  /// The parts of SARIF 2.1.0 that readers go by; scripts/check-schemas.py holds whole logs against its JSON Schema.
  @Test func sarif() throws {
    let log = try results(.sarif)
    #expect(log["version"]?.string == "2.1.0")
    let run = try #require(log["runs"]?.list?.first)
    let rules = try #require(run["tool"]?["driver"]?["rules"]?.list)
    #expect(rules.compactMap { $0["id"]?.string } == ["CX0010"])
    #expect(rules[0]["help"]?["text"]?.string?.isEmpty == false)
    let results = try #require(run["results"]?.list)
    #expect(results.compactMap { $0["level"]?.string } == ["error", "warning", "error"])
    #expect(results[0]["message"]?["text"]?.string == "x is wrong\nmend it")
    #expect(results[1]["message"]?["text"]?.string == "50% of y\nin z")
    for result in results {
      let index = try #require(result["ruleIndex"]?.int)
      #expect(rules[index]["id"]?.string == result["ruleId"]?.string)
    }
    let location = results.map { $0["locations"]?.list?.first?["physicalLocation"] }
    #expect(location[0]?["artifactLocation"]?["uri"]?.string == "a%20b/%C3%A4.yaml")
    #expect(location[0]?["region"]?["startLine"]?.int == 3)
    #expect(location[0]?["region"]?["startColumn"]?.int == 7)
    #expect(location[1]?["artifactLocation"]?["uri"]?.string == "file:///tmp/t.lua")
    #expect(location[1]?["region"]?["startColumn"] == nil)
    #expect(results[2]["locations"] == nil)
  }

  @Test func colour() {
    let plain = String(decoding: DiagnosticsFormat.text.write(findings, codes: nil), as: UTF8.self)
    let styled = String(decoding: DiagnosticsFormat.text.write(findings, codes: nil, isStyled: true), as: UTF8.self)
    #expect(!plain.contains("\u{1B}"))
    #expect(styled.contains("\u{1B}[1;31merror:\u{1B}[0m"))
    #expect(styled.contains("\u{1B}[1;35mwarning:\u{1B}[0m"))
  }

  @Test func theStageIsTheRule() {
    let findings = Findings()
    findings.stage = .scripts
    findings.report(.error(at: .unknown, "a"))
    findings.stage = .checks
    findings.report(.error(at: .unknown, "b"))
    #expect(findings.all.map(\.rule) == [.scripts, .checks])
  }
}
