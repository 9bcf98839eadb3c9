import Testing

@testable import ComposeXEngine

@Suite struct AWSTimeTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("2026-01-01T00:00:00Z", 1_767_225_600),
    ("2024-02-29T23:59:59.123000+00:00", 1_709_251_199), ("2026-01-01T02:00:00+02:00", 1_767_225_600),
    ("2025-12-31T19:00:00-05:00", 1_767_225_600), ("1767225600.25", 1_767_225_600),
  ])
  func reads(_ text: String, _ seconds: Int) { #expect(AWSTime.seconds(text) == seconds) }

  @Test(arguments: ["", "yesterday", "2026-01-01", "2026-01-01T00:xx:00Z"])
  func refuses(_ text: String) { #expect(AWSTime.seconds(text) == nil) }

  @Test(arguments: [0, 951_782_400, 1_767_225_599, 4_102_444_800])
  func writesWhatItReads(_ seconds: Int) { #expect(AWSTime.seconds(AWSTime.text(seconds)) == seconds) }
}

@Suite struct AWSFailureTests {
  private func failure(_ text: String) -> AWSFailure {
    AWSFailure(Array(text.utf8), exit: 255, of: AWSCall("cloudformation", "describe-stacks"))
  }

  @Test func codeAndMessage() {
    let failure = failure(
      "\nAn error occurred (ValidationError) when calling the DescribeStacks operation: Stack with id shop does not exist\n"
    )
    #expect(failure.code == "ValidationError")
    #expect(failure.message == "Stack with id shop does not exist")
    #expect(failure.isMissing)
  }

  @Test func retriesOfTheCommandAreNoPartOfTheMessage() {
    let failure = failure(
      "aws: [ERROR]: An error occurred (Throttling) when calling the X operation (reached max retries: 4): Rate exceeded"
    )
    #expect(failure.message == "Rate exceeded")
    #expect(failure.kind == .passing)
  }

  @Test(arguments: [
    (
      "Unable to locate credentials. You can configure credentials by running \"aws configure\".",
      AWSFailure.Kind.noCredentials
    ),
    ("The config profile (dev) could not be found", .noCredentials),
    ("Error when retrieving token from sso: Token has expired and refresh failed", .expired),
    ("You must specify a region. You can also configure your region by running \"aws configure\".", .noRegion),
    ("Could not connect to the endpoint URL: \"https://x/\"", .passing),
    ("An error occurred (ExpiredToken) when calling the X operation: expired", .expired),
    ("An error occurred (AccessDenied) when calling the X operation: not authorized", .denied),
    ("An error occurred (503) when calling the HeadObject operation: Service Unavailable", .passing),
    ("An error occurred (LimitExceededException) when calling the X operation: too many stacks", .other),
    ("usage: aws [options]", .other),
  ])
  func kinds(_ text: String, _ kind: AWSFailure.Kind) { #expect(failure(text).kind == kind) }
}

@Suite struct AWSCallTests {
  @Test(arguments: [("a-b/c:d=1", "a-b/c:d=1"), ("", "''"), ("a b", "'a b'"), ("it's", "'it'\\''s'"), ("$x", "'$x'")])
  func quoting(_ text: String, _ shown: String) { #expect(ShellText.word(text) == shown) }

  @Test func policiesJoinResourcesOfTheSameActions() {
    let calls = [
      AWSCall("a", "b").needs("x:B", on: "r2"), AWSCall("a", "b").needs("x:A", on: "r2"),
      AWSCall("a", "b").needs("x:A", on: "r1").needs("x:B", on: "r1"),
    ]
    #expect(
      AWSPolicy.document(calls).brief
        == #"{Version: "2012-10-17", Statement: [{Effect: "Allow", Action: ["x:A", "x:B"], Resource: ["r1", "r2"]}]}"#)
  }
}

/// Versions 1 and 2 of the aws command write times, errors and templates otherwise.
/// https://docs.aws.amazon.com/cli/latest/userguide/cliv2-migration-changes.html (read 2026-11-29)
@Suite struct AWSVersionTests {
  private func node(_ text: String) throws -> Node { try JSONReader.read(Array(text.utf8)) }

  @Test(arguments: [
    "1767225600", "1767225600.125", #""2026-01-01T00:00:00.125000+00:00""#, #""2026-01-01T01:00:00+01:00""#,
  ])
  func times(_ time: String) throws {
    #expect(AWSTime.seconds(try node(#"{"startedAt": \#(time)}"#)["startedAt"]) == 1_767_225_600)
    let event = StackEvent(try node(#"{"Timestamp": \#(time), "ResourceStatus": "CREATE_COMPLETE"}"#))
    #expect(event.time == 1_767_225_600)
  }

  @Test(arguments: [
    "\nAn error occurred (ExpiredToken) when calling the DescribeStacks operation: The security token is expired\n",
    "\naws: [ERROR]: An error occurred (ExpiredToken) when calling the DescribeStacks operation: The security token is expired\n",
    "\naws: [ERROR]: An error occurred (ExpiredToken) when calling the DescribeStacks operation: The security token is expired\n\nAdditional error details:\nFault: Sender\n",
  ])
  func errors(_ text: String) {
    let failure = AWSFailure(Array(text.utf8), exit: 254, of: AWSCall("cloudformation", "describe-stacks"))
    #expect(failure.code == "ExpiredToken")
    #expect(failure.kind == .expired)
    #expect(failure.message.hasPrefix("The security token is expired"))
  }

  @Test(arguments: [
    #"{"TemplateBody": "Resources: {Q: {Type: 'AWS::SQS::Queue'}}"}"#,
    #"{"TemplateBody": {"Resources": {"Q": {"Type": "AWS::SQS::Queue"}}}}"#,
  ])
  func templates(_ answer: String) throws {
    let template = try #require(Planning.template(try node(answer)))
    #expect(template.at("Resources", "Q", "Type")?.string == "AWS::SQS::Queue")
  }

  @Test func neitherAsksPagesOrColours() {
    let variables = Dictionary(AWSConnection.variables, uniquingKeysWith: { $1 })
    #expect(variables["AWS_PAGER"] == "")
    #expect(variables["AWS_CLI_AUTO_PROMPT"] == "off")
    #expect(AWSConnection().options(of: AWSCall("ecs", "list-tasks")).suffix(2) == ["--output", "json"])
  }
}
