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

  /// Reports what is wrong with the attributes that a generator passed on from the compose file.
  static func check(_ resource: Resource, findings: Findings) {
    for (name, node) in resource.attributes.fields ?? [:] {
      do { try check(name, node) } catch {
        var finding = error
        finding.message = "\(resource.subject) \(finding.message)"
        findings.report(finding)
      }
    }
  }
}
