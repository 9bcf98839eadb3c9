/// The ports that databases, caches and brokers of the template listen on.
struct ServicePorts {
  private let template: FactTemplate

  init(_ template: FactTemplate) { self.template = template }

  /// A port, also one that is written as `Fn::GetAtt` of an endpoint.
  func number(_ text: String) -> Int? {
    if let number = Int(text) { return number }
    guard text.hasPrefix("<"), text.hasSuffix(".Port>") else { return nil }
    let key = String(text.dropFirst().prefix { $0 != "." })
    return template.byKey[key].flatMap { port(of: $0) }
  }

  /// The port of a store, when it has one.
  func port(of resource: FactResource) -> Int? {
    if let text = resource.text("Port") { return Int(text) }
    if let text = resource.text("ClusterEndpoint", "Port") ?? resource.text("Endpoint", "Port"), let port = Int(text) {
      return port
    }
    if let cluster = resource.text("DBClusterIdentifier"), cluster.hasPrefix("<") {
      let key = String(cluster.dropFirst().prefix { $0 != ">" })
      if let owner = template.byKey[key], owner.key != resource.key { return port(of: owner) }
    }
    return Self.standard(resource.type, engine: resource.text("Engine") ?? "")
  }

  /// The port of each engine where none is written.
  ///
  /// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbinstance.html and the pages of the other
  /// types (read 2026-11-29)
  private static func standard(_ type: String, engine: String) -> Int? {
    switch type {
    case "AWS::RDS::DBInstance", "AWS::RDS::DBCluster":
      if engine.contains("postgres") { return 5432 }
      if engine.contains("oracle") { return 1521 }
      if engine.contains("sqlserver") { return 1433 }
      if engine.hasPrefix("db2") { return 50000 }
      return 3306
    case "AWS::RDS::DBProxy": return nil
    case "AWS::DocDB::DBCluster": return 27017
    case "AWS::Neptune::DBCluster": return 8182
    case "AWS::Redshift::Cluster": return 5439
    case "AWS::ElastiCache::CacheCluster", "AWS::ElastiCache::ReplicationGroup", "AWS::ElastiCache::ServerlessCache":
      return engine == "memcached" ? 11211 : 6379
    case "AWS::MemoryDB::Cluster": return 6379
    case "AWS::EFS::MountTarget": return 2049
    default: return nil
    }
  }
}
