/// The ARNs of resources of a template, so that the same one written in several ways is known as the same.
///
/// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html and the
/// "Return values" of each type's page (read 2026-11-29)
struct ARNForms {
  /// How the ARN of a type is made.
  struct Form {
    /// Behind `arn:aws:`: `sqs:{R}:{A}:{N}`; region, account and name.
    let arn: String
    /// The property that gives the name; nil where CloudFormation always makes it.
    let name: String?
    /// Attributes that are the ARN, `Ref` for the reference itself.
    let arns: [String]
    /// Attributes that are the name.
    let names: [String]

    init(_ arn: String, _ name: String?, arns: [String] = ["Arn"], names: [String] = ["Ref"]) {
      self.arn = arn
      self.name = name
      self.arns = arns
      self.names = names
    }
  }

  static let forms: [String: Form] = [
    "AWS::SQS::Queue": Form("sqs:{R}:{A}:{N}", "QueueName", names: ["QueueName"]),
    "AWS::SNS::Topic": Form("sns:{R}:{A}:{N}", "TopicName", arns: ["Ref", "TopicArn"], names: ["TopicName"]),
    "AWS::S3::Bucket": Form("s3:::{N}", "BucketName"),
    "AWS::DynamoDB::Table": Form("dynamodb:{R}:{A}:table/{N}", "TableName"),
    "AWS::DynamoDB::GlobalTable": Form("dynamodb:{R}:{A}:table/{N}", "TableName"),
    "AWS::Kinesis::Stream": Form("kinesis:{R}:{A}:stream/{N}", "Name"),
    "AWS::KinesisFirehose::DeliveryStream": Form("firehose:{R}:{A}:deliverystream/{N}", "DeliveryStreamName"),
    "AWS::KMS::Key": Form("kms:{R}:{A}:key/{N}", nil, names: ["Ref", "KeyId"]),
    "AWS::SecretsManager::Secret": Form("secretsmanager:{R}:{A}:secret:{N}", "Name", arns: ["Ref", "Id"], names: []),
    "AWS::SSM::Parameter": Form("ssm:{R}:{A}:parameter/{N}", "Name", arns: []),
    "AWS::Logs::LogGroup": Form("logs:{R}:{A}:log-group:{N}:*", "LogGroupName"),
    "AWS::IAM::Role": Form("iam::{A}:role/{N}", "RoleName"),
    "AWS::IAM::ManagedPolicy": Form("iam::{A}:policy/{N}", "ManagedPolicyName", arns: ["Ref", "PolicyArn"], names: []),
    "AWS::Lambda::Function": Form("lambda:{R}:{A}:function:{N}", "FunctionName"),
    "AWS::Events::EventBus": Form("events:{R}:{A}:event-bus/{N}", "Name"),
    "AWS::Events::Rule": Form("events:{R}:{A}:rule/{N}", "Name"),
    "AWS::ECS::Cluster": Form("ecs:{R}:{A}:cluster/{N}", "ClusterName"),
    "AWS::ECR::Repository": Form("ecr:{R}:{A}:repository/{N}", "RepositoryName"),
    "AWS::EFS::FileSystem": Form("elasticfilesystem:{R}:{A}:file-system/{N}", nil, names: ["Ref", "FileSystemId"]),
    "AWS::EFS::AccessPoint": Form(
      "elasticfilesystem:{R}:{A}:access-point/{N}", nil, names: ["Ref", "AccessPointId"]),
    "AWS::RDS::DBInstance": Form("rds:{R}:{A}:db:{N}", "DBInstanceIdentifier", arns: ["DBInstanceArn"]),
    "AWS::RDS::DBCluster": Form("rds:{R}:{A}:cluster:{N}", "DBClusterIdentifier", arns: ["DBClusterArn"]),
    "AWS::DocDB::DBCluster": Form("rds:{R}:{A}:cluster:{N}", "DBClusterIdentifier", arns: []),
    "AWS::Neptune::DBCluster": Form("rds:{R}:{A}:cluster:{N}", "DBClusterIdentifier", arns: []),
    "AWS::OpenSearchService::Domain": Form("es:{R}:{A}:domain/{N}", "DomainName", arns: ["Arn", "DomainArn"]),
    "AWS::OpenSearchServerless::Collection": Form("aoss:{R}:{A}:collection/{N}", nil),
    "AWS::Cognito::UserPool": Form("cognito-idp:{R}:{A}:userpool/{N}", nil),
    "AWS::APS::Workspace": Form("aps:{R}:{A}:workspace/{N}", nil, names: ["WorkspaceId"]),
    "AWS::StepFunctions::StateMachine": Form(
      "states:{R}:{A}:stateMachine:{N}", "StateMachineName", arns: ["Ref", "Arn"], names: ["Name"]),
    "AWS::CodeGuruProfiler::ProfilingGroup": Form("codeguru-profiler:{R}:{A}:profilingGroup/{N}", "ProfilingGroupName"),
    "AWS::ElastiCache::ReplicationGroup": Form(
      "elasticache:{R}:{A}:replicationgroup:{N}", "ReplicationGroupId", arns: []),
    "AWS::ElastiCache::ServerlessCache": Form(
      "elasticache:{R}:{A}:serverlesscache:{N}", "ServerlessCacheName", arns: ["ARN"]),
    "AWS::MSK::Cluster": Form("kafka:{R}:{A}:cluster/{N}", nil, arns: ["Ref", "Arn"], names: []),
    "AWS::MSK::ServerlessCluster": Form("kafka:{R}:{A}:cluster/{N}", nil, arns: ["Ref", "Arn"], names: []),
    "AWS::AmazonMQ::Broker": Form("mq:{R}:{A}:broker:{N}", nil),
    "AWS::Scheduler::ScheduleGroup": Form("scheduler:{R}:{A}:schedule-group/{N}", "Name"),
    "AWS::CloudWatch::Alarm": Form("cloudwatch:{R}:{A}:alarm:{N}", "AlarmName"),
  ]

