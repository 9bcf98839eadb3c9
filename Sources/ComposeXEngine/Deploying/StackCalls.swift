/// The calls of CloudFormation about one stack, each with what IAM must allow.
struct StackCalls {
  let stack: String
  /// Where ARNs lie; `*` where it is not known.
  var partition = "aws"
  var region = "*"
  var account = "*"

  /// The ARN of the stack as a policy names it.
  var arn: String { "arn:\(partition):cloudformation:\(region):\(account):stack/\(stack)/*" }
  private var nested: String { "arn:\(partition):cloudformation:\(region):\(account):stack/\(stack)-*/*" }

  private func call(_ operation: String, _ action: String) -> AWSCall {
    AWSCall("cloudformation", operation).needs("cloudformation:\(action)", on: arn)
  }

  /// Who asks.
  static var identity: AWSCall { AWSCall("sts", "get-caller-identity") }

  /// The state of the stack, or of a nested one by its ARN.
  func describe(_ name: String? = nil) -> AWSCall {
    call("describe-stacks", "DescribeStacks").option("--stack-name", name ?? stack)
  }

  /// The template as it was given.
  func template(_ name: String? = nil) -> AWSCall {
    call("get-template", "GetTemplate").needs("cloudformation:GetTemplate", on: nested)
      .option("--stack-name", name ?? stack).option("--template-stage", "Original")
  }

  /// The resources of the stack, or of a nested one.
  func resources(_ name: String? = nil) -> AWSCall {
    call("list-stack-resources", "ListStackResources").option("--stack-name", name ?? stack)
  }

  /// What a change set does.
  func describe(changeSet: String, ofNested: Bool = false) -> AWSCall {
    let call = call("describe-change-set", "DescribeChangeSet").needs("cloudformation:DescribeChangeSet", on: nested)
    return (ofNested || changeSet.hasPrefix("arn:") ? call : call.option("--stack-name", stack))
      .option("--change-set-name", changeSet)
  }

  /// The change sets that the stack has.
  var changeSets: AWSCall { call("list-change-sets", "ListChangeSets").option("--stack-name", stack) }

  /// Removes a change set.
  func delete(changeSet: String) -> AWSCall {
    let call = call("delete-change-set", "DeleteChangeSet").needs("cloudformation:DeleteChangeSet", on: nested)
    return (changeSet.hasPrefix("arn:") ? call : call.option("--stack-name", stack))
      .option("--change-set-name", changeSet).withoutAnswer
  }

  /// Runs a change set.
  func execute(changeSet: String, keepsFailed: Bool, token: String) -> AWSCall {
    call("execute-change-set", "ExecuteChangeSet").needs("cloudformation:ExecuteChangeSet", on: nested)
      .option("--change-set-name", changeSet).option("--client-request-token", token)
      .flag("--disable-rollback", keepsFailed).withoutAnswer
  }

  /// Deletes the stack.
  func delete(token: String, keeping resources: [String] = [], _ name: String? = nil) -> AWSCall {
    call("delete-stack", "DeleteStack").needs("cloudformation:DeleteStack", on: nested)
      .option("--stack-name", name ?? stack).option("--retain-resources", each: resources)
      .option("--client-request-token", token).withoutAnswer
  }

  /// The newest events, or the page that a token names.
  func events(_ name: String? = nil, next: String? = nil) -> AWSCall {
    call("describe-stack-events", "DescribeStackEvents").needs("cloudformation:DescribeStackEvents", on: nested)
      .option("--stack-name", name ?? stack).option("--next-token", ifAny: next).flag("--no-paginate")
  }

  /// Protects the stack from being deleted, or no more.
  func protect(_ isProtected: Bool) -> AWSCall {
    call("update-termination-protection", "UpdateTerminationProtection").option("--stack-name", stack)
      .flag(isProtected ? "--enable-termination-protection" : "--no-enable-termination-protection").withoutAnswer
  }
}
