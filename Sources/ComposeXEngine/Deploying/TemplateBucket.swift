/// The bucket that templates are sent to: the user's, or the one that `composex bootstrap` made.
struct TemplateBucket {
  /// The name of the stack that `composex bootstrap` makes.
  static let stack = "composex-bootstrap"
  /// Its output that names the bucket.
  static let output = "TemplateBucket"

  /// What CloudFormation calls it, as a policy names it.
  static let pattern = "composex-bootstrap-templatebucket-*"

  let name: String
  let region: String?

  /// Asks for the bucket that `composex bootstrap` made.
  static func lookup(_ calls: StackCalls) -> AWSCall {
    StackCalls(stack: stack, partition: calls.partition, region: calls.region, account: calls.account).describe()
  }

  /// Where it is: CloudFormation takes this form for every name and region.
  var address: String {
    let suffix = region.map { AWSConnection.partition(of: $0) } == "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com"
    return "https://s3.\(region.map { "\($0)." } ?? "")\(suffix)/\(name)"
  }

  /// Sends files that are not there yet: what has a name has that content, since names are digests.
  func send(_ files: [SentTemplates.File], _ partition: String) -> AWSCall {
    let arn = "arn:\(partition):s3:::\(name)"
    return AWSCall("s3", "sync").folder("templates", files.map { ($0.name, $0.bytes) })
      .word("s3://\(name)/\(SentTemplates.folder)/").word("--size-only").word("--only-show-errors").withoutAnswer
      .needs("s3:ListBucket", on: arn).needs("s3:PutObject", on: "\(arn)/\(SentTemplates.folder)/*")
      .needs("s3:GetObject", on: "\(arn)/\(SentTemplates.folder)/*")
  }

  /// There is none.
  static func missing(_ count: Int) -> Finding {
    .error(
      at: .unknown,
      count > 1
        ? "\(count) templates need a bucket" : "the template is longer than the \(Limits.requestBytes) bytes of a call",
      remedy: "make one with composex bootstrap, or name yours: --s3-bucket BUCKET")
  }
}
