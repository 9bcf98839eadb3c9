/// `composex bootstrap`: makes what composex needs in an account and a region, as a stack of its own.
public final class Bootstrap {
  private let aws: AWSCommand
  private var calls: StackCalls
  private var template: BootstrapTemplate
  private let environment: [String: String]
  private let console: Console
  private var state: StackState?
  private var target = ""

  /// `policies` are the ARNs that the pipeline's role has. Nothing is sent yet.
  public init(
    _ connection: AWSConnection, pipeline: BootstrapTemplate.Pipeline?, policies: [String], _ console: Console,
    environment: [String: String] = ProjectEnvironment.ofProcess
  ) {
    var connection = connection
    connection.take(environment)
    aws = AWSCommand(connection, environment: environment, clock: AWSClock(environment))
    calls = StackCalls(stack: TemplateBucket.stack)
    calls.partition = AWSConnection.partition(of: connection.region)
    calls.region = connection.region ?? "*"
    template = BootstrapTemplate(pipeline: pipeline, policies: policies)
    (self.console, self.environment) = (console, environment)
  }

  /// Asks what is there already.
  public func prepare() throws {
    let providers = template.pipeline == nil ? [] : [Self.providers]
    let answers = aws.runAll([StackCalls.identity, calls.describe(), calls.template()] + providers)
    let account = try finding(answers[0])["Account"]?.scalarText ?? ""
    target = [account, calls.region].filter { $0 != "*" && !$0.isEmpty }.joined(separator: ", ")
    do throws(AWSFailure) { state = StackState(try answers[1].get()) } catch {
      if !error.isMissing { throw error.finding(aws.connection) }
    }
    guard let pipeline = template.pipeline else { return }
    let known = (try finding(answers[3])["OpenIDConnectProviderList"]?.list ?? []).compactMap { $0["Arn"]?.string }
    let isKnown = known.contains { $0.hasSuffix("/\(pipeline.host)") }
    // The one that this stack made stays in it.
    let deployed = (try? answers[2].get()).flatMap(Planning.template)
    template.makesProvider = !isKnown || deployed?.at("Resources", "PipelineIdentity") != nil
  }

  private func finding(_ answer: Result<Node, AWSFailure>) throws(Finding) -> Node {
    do throws(AWSFailure) { return try answer.get() } catch { throw error.finding(aws.connection) }
  }

  /// What is made, to be read before it is made.
  public var text: String {
    "\(TemplateBucket.stack): \(state == nil ? "new stack" : "update") in \(target)\n\n"
      + String(decoding: template.bytes, as: UTF8.self)
  }

  /// Makes or updates the stack, and follows it; the exit code.
  public func run(_ form: ProgressForm) throws -> Int32 {
    let progress = console.progress(form, environment)
    let watch: Watch
    if let state, !state.isEmpty {
      watch = Watch(aws, calls, of: nil, stack: state.id, attaches: false)
      try watch.prepare()
      do throws(AWSFailure) { _ = try aws.run(update) } catch {
        guard error.message.contains("No updates are to be performed") else { throw error.finding(aws.connection) }
        progress.finish("done", nil, ["\(TemplateBucket.stack): nothing changes"], watch)
        return 0
      }
    } else {
      let answer = try aws.answer(creation)
      watch = Watch(aws, calls, of: nil, stack: answer["StackId"]?.string ?? TemplateBucket.stack, attaches: true)
    }
    switch watch.follow(progress) {
    case .done(let status):
      let outputs = (try? aws.run(calls.describe())).flatMap(StackState.init)?.outputs ?? []
      progress.finish(
        "done", nil,
        ["\(TemplateBucket.stack) is in \(status) after \(watch.elapsed)s"]
          + outputs.map { "  \($0.name)  \($0.value)" }, watch)
      return 0
    case .failed(let status):
      let cause = FailureCause(watch)
      progress.finish("failed", cause, (cause?.text ?? []) + ["\(TemplateBucket.stack) is in \(status)"], watch)
      return 1
    case .detached(let why):
      progress.finish("detached", nil, (why.map { [$0] } ?? []) + ["detached: CloudFormation goes on"], watch)
      return 130
    }
  }

  /// Removes what was handed to the aws command.
  public func close() { aws.clean() }

  // MARK: - Calls

  private static var providers: AWSCall {
    AWSCall("iam", "list-open-id-connect-providers").needs("iam:ListOpenIDConnectProviders")
  }

  private func change(_ operation: String, _ action: String) -> AWSCall {
    AWSCall("cloudformation", operation).option("--stack-name", TemplateBucket.stack)
      .file("--template-body", "bootstrap.yaml", template.bytes)
      .option("--capabilities", each: template.pipeline == nil ? [] : ["CAPABILITY_IAM"])
      .needs("cloudformation:\(action)", on: calls.arn)
  }
  private var creation: AWSCall { change("create-stack", "CreateStack").flag("--enable-termination-protection") }
  private var update: AWSCall { change("update-stack", "UpdateStack") }

  private var nominal: [AWSCall] {
    [StackCalls.identity, calls.describe(), calls.template()] + (template.pipeline == nil ? [] : [Self.providers])
      + [creation, calls.events(), calls.describe()]
  }
  /// The aws commands, a line each. Nothing is sent.
  public var dryRun: String { nominal.map { $0.shown(aws.connection) + "\n" }.joined() }
  /// The IAM policy that they need. Nothing is sent.
  public var policy: [UInt8] { JSONWriter.write(AWSPolicy.document(nominal + [update])) }
}
