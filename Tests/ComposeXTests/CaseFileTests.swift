import Testing

@Suite struct CaseFileTests {
  private let text = """
    # A comment.
    -- compose.yaml --
    services: {}
    -- tags.lua --
    -- a comment --
    return 1
    -- packs/acme/pack.lua --
    -- env --
    NAME=a=b

    -- template.yaml AWS::SQS::Queue --
      JobsQueue:
        Type: AWS::SQS::Queue

    -- stderr --

    """

  private let template = """
    AWSTemplateFormatVersion: "2010-09-09"
    Resources:
      JobsQueue:
        Type: AWS::SQS::Queue
      JobsTopic:
        Type: AWS::SNS::Topic
      DeadQueue:
        Type: AWS::SQS::Queue
        Properties:
          Name: x
    Outputs:
      A:
        Value: b

    """

  private func actual(_ exit: Int32, _ output: String, _ errors: String) -> CaseFile.Actual {
    CaseFile.Actual(outcome: Command.Outcome(exit: exit, output: output, errors: errors), written: { _ in "w" })
  }

  @Test func aCaseIsReadAndWrittenAlike() {
    let file = CaseFile(text)
    #expect(file.text == text)
    #expect(file.comment == "# A comment.\n")
    #expect(file.files.map(\.path) == ["compose.yaml", "tags.lua", "packs/acme/pack.lua"])
    #expect(file.files[1].text == "-- a comment --\nreturn 1\n")
    #expect(file.arguments == ["render", "-f", "compose.yaml", "--script", "tags.lua"])
    #expect(file.environment == ["NAME": "a=b"])
    #expect(CaseFile("-- args --\nversion 'a b' \"\"\n").arguments == ["version", "a b", ""])
  }

  @Test func partsOfATemplate() {
    let template = TemplateText(template)
    #expect(template.part("#JobsTopic") == "  JobsTopic:\n    Type: AWS::SNS::Topic\n")
    #expect(template.part("AWS::SQS::Queue").split(separator: "\n").count == 6)
    #expect(template.part("Outputs") == "Outputs:\n  A:\n    Value: b\n")
    #expect(template.part("#Jobs") == "")
  }

  @Test func whatComesAsExpectedChangesNothing() {
    let file = CaseFile(
      "# x\n-- compose.yaml --\n-- template.yaml #JobsTopic --\n  JobsTopic:\n    Type: AWS::SNS::Topic\n")
    #expect(file.recorded(actual(0, template, "")).text == file.text)
  }

  @Test func whatComesOtherwiseIsRecorded() {
    let recorded = CaseFile(text).recorded(actual(1, template, "a:1: error: b\n")).text
    #expect(
      recorded.contains("-- template.yaml AWS::SQS::Queue --\n  JobsQueue:\n    Type: AWS::SQS::Queue\n  DeadQueue:"))
    #expect(recorded.contains("      Name: x\n\n-- stderr --\na:1: error: b\n"))
    // Output beside an error is told, an exit code only when it is not the usual one.
    #expect(recorded.contains("-- template.yaml --") && !recorded.contains("-- exit --"))
    #expect(CaseFile("# x\n").recorded(actual(2, "", "usage\n")).text == "# x\n-- stderr --\nusage\n-- exit --\n2\n")
    #expect(CaseFile("# x\n-- written o --\n").recorded(actual(0, "", "")).text == "# x\n-- written o --\nw\n")
  }

  @Test func aDifferenceShowsItsSurroundings() {
    let old = (1...20).map(String.init).joined(separator: "\n")
    let new = old.replacing("\n10\n", with: "\nten\n")
    #expect(
      TextDifference.describe(expected: old, actual: new).split(separator: "\n") == [
        "  ...", "  7", "  8", "  9", "- 10", "+ ten", "  11", "  12", "  13",
      ])
  }
}
