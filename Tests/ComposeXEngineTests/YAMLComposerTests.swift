@testable import ComposeXEngine
import Testing

/// From the text of a file to nodes with places.
@Suite struct YAMLComposerTests {
  private func read(_ text: String, _ limits: YAMLLimits = YAMLLimits()) -> (nodes: [Node], findings: [String]) {
    read(Array(text.utf8), limits)
  }

  private func read(_ bytes: [UInt8], _ limits: YAMLLimits = YAMLLimits()) -> (nodes: [Node], findings: [String]) {
    let findings = Findings()
    var nodes: [Node] = []
    do {
      nodes = try YAMLComposer.documents(
        bytes, file: SourceFile(name: "f", role: .compose), findings: findings, limits: limits)
    } catch {
      findings.report(error)
    }
    return (nodes, findings.sorted.map { "\($0)".split(separator: "\n").first.map(String.init) ?? "" })
  }

  @Test func everyNodeKnowsItsPlace() throws {
    let (nodes, findings) = read("a: 1\nb:\n  - x\n  - {k: \"v\"}\né: |\n  text\n")
    #expect(findings.isEmpty)
    let root = try #require(nodes.first)
    #expect(root["a"]?.place.description == "f:1:4")
    #expect(root["a"]?.keyPlace?.description == "f:1:1")
    #expect(root["b"]?.list?[0].place.description == "f:3:5")
    #expect(root["b"]?.list?[1]["k"]?.place.description == "f:4:9")
    #expect(root["é"]?.place.description == "f:5:4")
  }

  @Test func scalarsKeepTheirText() {
    let root = read("a: 0440\nb: 1.10\nc: '0440'\n").nodes.first
    #expect(root?["a"]?.source == "0440")
    #expect(root?["b"]?.source == "1.10")
    #expect(root?["c"]?.source == nil)
    #expect(root?["c"]?.string == "0440")
  }

  @Test func aliasesAreCopies() throws {
    let root = try #require(read("a: &x {k: [1]}\nb: *x\n").nodes.first)
    #expect(root["b"]?.compact == "{\"k\": [1]}")
    root["a"]?.set("k", Node(.int(2), at: .unknown))
    #expect(root["b"]?.compact == "{\"k\": [1]}")
  }

  @Test func explicitKeysWinOverMergedOnes() {
    let text = """
      base: &base {a: 1, b: 2}
      other: &other {b: 3, c: 4}
      one: {<<: *base, b: null}
      several: {<<: [*other, *base], d: 5}
      """
    let root = read(text).nodes.first
    #expect(root?["one"]?.compact == "{\"b\": null,\"a\": 1}")
    #expect(root?["several"]?.compact == "{\"d\": 5,\"b\": 3,\"c\": 4,\"a\": 1}")
  }

  @Test(arguments: [
    ("a: 1\nb: 2\na: 3\n", "f:3:1: error: mapping key \"a\" already defined at line 1"),
    ("1: a\n\"1\": b\n", "f:2:1: error: mapping key \"1\" already defined at line 1"),
    ("a: {<<: {b: 1}, <<: {c: 1}}\n", "f:1:17: error: mapping key \"<<\" already defined at line 1"),
    ("123: a\n", "f:1:1: error: non-string key at top level: 123"),
    ("n:\n  c:\n    - 123: a\n", "f:3:7: error: non-string key in n.c[0]: 123"),
    ("a: &x 1\nb: {<<: *x}\n", "f:1:4: error: map merge requires map or sequence of maps as the value, not a number"),
    ("a: *nope\n", "f:1:4: error: the alias *nope has no anchor"),
    ("a: &a {b: *a}\n", "f:1:11: error: cycle detected: a.b refers to &a (line 1), which it is a part of"),
    ("a:\n\t- b\n", "f:2:1: error: found a tab character that violates indentation"),
    ("a: [1, 2\n", "f:2:1: error: did not find expected ',' or ']'"),
    ("a: b\u{0}c\n", "f:1:5: error: control characters are not allowed"),
    ("a: !!int x\n", "f:1:4: error: \"x\" is not a value of type !!int"),
  ]) func mistakes(_ text: String, _ finding: String) {
    #expect(read(text).findings.contains(finding), "\(read(text).findings)")
  }

