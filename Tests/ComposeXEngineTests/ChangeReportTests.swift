import Testing

@testable import ComposeXEngine

/// A report fits a comment on a pull request, whatever it holds.
@Suite struct ChangeReportTests {
  private func report(_ count: Int, _ text: String) -> ChangeReport {
    ChangeReport(
      stack: "shop", scope: .versions(from: "HEAD", to: "working tree"),
      groups: (0..<count).map { number in
        let property = Change.Property(path: "Name", before: .of(text), after: .of("\(text)!"))
        let change = Change(
          logicalId: "Queue\(number)", type: "AWS::SQS::Queue", action: .modify, effect: .replace,
          properties: [property])
        return ChangeGroup(subject: "x-sqs::\(number)", place: nil, changes: [change])
      })
  }

  @Test func whatIsTooMuchIsCounted() {
    let text = report(2000, "some text").markdown
    #expect(text.utf16.count <= 65_536)
    #expect(text.utf16.count > 60_000)
    #expect(text.contains("This is too much for one comment"))
    #expect(text.contains("<details>"))
  }

  @Test func emojiCountTwice() {
    #expect(report(2000, String(repeating: "\u{1F600}", count: 60)).markdown.utf16.count <= 65_536)
  }

  @Test func securityHasAThird() {
    var report = report(3, "some text")
    report.security = SecurityChanges(
      portsOpened: (0..<5000).map { number in
        SecurityChanges.Fact(
          value: SecurityChanges.Port(from: "internet", to: "services::\(number)", transport: "tcp", port: number))
      })
    #expect(report.markdown.utf16.count <= 65_536)
    #expect(report.markdown.contains(" more\n"))
    #expect(report.markdown.contains("Queue2"))
  }

  @Test func aValueStaysInItsCell() {
    let rows = report(1, "a|b`c\nd<e>").markdown.split(separator: "\n").filter { $0.contains("Queue0") }
    #expect(rows.count == 1)
    #expect(rows[0].contains(#"a\|b'c"#))
  }
}
