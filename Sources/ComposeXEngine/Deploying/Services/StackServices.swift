/// The services of a project in its stack: what CloudFormation made of each, by the ids that ECS knows.
public final class StackServices {
  /// Containers that run in one task.
  struct Family {
    /// The services whose containers these are, in the order of the task definition.
    var services: [String]
    let definition: Resource
    /// nil for a job, which nothing keeps running.
    var service: Resource?
    /// As CloudFormation knows them; nil when the stack has them not yet.
    var definitionArn: String?
    var serviceArn: String?
    var cluster = "default"
  }

  let deployment: Deployment
  private(set) var families: [Family] = []
  /// What CloudFormation made, by the ids of the template.
  private(set) var physical: [String: String] = [:]

  var aws: AWSCommand { deployment.aws }

  /// Reads the template; nothing is sent.
  public init(_ deployment: Deployment) {
    self.deployment = deployment
    let outcome = deployment.outcome
    let all = resources
    for definition in all where definition.type == "AWS::ECS::TaskDefinition" && definition.origin.key == "services" {
      let containers = definition.properties["ContainerDefinitions"]?.list ?? []
      let names = containers.compactMap { $0["Name"]?.string }.filter { outcome.project.services[$0] != nil }
      let service = all.first {
        $0.type == "AWS::ECS::Service" && $0.origin.key == "services" && $0.origin.name == definition.origin.name
      }
      families.append(
        Family(services: names.isEmpty ? definition.origin.names : names, definition: definition, service: service))
    }
  }

  /// The resources of all templates.
  var resources: [Resource] {
    let outcome = deployment.outcome
    return outcome.parts.map { $0.flatMap(\.stack.resources.values) } ?? Array(outcome.stack.resources.values)
  }

  /// Those that the command line names, or all; a name that is none is an error.
  func chosen(_ names: [String]) throws(Finding) -> [Family] {
    for name in names where !families.contains(where: { $0.services.contains(name) }) {
      throw .error(
        at: .unknown, "there is no service \"\(name)\"",
        remedy: NearName.remedy(name, in: families.flatMap(\.services), what: "there are"))
    }
    return names.isEmpty ? families : families.filter { $0.services.contains { names.contains($0) } }
  }

  /// The family of one service.
  func family(_ name: String) throws(Finding) -> Family { try chosen([name])[0] }

  // MARK: - Asking

  /// Asks CloudFormation what it made, nested stacks included.
  ///
  /// - Throws: a `Finding` when there is no such stack.
  func read() throws(Finding) {
    var open = [try deployment.begin([deployment.calls.resources()])[0]]
    while !open.isEmpty {
      var nested: [String] = []
      for answer in open {
        let list: [Node]
        do throws(AWSFailure) { list = try answer.get()["StackResourceSummaries"]?.list ?? [] } catch {
          if error.isMissing {
            throw .error(
              at: .unknown, "there is no stack \(deployment.stackName) in \(deployment.target)",
              remedy: "composex up makes it, --stack-name names another")
          }
          throw error.finding(aws.connection)
        }
        for item in list {
          guard let id = item["LogicalResourceId"]?.string, let made = item["PhysicalResourceId"]?.string else {
            continue
          }
          physical[id] = made
          if item["ResourceType"]?.string == "AWS::CloudFormation::Stack" { nested.append(made) }
        }
      }
      open = aws.runAll(nested.map { deployment.calls.resources($0) })
    }
    let cluster = self.cluster
    for index in families.indices {
      families[index].definitionArn = physical[families[index].definition.id]
      families[index].serviceArn = families[index].service.flatMap { physical[$0.id] }
      families[index].cluster = families[index].serviceArn.flatMap(Self.cluster) ?? cluster
    }
  }

  /// The cluster of the project: the stack's own, or the one that the template names.
  private var cluster: String {
    let all = resources
    if let own = all.first(where: { $0.type == "AWS::ECS::Cluster" }), let name = physical[own.id] { return name }
    for service in all where service.type == "AWS::ECS::Service" {
      if let name = service.properties["Cluster"]?.string { return name }
      if let cluster = physical[service.id].flatMap(Self.cluster) { return cluster }
    }
    return all.lazy.compactMap { $0.attributes.at("Metadata", "Cluster")?.string }.first ?? lookedUp ?? "default"
  }

  /// The cluster that `x-cluster` names.
  private var lookedUp: String? {
    let section = deployment.project.root["x-cluster"]
    let lookup = section?["Lookup"] ?? section?["Use"]
    let name = section?.string ?? lookup?.string ?? (lookup?["ClusterName"] ?? lookup?["Arn"])?.string
    return name?.split(separator: "/").last.map(String.init)
  }

  /// `arn:aws:ecs:eu-west-1:123456789012:service/shop/web` lies in the cluster `shop`.
  private static func cluster(of arn: String) -> String? {
    let parts = arn.split(separator: "/")
    return parts.count == 3 ? String(parts[1]) : nil
  }

