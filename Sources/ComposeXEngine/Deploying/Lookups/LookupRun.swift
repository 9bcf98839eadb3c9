/// Answers every Lookup of a project, into a `LookupFile`.
public final class LookupRun {
  private let project: ComposeProject
  private let settings: ProjectSettings
  private let aws: AWSCommand
  private let lookups: [Lookup]
  private var region: String?
  /// Where the file is, or will be.
  public let path: String
  /// As it was before; nil when there was none, or `--check` has no need of it.
  private let old: LookupFile?
  private var answers: LookupFile

  /// Loads the project; nothing is sent.
  ///
  /// - Throws: `StageFailed`; a `Finding` when the file of answers cannot be read.
  public init(_ pipeline: Pipeline, _ settings: Deployment.Settings) throws {
    (project, self.settings, _, _) = try pipeline.prepare()
    var connection = settings.connection
    connection.region = try self.settings.region(besides: connection.region)
    connection.take(settings.environment)
    aws = AWSCommand(connection, environment: settings.environment, clock: AWSClock(settings.environment))
    region = connection.region
    lookups = Lookup.all(project).filter { LookupKinds.isKnown($0.key) && Self.isLiteral($0) }
    path = LookupAnswers.path(project, pipeline.input.lookups)
    old = try LookupFile(path, isNamed: false)
    answers = LookupFile(name: Files.shown(path))
  }

  /// Whether the project names all that the Lookup asks by; a function of CloudFormation has its value later.
  private static func isLiteral(_ lookup: Lookup) -> Bool {
    let arn = lookup.inner["Arn"]
    if arn != nil, arn?.string == nil { return false }
    return lookup.node.fields?.isEmpty != true && arn?.string?.contains("${") != true
  }

  // MARK: - Asking

  /// Asks AWS. What was not found goes to the findings, each at its line.
  ///
  /// - Throws: a `Finding` when AWS cannot be asked at all.
  public func ask(_ findings: Findings) throws {
    let account = try self.account()
    let target = LookupTask.Target(account: account, region: try resolvedRegion())
    (answers.account, answers.region) = (target.account, target.region)
    let connections = try assumed()
    let tasks = lookups.map { lookup -> LookupTask in
      var own = target
      if let role = Self.role(lookup),
        let account = role.split(separator: ":").first(where: { $0.utf8.count == 12 && Int($0) != nil })
      {
        own.account = String(account)
      }
      return LookupTask(lookup, own, aws.connection)
    }
    run(tasks, connections)
    if Interruption.isRequested { throw Planning.interrupted }
    for task in tasks {
      if let finding = task.finding {
        findings.report(finding)
      } else if task.result.fields?.isEmpty == false {
        answers.set(LookupFile.Entry(subject: task.lookup.subject, query: task.lookup.query, values: task.result))
      }
    }
  }

  private func account() throws(Finding) -> String {
    let identity = try aws.answer(StackCalls.identity)
    let account = identity["Account"]?.scalarText ?? ""
    try settings.check(account: account, identity["Arn"]?.string)
    return account
  }

  private func resolvedRegion() throws(Finding) -> String {
    if let region { return region }
    let answer = (try? aws.run(AWSCall("configure", "get").word("region").withLine))?.string ?? ""
    guard !answer.isEmpty else {
      throw .error(
        at: .unknown, "no region is set", remedy: "name it: --region eu-west-1, or x-composex: {region: eu-west-1}")
    }
    region = answer
    return answer
  }

  private static func role(_ lookup: Lookup) -> String? {
    (lookup.node["RoleArn"] ?? lookup.inner["RoleArn"] ?? lookup.node.at("VpcId", "RoleArn"))?.string
  }

