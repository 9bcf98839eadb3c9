/// What ECS says of a service while it brings it up.
struct ServiceState: Equatable {
  let arn: String
  let family: String?
  let desired: Int
  let running: Int
  let pending: Int
  let failed: Int
  /// `IN_PROGRESS`, `COMPLETED`, `FAILED`.
  let rollout: String
  /// The newest event of the service.
  let message: String?

  /// Calls that ask for services, ten in one.
  static func calls(_ arns: [String]) -> [AWSCall] {
    var clusters: [(cluster: String, services: [String])] = []
    for arn in arns {
      let cluster = Self.cluster(of: arn)
      if let at = clusters.lastIndex(where: { $0.cluster == cluster }), clusters[at].services.count < 10 {
        clusters[at].services.append(arn)
      } else {
        clusters.append((cluster, [arn]))
      }
    }
    return clusters.map { describe($0.cluster, $0.services) }
  }

  /// The call that asks for services of one cluster.
  static func describe(_ cluster: String, _ services: [String]) -> AWSCall {
    AWSCall("ecs", "describe-services").option("--cluster", cluster).option("--services", each: services)
      .needs("ecs:DescribeServices")
  }

  /// `arn:aws:ecs:eu-west-1:123456789012:service/shop/web` lies in the cluster `shop`.
  static func cluster(of arn: String) -> String {
    let parts = arn.split(separator: "/")
    return parts.count > 2 ? String(parts[1]) : "default"
  }

  /// Reads the answer of `describe-services`.
  static func read(_ answer: Node) -> [ServiceState] { (answer["services"]?.list ?? []).map(ServiceState.init) }

  init(_ node: Node) {
    let deployments = node["deployments"]?.list ?? []
    let newest = deployments.first { $0["status"]?.string == "PRIMARY" } ?? deployments.first
    func count(_ key: String) -> Int { newest?[key]?.int ?? node[key]?.int ?? 0 }
    arn = node["serviceArn"]?.string ?? ""
    let definition = newest?["taskDefinition"]?.string ?? node["taskDefinition"]?.string
    family = definition?.split(separator: "/").last?.split(separator: ":").first.map(String.init)
    (desired, running, pending) = (count("desiredCount"), count("runningCount"), count("pendingCount"))
    failed = newest?["failedTasks"]?.int ?? 0
    rollout = newest?["rolloutState"]?.string ?? ""
    message = node["events"]?.list?.first?["message"]?.string
  }

  /// `1 of 2 running, 1 pending, 0 failed`
  var words: String { "\(running) of \(desired) running, \(pending) pending, \(failed) failed" }
}
