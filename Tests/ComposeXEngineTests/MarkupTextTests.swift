import Testing

@testable import ComposeXEngine

/// What stands in pages, pictures and comments is text there, whatever Unicode makes of its signs.
@Suite struct MarkupTextTests {
  /// Signs that are one Character with what stands before or behind them.
  @Test(arguments: ["", "\u{600}", "\u{200D}", "\u{1F1E6}"], ["", "\u{301}", "\u{FE0F}", "\u{338}"])
  func signsAreFound(before: String, behind: String) {
    let text = "a\(before)</script>\(behind)\(before)<b\(before)\"\(behind)\(before)&\(behind)"
    let html = MarkupText.html(text).utf8
    #expect(!html.contains(UInt8(ascii: "<")) && !html.contains(UInt8(ascii: "\"")))
    #expect(MarkupText.html(text).unicodeScalars.count > text.unicodeScalars.count)
  }

  @Test func othersStay() {
    #expect(MarkupText.html("x-sqs::jobs ✓ \u{1F600}") == "x-sqs::jobs ✓ \u{1F600}")
    #expect(MarkupText.html("<a href=\"x\">&</a>") == "&lt;a href=&quot;x&quot;&gt;&amp;&lt;/a&gt;")
    #expect(MarkupText.escaped("a|b\n`c`", ["|": "\\|", "\n": " ", "`": "'"]) == "a\\|b 'c'")
  }
}
