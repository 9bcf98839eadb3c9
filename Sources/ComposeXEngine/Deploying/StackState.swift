/// A stack as CloudFormation describes it.
struct StackState {
  let id: String
  let status: String
  let reason: String?
  let parameters: [String: String]
  let tags: [(name: String, value: String)]
  let outputs: [(name: String, value: String)]
  let isProtected: Bool
  /// The names that other stacks may import.
  let exports: [String]

  /// Reads the answer of `describe-stacks`.
  init?(_ answer: Node) {
    guard let stack = answer["Stacks"]?.list?.first, let status = stack["StackStatus"]?.string else { return nil }
    func pairs(_ list: String, _ key: String, _ value: String) -> [(name: String, value: String)] {
      (stack[list]?.list ?? []).map { ($0[key]?.string ?? "", $0[value]?.scalarText ?? "") }
    }
    id = stack["StackId"]?.string ?? ""
    self.status = status
    reason = stack["StackStatusReason"]?.string
    parameters = Dictionary(
      pairs("Parameters", "ParameterKey", "ParameterValue").map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    tags = pairs("Tags", "Key", "Value")
    outputs = pairs("Outputs", "OutputKey", "OutputValue")
    exports = (stack["Outputs"]?.list ?? []).compactMap { $0["ExportName"]?.string }
    isProtected = stack["EnableTerminationProtection"]?.bool ?? false
  }

  /// Whether it is only the name of change sets that were never run.
  var isEmpty: Bool { status == "REVIEW_IN_PROGRESS" }

  /// Whether CloudFormation works on it.
  var isBusy: Bool { status.hasSuffix("_IN_PROGRESS") && !isEmpty }

  /// Why no change set can be made for it now; nil when one can.
  func obstacle(_ name: String) -> Finding? {
    func refuse(_ why: String, _ remedy: String) -> Finding {
      .error(at: .unknown, "the stack \(name) is in \(status): \(why)", remedy: remedy)
    }
    switch status {
    case _ where isBusy:
      return refuse("CloudFormation works on it", "watch it: composex up --attach --stack-name \(name)")
    case "ROLLBACK_COMPLETE", "ROLLBACK_FAILED":
      return refuse(
        "its first deployment failed, and such a stack can only be deleted", "composex down, then try again")
    case "DELETE_FAILED": return refuse("a part of it could not be deleted", "composex down, then try again")
    case "UPDATE_ROLLBACK_FAILED":
      return refuse(
        "its last update could not be taken back",
        "aws cloudformation continue-update-rollback --stack-name \(name), then try again")
    default: return nil
    }
  }
}
