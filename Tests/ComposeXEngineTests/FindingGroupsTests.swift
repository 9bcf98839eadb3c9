import Testing

@testable import ComposeXEngine

@Suite struct FindingGroupsTests {
  private func warnings(_ names: String..., consequence: Consequence = .none) -> [Finding] {
    let file = SourceFile(name: "compose.yaml", role: .compose)
    return names.enumerated().map { index, name in
      var finding = Finding.warning(at: Place(file: file, line: index + 2, column: 1), "services::\(name) x is y")
      finding.consequence = consequence
      return finding
    }
  }

  @Test func twoStandAlone() {
    let groups = FindingGroups(warnings("a", "b"))
    #expect(groups.shown.count == 2)
    #expect(groups.summary == nil)
  }

  @Test func threeAreOneLine() {
    let groups = FindingGroups(warnings("a", "b", "c"))
    #expect(groups.shown.map(\.notes) == [["and 2 more: services::b (line 3), services::c (line 4); -v shows each"]])
    #expect(groups.summary == "3 warnings (3 without effect); -v shows all")
  }

  @Test func kindsDoNotMix() {
    var other = warnings("d")[0]
    other.message = "services::d z is y"
    #expect(FindingGroups(warnings("a", "b", "c") + [other]).shown.count == 2)
    #expect(FindingGroups(warnings("a", "b") + warnings("c", consequence: .data)).shown.count == 3)
  }

  @Test func errorsStandAlone() {
    let errors = (1...5).map { Finding.error(at: .unknown, "services::s\($0) is wrong") }
    let groups = FindingGroups(errors)
    #expect(groups.shown.count == 5)
    #expect(groups.summary == "5 errors")
  }

  @Test func theWorstFirst() {
    let findings = Findings()
    for finding in warnings("a") + warnings("b", consequence: .start) { findings.report(finding) }
    findings.report(Finding(.note, at: .unknown, "n"))
    findings.report(.error(at: .unknown, "e"))
    #expect(findings.sorted.map(\.message) == ["e", "services::b x is y", "services::a x is y", "n"])
  }
}
