extension Graph.Kind {
  /// What a resource type is drawn as.
  init(type: String) {
    if let known = Self.types[type] {
      self = known
      return
    }
    let service = type.split(separator: ":").dropFirst().first.map(String.init) ?? ""
    self = Self.services[service] ?? .other
  }

  private static let types: [String: Graph.Kind] = [
    "AWS::ElasticLoadBalancingV2::LoadBalancer": .balancer, "AWS::ECS::Service": .service,
    "AWS::ECS::TaskDefinition": .service, "AWS::ECS::Cluster": .network,
  ]

  private static let services: [String: Graph.Kind] = [
    "ElasticLoadBalancingV2": .balancer, "RDS": .store, "DocDB": .store, "Neptune": .store, "ElastiCache": .store,
    "MemoryDB": .store, "DynamoDB": .store, "S3": .store, "EFS": .store, "FSx": .store, "OpenSearchService": .store,
    "OpenSearchServerless": .store, "Backup": .store, "ECR": .store, "Redshift": .store,
    "SQS": .message, "SNS": .message, "Kinesis": .message, "KinesisFirehose": .message, "MSK": .message,
    "AmazonMQ": .message, "Events": .message, "Scheduler": .message, "StepFunctions": .message, "Lambda": .other,
    "KMS": .secret, "SecretsManager": .secret, "SSM": .secret, "Cognito": .secret, "CertificateManager": .secret,
    "EC2": .network, "ServiceDiscovery": .network, "Route53": .network, "WAFv2": .network, "Shield": .network,
    "AutoScaling": .network, "CloudWatch": .watch, "Logs": .watch, "APS": .watch, "CodeGuruProfiler": .watch,
    "IAM": .role, "ECS": .service,
  ]
}
