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
    case "Retain"?, "Snapshot"?: true
    case nil: policy == "DeletionPolicy" && isSnapshot(byDefault: resource, type)
    default: false
    }
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

  /// Whether changing that property stops the resource for some time.
  static func interrupts(_ type: String, _ property: String) -> Bool { interrupting[type]?.contains(property) ?? false }

  /// Whether changing what is at `path` (`Name`, `KeySchema.1.AttributeName`) replaces the resource, as the registry knows it.
  static func replaces(_ type: ResourceType?, _ path: String) -> Bool {
    guard let type else { return false }
    let steps = path.split(separator: ".").map(String.init)
    return type.createOnly.contains { known in
      let names = known.split(separator: ".").map(String.init)
      return names.count <= steps.count
        ? zip(names, steps).allSatisfy { $0 == $1 || $0 == "*" }
        : zip(names, steps).allSatisfy { $0 == $1 || $0 == "*" } && steps.count == 1
    }
  }
}
