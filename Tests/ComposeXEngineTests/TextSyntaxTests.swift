import Testing

@testable import ComposeXEngine

/// Signs that mean something are found whatever stands beside them: no mark makes one character with them that hides them.
@Suite struct TextSyntaxTests {
  /// Marks that join what follows (prepend), what goes before (extend), or both.
  static let marks = ["\u{600}", "\u{110BD}", "\u{301}", "\u{200D}", "\u{FE0F}", "\u{E0100}"]
  private static let signs: [Character] = [
    "$", "{", "}", "=", ":", "/", "#", ".", "-", ",", "\"", "'", "[", "]", "*", "!", " ", "@", "|", "%", "&", "~", "\n",
    "\r", "\t",
  ]

  @Test(arguments: marks) func signsAreFound(beside mark: String) {
    for sign in Self.signs {
      let text = "a\(mark)\(sign)\(mark)b"
      let part = String(sign)
      #expect(text.contains(sign) && text.contains(part) && text[...].contains(sign), "\(text.debugDescription)")
      #expect(text.firstIndex(of: sign) == text.lastIndex(of: sign))
      #expect(text.firstIndex(of: sign) == text.utf8.firstIndex(of: sign.asciiValue!))
      #expect(text.split(separator: part).map(String.init) == ["a\(mark)", "\(mark)b"])
      #expect("\(sign)\(mark)".hasPrefix(part) && "\(mark)\(sign)".hasSuffix(part))
      let index = text.firstIndex(of: sign)!
      #expect(text[text.index(after: index)...].utf8.elementsEqual("\(mark)b".utf8))
      #expect(text.index(before: text.index(after: index)) == index)
      #expect("\(sign)\(mark)".first == sign && "\(mark)\(sign)".last == sign)
      #expect("\(sign)\(mark)".dropFirst().utf8.elementsEqual(mark.utf8))
      #expect("\(mark)\(sign)".dropLast().utf8.elementsEqual(mark.utf8))
    }
    #expect("a\r\nb".split(separator: "\n").count == 2)
  }

  @Test func whatSplittingKeeps() {
    #expect("a::b".split(separator: ":") == ["a", "b"])
    #expect("a::b".split(separator: ":", omittingEmptySubsequences: false) == ["a", "", "b"])
    #expect("a=b=c".split(separator: "=", maxSplits: 1) == ["a", "b=c"])
    #expect("==".split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false) == ["", "="])
    #expect("".split(separator: "=").isEmpty && "".split(separator: "=", omittingEmptySubsequences: false) == [""])
  }

  /// A literal is not live in `Fn::Sub`, and a variable is filled.
  @Test(arguments: marks) func variables(beside mark: String) throws {
    let literal = [TextPart.literal("\(mark)${AWS::Region}"), .reference(Reference(.name("AWS::Region")))]
    #expect(literal.subText.utf8.elementsEqual("\(mark)${!AWS::Region}${AWS::Region}".utf8))
    #expect([TextPart](sub: "\(mark)${A}\(mark)").count == 3)
    #expect(
      try VariableText.substitute("\(mark)${A}\(mark)$A\(mark)", lookup: { _ in "x" }).utf8
        .elementsEqual("\(mark)x\(mark)x\(mark)".utf8))
    #expect(VariableText.variables(in: "\(mark)${A:-\(mark)${B}}").map(\.name) == ["A", "B"])
  }

  @Test(arguments: marks) func yaml(beside mark: String) throws {
    for sign in Self.signs where sign != "\r" {
      let text = "\(mark)\(sign)\(mark) \(sign)\(mark)"
      let node = Node(.map([text: Node(.string(text), at: .unknown)]), at: .unknown)
      let findings = Findings()
      let read = try YAMLComposer.documents(
        YAMLWriter.write(node), file: SourceFile(name: "t", role: .compose), findings: findings, limits: YAMLLimits())
      let fields = try #require(read.first?.fields)
      #expect(fields.keys[0].utf8.elementsEqual(text.utf8))
      #expect(fields.values[0].string?.utf8.elementsEqual(text.utf8) == true)
    }
  }

  /// What is no number, time, size, version, digest or name stays none.
  @Test(arguments: marks) func quantities(beside mark: String) {
    for text in ["1\(mark)m", "\(mark)1m", "1m\(mark)", "1\(mark)", "\(mark)"] {
      #expect(Quantities.nanoseconds(text) == nil && Quantities.bytes(text) == nil)
      #expect(Version(text) == nil && Requirement(">= \(text)") == nil)
    }
    #expect(!PackManifest.isName("a\(mark)") && !StackHome.isPlain("a\(mark)") && !Stack.isLogicalID("A\(mark)"))
    #expect(!OutputFolder.isTemplateName("a\(mark).yaml") && !OutputFolder.isTemplateName("a.yaml\(mark)"))
    #expect(throws: PackSpec.Malformed.self) { try PackSpec("git+https://h/p@\(mark)v1") }
    #expect(throws: PackSpec.Malformed.self) { try PackSpec("git+https:\(mark)//h/p@v1") }
  }

  @Test(arguments: marks) func environmentFiles(beside mark: String) {
    var values = Dotenv.Values()
    let findings = Findings()
    Dotenv.read(
      Array("A='\(mark)$B\(mark)'\nC=\(mark)${D}\(mark)\n".utf8), file: SourceFile(name: "t", role: .environment),
      format: .dotenv, into: &values, findings: findings
    ) { _ in "d" }
    #expect(values["A"]?.value.utf8.elementsEqual("\(mark)$B\(mark)".utf8) == true)
    #expect(values["C"]?.value.utf8.elementsEqual("\(mark)d\(mark)".utf8) == true)
    var raw = Dotenv.Values()
    Dotenv.read(
      Array("A=\(mark)=b\n".utf8), file: SourceFile(name: "t", role: .environment), format: .raw, into: &raw,
      findings: findings
    ) { _ in nil }
    #expect(raw["A"]?.value.utf8.elementsEqual("\(mark)=b".utf8) == true)
  }

  /// A path is below a folder, or leads out of it, by its bytes.
  @Test(arguments: marks) func paths(beside mark: String) {
    #expect(Files.clean("a\(mark)/../b") == "b" && Files.directory(of: "a\(mark)/\(mark)b") == "a\(mark)")
    #expect(Files.inside("/tmp", "\(mark)/../../x") == nil)
    #expect(Files.relative("/a/\(mark)b", to: "/a").utf8.elementsEqual("\(mark)b".utf8))
  }
}