  @Test func badBytesHaveAPlace() {
    #expect(
      read([0x61, 0x3A, 0x20, 0x62, 0x0A, 0x63, 0x3A, 0x20, 0xFF, 0x0A]).findings == [
        "f:2:4: error: invalid leading UTF-8 octet"
      ])
  }

  @Test func documentsAndMarks() {
    #expect(read("").nodes.isEmpty)
    #expect(read("# only\n").nodes.isEmpty)
    #expect(read("a: 1\n---\nb: 2\n").nodes.map(\.compact) == ["{\"a\": 1}", "{\"b\": 2}"])
    #expect(read("\u{FEFF}a: 1\n").nodes.first?.compact == "{\"a\": 1}")
    #expect(read("&x a: &y b\nc: *y\n").nodes.first?.compact == "{\"a\": \"b\",\"c\": \"b\"}")
  }

  @Test func boundsHold() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(read(deep).findings == ["f:1:201: error: values are nested more than 200 deep"])
    let blocks = String(repeating: "- ", count: 10_000) + "a\n"
    #expect(read(blocks).findings == ["f:1:401: error: values are nested more than 200 deep"])
    var chain = "a0: &a0 [" + String(repeating: "[", count: 150) + String(repeating: "]", count: 150) + "]\n"
    chain += "a1: [" + String(repeating: "[", count: 100) + "*a0" + String(repeating: "]", count: 100) + "]\n"
    #expect(read(chain).findings == ["f:2:106: error: values are nested more than 200 deep"])
    var bomb = "x0: &x0 [a, a, a, a, a, a, a, a, a]\n"
    for level in 1...9 {
      bomb += "x\(level): &x\(level) [" + Array(repeating: "*x\(level - 1)", count: 9).joined(separator: ", ") + "]\n"
    }
    #expect(read(bomb).findings.first?.contains("excessive aliasing") == true)
    var small = YAMLLimits()
    small.nodes = 10
    #expect(
      read("[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]", small).findings == ["f:1:29: error: the file has more than 10 values"]
    )
  }

  @Test func tagsOfTemplatesBecomeTheirLongForm() {
    let text = """
      x-sqs:
        jobs:
          Properties:
            A: !Ref Other
            B: !GetAtt Other.Arn
            C: !Sub "${AWS::Region}-x"
            D: !Join ["", [!Ref A, !Select [0, !GetAZs ""]]]
            E: !If [Some, !Condition X, !Base64 text]
      services:
        web:
          image: !Ref plain
      """
    let (nodes, findings) = read(text)
    let properties = nodes.first?.at("x-sqs", "jobs", "Properties")
    #expect(properties?["A"]?.compact == "{\"Ref\": \"Other\"}")
    #expect(properties?["B"]?.compact == "{\"Fn::GetAtt\": [\"Other\",\"Arn\"]}")
    #expect(properties?["C"]?.compact == "{\"Fn::Sub\": \"${AWS::Region}-x\"}")
    #expect(
      properties?["D"]?.compact
        == "{\"Fn::Join\": [\"\",[{\"Ref\": \"A\"},{\"Fn::Select\": [0,{\"Fn::GetAZs\": \"\"}]}]]}")
    #expect(properties?["E"]?.compact == "{\"Fn::If\": [\"Some\",{\"Condition\": \"X\"},{\"Fn::Base64\": \"text\"}]}")
    #expect(nodes.first?.at("services", "web", "image")?.string == "plain")
    #expect(findings == ["f:11:12: warning: the tag !Ref has no effect here"])
    #expect(read("x-a: !Reff b\n").findings == ["f:1:6: warning: the tag !Reff is not known"])
  }

  @Test func yamlsOwnTags() {
    let root = read("a: !!str 12\nb: !!float 1\nc: !!binary aGk=\nd: !custom 5\ne: !!int \"3\"\n").nodes.first
    #expect(root?.compact == "{\"a\": \"12\",\"b\": 1,\"c\": \"hi\",\"d\": \"5\",\"e\": 3}")
  }

  @Test func resetItemsVanishAndTagsStay() {
    let root = read("a: [1, !reset 2, 3]\nb: !reset {c: 1}\nd: !override [1]\n").nodes.first
    #expect(root?["a"]?.compact == "[1,3]")
    #expect(root?["b"]?.tag == "!reset")
    #expect(root?["d"]?.tag == "!override")
  }
}
