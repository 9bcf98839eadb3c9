/// `composex ps`: what runs of each service, and where it is reached.
public final class ServiceStatus: DryRun {
  private let services: StackServices
  private let names: [String]
  private let stopped: Bool

  /// `names` are services; none is all. `stopped` shows tasks that ended as well.
  public init(_ deployment: Deployment, _ names: [String], stopped: Bool) {
    services = StackServices(deployment)
    (self.names, self.stopped) = (names, stopped)
  }

  private struct Row {
    var service: String
    var family: String
    var state: Node?
    var tasks: [Node]
    var urls: [String]
  }

  private func rows() throws -> [Row] {
    try services.read()
    let families = try services.chosen(names)
    let states = try services.states(families)
    let tasks = try services.tasks(families, stopped: stopped)
    let groups = Set(
      states.values.flatMap { ($0["loadBalancers"]?.list ?? []).compactMap { $0["targetGroupArn"]?.string } })
    let urls = Self.urls(groups.sorted(), services.aws)
    return zip(families, tasks).flatMap { family, tasks -> [Row] in
      let state = family.serviceArn.flatMap { states[$0] }
      return family.services.filter { names.isEmpty || names.contains($0) }.map { name in
        let own = (state?["loadBalancers"]?.list ?? []).filter { $0["containerName"]?.string == name }
          .compactMap { $0["targetGroupArn"]?.string }
        return Row(
          service: name, family: family.definitionArn.map(StackServices.name) ?? "", state: state, tasks: tasks,
          urls: own.flatMap { urls[$0] ?? [] }.reduce(into: []) { if !$0.contains($1) { $0.append($1) } })
      }
    }
  }

  // MARK: - Addresses

  /// The URLs by which target groups are reached. Who may not ask sees none.
  private static func urls(_ groups: [String], _ aws: AWSCommand) -> [String: [String]] {
    guard !groups.isEmpty, let answer = try? aws.run(targets(groups)) else { return [:] }
    var homes: [String: [String]] = [:]
    for group in answer["TargetGroups"]?.list ?? [] {
      guard let arn = group["TargetGroupArn"]?.string else { continue }
      homes[arn] = (group["LoadBalancerArns"]?.list ?? []).compactMap(\.string)
    }
    let balancers = Set(homes.values.joined()).sorted()
    guard !balancers.isEmpty else { return [:] }
    let answers = aws.runAll([self.balancers(balancers)] + balancers.map(listeners))
    var names: [String: String] = [:]
    for balancer in (try? answers[0].get())?["LoadBalancers"]?.list ?? [] {
      names[balancer["LoadBalancerArn"]?.string ?? ""] = balancer["DNSName"]?.string
    }
    var urls: [String: [String]] = [:]
    for (balancer, answer) in zip(balancers, answers.dropFirst()) {
      guard let host = names[balancer] else { continue }
      urls[balancer] = ((try? answer.get())?["Listeners"]?.list ?? []).compactMap { listener in
        guard let port = listener["Port"]?.int, let protocolName = listener["Protocol"]?.string?.lowercased() else {
          return nil
        }
        let isUsual = (protocolName, port) == ("http", 80) || (protocolName, port) == ("https", 443)
        return "\(protocolName)://\(host)\(isUsual ? "" : ":\(port)")"
      }.sorted()
    }
    return homes.mapValues { $0.flatMap { urls[$0] ?? [] } }
  }

  private static func targets(_ groups: [String]) -> AWSCall {
    AWSCall("elbv2", "describe-target-groups").option("--target-group-arns", each: groups)
      .needs("elasticloadbalancing:DescribeTargetGroups")
  }

  private static func balancers(_ arns: [String]) -> AWSCall {
    AWSCall("elbv2", "describe-load-balancers").option("--load-balancer-arns", each: arns)
      .needs("elasticloadbalancing:DescribeLoadBalancers")
  }

  private static func listeners(_ arn: String) -> AWSCall {
    AWSCall("elbv2", "describe-listeners").option("--load-balancer-arn", arn)
      .needs("elasticloadbalancing:DescribeListeners")
  }

  /// What is sent, with words for what is not known before.
  public func nominalCalls() throws -> [DryCall] {
    var (calls, families) = try services.nominal(names)
    for family in families {
      if let arn = family.serviceArn { calls.append(StackServices.services(family.cluster, [arn])) }
      for status in stopped ? ["RUNNING", "STOPPED"] : ["RUNNING"] {
        calls += StackServices.list(family, status).map { [$0] } ?? []
      }
      calls.append(StackServices.describe(family.cluster, ["TASK"]))
    }
    calls += [Self.targets(["GROUP"]), Self.balancers(["BALANCER"]), Self.listeners("BALANCER")]
    return calls.map(DryCall.init)
  }

  // MARK: - Shown

  /// `--format json`
  public func json() throws -> [UInt8] {
    JSONWriter.write(Node(.list(try rows().map(Self.node)), at: .unknown))
  }

