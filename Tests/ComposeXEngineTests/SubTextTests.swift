import Testing

@testable import ComposeXEngine

/// The texts of `Fn::Sub`, in parts.
@Suite struct SubTextTests {
  /// A part as it is read here: `[Ref]`, `[Ref.Attribute]`, or the literal.
  private func read(_ text: String) -> String {
    [TextPart](sub: text).map { part in
      switch part {
      case .literal(let literal): literal
      case .reference(let reference): "[\(reference.text)]"
      case .variable(let name, _): "[=\(name)]"
      }
    }.joined()
  }

  @Test(arguments: [
    ("", ""), ("plain", "plain"), ("a-${AWS::Region}-${Web.Arn}", "a-[AWS::Region]-[Web.Arn]"),
    ("${!Literal} $x $", "${Literal} $x $"), ("${A}${B", "[A]${B"), ("$${A}", "$[A]"), ("é${A}é", "é[A]é"),
    ("${Web.Endpoint.Port}", "[Web.Endpoint.Port]"), ("${!\u{301}a}", "${\u{301}a}"), ("${A.\u{301}B}", "[A.\u{301}B]"),
  ])
  func parts(text: String, expected: String) { #expect(read(text) == expected) }

  /// Whoever writes half a million of them waits for one look at the text, not for one at the rest after each.
  @Test(.timeLimit(.minutes(5))) func openBracesThatAreNeverClosed() {
    let text = String(repeating: "${", count: 500_000)
    #expect(read(text) == text)
  }

  @Test func variables() {
    let parts = [TextPart](sub: "${a}${b}", variables: ["a": Node(.int(1), at: .unknown)])
    guard case .variable("a", _) = parts.first, case .reference(let reference) = parts.last else {
      Issue.record("\(parts)")
      return
    }
    #expect(reference.text == "b")
  }
}
