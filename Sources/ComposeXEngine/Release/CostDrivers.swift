import OrderedCollections

/// What a template makes that is paid for, counted: prices are AWS's, and not known here.
struct CostDrivers {
  /// One kind of thing.
  struct Row {
    var what: String
    var count: Int
    /// What its size is made of.
    var detail: String
  }

  let rows: [Row]

  /// Types that are paid for by the piece, with what says how large each is.
  private static let types: [(type: String, what: String, size: [String])] = [
    ("AWS::ElasticLoadBalancingV2::LoadBalancer", "load balancers", ["Type", "Scheme"]),
    ("AWS::EC2::NatGateway", "NAT gateways", []), ("AWS::EC2::EIP", "public IPv4 addresses", []),
    ("AWS::EC2::VPCEndpoint", "VPC endpoints", ["VpcEndpointType"]),
    ("AWS::EC2::Instance", "instances", ["InstanceType"]),
    ("AWS::RDS::DBInstance", "database instances", ["DBInstanceClass", "MultiAZ", "AllocatedStorage"]),
    ("AWS::DocDB::DBInstance", "DocumentDB instances", ["DBInstanceClass"]),
    ("AWS::Neptune::DBInstance", "Neptune instances", ["DBInstanceClass"]),
    ("AWS::RDS::DBProxy", "database proxies", []),
    ("AWS::ElastiCache::CacheCluster", "cache clusters", ["CacheNodeType", "NumCacheNodes"]),
    (
      "AWS::ElastiCache::ReplicationGroup", "cache replication groups",
      ["CacheNodeType", "NumCacheClusters", "NumNodeGroups"]
    ),
    ("AWS::ElastiCache::ServerlessCache", "serverless caches", ["Engine"]),
    ("AWS::OpenSearchService::Domain", "OpenSearch domains", []),
    ("AWS::OpenSearchServerless::Collection", "OpenSearch collections", ["Type"]),
    ("AWS::AmazonMQ::Broker", "brokers", ["HostInstanceType", "DeploymentMode"]),
    ("AWS::MSK::Cluster", "Kafka clusters", ["NumberOfBrokerNodes"]),
    ("AWS::MSK::ServerlessCluster", "serverless Kafka clusters", []),
    ("AWS::Kinesis::Stream", "streams", ["ShardCount"]),
    ("AWS::KinesisFirehose::DeliveryStream", "delivery streams", []),
    ("AWS::EFS::FileSystem", "file systems", ["ThroughputMode"]), ("AWS::S3::Bucket", "buckets", []),
    ("AWS::DynamoDB::Table", "tables", ["BillingMode"]), ("AWS::KMS::Key", "keys", []),
    ("AWS::SecretsManager::Secret", "secrets", []), ("AWS::CloudWatch::Alarm", "alarms", []),
    ("AWS::CloudWatch::Dashboard", "dashboards", []), ("AWS::WAFv2::WebACL", "web ACLs", []),
    ("AWS::Route53::HostedZone", "hosted zones", []), ("AWS::Logs::LogGroup", "log groups", ["RetentionInDays"]),
    ("AWS::APS::Workspace", "Prometheus workspaces", []),
  ]

  init(_ template: FactTemplate) {
    rows =
      [Self.tasks(template)] + Self.hosts(template)
      + Self.types.compactMap { type, what, size in
        let all = template.all(type)
        if all.isEmpty { return nil }
        let sizes = all.map { resource in
          size.compactMap { name in resource.text(name).map { "\(name) \(ARNForms.shown($0))" } }.joined(
            separator: ", ")
        }
        return Row(what: what, count: all.count, detail: Self.counted(sizes))
      }
  }

  /// Tasks, with the size of each times their number.
  private static func tasks(_ template: FactTemplate) -> Row {
    var (count, cpu, memory) = (0, 0, 0)
    var details: [String] = []
    for service in template.all("AWS::ECS::Service") {
      let number = service.text("DesiredCount").flatMap { Int($0) } ?? 1
      let key = service.text("TaskDefinition").map(GroupRules.group) ?? ""
      let units = template.byKey[key]?.text("Cpu").flatMap { Int($0) } ?? 0
      let size = template.byKey[key]?.text("Memory").flatMap { Int($0) } ?? 0
      count += number
      cpu += number * units
      memory += number * size
      details.append("\(service.subjects.joined(separator: ", ")): \(number) × \(vCPU(units)) vCPU, \(size) MiB")
    }
    let sum = "in all \(vCPU(cpu)) vCPU, \(memory) MiB"
    return Row(what: "tasks", count: count, detail: ([sum] + details).joined(separator: "; "))
  }

  private static func vCPU(_ units: Int) -> String {
    let hundredths = units * 100 / 1024
    let (whole, part) = (hundredths / 100, hundredths % 100)
    if part == 0 { return "\(whole)" }
    return "\(whole).\(part < 10 ? "0" : "")\(part % 10 == 0 ? part / 10 : part)"
  }

  private static func hosts(_ template: FactTemplate) -> [Row] {
    template.all("AWS::AutoScaling::AutoScalingGroup").map { group in
      let types = template.all("AWS::EC2::LaunchTemplate").compactMap { $0.text("LaunchTemplateData", "InstanceType") }
      let (low, high) = (group.text("MinSize") ?? "?", group.text("MaxSize") ?? "?")
      return Row(
        what: "instances of \(group.subject)", count: Int(low) ?? 0,
        detail: "\(low) to \(high)" + (types.isEmpty ? "" : ", \(types.joined(separator: ", "))"))
    }
  }

  /// `2 × DBInstanceClass db.t3.small`.
  private static func counted(_ sizes: [String]) -> String {
    var counts: OrderedDictionary<String, Int> = [:]
    for size in sizes where !size.isEmpty { counts[size, default: 0] += 1 }
    return counts.map { $1 == 1 ? $0 : "\($1) × \($0)" }.joined(separator: "; ")
  }
}