  /// A command for each role that a Lookup names.
  private func assumed() throws(Finding) -> [String: AWSCommand] {
    let roles = Set(lookups.compactMap(Self.role)).sorted()
    var made: [String: AWSCommand] = [:]
    for (role, answer) in zip(roles, aws.runAll(roles.map(LookupCalls.assume))) {
      do throws(AWSFailure) { made[role] = aws.assuming(try answer.get()["Credentials"]) } catch {
        var finding = error.finding(aws.connection)
        finding.place = lookups.first { Self.role($0) == role }?.place ?? .unknown
        throw finding
      }
    }
    return made
  }

  /// Rounds of calls: what does not depend on each other is asked side by side.
  private func run(_ tasks: [LookupTask], _ connections: [String: AWSCommand]) {
    while !Interruption.isRequested {
      let open = tasks.filter { !$0.isDone }
      if open.isEmpty { return }
      var groups: [(role: String, tasks: [LookupTask])] = []
      for task in open {
        let role = Self.role(task.lookup) ?? ""
        if let at = groups.firstIndex(where: { $0.role == role }) {
          groups[at].tasks.append(task)
        } else {
          groups.append((role, [task]))
        }
      }
      for (role, tasks) in groups {
        let counts = tasks.map(\.next.count)
        var results = (connections[role] ?? aws).runAll(tasks.flatMap(\.next))[...]
        for (task, count) in zip(tasks, counts) {
          task.take(Array(results.prefix(count)))
          results = results.dropFirst(count)
        }
      }
    }
  }

  // MARK: - Results

  /// How many Lookups were answered.
  public var count: Int { answers.entries.count }
  /// The file's text.
  public var bytes: [UInt8] { answers.bytes }
  /// What differs from the file as it is, a line each.
  public var differences: [String] { answers.differences(from: old) }
  /// Whether the file would be written anew with the same text.
  public var isCurrent: Bool { old?.bytes == answers.bytes }

  /// The calls that are known before AWS was asked.
  private var nominal: [AWSCall] {
    let parts = [
      "arn": "ARN", "name": "NAME", "id": "ID", "account": "ACCOUNT", "region": "REGION", ".url": "URL", ".mount": "ID",
      ".member": "NAME",
    ]
    var calls = [StackCalls.identity] + Set(lookups.compactMap(Self.role)).sorted().map(LookupCalls.assume)
    for lookup in lookups {
      let target = LookupTask.Target(account: "ACCOUNT", region: region ?? "REGION")
      calls += LookupTask(lookup, target, aws.connection).next
      switch lookup.key {
      case "x-vpc":
        calls += lookup.groups.filter { $0 != "VpcId" && lookup.node[$0].map(Lookup.isOpen) ?? false }.map {
          LookupCalls.network(
            "describe-subnets", "DescribeSubnets", LookupTag.read(lookup.node.at($0, "Tags")), vpc: "VPC")
        }
      case "x-cluster":
        if lookup.isOpen {
          calls.append(
            AWSCall("ecs", "describe-clusters").option("--clusters", "NAME").option("--include", "SETTINGS").needs(
              "ecs:DescribeClusters"))
        }
      default:
        let kinds = LookupKinds.of(lookup.key, level: lookup.level)
        let isFound = Lookup.isOpen(lookup.inner) || lookup.node.string != nil || lookup.node.bool == true
        for kind in kinds {
          let steps = isFound ? kind.steps[...] : kind.steps.dropFirst()
          calls += steps.compactMap { LookupCalls.step($0, parts) }
          if !kind.keys.isEmpty { calls.append(LookupCalls.key("KEY")) }
        }
        if lookup.listeners.contains(where: { lookup.isOpen(listener: $0) }) {
          calls.append(
            AWSCall("elbv2", "describe-listeners").option("--load-balancer-arn", "ARN")
              .needs("elasticloadbalancing:DescribeListeners"))
        }
      }
    }
    return calls
  }

  /// The aws commands, a line each. Nothing is sent.
  public var dryRun: String { nominal.map { $0.shown(aws.connection) + "\n" }.joined() }
  /// The IAM policy that they need. Nothing is sent.
  public var policy: [UInt8] { JSONWriter.write(AWSPolicy.document(nominal)) }
}
