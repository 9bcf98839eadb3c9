import Testing

@testable import ComposeXEngine

@Suite struct StackParametersTests {
  private func state(_ values: [(String, String)]) throws -> StackState {
    let parameters = values.map { Node.object([("ParameterKey", .of($0.0)), ("ParameterValue", .of($0.1))]) }
    let stack = Node.object([
      ("StackId", .of("arn")), ("StackStatus", .of("UPDATE_COMPLETE")),
      ("Parameters", Node(.list(parameters), at: .unknown)),
    ])
    return try #require(StackState(.object([("Stacks", Node(.list([stack]), at: .unknown))])))
  }

  private func sent(
    _ definitions: String, given: [(name: String, value: String)] = [], deployed: [(String, String)]? = nil,
    old: String? = nil
  ) throws -> String {
    let state = try deployed.map { try self.state($0) }
    let old = old.flatMap { TemplateSource.read("Parameters: \($0)") }
    let definitions = try #require(TemplateSource.read(definitions))
    return try StackParameters(definitions, given: given, state: state, old: old).node.brief
  }

  private let size = "{Size: {Type: String, Default: '1'}}"

  @Test func theDefaultOfTheFile() throws {
    #expect(try sent(size) == #"[{ParameterKey: "Size", ParameterValue: "1"}]"#)
  }

  @Test func theCommandLineCountsFirst() throws {
    #expect(
      try sent(size, given: [("Size", "2"), ("Size", "3")], deployed: [("Size", "1")], old: size)
        == #"[{ParameterKey: "Size", ParameterValue: "3"}]"#)
  }

  @Test func whatWasGivenByHandStays() throws {
    #expect(
      try sent(size, deployed: [("Size", "5")], old: size) == #"[{ParameterKey: "Size", UsePreviousValue: true}]"#)
  }

  @Test func aDefaultThatChangedCounts() throws {
    #expect(
      try sent(size, deployed: [("Size", "5")], old: "{Size: {Type: String, Default: '0'}}")
        == #"[{ParameterKey: "Size", ParameterValue: "1"}]"#)
  }

  @Test func hiddenValuesStay() throws {
    #expect(
      try sent("{Key: {Type: String, NoEcho: true}}", deployed: [("Key", "****")])
        == #"[{ParameterKey: "Key", UsePreviousValue: true}]"#)
  }

  @Test func whatHasNoValueIsRefused() {
    #expect(throws: Finding.self) { try sent("{Key: {Type: String}}") }
  }

  @Test func whatTheTemplateDoesNotKnowIsRefused() {
    #expect(throws: Finding.self) { try sent(size, given: [("Sise", "1")]) }
  }
}
