@testable import ComposeXEngine
import Testing

/// `${NAME}` and its operators.
@Suite struct VariableTextTests {
  private func substitute(_ text: String, _ variables: [String: String]) -> String {
    do throws(VariableText.Problem) { return try VariableText.substitute(text) { variables[$0] } } catch {
      switch error {
      case .malformed(let part): return "malformed \(part)"
      case .required(let name, let message): return "required \(name) \(message)"
      case .tooLong: return "too long"
      }
    }
  }

  @Test(arguments: [
    // form, unset, empty, set to "v"
    ("$V", "", "", "v"), ("${V}", "", "", "v"), ("${V:-d}", "d", "d", "v"), ("${V-d}", "d", "", "v"),
    ("${V:+p}", "", "", "p"), ("${V+p}", "", "p", "p"), ("${V:?m}", "required V m", "required V m", "v"),
    ("${V?m}", "required V m", "", "v"), ("${V:-}", "", "", "v"), ("a${V-x?y}b", "ax?yb", "ab", "avb"),
    ("${V:-/non:-alpha}", "/non:-alpha", "/non:-alpha", "v"), ("${V-${W:-z}}", "z", "", "v"),
    ("${V:-{\"j\":1}}", "{\"j\":1}", "{\"j\":1}", "v"),
    ("${V:-a\nb}", "a\nb", "a\nb", "v"),
  ]) func operators(_ text: String, _ unset: String, _ empty: String, _ set: String) {
    #expect(substitute(text, [:]) == unset)
    #expect(substitute(text, ["V": ""]) == empty)
    #expect(substitute(text, ["V": "v"]) == set)
  }

  @Test(arguments: [
    ("$$", "$"), ("$${V}", "${V}"), ("a $ b", "a $ b"), ("^RE$", "^RE$"), ("$}", "$}"), ("$1", "$1"), ("$$$V", "$v"),
    ("${V} }}}", "v }}}"),
    ("${AWS::Region}", "${AWS::Region}"), ("arn:${AWS::Partition}:$V", "arn:${AWS::Partition}:v"),
    ("${V+$V ${V:+second}}", "v second"),
    ("${", "malformed ${"), ("${}", "malformed ${}"), ("${ }", "malformed ${ }"), ("${ x}", "malformed ${ x}"),
    ("${x }", "malformed ${x }"),
    ("${x!}", "malformed ${x!}"), ("${V/a/b}", "malformed ${V/a/b}"), ("${1x}", "malformed ${1x}"),
    ("${AWS::}", "malformed ${AWS::}"),
    ("${V:-${}", "malformed ${V:-${}"), ("$VW", ""), ("${V:x}", "malformed ${V:x}"),
  ]) func texts(_ text: String, _ result: String) {
    #expect(substitute(text, ["V": "v"]) == result)
  }

  @Test func argumentsThatAreNotUsedAreNotLookedAt() {
    #expect(substitute("${V:-${X:?no}}", ["V": "v"]) == "v")
    #expect(substitute("${X:+${}}", [:]) == "")
    var unset: [String] = []
    _ = try? VariableText.substitute("${V:-$X} $Y", lookup: { $0 == "V" ? "v" : nil }) { unset.append($0) }
    #expect(unset == ["Y"])
  }

  @Test func boundsHold() {
    let deep = String(repeating: "${A:-", count: 5_000) + "x" + String(repeating: "}", count: 5_000)
    #expect(substitute(deep, [:]).hasPrefix("malformed"))
    #expect(
      substitute(String(repeating: "$A", count: 3_000), ["A": String(repeating: "x", count: 1_000)]) == "too long")
  }

  @Test func variablesAreFoundInArgumentsToo() {
    let found = VariableText.variables(in: "$A ${B:-${C:+x}} ${D?no} $$E")
    #expect(found.map(\.name) == ["A", "B", "C", "D"])
    #expect(found[1].fallback == "${C:+x}")
    #expect(found[2].alternate == "x")
    #expect(found[3].isRequired)
  }

  /// A random template and, built beside it, the text that it must give.
  private indirect enum Piece {
    case text(String), dollar, variable(Int), braced(Int, String, [Piece])

    func source(_ pieces: [Piece]) -> String { pieces.map { $0.source }.joined() }

    var source: String {
      switch self {
      case .text(let text): text
      case .dollar: "$$"
      case .variable(let index): "${V\(index)}"
      case .braced(let index, let operation, let argument): "${V\(index)\(operation)\(source(argument))}"
      }
    }

    func value(_ values: [String?]) -> String {
      switch self {
      case .text(let text): return text
      case .dollar: return "$"
      case .variable(let index): return values[index] ?? ""
      case .braced(let index, let operation, let argument):
        let value = operation.hasPrefix(":") && values[index] == "" ? nil : values[index]
        let inner = argument.map { $0.value(values) }.joined()
        return operation.hasSuffix("-") ? value ?? inner : value == nil ? "" : inner
      }
    }

    static func make(_ random: inout SeededGenerator, depth: Int) -> [Piece] {
      (0..<Int.random(in: 0...3, using: &random)).map { _ in
        switch Int.random(in: 0...(depth > 4 ? 2 : 4), using: &random) {
        case 0: .text(["a", " - ", "{x}", ":?+", "é"].randomElement(using: &random) ?? "")
        case 1: .dollar
        case 2: .variable(Int.random(in: 0...3, using: &random))
        default:
          .braced(
            Int.random(in: 0...3, using: &random), ["-", ":-", "+", ":+"].randomElement(using: &random) ?? "-",
            make(&random, depth: depth + 1))
        }
      }
    }
  }

  @Test func generatedTemplatesGiveWhatTheySay() {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<3_000 {
      let pieces = Piece.make(&random, depth: 0)
      let values: [String?] = (0...3).map { _ in [nil, "", "v", "$x", "${V1}"].randomElement(using: &random) ?? nil }
      let source = pieces.map(\.source).joined()
      var variables: [String: String] = [:]
      for (index, value) in values.enumerated() { variables["V\(index)"] = value }
      #expect(substitute(source, variables) == pieces.map { $0.value(values) }.joined(), "\(source) with \(variables)")
    }
  }
}
