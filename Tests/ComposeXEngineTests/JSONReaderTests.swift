import Testing

@testable import ComposeXEngine

@Suite struct JSONReaderTests {
  private func read(_ text: String) -> Node? { try? JSONReader.read(Array(text.utf8)) }

  @Test func values() throws {
    let node = try #require(read(#"{"a": [1, -2.5, true, null, "x\n\u00e9\ud83d\ude00"], "b": {}, "c": []} "#))
    let items = try #require(node["a"]?.list)
    #expect(items[0].int == 1)
    #expect(items[1].scalarText == "-2.5")
    #expect(items[2].bool == true)
    #expect(items[3].isNull)
    #expect(items[4].string == "x\né😀")
    #expect(node["b"]?.fields?.isEmpty == true)
    #expect(node["c"]?.list?.isEmpty == true)
  }

  @Test(arguments: ["", "{", "[1", "{\"a\"}", "[1,]", "nul", "\"\\x\"", "\"open", "1 2", "{\"a\":1,}"])
  func refuses(_ text: String) { #expect(read(text) == nil) }

  @Test func controlCharactersOfLogs() {
    #expect(read("\"a\u{7F}\u{85}\\u001b[31m\"")?.string == "a\u{7F}\u{85}\u{1B}[31m")
  }

  @Test func halfOfAPair() { #expect(read(#""\ud83dx""#)?.string == "\u{FFFD}x") }

  @Test func depthIsBounded() { #expect(read(String(repeating: "[", count: 100_000)) == nil) }
}
