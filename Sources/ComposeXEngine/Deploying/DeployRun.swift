/// `composex up`: executes a plan that was shown, and follows it.
public final class DeployRun {
  /// What the command line says.
  public struct Options {
    /// `--no-rollback`
    public var keepsFailed = false
    /// `--detach`
    public var detaches = false
    /// `--termination-protection`; nil leaves it as it is.
    public var protects: Bool?
    /// `--progress`
    public var progress = ProgressForm.auto

    /// The defaults.
    public init() {}
  }

  private let deployment: Deployment
  private let options: Options
  private let console: Console
  private let environment: [String: String]

  private var aws: AWSCommand { deployment.aws }
  private var calls: StackCalls { deployment.calls }

  /// Nothing is sent yet.
  public init(
    _ deployment: Deployment, _ options: Options, _ console: Console,
    environment: [String: String] = ProjectEnvironment.ofProcess
  ) {
    (self.deployment, self.options, self.console) = (deployment, options, console)
    self.environment = environment
  }

  /// Executes the change set of a plan, and returns the exit code.
  public func execute(_ planning: Planning) throws -> Int32 {
    guard let set = planning.changeSet else { return 0 }
    let watch = Watch(aws, calls, of: deployment, stack: set.stack, attaches: false)
    try watch.prepare()
    let token = String(set.arn.split(separator: "/").last ?? "composex")
    _ = try aws.answer(calls.execute(changeSet: set.arn, keepsFailed: options.keepsFailed, token: token))
    planning.wasExecuted()
    if options.detaches {
      try protect()
      let progress = console.progress(options.progress, environment)
      progress.finish("detached", nil, ["detached: CloudFormation works on \(deployment.stackName)", comeBack], watch)
      return 0
    }
    return try follow(watch)
  }

  /// Follows the operation that runs, and returns the exit code.
  public func attach() throws -> Int32 {
    guard let state = try deployment.state(try deployment.begin([calls.describe()])[0]), !state.isEmpty else {
      throw Finding.error(
        at: .unknown, "there is no stack \(deployment.stackName)", remedy: "composex up makes it")
    }
    let isDeletion = state.status.hasPrefix("DELETE")
    return try follow(
      Watch(aws, calls, of: deployment, stack: state.id, attaches: true, isDeletion: isDeletion))
  }

  private func protect() throws {
    if let protects = options.protects { _ = try aws.answer(calls.protect(protects)) }
  }

  // MARK: - Following

  private func follow(_ watch: Watch) throws -> Int32 {
    let progress = console.progress(options.progress, environment)
    switch watch.follow(progress) {
    case .done(let status):
      if !watch.isDeletion { try protect() }
      let state = watch.isDeletion ? nil : try deployment.state(aws.runAll([calls.describe()])[0])
      let outputs = (state?.outputs ?? []).map { "  \($0.name)  \($0.value)" }
      progress.finish("done", nil, ["\(deployment.stackName) is in \(status) after \(watch.elapsed)s"] + outputs, watch)
      return 0
    case .failed(let status):
      let cause = FailureCause(watch)
      progress.finish("failed", cause, failure(cause, status), watch)
      return 1
    case .detached(let why):
      progress.finish(
        "detached", nil, (why.map { [$0] } ?? []) + ["detached: CloudFormation goes on", comeBack], watch)
      return 130
    }
  }

  /// What happened, what CloudFormation did, and what to do.
  private func failure(_ cause: FailureCause?, _ status: String) -> [String] {
    var lines = cause?.text ?? ["\(deployment.stackName) failed, and CloudFormation says no reason"]
    if let place = cause?.place, place.file != nil { lines.append("look at \(place.fileAndLine)") }
    lines.append("CloudFormation left \(deployment.stackName) in \(status): \(Self.meaning(status))")
    return lines
  }

  private static func meaning(_ status: String) -> String {
    switch status {
    case "UPDATE_ROLLBACK_COMPLETE": "all is as it was before; mend it and composex up again"
    case "ROLLBACK_COMPLETE": "what was made is gone again; composex down, mend it and composex up again"
    case "ROLLBACK_FAILED": "what was made is not all gone; composex down"
    case "UPDATE_ROLLBACK_FAILED": "it could not go back: aws cloudformation continue-update-rollback"
    case "CREATE_FAILED", "UPDATE_FAILED": "what was made stays; mend it and composex up again"
    case "DELETE_FAILED": "a part of it is left; composex down again says what blocks it"
    default: "see its events"
    }
  }

  /// How to come back.
  private var comeBack: String {
    var words = "composex up --attach --stack-name \(deployment.stackName)"
    if let region = aws.connection.region { words += " --region \(region)" }
    if let profile = aws.connection.profile { words += " --aws-profile \(ShellText.word(profile))" }
    return "  come back: \(words)"
  }
}

extension DeployRun {
  /// The calls of a deployment, as far as they are known before AWS was asked.
  private func calls(_ planning: Planning, bucket: String = "BUCKET") -> [AWSCall] {
    let name = Planning.changeSetName(aws.clock.now)
    var list = planning.plannedCalls(bucket: bucket)
    list.append(calls.events())
    list.append(calls.execute(changeSet: name, keepsFailed: options.keepsFailed, token: name))
    list += [calls.events(), ServiceState.describe("CLUSTER", ["SERVICE"])] + TaskEvidence.calls
    if let protects = options.protects { list.append(calls.protect(protects)) }
    return list + [calls.describe()]
  }

  /// The aws commands of a deployment, a line each. Nothing is sent.
  public func dryRun(_ planning: Planning) -> String { Planning.shown(calls(planning), deployment) }

  /// The IAM policy that a deployment needs. Nothing is sent.
  public func policy(_ planning: Planning) -> [UInt8] {
    JSONWriter.write(AWSPolicy.document(calls(planning, bucket: TemplateBucket.pattern) + planning.discardingCalls))
  }
}
