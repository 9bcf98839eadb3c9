import Testing

@testable import ComposeXEngine

/// Nothing that is printed moves a cursor, turns the direction of writing, or begins a line that is not ours.
@Suite struct VisibleTextTests {
  private static let obeyed: [ClosedRange<UInt32>] = [
    0x00...0x08, 0x0B...0x1F, 0x7F...0x9F, 0x61C...0x61C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069,
  ]

  @Test func everyControlIsShown() {
    for scalar in Self.obeyed.joined().compactMap(Unicode.Scalar.init) {
      let text = "a\(scalar)b"
      #expect(VisibleText.of(text) == "a\\u{\(String(scalar.value, radix: 16))}b")
      let finding = Finding.error(
        at: Place(file: SourceFile(name: text, role: .compose), line: 1), text, remedy: text, notes: [text])
      for format in DiagnosticsFormat.allCases {
        let printed = String(decoding: format.write([finding], codes: nil), as: UTF8.self)
        #expect(!printed.unicodeScalars.contains(scalar), "\(format) \(scalar.value)")
      }
      let styled = String(decoding: DiagnosticsFormat.text.write([finding], codes: nil, isStyled: true), as: UTF8.self)
      #expect(scalar == "\u{1B}" || !styled.unicodeScalars.contains(scalar))
      for node in [Node(.string(text), at: .unknown), Node(.map([text: Node(.null, at: .unknown)]), at: .unknown)] {
        #expect(!String(decoding: JSONWriter.write(node), as: UTF8.self).unicodeScalars.contains(scalar))
        #expect(!String(decoding: YAMLWriter.write(node), as: UTF8.self).unicodeScalars.contains(scalar))
      }
    }
  }

  @Test(arguments: [
    ("a\n::error::b", "a\n  \\u{3a}:error::b"), ("::error::b", "\\u{3a}:error::b"), (" \t::a", " \t\\u{3a}:a"),
    ("a\n \n\u{2003}::b", "a\n   \n  \u{2003}\\u{3a}:b"), ("a ##[add-mask]b", "a \\u{23}#[add-mask]b"),
    ("x##vso[task]y", "x\\u{23}#vso[task]y"), ("x-sqs::jobs # ## a", "x-sqs::jobs # ## a"), ("é\tb", "é\tb"),
    ("a\r\n::b", "a\\u{d}\n  \\u{3a}:b"), ("", ""),
  ])
  func noValueBeginsALine(text: String, shown: String) { #expect(VisibleText.of(text) == shown) }

  @Test func linesOfAFinding() {
    let text = "a\n::error::b"
    let finding = Finding.error(
      at: Place(file: SourceFile(name: text, role: .compose)), text, remedy: text, notes: [text])
    let lines = finding.description.split(separator: "\n")
    #expect(lines.count == 7 && lines.dropFirst().allSatisfy { $0.hasPrefix("  ") })
    #expect(!lines.contains { $0.drop { $0 == " " }.hasPrefix("::") })
    #expect(
      String(decoding: DiagnosticsFormat.github.write([finding], codes: nil), as: UTF8.self).split(separator: "\n")
        .count == 1)
  }
}
