/// A project and the stack that it is deployed to: what every command that talks to AWS begins with.
public final class Deployment {
  /// What the command line says.
  public struct Settings {
    /// `--stack-name`; nil is the project's name.
    public var stackName: String?
    /// `--aws-profile` and `--region`.
    public var connection: AWSConnection
    /// The variables of the process.
    public var environment: [String: String]

    /// The settings of a run.
    public init(
      stackName: String? = nil, connection: AWSConnection = AWSConnection(),
      environment: [String: String] = ProjectEnvironment.ofProcess
    ) {
      (self.stackName, self.connection, self.environment) = (stackName, connection, environment)
    }
  }

  let outcome: Pipeline.Outcome
  /// What `render` writes, whose limits were checked.
  let templates: [Pipeline.Template]
  let format = TemplateFormat.yaml
  /// The name of the stack.
  public let stackName: String
  let aws: AWSCommand
  var calls: StackCalls
  /// Who asks, once AWS was asked.
  private(set) var account: String?

  var project: ComposeProject { outcome.project }

  /// Renders the project. Nothing is sent.
  ///
  /// - Throws: `StageFailed` after the stage that found an error; a `Finding` when the command line contradicts the file.
  public init(_ pipeline: Pipeline, _ settings: Settings) throws {
    let (outcome, templates) = try pipeline.rendered(.yaml)
    (self.outcome, self.templates) = (outcome, templates)
    stackName = try StackName.of(outcome.project.name, stated: settings.stackName)
    var connection = settings.connection
    connection.region = try outcome.settings.region(besides: connection.region)
    connection.take(settings.environment)
    aws = AWSCommand(connection, environment: settings.environment, clock: AWSClock(settings.environment))
    calls = StackCalls(stack: stackName)
    calls.partition = AWSConnection.partition(of: connection.region)
    calls.region = connection.region ?? "*"
    calls.account = outcome.settings.account?.text ?? "*"
  }

  /// The region as far as the command line, the file or the environment say it.
  var region: String? { calls.region == "*" ? nil : calls.region }

  /// Sends calls that every command begins with, beside the question who asks; a project that names its account asks that first.
  ///
  /// - Throws: a `Finding` for the wrong account, and when AWS cannot be asked at all.
  func begin(_ first: [AWSCall]) throws(Finding) -> [Result<Node, AWSFailure>] {
    if account != nil { return aws.runAll(first) }
    if outcome.settings.account != nil {
      try check(aws.runAll([StackCalls.identity])[0])
      return aws.runAll(first)
    }
    let answers = aws.runAll([StackCalls.identity] + first)
    try check(answers[0])
    return Array(answers.dropFirst())
  }

  private func check(_ answer: Result<Node, AWSFailure>) throws(Finding) {
    let identity: Node
    do throws(AWSFailure) { identity = try answer.get() } catch { throw error.finding(aws.connection) }
    let account = identity["Account"]?.scalarText ?? ""
    try outcome.settings.check(account: account, identity["Arn"]?.string)
    self.account = account
    calls.account = account
  }

  /// Removes what was handed to the aws command.
  public func close() { aws.clean() }

  /// Account and region, for people.
  var target: String { [account, region].compactMap { $0 }.joined(separator: ", ") }

  /// The stack as it stands; nil when there is none.
  func state(_ answer: Result<Node, AWSFailure>) throws(Finding) -> StackState? {
    do throws(AWSFailure) { return StackState(try answer.get()) } catch {
      if error.isMissing { return nil }
      throw error.finding(aws.connection)
    }
  }
}

extension Pipeline {
  /// The templates, and what they were made of.
  func rendered(_ format: TemplateFormat) throws(StageFailed) -> (Outcome, [Template]) {
    let outcome = try run(format)
    return (outcome, try write(outcome, format))
  }
}

extension ProjectSettings {
  /// The region that the project names, or else the command line.
  ///
  /// - Throws: a `Finding` when both do, and differ.
  func region(besides given: String?) throws(Finding) -> String? {
    guard let stated = region else { return given }
    if let given, given != stated.text {
      throw .error(
        at: stated.place, "the project is deployed to \(stated.text), not to \(given)",
        remedy: "leave --region out, or change x-composex region")
    }
    return stated.text
  }

  /// Refuses the credentials of another account than the project names.
  func check(account: String, _ identity: String?) throws(Finding) {
    guard let stated = self.account, stated.text != account else { return }
    throw .error(
      at: stated.place, "the project is deployed to account \(stated.text), and these credentials are of \(account)",
      remedy: "take others: --aws-profile NAME", notes: [identity].compactMap { $0 })
  }
}
