@testable import ComposeXEngine
import Testing

/// The grammar of `.env` files.
@Suite struct ComposeDotenvTests {
  private func read(_ text: String, _ format: Dotenv.Format = .dotenv, _ known: [String: String] = [:]) -> [String] {
    let findings = Findings()
    var values = Dotenv.Values()
    Dotenv.read(
      Array(text.utf8), file: SourceFile(name: "e", role: .environment), format: format, into: &values,
      findings: findings
    ) { known[$0] }
    return findings.all.map { "\($0)".split(separator: "\n").first.map(String.init) ?? "" }
      + values.map { "\($0.key)=\($0.value.value)" }
  }

  @Test(arguments: [
    ("A=1\nB=2\n", ["A=1", "B=2"]), ("A: 1", ["A=1"]), ("export A=1", ["A=1"]), ("export\tA=1", ["A=1"]),
    ("exportA=1", ["exportA=1"]),
    ("A = b c  ", ["A=b c"]), ("A=b # c", ["A=b"]), ("A=b#c", ["A=b#c"]), ("A=b\t# c", ["A=b\t# c"]),
    ("# c\n\n A=1\r\nB=2\r\n", ["A=1", "B=2"]),
    ("A=", ["A="]), ("=v", ["=v"]), ("A='x\ny'", ["A=x\ny"]), ("A='it\\'s $B'", ["A=it's $B"]),
    ("A=\"x\\ny\\t\\\"z\\\"\"", ["A=x\ny\t\"z\""]),
    ("A=\"\\x07 \\u12e4\"", ["A=\\x07 \\u12e4"]), ("A=\"\\$B ${K}\"", ["A=$B k"]),
    ("A=1\nB=${A}${K}", ["A=1", "B=1k"]), ("K=file\nU=$K", ["K=file", "U=k"]),
    ("K", ["K=k"]), ("NOPE\nA=1", ["A=1"]), ("K\nA=1\nNOPE", ["K=k", "A=1"]), ("\u{FEFF}A=1", ["A=1"]),
    ("A='x' # c\nB=2", ["A=x", "B=2"]), ("ключ=1", ["ключ=1"]),
    ("A=a\\nb", ["A=a\\nb"]), ("A=\"\\0101\"", ["A=A"]),
    ("A B=1", ["e:1:1: error: line 1: key cannot contain a space: \"A B=1\""]),
    ("X=1\nA!=1", ["e:2:2: error: line 2: unexpected character \"!\" in variable name \"A!=1\"", "X=1"]),
    ("A=\"x\nB=1", ["e:1:3: error: line 1: unterminated quoted value \"x"]),
    ("A=${}", ["e:1:3: error: invalid interpolation format for a value of e: \"${}\""]),
  ]) func statements(_ text: String, _ result: [String]) {
    #expect(read(text, .dotenv, ["K": "k"]) == result)
  }

  @Test func rawValuesStayAsTheyAre() {
    #expect(
      read("A='x' # y\nB=\"$C\"\n# no\nD=a=b\nK\n", .raw, ["K": "k"]) == ["A='x' # y", "B=\"$C\"", "D=a=b", "K=k"])
  }

  @Test func valuesCannotGrowWithoutBound() {
    var text = "A=" + String(repeating: "x", count: 1_000) + "\n"
    for index in 0..<40 { text += "B\(index)=${B\(index - 1):-$A}${B\(index - 1):-$A}\n".replacing("B-1", with: "A") }
    #expect(read(text).first?.contains("longer than") == true)
  }
}