  /// The answer of `describe-services`, by the ARN.
  func states(_ families: [Family]) throws(Finding) -> [String: Node] {
    var calls: [AWSCall] = []
    for (cluster, arns) in Self.grouped(
      families.compactMap { family in family.serviceArn.map { (family.cluster, $0) } }, by: 10)
    {
      calls.append(Self.services(cluster, arns))
    }
    var found: [String: Node] = [:]
    for answer in aws.runAll(calls) {
      for service in try finding(answer)["services"]?.list ?? [] {
        if let arn = service["serviceArn"]?.string { found[arn] = service }
      }
    }
    return found
  }

  /// The answer of `describe-tasks` for the tasks of families, by the ARN of the task definition's family.
  func tasks(_ families: [Family], stopped: Bool) throws(Finding) -> [[Node]] {
    var calls: [AWSCall] = []
    var owners: [Int] = []
    for (index, family) in families.enumerated() {
      for status in stopped ? ["RUNNING", "STOPPED"] : ["RUNNING"] {
        guard let call = Self.list(family, status) else { continue }
        calls.append(call)
        owners.append(index)
      }
    }
    var arns = families.map { _ in [String]() }
    for (owner, answer) in zip(owners, aws.runAll(calls)) {
      arns[owner] += try finding(answer)["taskArns"]?.list?.compactMap(\.string) ?? []
    }
    var pairs: [(String, String)] = []
    var homes: [String: Int] = [:]
    for (index, list) in arns.enumerated() {
      for arn in list {
        pairs.append((families[index].cluster, arn))
        homes[arn] = index
      }
    }
    var found = families.map { _ in [Node]() }
    for answer in aws.runAll(Self.grouped(pairs, by: 100).map { Self.describe($0, $1) }) {
      for task in try finding(answer)["tasks"]?.list ?? [] {
        if let arn = task["taskArn"]?.string, let index = homes[arn] { found[index].append(task) }
      }
    }
    return found.map { tasks in
      tasks.sorted {
        (AWSTime.seconds($0["startedAt"]) ?? Int.max, $0["taskArn"]?.string ?? "")
          < (AWSTime.seconds($1["startedAt"]) ?? Int.max, $1["taskArn"]?.string ?? "")
      }
    }
  }

  func finding(_ answer: Result<Node, AWSFailure>) throws(Finding) -> Node {
    do throws(AWSFailure) { return try answer.get() } catch { throw error.finding(aws.connection) }
  }

  private static func grouped(_ pairs: [(String, String)], by count: Int) -> [(String, [String])] {
    var groups: [(String, [String])] = []
    for (cluster, arn) in pairs {
      if let at = groups.lastIndex(where: { $0.0 == cluster && $0.1.count < count }) {
        groups[at].1.append(arn)
      } else {
        groups.append((cluster, [arn]))
      }
    }
    return groups
  }

  // MARK: - Calls

  static func services(_ cluster: String, _ arns: [String]) -> AWSCall {
    AWSCall("ecs", "describe-services").option("--cluster", cluster).option("--services", each: arns)
      .needs("ecs:DescribeServices")
  }

  static func list(_ family: Family, _ status: String) -> AWSCall? {
    let call = AWSCall("ecs", "list-tasks").option("--cluster", family.cluster).option("--desired-status", status)
      .needs("ecs:ListTasks")
    if let service = family.serviceArn { return call.option("--service-name", service) }
    return family.definitionArn.map { call.option("--family", name(of: $0)) }
  }

  static func describe(_ cluster: String, _ tasks: [String]) -> AWSCall {
    AWSCall("ecs", "describe-tasks").option("--cluster", cluster).option("--tasks", each: tasks)
      .needs("ecs:DescribeTasks")
  }

  /// `arn:...:task-definition/shop-web:3` is of the family `shop-web`.
  static func name(of definition: String) -> String {
    let last = definition.split(separator: "/").last ?? ""
    return String(last.split(separator: ":").first ?? "")
  }

  /// What every command that reads services sends, with words for what is not known yet.
  func nominal(_ names: [String]) throws(Finding) -> (calls: [AWSCall], families: [Family]) {
    let chosen = try chosen(names).map { family in
      var family = family
      family.cluster = "CLUSTER"
      family.definitionArn = "task-definition/\(family.services.first ?? "")"
      family.serviceArn = family.service == nil ? nil : family.services.first
      return family
    }
    return ([StackCalls.identity, deployment.calls.resources()], chosen)
  }
}

/// What a command prints with `--dry-run` and `--policy`.
public protocol DryRun {
  /// The calls that are known before AWS was asked.
  func nominalCalls() throws -> [DryCall]
}

/// A call as `--dry-run` prints it.
public struct DryCall {
  let call: AWSCall
}

extension Deployment {
  /// The aws commands, a line each. Nothing is sent.
  public func dryRun(_ command: any DryRun) throws -> [UInt8] {
    Array(Planning.shown(try command.nominalCalls().map(\.call), self).utf8)
  }

  /// The IAM policy that a command needs. Nothing is sent.
  public func policy(_ command: any DryRun) throws -> [UInt8] {
    JSONWriter.write(AWSPolicy.document(try command.nominalCalls().map(\.call)))
  }
}
