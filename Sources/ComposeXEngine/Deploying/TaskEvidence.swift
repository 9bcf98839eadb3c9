/// Why a task of a service stopped: what ECS says, the exit codes, and the last lines of the log.
struct TaskEvidence {
  /// A container that ended, or never ran.
  struct Container {
    var name: String
    var exitCode: Int?
    var reason: String?
  }

  var task: String
  var reason: String
  /// The one that is to blame; nil when no container got as far.
  var container: Container?
  var logGroup: String?
  var log: [String] = []

  /// How many lines of a log are shown.
  private static let lines = 15

  /// Reads the newest task that stopped; nil when there is none, or nobody may ask.
  static func read(_ service: String, family: String?, _ aws: AWSCommand) -> TaskEvidence? {
    let cluster = ServiceState.cluster(of: service)
    guard let tasks = try? aws.run(list(cluster, service, family))["taskArns"]?.list?.compactMap(\.string),
      !tasks.isEmpty,
      let answer = try? aws.run(describe(cluster, Array(tasks.prefix(20)))),
      let task = newest(answer["tasks"]?.list ?? [])
    else { return nil }
    var evidence = TaskEvidence(
      task: (task["taskArn"]?.string ?? "").split(separator: "/").last.map(String.init) ?? "",
      reason: task["stoppedReason"]?.string ?? "", container: blamed(task))
    if let definition = task["taskDefinitionArn"]?.string { evidence.readLog(definition, aws) }
    return evidence
  }

  /// The calls of `read`, for a policy.
  static var calls: [AWSCall] {
    [
      list("CLUSTER", "SERVICE", nil), describe("CLUSTER", ["TASK"]), definition("FAMILY"), events("GROUP", "STREAM"),
    ]
  }

  private static func list(_ cluster: String, _ service: String, _ family: String?) -> AWSCall {
    let call = AWSCall("ecs", "list-tasks").option("--cluster", cluster).option("--desired-status", "STOPPED")
      .needs("ecs:ListTasks")
    return family.map { call.option("--family", $0) } ?? call.option("--service-name", service)
  }

  private static func describe(_ cluster: String, _ tasks: [String]) -> AWSCall {
    AWSCall("ecs", "describe-tasks").option("--cluster", cluster).option("--tasks", each: tasks)
      .needs("ecs:DescribeTasks")
  }

  private static func definition(_ name: String) -> AWSCall {
    AWSCall("ecs", "describe-task-definition").option("--task-definition", name).needs("ecs:DescribeTaskDefinition")
  }

  private static func events(_ group: String, _ stream: String) -> AWSCall {
    AWSCall("logs", "get-log-events").option("--log-group-name", group).option("--log-stream-name", stream)
      .option("--limit", "\(lines)").flag("--no-paginate").needs("logs:GetLogEvents")
  }

  /// The task that stopped last; one that failed before one that was only replaced.
  private static func newest(_ tasks: [Node]) -> Node? {
    func time(_ task: Node) -> Int { AWSTime.seconds(task["stoppedAt"]) ?? 0 }
    let failed = tasks.filter { !($0["stoppedReason"]?.string ?? "").hasPrefix("Scaling activity") }
    return (failed.isEmpty ? tasks : failed).max { time($0) < time($1) }
  }

  /// An essential container that ended by itself: an exit code that is not 0, or a reason.
  private static func blamed(_ task: Node) -> Container? {
    let containers = (task["containers"]?.list ?? []).map {
      Container(name: $0["name"]?.string ?? "", exitCode: $0["exitCode"]?.int, reason: $0["reason"]?.string)
    }
    return containers.first { $0.reason != nil } ?? containers.first { ![0, 137, 143, nil].contains($0.exitCode) }
      ?? containers.first { $0.exitCode != nil && $0.exitCode != 0 } ?? containers.first { $0.exitCode != nil }
  }

  private mutating func readLog(_ definition: String, _ aws: AWSCommand) {
    guard let container,
      let answer = try? aws.run(Self.definition(definition)),
      let options = answer.at("taskDefinition", "containerDefinitions")?.list?
        .first(where: { $0["name"]?.string == container.name })?.at("logConfiguration", "options"),
      let group = options["awslogs-group"]?.string
    else { return }
    logGroup = group
    let prefix = options["awslogs-stream-prefix"]?.string ?? ""
    let events = try? aws.run(Self.events(group, "\(prefix)/\(container.name)/\(task)"))["events"]?.list
    log = (events ?? []).suffix(Self.lines).map { $0["message"]?.string ?? "" }
  }

  /// In lines, the container's log last.
  var text: [String] {
    var lines: [String] = []
    if !reason.isEmpty { lines.append("task \(task) stopped: \(reason)") }
    if let container {
      let exit = container.exitCode.map { "exited with \($0)\(Self.meaning($0))" } ?? "did not run"
      lines.append("container \(container.name) \(exit)\(container.reason.map { ": \($0)" } ?? "")")
    }
    if let logGroup, !log.isEmpty {
      lines.append("its last lines in \(logGroup):")
      lines += log.map { "  | \($0)" }
    }
    return lines
  }

  /// What an exit code says by itself.
  private static func meaning(_ code: Int) -> String {
    switch code {
    case 126: " (the command cannot be executed)"
    case 127: " (the command is not there)"
    case 137: " (killed, by a lack of memory or after the time to stop)"
    case 139: " (a segmentation fault)"
    case 143: " (asked to stop)"
    default: ""
    }
  }
}
