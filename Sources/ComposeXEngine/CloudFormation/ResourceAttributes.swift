/// What the attributes of a resource (`DeletionPolicy`, `Condition`, ...) may hold.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-product-attribute-reference.html
enum ResourceAttributes {
  private static let policies = [
    "DeletionPolicy": ["Delete", "Retain", "RetainExceptOnCreate", "Snapshot"],
    "UpdateReplacePolicy": ["Delete", "Retain", "Snapshot"],
  ]

  /// Throws what is wrong with one attribute. Names in `Condition` and `DependsOn` are the linker's.
  static func check(_ name: String, _ node: Node) throws(Finding) {
    if let known = policies[name] {
      if let text = node.string, known.contains(text) { return }
      // CloudFormation's language extensions take functions here.
      if Intrinsics.function(node) != nil { return }
      let shown = node.string.map { "\"\($0)\"" } ?? node.kind
      throw .error(
        at: node.place, "\(name) must be one of \(known.joined(separator: ", ")), not \(shown)",
        remedy: node.string.flatMap { NearName.find($0, in: known) }.map { "did you mean \"\($0)\"?" }
          ?? "write \(known[1])")
    }
    switch name {
    case "Condition":
      if node.string == nil {
        throw .error(at: node.place, "Condition must be the name of a condition, not \(node.kind)")
      }
    case "CreationPolicy", "UpdatePolicy", "Metadata":
      if node.fields == nil { throw .error(at: node.place, "\(name) must be a mapping, not \(node.kind)") }
    default: break
    }
  }

  /// Types that CloudFormation can take a snapshot of.
  private static let snapshots: Set = [
    "AWS::DocDB::DBCluster", "AWS::EC2::Volume", "AWS::ElastiCache::CacheCluster",
    "AWS::ElastiCache::ReplicationGroup", "AWS::Neptune::DBCluster", "AWS::RDS::DBCluster", "AWS::RDS::DBInstance",
    "AWS::Redshift::Cluster",
  ]

  /// Reports what is wrong with the attributes that a generator passed on from the compose file.
  static func check(_ resource: Resource, findings: Findings) {
    let deletion = resource.attributes["DeletionPolicy"]?.place
    for (name, node) in resource.attributes.fields ?? [:] {
      // What replaces follows what deletes, unless the file says otherwise.
      if name == "UpdateReplacePolicy", let deletion,
        (node.place.line, node.place.column) == (deletion.line, deletion.column)
      {
        continue
      }
      do { try check(name, node) } catch {
        var finding = error
        finding.message = "\(resource.subject) \(finding.message)"
        findings.report(finding)
      }
      if policies[name] != nil, node.string == "Snapshot", resource.registered != nil,
        !snapshots.contains(resource.type)
      {
        findings.report(
          .error(
            at: node.place,
            "\(resource.subject) \(name) cannot be Snapshot: CloudFormation takes none of \(resource.type)",
            remedy: "write Retain"))
      }
    }
  }
}
