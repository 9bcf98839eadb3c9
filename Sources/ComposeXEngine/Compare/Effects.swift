/// What the registry and AWS's pages say of changes.
enum Effects {
  /// Types that hold what a user would miss.
  ///
  /// Contents, messages, keys and logs: each is gone with the resource unless its policy keeps it.
  static let stores: Set = [
    "AWS::RDS::DBInstance", "AWS::RDS::DBCluster", "AWS::RDS::GlobalCluster", "AWS::DocDB::DBCluster",
    "AWS::Neptune::DBCluster", "AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable", "AWS::S3::Bucket",
    "AWS::EFS::FileSystem", "AWS::FSx::FileSystem", "AWS::EC2::Volume", "AWS::SQS::Queue", "AWS::Kinesis::Stream",
    "AWS::ElastiCache::CacheCluster", "AWS::ElastiCache::ReplicationGroup", "AWS::ElastiCache::ServerlessCache",
    "AWS::MemoryDB::Cluster", "AWS::OpenSearchService::Domain", "AWS::Elasticsearch::Domain",
    "AWS::OpenSearchServerless::Collection", "AWS::MSK::Cluster", "AWS::MSK::ServerlessCluster",
    "AWS::AmazonMQ::Broker",
    "AWS::Redshift::Cluster", "AWS::Timestream::Table", "AWS::Cassandra::Table", "AWS::Cognito::UserPool",
    "AWS::KMS::Key", "AWS::SecretsManager::Secret", "AWS::ECR::Repository", "AWS::Logs::LogGroup",
    "AWS::APS::Workspace", "AWS::Backup::BackupVault",
  ]

  /// Types of which CloudFormation takes a snapshot where no policy says otherwise.
  ///
  /// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html (read 2026-11-29)
  private static func isSnapshot(byDefault resource: Node?, _ type: String) -> Bool {
    type == "AWS::RDS::DBCluster"
      || type == "AWS::RDS::DBInstance" && resource?.at("Properties", "DBClusterIdentifier") == nil
  }

  /// Whether a policy (`DeletionPolicy`, `UpdateReplacePolicy`) of the resource in the template keeps what it holds.
  static func keeps(_ resource: Node?, _ policy: String, _ type: String) -> Bool {
    switch resource?[policy]?.string {
    case "Retain"?, "RetainExceptOnCreate"?, "Snapshot"?: true
    case nil: policy == "DeletionPolicy" && isSnapshot(byDefault: resource, type)
    default: false
    }
  }

  /// Whether a policy of the resource in the template keeps the resource itself.
  static func retains(_ resource: Node?, _ policy: String) -> Bool {
    resource?[policy]?.string?.hasPrefix("Retain") ?? false
  }

  /// Properties whose change in place stops the resource for some time ("Update requires: Some interruptions").
  ///
  /// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbinstance.html and the pages of the other
  /// types (read 2026-11-29)
  private static let interrupting: [String: Set<String>] = [
    "AWS::RDS::DBInstance": ["DBInstanceClass", "EngineVersion", "MultiAZ", "StorageType", "CACertificateIdentifier"],
    "AWS::RDS::DBCluster": ["EngineVersion", "DBClusterInstanceClass", "Port"],
    "AWS::DocDB::DBInstance": ["DBInstanceClass"], "AWS::Neptune::DBInstance": ["DBInstanceClass"],
    "AWS::ElastiCache::CacheCluster": ["CacheNodeType", "EngineVersion"],
    "AWS::ElastiCache::ReplicationGroup": ["CacheNodeType", "EngineVersion"],
    "AWS::AmazonMQ::Broker": ["HostInstanceType", "EngineVersion", "Configuration"],
    "AWS::EC2::Instance": ["InstanceType", "UserData", "EbsOptimized", "KernelId"],
  ]

  /// Whether changing what is at a path stops the resource for some time.
  static func interrupts(_ type: String, _ path: String) -> Bool {
    interrupting[type]?.contains { path == $0 || path.hasPrefix("\($0).") } ?? false
  }

  /// Whether changing what is at `path` (`Name`, `KeySchema.1.AttributeName`) replaces the resource, as the registry knows it.
  ///
  /// Of a mapping that comes, goes or changes as a whole, `before` and `after` tell whether what replaces is in it; without them it
  /// does.
  static func replaces(_ type: ResourceType?, _ path: String, before: Node? = nil, after: Node? = nil) -> Bool {
    type?.createOnly.contains { touches($0, path, before, after) } ?? false
  }

  /// What changing that property of a resource comes to in AWS.
  static func effect(
    _ type: ResourceType?, named name: String, _ path: String, before: Node? = nil, after: Node? = nil
  ) -> Change.Effect {
    if replaces(type, path, before: before, after: after) { return .replace }
    let may = type?.conditionalCreateOnly.contains { touches($0, path, before, after) } ?? false
    if interrupts(name, path) { return may ? .maybeReplace : .interrupt }
    return may ? .maybeReplace : .update
  }

  /// Whether a change at `path` changes what is at `known`, a path of the registry in which `*` is any item.
  private static func touches(_ known: String, _ path: String, _ before: Node?, _ after: Node?) -> Bool {
    let (names, steps) = (known.split(separator: "."), path.split(separator: "."))
    guard zip(names, steps).allSatisfy({ $0 == $1 || $0 == "*" }) else { return false }
    if names.count <= steps.count { return true }
    if before == nil, after == nil { return steps.count == 1 }
    let rest = names[steps.count...]
    return texts(before, rest) != texts(after, rest)
  }

  /// What stands at the rest of a path, in each item of lists.
  private static func texts(_ node: Node?, _ rest: ArraySlice<Substring>) -> [String] {
    guard let node else { return [] }
    guard let name = rest.first else { return [node.sameText] }
    if let items = node.list { return items.flatMap { texts($0, name == "*" ? rest.dropFirst() : rest) } }
    return texts(node[String(name)], rest.dropFirst())
  }
}
