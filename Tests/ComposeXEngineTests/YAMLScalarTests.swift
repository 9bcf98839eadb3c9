@testable import ComposeXEngine
import Testing

/// What plain scalars mean, and how values are written so that they mean the same again.
@Suite struct YAMLScalarTests {
  private func resolve(_ text: String) -> Node.Value {
    Array(text.utf8).withUnsafeBufferPointer { YAMLScalar.resolve($0) }
  }

  private func shown(_ value: Node.Value) -> String {
    switch value {
    case .null: "null"
    case .bool(let bool): "bool \(bool)"
    case .int(let int): "int \(int)"
    case .float(let float): "float \(YAMLScalar.text(of: float))"
    case .string(let string): "string \(string)"
    default: "other"
    }
  }

  @Test(arguments: [
    ("", "null"), ("~", "null"), ("null", "null"), ("Null", "null"), ("NULL", "null"), ("nUll", "string nUll"),
    ("true", "bool true"), ("FALSE", "bool false"), ("yes", "string yes"), ("off", "string off"), ("y", "string y"),
    ("0", "int 0"), ("-12", "int -12"), ("+7", "int 7"), ("0x1F", "int 31"), ("0b101", "int 5"), ("0o17", "int 15"),
    ("0440", "int 288"), ("08", "float 8"), ("1_000", "int 1000"), ("9223372036854775807", "int 9223372036854775807"),
    ("9223372036854775808", "float 9223372036854776000"), ("1.5", "float 1.5"), (".5", "float 0.5"), ("1.", "float 1"),
    ("1e3", "float 1000"), ("+1.0", "float 1"), ("-0", "float -0"), (".inf", "float .inf"), ("-.INF", "float -.inf"),
    (".nan", "float .nan"), ("22:22", "string 22:22"), ("12:30:45", "string 12:30:45"),
    ("2024-01-01", "string 2024-01-01"),
    ("1.2.3", "string 1.2.3"), ("0x", "string 0x"), ("1e", "string 1e"), (".", "string ."), ("-", "string -"),
    ("0b2", "string 0b2"), ("--1", "string --1"), ("1-2", "string 1-2"),
  ]) func plain(_ text: String, _ meaning: String) {
    #expect(shown(resolve(text)) == meaning)
  }

  @Test(arguments: [
    (1.1, "1.1"), (1e21, "1e+21"), (1e20, "100000000000000000000"), (0.0001, "0.0001"), (0.00001, "1e-05"),
    (123.456, "123.456"),
    (1.5e-7, "1.5e-07"), (-2.5, "-2.5"), (100, "100"), (0.1 + 0.2, "0.30000000000000004"), (1.25e300, "1.25e+300"),
  ]) func floats(_ value: Double, _ text: String) {
    #expect(YAMLScalar.text(of: value) == text)
  }

  @Test(arguments: [
    "plain", "two words", "--flag", "-x", "/var/lib", "nginx:1.27", "a#b", "80:80/tcp", "ünïcode",
    "x: y".replacing(": ", with: ":"),
    "10.0.0.0/16", "v1.2.3",
  ]) func staysPlain(_ text: String) {
    #expect(YAMLText.isPlain(text))
  }

  @Test(arguments: [
    "", " a", "a ", "true", "Yes", "n", "off", "null", "~", "1", "1.5", "0x1f", "1_000", "22:22", "12:30:45.5",
    "2024-01-01",
    "2024-01-01T10:00:00Z", ".inf", ".NaN", "- a", "-", "---", "...", "? a", ": a", "a: b", "a #b", "a:", "#a", "&a",
    "*a", "!a",
    "|", ">", "'a", "\"a", "%a", "@a", "`a", "[a", "{a", ",a", "=", "<<", "a\nb", "a\tb", "\u{85}", "\u{2028}",
    "\u{FEFF}a", "\u{7}",
    "1e3", "+1", "-1", ".5", "0o17", "017",
  ]) func isQuoted(_ text: String) {
    #expect(!YAMLText.isPlain(text))
  }

  /// Any text that is written is read as the same text.
  @Test func textsComeBack() throws {
    var random = SeededGenerator(seed: 7)
    let alphabet: [Character] = Array("ab01 \n\t:#-'\"\\{}[]&*!|>%@`~.,?_=<$é\u{85}\u{2028}\u{FEFF}\u{1F600}\u{7}yn")
    for _ in 0..<3_000 {
      let text = String(
        (0..<Int.random(in: 0...12, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? "a" })
      let tree = Node(
        .map([
          "key": Node(.list([Node(.string(text), at: .unknown)]), at: .unknown),
          text: Node(.string(text), at: .unknown),
        ]), at: .unknown)
      let written = YAMLWriter.write(tree)
      let findings = Findings()
      let read = try YAMLComposer.documents(written, file: SourceFile(name: "x", role: .compose), findings: findings)
      #expect(findings.all.isEmpty)
      #expect(
        read.first?.compact == tree.compact,
        "\(text.debugDescription) was written as \(String(decoding: written, as: UTF8.self))")
    }
  }

  /// YAML knows a key of more than 1,024 characters by a question mark only.
  @Test(arguments: [10, 999, 1_001, 1_025, 4_000]) func longKeysComeBack(_ length: Int) throws {
    let key = String(repeating: "k", count: length)
    let entry = Node(.map([key: Node(.list([Node(.int(1), at: .unknown)]), at: .unknown)]), at: .unknown)
    let tree = Node(.map([key: entry, "list": Node(.list([entry]), at: .unknown)]), at: .unknown)
    let findings = Findings()
    let read = try YAMLComposer.documents(
      YAMLWriter.write(tree), file: SourceFile(name: "x", role: .compose), findings: findings)
    #expect(findings.all.isEmpty)
    #expect(read.first?.compact == tree.compact)
  }
}