  private let template: FactTemplate
  private var arns: [String: String] = [:]
  private var tokens: [String: String] = [:]
  /// The first resource of each ARN.
  private var owners: [String: FactResource] = [:]

  init(_ template: FactTemplate) {
    self.template = template
    for resource in template.resources {
      defer { if owners[arn(of: resource)] == nil { owners[arn(of: resource)] = resource } }
      guard let form = Self.forms[resource.type] else { continue }
      let name = Self.name(of: resource, form)
      let arn =
        "arn:aws:"
        + form.arn.replacing("{R}", with: "<AWS::Region>").replacing("{A}", with: "<AWS::AccountId>")
        .replacing("{N}", with: name)
      arns[resource.key] = arn
      for attribute in form.arns { tokens[attribute == "Ref" ? resource.key : "\(resource.key).\(attribute)"] = arn }
      for attribute in form.names { tokens[attribute == "Ref" ? resource.key : "\(resource.key).\(attribute)"] = name }
    }
  }

  /// The name that the property gives, else `<Id>`. Secrets end in letters that Secrets Manager adds.
  private static func name(of resource: FactResource, _ form: Form) -> String {
    let own = "<\(resource.key)>"
    guard let property = form.name, let name = resource.text(property) else { return own }
    if resource.type == "AWS::SSM::Parameter", name.hasPrefix("/") { return String(name.dropFirst()) }
    return resource.type == "AWS::SecretsManager::Secret" ? "\(name)-\(own)" : name
  }

  /// The ARN of a resource of the template; of a type whose ARNs are not known here, a name of ours.
  func arn(of resource: FactResource) -> String { arns[resource.key] ?? "<\(resource.key)>" }

  /// The text with every reference to an ARN or a name spelled out.
  func spelledOut(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "<")) else { return text }
    var result = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
      let name = String(rest[rest.index(after: open)..<close])
      result += rest[..<open]
      result += tokens[name] ?? ownName(name) ?? "<\(name)>"
      rest = rest[rest.index(after: close)...]
    }
    result += rest
    // `parameter/` of a name that begins with a slash.
    return result.replacing(":parameter//", with: ":parameter/")
  }

  /// `<Id.Attribute>` of a type without a form: a name of that resource.
  private func ownName(_ name: String) -> String? {
    let key = String(name.prefix { $0 != "." })
    guard let resource = template.byKey[key], Self.forms[resource.type] == nil else { return nil }
    return "<\(key)>"
  }

  /// What an ARN is called: the resource of the template that it is, with what stands behind it; else the text itself.
  func subject(_ arn: String) -> String {
    if let known = owner(of: arn) {
      let rest = arn.dropFirst(arns[known.key]?.count ?? known.key.count + 2)
      return rest.isEmpty ? known.name : "\(known.name)\(Self.shown(String(rest)))"
    }
    return Self.shown(arn)
  }

  /// The resource of the template that an ARN begins with: the whole of it, or up to a slash or a colon.
  func owner(of arn: String) -> FactResource? {
    if let whole = owners[arn] { return whole }
    var rest = arn[...]
    while let end = rest.lastIndex(where: { $0 == "/" || $0 == ":" }) {
      rest = rest[..<end]
      if let owner = owners[String(rest)] { return owner }
    }
    return nil
  }

  /// References as they are written in templates: `${AWS::Region}`.
  static func shown(_ text: String) -> String { text.replacing("<", with: "${").replacing(">", with: "}") }
}
