/// The template of `composex bootstrap`: a bucket for templates, and the role of a pipeline when one is asked for.
public struct BootstrapTemplate {
  /// Whom a pipeline's role trusts: a branch of a repository, by the identity that its platform signs.
  public struct Pipeline: Sendable {
    /// The host that signs, which the account must know as an OIDC provider.
    let host: String
    let audience: String
    let subject: String

    /// `OWNER/REPO@BRANCH` on GitHub; the branch is `main` without one.
    ///
    /// https://docs.github.com/en/actions/security-for-github-actions/security-hardening-your-deployments/configuring-openid-connect-in-amazon-web-services
    /// (read 2026-11-29)
    public init?(github text: String) {
      guard let (path, branch) = Self.split(text) else { return nil }
      host = "token.actions.githubusercontent.com"
      audience = "sts.amazonaws.com"
      subject = "repo:\(path):ref:refs/heads/\(branch)"
    }

    /// `GROUP/PROJECT@BRANCH` on gitlab.com.
    ///
    /// https://docs.gitlab.com/ci/cloud_services/aws/ (read 2026-11-29)
    public init?(gitlab text: String) {
      guard let (path, branch) = Self.split(text) else { return nil }
      host = "gitlab.com"
      audience = "https://gitlab.com"
      subject = "project_path:\(path):ref_type:branch:ref:\(branch)"
    }

    private static func split(_ text: String) -> (path: String, branch: String)? {
      let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard parts[0].split(separator: "/").count >= 2, !parts.contains(""), !text.contains("*") else { return nil }
      return (parts[0], parts.count > 1 ? parts[1] : "main")
    }
  }

  var pipeline: Pipeline?
  /// ARNs of the managed policies that the role has.
  var policies: [String] = []
  /// Whether the account does not know the host yet.
  var makesProvider = false

  /// The text.
  var bytes: [UInt8] { YAMLWriter.write(tree, functions: .short) }

  private var tree: Node {
    var resources: [(String, Node)] = [("TemplateBucket", bucket), ("TemplateBucketPolicy", bucketPolicy)]
    var outputs: [(String, Node)] = [
      (TemplateBucket.output, Self.output("Where composex sends templates", Self.reference("TemplateBucket")))
    ]
    if let pipeline {
      if makesProvider { resources.append(("PipelineIdentity", provider(pipeline))) }
      resources.append(("PipelineRole", role(pipeline)))
      outputs.append(
        ("PipelineRole", Self.output("The role of the pipeline", Self.attribute("PipelineRole", "Arn"))))
    }
    return .object([
      ("AWSTemplateFormatVersion", .of("2010-09-09")), ("Description", .of("What composex needs in an account")),
      ("Resources", .object(resources)), ("Outputs", .object(outputs)),
    ])
  }

  private static func reference(_ id: String) -> Node { Node(.reference(Reference(.name(id))), at: .unknown) }
  private static func attribute(_ id: String, _ name: String) -> Node {
    Node(.reference(Reference(.name(id), attribute: name)), at: .unknown)
  }
  private static func sub(_ text: String) -> Node { Node(.text([TextPart](sub: text)), at: .unknown) }
  private static func list(_ items: Node...) -> Node { Node(.list(items), at: .unknown) }
  private static func output(_ description: String, _ value: Node) -> Node {
    .object([("Description", .of(description)), ("Value", value)])
  }

  private var bucket: Node {
    let encryption = Node.object([("ServerSideEncryptionByDefault", .object([("SSEAlgorithm", .of("AES256"))]))])
    let rule = Node.object([
      ("Id", .of("old-templates")), ("Status", .of("Enabled")), ("ExpirationInDays", .of(90)),
      ("AbortIncompleteMultipartUpload", .object([("DaysAfterInitiation", .of(1))])),
    ])
    let blocked = ["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"]
    return .object([
      ("Type", .of("AWS::S3::Bucket")),
      (
        "Properties",
        .object([
          ("BucketEncryption", .object([("ServerSideEncryptionConfiguration", Self.list(encryption))])),
          ("PublicAccessBlockConfiguration", .object(blocked.map { ($0, .of(true)) })),
          (
            "OwnershipControls",
            .object([("Rules", Self.list(.object([("ObjectOwnership", .of("BucketOwnerEnforced"))])))])
          ),
          ("LifecycleConfiguration", .object([("Rules", Self.list(rule))])),
        ])
      ),
    ])
  }

  private var bucketPolicy: Node {
    let statement = Node.object([
      ("Effect", .of("Deny")), ("Principal", .of("*")), ("Action", .of("s3:*")),
      (
        "Resource",
        Self.list(Self.attribute("TemplateBucket", "Arn"), Self.sub("${TemplateBucket.Arn}/*"))
      ),
      ("Condition", .object([("Bool", .object([("aws:SecureTransport", .of("false"))]))])),
    ])
    return .object([
      ("Type", .of("AWS::S3::BucketPolicy")),
      (
        "Properties",
        .object([
          ("Bucket", Self.reference("TemplateBucket")), ("PolicyDocument", Self.document(statement)),
        ])
      ),
    ])
  }

  private static func document(_ statement: Node) -> Node {
    .object([("Version", .of("2012-10-17")), ("Statement", list(statement))])
  }

  private func provider(_ pipeline: Pipeline) -> Node {
    .object([
      ("Type", .of("AWS::IAM::OIDCProvider")),
      ("DeletionPolicy", .of("Retain")),
      (
        "Properties",
        .object([("Url", .of("https://\(pipeline.host)")), ("ClientIdList", .of([pipeline.audience]))])
      ),
    ])
  }

  private func role(_ pipeline: Pipeline) -> Node {
    let issuer = Self.sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:oidc-provider/\(pipeline.host)")
    let statement = Node.object([
      ("Effect", .of("Allow")),
      (
        "Principal",
        .object([("Federated", makesProvider ? Self.reference("PipelineIdentity") : issuer)])
      ),
      ("Action", .of("sts:AssumeRoleWithWebIdentity")),
      (
        "Condition",
        .object([
          (
            "StringEquals",
            .object([
              ("\(pipeline.host):aud", .of(pipeline.audience)), ("\(pipeline.host):sub", .of(pipeline.subject)),
            ])
          )
        ])
      ),
    ])
    return .object([
      ("Type", .of("AWS::IAM::Role")),
      (
        "Properties",
        .object([
          ("AssumeRolePolicyDocument", Self.document(statement)), ("ManagedPolicyArns", .of(policies)),
          ("MaxSessionDuration", .of(7200)),
        ])
      ),
    ])
  }
}
