/// The calls of ECR about one repository.
struct ImageRepository {
  let path: String
  /// The account that it is in; nil is the caller's.
  var account: String?
  /// nil is that of the other calls.
  var region: String?
  let arn: String

  /// A repository of `calls`' account and region, unless it is said otherwise.
  init(_ path: String, _ calls: StackCalls, account: String? = nil, region: String? = nil) {
    (self.path, self.account, self.region) = (path, account, region)
    arn = "arn:\(calls.partition):ecr:\(region ?? calls.region):\(account ?? calls.account):repository/\(path)"
  }

  private func call(_ operation: String, _ action: String) -> AWSCall {
    let call = AWSCall("ecr", operation).needs("ecr:\(action)", on: arn)
    return region.map { call.in(region: $0) } ?? call
  }

  var describe: AWSCall {
    call("describe-repositories", "DescribeRepositories").option("--registry-id", ifAny: account)
      .option("--repository-names", path)
  }

  /// Makes it: what was pushed under a tag stays that, and is searched for what is known to be weak.
  var create: AWSCall {
    call("create-repository", "CreateRepository").option("--repository-name", path)
      .option("--image-tag-mutability", "IMMUTABLE").option("--image-scanning-configuration", "scanOnPush=true")
  }

  /// Keeps the newest images only.
  var limit: AWSCall {
    let rule = Node.object([
      ("rulePriority", .of(1)), ("description", .of("the newest \(Self.kept) images")),
      (
        "selection",
        .object([
          ("tagStatus", .of("any")), ("countType", .of("imageCountMoreThan")), ("countNumber", .of(Self.kept)),
        ])
      ), ("action", .object([("type", .of("expire"))])),
    ])
    return call("put-lifecycle-policy", "PutLifecyclePolicy").option("--repository-name", path)
      .json("--lifecycle-policy-text", "lifecycle.json", .object([("rules", Node(.list([rule]), at: .unknown))]))
      .withoutAnswer
  }

  private static let kept = 100

  /// The digest behind a tag.
  func image(_ tag: String) -> AWSCall {
    call("describe-images", "DescribeImages").option("--registry-id", ifAny: account)
      .option("--repository-name", path).option("--image-ids", "imageTag=\(tag)")
  }

  /// The password for the registry, which the builder reads. What the builder then sends needs rights, too.
  var password: AWSCall {
    var call = AWSCall("ecr", "get-login-password").needs("ecr:GetAuthorizationToken").withLine
    for action in [
      "BatchCheckLayerAvailability", "BatchGetImage", "InitiateLayerUpload", "UploadLayerPart", "CompleteLayerUpload",
      "PutImage",
    ] {
      call = call.needs("ecr:\(action)", on: arn)
    }
    return region.map { call.in(region: $0) } ?? call
  }
}