  private static func node(_ row: Row) -> Node {
    .object([
      ("service", .of(row.service)), ("family", .of(row.family)),
      ("desired", .of(row.state?["desiredCount"]?.int ?? 0)),
      ("running", .of(row.state?["runningCount"]?.int ?? running(row).count)),
      ("pending", .of(row.state?["pendingCount"]?.int ?? 0)), ("rollout", .of(rollout(row))),
      ("health", .of(health(row))),
      ("urls", .of(row.urls)), ("tasks", Node(.list(row.tasks.map { task($0, row.service) }), at: .unknown)),
    ])
  }

  private static func task(_ task: Node, _ service: String) -> Node {
    let own = container(task, service)
    return .object([
      ("id", .of(id(task))), ("status", .of(task["lastStatus"]?.string ?? "")),
      ("health", .of(own?["healthStatus"]?.string ?? "UNKNOWN")), ("image", .of(own?["image"]?.string ?? "")),
      ("digest", .of(own?["imageDigest"]?.string ?? "")), ("address", .of(address(task))),
      ("startedAt", AWSTime.seconds(task["startedAt"]).map { .of(AWSTime.text($0)) } ?? .nothing),
      ("stoppedReason", task["stoppedReason"]?.string.map { .of($0) } ?? .nothing),
    ])
  }

  private static func container(_ task: Node, _ service: String) -> Node? {
    task["containers"]?.list?.first { $0["name"]?.string == service }
  }

  static func id(_ task: Node) -> String {
    (task["taskArn"]?.string ?? "").split(separator: "/").last.map(String.init) ?? ""
  }

  private static func address(_ task: Node) -> String {
    let details = (task["attachments"]?.list ?? []).flatMap { $0["details"]?.list ?? [] }
    return details.first { $0["name"]?.string == "privateIPv4Address" }?["value"]?.string ?? ""
  }

  private static func running(_ row: Row) -> [Node] { row.tasks.filter { $0["lastStatus"]?.string == "RUNNING" } }

  /// Of the newest deployment; a job has none.
  private static func rollout(_ row: Row) -> String {
    guard let state = row.state else { return "COMPLETED" }
    let newest = state["deployments"]?.list?.first { $0["status"]?.string == "PRIMARY" }
    if let rollout = newest?["rolloutState"]?.string { return rollout }
    return state["runningCount"]?.int == state["desiredCount"]?.int ? "COMPLETED" : "IN_PROGRESS"
  }

  private static func health(_ row: Row) -> String {
    let all = running(row).compactMap { container($0, row.service)?["healthStatus"]?.string }
    if all.contains("UNHEALTHY") { return "UNHEALTHY" }
    return !all.isEmpty && all.allSatisfy { $0 == "HEALTHY" } ? "HEALTHY" : "UNKNOWN"
  }

  /// A table, with a line for each task below its service.
  public func text() throws -> String {
    let rows = try self.rows()
    var table = [["SERVICE", "RUNNING", "ROLLOUT", "HEALTH", "ADDRESS"]]
    for row in rows {
      let count = row.state.map { "\($0["runningCount"]?.int ?? 0)/\($0["desiredCount"]?.int ?? 0)" } ?? "job"
      let pending = row.state?["pendingCount"]?.int ?? 0
      table.append([
        row.service, pending > 0 ? "\(count) +\(pending)" : count, rollout(row).lowercased(), health(row).lowercased(),
        row.urls.joined(separator: " "),
      ])
      for task in row.tasks {
        let own = Self.container(task, row.service)
        let digest = own?["imageDigest"]?.string.map { " \($0.prefix(19))" } ?? ""
        let reason = task["stoppedReason"]?.string.map { " \($0)" } ?? ""
        table.append([
          "  \(Self.id(task).prefix(8))", (task["lastStatus"]?.string ?? "").lowercased(), Self.age(task),
          (own?["healthStatus"]?.string ?? "").lowercased(),
          "\(Self.address(task)) \(own?["image"]?.string ?? "")\(digest)\(reason)".trimmed,
        ])
      }
    }
    return Self.columns(table)
  }

  private func rollout(_ row: Row) -> String { row.state == nil ? "" : Self.rollout(row) }
  private func health(_ row: Row) -> String { Self.health(row) == "UNKNOWN" ? "" : Self.health(row) }

  private static func age(_ task: Node) -> String {
    AWSTime.seconds(task["startedAt"]).map { AWSTime.text($0) } ?? ""
  }

  static func columns(_ table: [[String]]) -> String {
    let table = table.map { $0.map { VisibleText.of($0) } }
    let widths = (table.first ?? []).indices.map { column in table.map { $0[column].count }.max() ?? 0 }
    return table.map { row in
      let cells = zip(row, widths).map { cell, width in cell + String(repeating: " ", count: width - cell.count) }
      return cells.joined(separator: "  ").trimmedEnd + "\n"
    }.joined()
  }
}

extension String {
  fileprivate var trimmedEnd: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  fileprivate var trimmed: String { String(trimmedEnd.drop { $0 == " " }) }
}
