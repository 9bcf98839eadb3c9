import Glibc

/// `composex run`: one task of a service's task definition, with its network, roles and capacity, to its end.
public final class OneOffTask: DryRun {
  /// What the command line says.
  public struct Options {
    /// `-e`, in order.
    public var environment: [(name: String, value: String)] = []
    /// `--detach`
    public var detaches = false

    /// Nothing is said.
    public init() {}
  }

  private let services: StackServices
  private let service: String
  private let command: [String]
  private let options: Options

  private var aws: AWSCommand { services.aws }

  /// An empty command is that of the task definition.
  ///
  /// - Throws: a `Finding` when there is no such service.
  public init(_ deployment: Deployment, _ service: String, _ command: [String], _ options: Options) throws {
    services = StackServices(deployment)
    (self.service, self.command, self.options) = (service, command, options)
    _ = try services.family(service)
  }

  // MARK: - Starting

  /// Starts the task, follows it unless it detaches, and returns the exit code of the container.
  ///
  /// - Parameters: `write` takes what the container writes, `say` what there is to know beside.
  public func run(write: (String) throws -> Void, say: (String) -> Void) throws -> Int32 {
    try services.read()
    let family = try services.family(service)
    guard let definition = family.definitionArn else {
      throw Finding.error(
        at: family.definition.origin.place, "services::\(service) is not in the stack yet", remedy: "composex up")
    }
    let answer = try aws.answer(call(family, definition, try way(of: family)))
    guard let arn = answer["tasks"]?.list?.first?["taskArn"]?.string else {
      let failure = answer["failures"]?.list?.first
      let reason = [failure?["reason"]?.string, failure?["detail"]?.string].compactMap { $0 }.joined(separator: ": ")
      throw Finding.error(
        at: family.definition.origin.place,
        "no task of services::\(service) could be started: \(reason.isEmpty ? "ECS says no reason" : reason)")
    }
    let id = arn.split(separator: "/").last.map(String.init) ?? arn
    if options.detaches {
      try write(id)
      say("detached: \(logsWords) prints what it writes; \(stopWords(family, id)) ends it")
      return 0
    }
    say("the task \(id) starts")
    return try follow(family, arn, id, write, say)
  }

  private var logsWords: String { "composex logs \(ShellText.word(service))" }

  private func stopWords(_ family: StackServices.Family, _ id: String) -> String {
    AWSCall("ecs", "stop-task").option("--cluster", family.cluster).option("--task", id).withoutAnswer
      .shown(aws.connection)
  }

  /// On what, and in which network: what the service has, or a job would have.
  private func way(of family: StackServices.Family) throws(Finding) -> RunWay {
    if family.serviceArn != nil {
      guard let state = try services.states([family]).first?.value else {
        throw .error(
          at: family.definition.origin.place, "ECS has no service of services::\(service)", remedy: "composex up")
      }
      return RunWay(ofService: state)
    }
    guard let properties = services.deployment.outcome.session.runAs[family.definition.origin.name] else {
      return RunWay()
    }
    return try RunWay(ofJob: properties, services, at: family.definition.origin.place)
  }

  private func call(_ family: StackServices.Family, _ definition: String, _ way: RunWay) -> AWSCall {
    var call = AWSCall("ecs", "run-task").option("--cluster", family.cluster)
      .option("--task-definition", definition).option("--count", "1").option("--started-by", "composex")
      .option("--client-token", token).option("--propagate-tags", "TASK_DEFINITION").flag("--enable-ecs-managed-tags")
    call = way.add(to: call)
    if let overrides { call = call.json("--overrides", "overrides.json", overrides) }
    return call.needs("ecs:RunTask").needs("iam:PassRole")
  }

  /// A call that is sent again starts no second task.
  private var token: String {
    let clock = aws.clock
    return Planning.changeSetName(clock.now) + (clock.isSet ? "" : "-\(getpid())")
  }

  private var overrides: Node? {
    if command.isEmpty, options.environment.isEmpty { return nil }
    var container: [(String, Node)] = [("name", .of(service))]
    if !command.isEmpty { container.append(("command", .of(command))) }
    if !options.environment.isEmpty {
      let list = options.environment.map { Node.object([("name", .of($0.name)), ("value", .of($0.value))]) }
      container.append(("environment", Node(.list(list), at: .unknown)))
    }
    return .object([("containerOverrides", Node(.list([.object(container)]), at: .unknown))])
  }

  /// What is sent, with words for what is not known before.
  public func nominalCalls() throws -> [DryCall] {
    let (calls, families) = try services.nominal([service])
    var all = calls
    for family in families {
      all.append(
        family.serviceArn.map { StackServices.services(family.cluster, [$0]) } ?? services.deployment.calls.describe())
      all.append(call(family, family.definitionArn ?? "", .nominal(family)))
      if options.detaches { continue }
      all.append(StackServices.describe(family.cluster, ["TASK"]))
      all += try log(family, "TASK").nominalCalls().map(\.call)
    }
    return all.map(DryCall.init)
  }

  // MARK: - Following

  private func log(_ family: StackServices.Family, _ id: String) -> ServiceLogs {
    var own = family
    own.services = [service]
    var options = ServiceLogs.Options()
    options.hasPrefix = false
    return ServiceLogs(services, own, task: id, options)
  }

  private func follow(
    _ family: StackServices.Family, _ arn: String, _ id: String, _ write: (String) throws -> Void,
    _ say: (String) -> Void
  ) throws -> Int32 {
    let log = log(family, id)
    if !log.hasSources { say("its log is not in CloudWatch: read it where its logging driver writes it") }
    let start = aws.clock.now
    var isReadable = log.hasSources
    /// Prints what is new. Who may not read the log learns the exit code all the same.
    func print() throws {
      guard isReadable else { return }
      let lines: [String]
      do { lines = try log.newer() } catch let finding as Finding {
        isReadable = false
        return say("its log cannot be read: \(finding.message)")
      }
      for line in lines { try write(line) }
    }
    while true {
      aws.clock.wait(Watch.interval(aws.clock.now - start))
      let task = Interruption.isRequested ? nil : try described(family, arn)
      if Interruption.isRequested {
        say("detached: the task goes on\n  end it: \(stopWords(family, id))\n  its log: \(logsWords)")
        return 130
      }
      try print()
      guard let task, task["lastStatus"]?.string == "STOPPED" else { continue }
      // The last lines come late.
      aws.clock.wait(Self.lateness)
      try print()
      return code(of: task, id, say)
    }
  }

  private static let lateness = 3

  private func described(_ family: StackServices.Family, _ arn: String) throws(Finding) -> Node? {
    do throws(AWSFailure) {
      return try aws.run(StackServices.describe(family.cluster, [arn]))["tasks"]?.list?.first
    } catch {
      if error.kind == .interrupted { return nil }
      throw error.finding(aws.connection)
    }
  }

  private func code(of task: Node, _ id: String, _ say: (String) -> Void) -> Int32 {
    let own = task["containers"]?.list?.first { $0["name"]?.string == service }
    if let code = own?["exitCode"]?.int {
      if code != 0 { say("the task \(id) ended with \(code)") }
      return Int32(truncatingIfNeeded: code)
    }
    let reasons = [task["stoppedReason"]?.string, own?["reason"]?.string].compactMap { $0 }
    say("the task \(id) ended without an exit code: \(reasons.isEmpty ? "no reason" : reasons.joined(separator: ": "))")
    return 1
  }
}
