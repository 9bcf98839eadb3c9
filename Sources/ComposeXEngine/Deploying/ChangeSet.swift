/// A change set as CloudFormation describes it.
struct ChangeSet {
  /// What it does to one resource.
  struct ResourceChange {
    let action: String
    let policy: String?
    let logicalId: String
    let physicalId: String?
    let type: String
    let replacement: String?
    let nested: String?
    let details: [Detail]
  }

  /// One reason for a change.
  struct Detail {
    let attribute: String
    /// The property's name; nil for `Metadata`, `Tags` and so on.
    let name: String?
    let path: String?
    let recreation: String?
    let cause: String?
    let source: String?
    let before: Node?
    let after: Node?
  }

  let arn: String
  let stack: String
  let status: String
  let reason: String
  let changes: [ResourceChange]

  /// Reads the answer of `describe-change-set`.
  init(_ answer: Node) {
    arn = answer["ChangeSetId"]?.string ?? ""
    stack = answer["StackId"]?.string ?? ""
    status = answer["Status"]?.string ?? ""
    reason = answer["StatusReason"]?.string ?? ""
    changes = (answer["Changes"]?.list ?? []).compactMap { $0["ResourceChange"].map(ResourceChange.init) }
  }

  var isPending: Bool { status.hasSuffix("_PENDING") || status.hasSuffix("_IN_PROGRESS") }

  /// Whether it failed because nothing changes: CloudFormation says so in words only.
  var isNothing: Bool {
    guard status == "FAILED" else { return changes.isEmpty && status == "CREATE_COMPLETE" }
    return reason.contains("didn't contain changes") || reason.contains("No updates are to be performed")
  }
}

extension ChangeSet.ResourceChange {
  /// The removal of a resource with the stack that it was in.
  init(removing id: String, _ type: String) {
    self.init(
      .object([("Action", .of("Remove")), ("LogicalResourceId", .of(id)), ("ResourceType", .of(type))]))
  }

  fileprivate init(_ node: Node) {
    action = node["Action"]?.string ?? "Modify"
    policy = node["PolicyAction"]?.string
    logicalId = node["LogicalResourceId"]?.string ?? ""
    physicalId = node["PhysicalResourceId"]?.string
    type = node["ResourceType"]?.string ?? ""
    replacement = node["Replacement"]?.string
    nested = node["ChangeSetId"]?.string
    details = (node["Details"]?.list ?? []).map(ChangeSet.Detail.init)
  }
}

extension ChangeSet.Detail {
  fileprivate init(_ node: Node) {
    let target = node["Target"]
    attribute = target?["Attribute"]?.string ?? ""
    name = target?["Name"]?.string
    path = target?["Path"]?.string
    recreation = target?["RequiresRecreation"]?.string
    cause = node["CausingEntity"]?.string
    source = node["ChangeSource"]?.string
    before = target?["BeforeValue"]
    after = target?["AfterValue"]
  }
}
