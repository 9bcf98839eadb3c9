/// What can be looked up, and which calls answer: the table that `composex lookup` goes by.
///
/// Words in braces are parts of the ARN (`{name}`, `{arn}`), and what earlier steps found; those with a dot before them are not kept.
struct LookupKind {
  /// A call, and what of its answer is wanted.
  struct Step {
    /// `sqs get-queue-attributes`
    var call: String
    var options: [String]
    /// What IAM calls it.
    var action: String
    /// Return values, and where the answer has them: `DBClusters.0.Endpoint`.
    var take: KeyValuePairs<String, String> = [:]
    /// Its failure says that there is nothing of the kind: a bucket without encryption.
    var isOptional = false
  }

  /// A call that lists all of a kind, for what no ARN can be made of.
  struct Listing {
    var call: String
    var options: [String] = []
    var action: String
    /// Where the answer has the list, and its items their name and their ARN (or what `arn` makes one of).
    var items: String
    var name: String
    var arn: String
  }

  let key: String
  /// For messages: `queue`.
  let what: String
  /// The key of the Lookup that this one stands below.
  var level: String?
  /// As the tagging API calls it.
  var type: String
  let arn: String
  var listing: Listing?
  /// Where tags of the kind are known, when that is one region.
  var tagRegion: String?
  /// Names of return values that are keys, of which the ARN is wanted.
  var keys: Set<String> = []
  /// What the answer must say: a database of another engine is none.
  var must: (name: String, prefixes: [String])?
  let steps: [Step]
}

enum LookupKinds {
  /// Whether there is a row for a section.
  static func isKnown(_ key: String) -> Bool {
    ["x-vpc", "x-cluster", Lookup.securityGroup, Lookup.prefixList].contains(key) || rows.contains { $0.key == key }
  }

  /// The rows of a section, the likeliest first.
  static func of(_ key: String, level: String?) -> [LookupKind] {
    let all = rows.filter { $0.key == key }
    guard let level, all.contains(where: { $0.level != nil }) else { return all }
    let wanted = level == "instance" ? "db" : level
    return all.filter { $0.level == wanted }
  }

  private typealias Step = LookupKind.Step

  private static let cluster = "arn:{partition}:rds:{region}:{account}:cluster:{name}"

  /// Calls of the aws command: https://docs.aws.amazon.com/cli/latest/reference; types of the tagging API:
  /// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsresourcegroups.html (read 2026-11-29)
  private static let rows: [LookupKind] = [
    LookupKind(
      key: "x-sqs", what: "queue", type: "sqs", arn: "arn:{partition}:sqs:{region}:{account}:{name}",
      keys: ["QueueKmsKey"],
      steps: [
        Step(
          call: "sqs get-queue-url", options: ["--queue-name", "{name}", "--queue-owner-aws-account-id", "{account}"],
          action: "sqs:GetQueueUrl", take: [".url": "QueueUrl"]),
        Step(
          call: "sqs get-queue-attributes", options: ["--queue-url", "{.url}", "--attribute-names", "All"],
          action: "sqs:GetQueueAttributes", take: ["QueueKmsKey": "Attributes.KmsMasterKeyId"]),
      ]),
    LookupKind(
      key: "x-sns", what: "topic", type: "sns", arn: "arn:{partition}:sns:{region}:{account}:{name}",
      keys: ["KmsMasterKeyId"],
      steps: [
        Step(
          call: "sns get-topic-attributes", options: ["--topic-arn", "{arn}"], action: "sns:GetTopicAttributes",
          take: ["KmsMasterKeyId": "Attributes.KmsMasterKeyId"])
      ]),
    LookupKind(
      key: "x-s3", what: "bucket", type: "s3", arn: "arn:{partition}:s3:::{name}", keys: ["KMSMasterKeyArn"],
      steps: [
        Step(call: "s3api get-bucket-location", options: ["--bucket", "{name}"], action: "s3:GetBucketLocation"),
        Step(
          call: "s3api get-bucket-encryption", options: ["--bucket", "{name}"], action: "s3:GetEncryptionConfiguration",
          take: [
            "KMSMasterKeyArn":
              "ServerSideEncryptionConfiguration.Rules.0.ApplyServerSideEncryptionByDefault.KMSMasterKeyID"
          ], isOptional: true),
      ]),
    LookupKind(
      key: "x-kms", what: "key", type: "kms:key", arn: "arn:{partition}:kms:{region}:{account}:key/{id}",
      listing: LookupKind.Listing(
        call: "kms list-aliases", action: "kms:ListAliases", items: "Aliases", name: "AliasName", arn: "TargetKeyId"),
      steps: [Step(call: "kms describe-key", options: ["--key-id", "{arn}"], action: "kms:DescribeKey")]),
    LookupKind(
      key: "x-dynamodb", what: "table", type: "dynamodb:table",
      arn: "arn:{partition}:dynamodb:{region}:{account}:table/{name}",
      steps: [
        Step(
          call: "dynamodb describe-table", options: ["--table-name", "{name}"], action: "dynamodb:DescribeTable",
          take: ["StreamArn": "Table.LatestStreamArn"])
      ]),
    LookupKind(
      key: "x-kinesis", what: "stream", type: "kinesis:stream",
      arn: "arn:{partition}:kinesis:{region}:{account}:stream/{name}", keys: ["KmsKeyId"],
      steps: [
        Step(
          call: "kinesis describe-stream-summary", options: ["--stream-name", "{name}"],
          action: "kinesis:DescribeStreamSummary", take: ["KmsKeyId": "StreamDescriptionSummary.KeyId"])
      ]),
    LookupKind(
      key: "x-kinesis_firehose", what: "delivery stream", type: "firehose:deliverystream",
      arn: "arn:{partition}:firehose:{region}:{account}:deliverystream/{name}", keys: ["KmsKeyId"],
      steps: [
        Step(
          call: "firehose describe-delivery-stream", options: ["--delivery-stream-name", "{name}"],
          action: "firehose:DescribeDeliveryStream",
          take: ["KmsKeyId": "DeliveryStreamDescription.DeliveryStreamEncryptionConfiguration.KeyARN"])
      ]),
    LookupKind(
      key: "x-rds", what: "database cluster", level: "cluster", type: "rds:cluster", arn: cluster,
      must: (".engine", ["aurora", "mysql", "postgres"]),
      steps: [
        Step(
          call: "rds describe-db-clusters", options: ["--db-cluster-identifier", "{name}"],
          action: "rds:DescribeDBClusters",
          take: [
            ".engine": "DBClusters.0.Engine", "DBClusterResourceId": "DBClusters.0.DbClusterResourceId",
            "Endpoint.Address": "DBClusters.0.Endpoint", "Endpoint.Port": "DBClusters.0.Port",
            "GroupId": "DBClusters.0.VpcSecurityGroups.0.VpcSecurityGroupId",
            "ReadEndpoint.Address": "DBClusters.0.ReaderEndpoint",
          ])
      ]),
    LookupKind(
      key: "x-rds", what: "database", level: "db", type: "rds:db",
      arn: "arn:{partition}:rds:{region}:{account}:db:{name}",
      steps: [
        Step(
          call: "rds describe-db-instances", options: ["--db-instance-identifier", "{name}"],
          action: "rds:DescribeDBInstances",
          take: [
            "Endpoint.Address": "DBInstances.0.Endpoint.Address", "Endpoint.Port": "DBInstances.0.Endpoint.Port",
            "GroupId": "DBInstances.0.VpcSecurityGroups.0.VpcSecurityGroupId",
            "ResourceId": "DBInstances.0.DbiResourceId",
          ])
      ]),
    documents("x-docdb", "docdb", "docdb"),
    documents("x-neptune", "neptune", "neptune"),
    LookupKind(
      key: "x-elasticache", what: "cache", type: "elasticache:replicationgroup",
      arn: "arn:{partition}:elasticache:{region}:{account}:replicationgroup:{name}",
      steps: [
        Step(
          call: "elasticache describe-replication-groups", options: ["--replication-group-id", "{name}"],
          action: "elasticache:DescribeReplicationGroups",
          take: [
            "Address": "ReplicationGroups.0.NodeGroups.0.PrimaryEndpoint.Address",
            "Port": "ReplicationGroups.0.NodeGroups.0.PrimaryEndpoint.Port",
            "ReaderEndPoint.Address": "ReplicationGroups.0.NodeGroups.0.ReaderEndpoint.Address",
            "ConfigurationEndPoint.Address": "ReplicationGroups.0.ConfigurationEndpoint.Address",
            "ConfigurationEndPoint.Port": "ReplicationGroups.0.ConfigurationEndpoint.Port",
            ".member": "ReplicationGroups.0.MemberClusters.0",
          ]),
        Step(
          call: "elasticache describe-cache-clusters", options: ["--cache-cluster-id", "{.member}"],
          action: "elasticache:DescribeCacheClusters",
          take: ["GroupId": "CacheClusters.0.SecurityGroups.0.SecurityGroupId"]),
      ]),
    LookupKind(
      key: "x-elasticache", what: "cache", type: "elasticache:cluster",
      arn: "arn:{partition}:elasticache:{region}:{account}:cluster:{name}",
      steps: [
        Step(
          call: "elasticache describe-cache-clusters",
          options: ["--cache-cluster-id", "{name}", "--show-cache-node-info"],
          action: "elasticache:DescribeCacheClusters",
          take: [
            "Address": "CacheClusters.0.CacheNodes.0.Endpoint.Address",
            "Port": "CacheClusters.0.CacheNodes.0.Endpoint.Port",
            "GroupId": "CacheClusters.0.SecurityGroups.0.SecurityGroupId",
          ])
      ]),
    LookupKind(
      key: "x-elasticache", what: "cache", type: "elasticache:serverlesscache",
      arn: "arn:{partition}:elasticache:{region}:{account}:serverlesscache:{name}",
      steps: [
        Step(
          call: "elasticache describe-serverless-caches", options: ["--serverless-cache-name", "{name}"],
          action: "elasticache:DescribeServerlessCaches",
          take: [
            "Address": "ServerlessCaches.0.Endpoint.Address", "Port": "ServerlessCaches.0.Endpoint.Port",
            "ReaderEndpoint.Address": "ServerlessCaches.0.ReaderEndpoint.Address",
            "ReaderEndpoint.Port": "ServerlessCaches.0.ReaderEndpoint.Port",
            "GroupId": "ServerlessCaches.0.SecurityGroupIds.0",
          ])
      ]),
    LookupKind(
      key: "x-opensearch", what: "domain", type: "es:domain",
      arn: "arn:{partition}:es:{region}:{account}:domain/{name}",
      steps: [
        Step(
          call: "opensearch describe-domain", options: ["--domain-name", "{name}"], action: "es:DescribeDomain",
          take: [
            "DomainEndpoint": "DomainStatus.Endpoints.vpc|DomainStatus.Endpoint",
            "GroupId": "DomainStatus.VPCOptions.SecurityGroupIds.0",
          ])
      ]),
    LookupKind(
      key: "x-opensearch", what: "collection", type: "aoss:collection",
      arn: "arn:{partition}:aoss:{region}:{account}:collection/{id}",
      steps: [
        Step(
          call: "opensearchserverless batch-get-collection", options: ["--ids", "{id}"],
          action: "aoss:BatchGetCollection",
          take: [
            "CollectionName": "collectionDetails.0.name",
            "CollectionEndpoint": "collectionDetails.0.collectionEndpoint",
            "DashboardEndpoint": "collectionDetails.0.dashboardEndpoint",
          ])
      ]),
    LookupKind(
      key: "x-efs", what: "file system", type: "elasticfilesystem:file-system",
      arn: "arn:{partition}:elasticfilesystem:{region}:{account}:file-system/{id}",
      listing: LookupKind.Listing(
        call: "efs describe-file-systems", action: "elasticfilesystem:DescribeFileSystems", items: "FileSystems",
        name: "Name", arn: "FileSystemId"),
      steps: [
        Step(
          call: "efs describe-mount-targets", options: ["--file-system-id", "{id}"],
          action: "elasticfilesystem:DescribeMountTargets", take: [".mount": "MountTargets.0.MountTargetId"]),
        Step(
          call: "efs describe-mount-target-security-groups", options: ["--mount-target-id", "{.mount}"],
          action: "elasticfilesystem:DescribeMountTargetSecurityGroups", take: ["GroupId": "SecurityGroups.0"]),
      ]),
    LookupKind(
      key: "x-msk", what: "Kafka cluster", type: "kafka:cluster",
      arn: "arn:{partition}:kafka:{region}:{account}:cluster/{name}/{id}",
      listing: LookupKind.Listing(
        call: "kafka list-clusters-v2", action: "kafka:ListClustersV2", items: "ClusterInfoList", name: "ClusterName",
        arn: "ClusterArn"),
      steps: [
        Step(
          call: "kafka describe-cluster-v2", options: ["--cluster-arn", "{arn}"], action: "kafka:DescribeClusterV2",
          take: [
            "GroupId": "ClusterInfo.Provisioned.BrokerNodeGroupInfo.SecurityGroups.0|"
              + "ClusterInfo.Serverless.VpcConfigs.0.SecurityGroupIds.0"
          ])
      ]),
    LookupKind(
      key: "x-mq", what: "broker", type: "mq:broker", arn: "arn:{partition}:mq:{region}:{account}:broker:{name}:{id}",
      listing: LookupKind.Listing(
        call: "mq list-brokers", action: "mq:ListBrokers", items: "BrokerSummaries", name: "BrokerName",
        arn: "BrokerArn"),
      steps: [
        Step(
          call: "mq describe-broker", options: ["--broker-id", "{id}"], action: "mq:DescribeBroker",
          take: ["GroupId": "SecurityGroups.0"])
      ]),
    LookupKind(
      key: "x-cognito_userpool", what: "user pool", type: "cognito-idp:userpool",
      arn: "arn:{partition}:cognito-idp:{region}:{account}:userpool/{id}",
      listing: LookupKind.Listing(
        call: "cognito-idp list-user-pools", options: ["--max-results", "60"], action: "cognito-idp:ListUserPools",
        items: "UserPools", name: "Name", arn: "Id"),
      steps: [
        Step(
          call: "cognito-idp describe-user-pool", options: ["--user-pool-id", "{id}"],
          action: "cognito-idp:DescribeUserPool", take: ["UserPoolDomain": "UserPool.Domain"])
      ]),
    LookupKind(
      key: "x-acm", what: "certificate", type: "acm:certificate",
      arn: "arn:{partition}:acm:{region}:{account}:certificate/{id}",
      // Without the types of keys, only those of RSA up to 2048 bits are listed.
      // https://docs.aws.amazon.com/acm/latest/APIReference/API_Filters.html (2026-11-29)
      listing: LookupKind.Listing(
        call: "acm list-certificates",
        options: [
          "--includes",
          "keyTypes=RSA_1024,RSA_2048,RSA_3072,RSA_4096,EC_prime256v1,EC_secp384r1,EC_secp521r1",
        ], action: "acm:ListCertificates", items: "CertificateSummaryList",
        name: "DomainName", arn: "CertificateArn"),
      must: (".status", ["ISSUED"]),
      steps: [
        Step(
          call: "acm describe-certificate", options: ["--certificate-arn", "{arn}"], action: "acm:DescribeCertificate",
          take: [".status": "Certificate.Status"])
      ]),
    LookupKind(
      key: "x-elbv2", what: "load balancer", type: "elasticloadbalancing:loadbalancer",
      arn: "arn:{partition}:elasticloadbalancing:{region}:{account}:loadbalancer/{id}",
      listing: LookupKind.Listing(
        call: "elbv2 describe-load-balancers", action: "elasticloadbalancing:DescribeLoadBalancers",
        items: "LoadBalancers", name: "LoadBalancerName", arn: "LoadBalancerArn"),
      steps: [
        Step(
          call: "elbv2 describe-load-balancers", options: ["--load-balancer-arns", "{arn}"],
          action: "elasticloadbalancing:DescribeLoadBalancers",
          take: [
            "CanonicalHostedZoneID": "LoadBalancers.0.CanonicalHostedZoneId", "DNSName": "LoadBalancers.0.DNSName",
            "SecurityGroup": "LoadBalancers.0.SecurityGroups.0",
          ])
      ]),
    LookupKind(
      key: "x-cloudmap", what: "namespace", type: "servicediscovery:namespace",
      arn: "arn:{partition}:servicediscovery:{region}:{account}:namespace/{id}",
      listing: LookupKind.Listing(
        call: "servicediscovery list-namespaces", action: "servicediscovery:ListNamespaces", items: "Namespaces",
        name: "Name", arn: "Arn"),
      steps: [
        Step(
          call: "servicediscovery get-namespace", options: ["--id", "{id}"], action: "servicediscovery:GetNamespace")
      ]),
    LookupKind(
      key: "x-route53", what: "hosted zone", type: "route53:hostedzone",
      arn: "arn:{partition}:route53:::hostedzone/{id}",
      listing: LookupKind.Listing(
        call: "route53 list-hosted-zones", action: "route53:ListHostedZones", items: "HostedZones", name: "Name",
        arn: "Id"),
      tagRegion: "us-east-1",
      steps: [
        Step(
          call: "route53 get-hosted-zone", options: ["--id", "{id}"], action: "route53:GetHostedZone",
          take: ["IsPrivateZone": "HostedZone.Config.PrivateZone"])
      ]),
    LookupKind(
      key: "x-ssm_parameter", what: "parameter", type: "ssm:parameter",
      arn: "arn:{partition}:ssm:{region}:{account}:parameter/{name}",
      listing: LookupKind.Listing(
        call: "ssm describe-parameters", action: "ssm:DescribeParameters", items: "Parameters", name: "Name",
        arn: "Name"
      ), steps: []),
    LookupKind(
      key: "x-wafv2_webacl", what: "web ACL", type: "wafv2:webacl",
      arn: "arn:{partition}:wafv2:{region}:{account}:{scope}/webacl/{name}/{id}",
      listing: LookupKind.Listing(
        call: "wafv2 list-web-acls", options: ["--scope", "REGIONAL"], action: "wafv2:ListWebACLs", items: "WebACLs",
        name: "Name", arn: "ARN"),
      steps: [
        Step(
          call: "wafv2 get-web-acl", options: ["--name", "{name}", "--id", "{id}", "--scope", "REGIONAL"],
          action: "wafv2:GetWebACL")
      ]),
    LookupKind(
      key: "x-aps", what: "workspace", type: "aps:workspace",
      arn: "arn:{partition}:aps:{region}:{account}:workspace/{id}",
      listing: LookupKind.Listing(
        call: "amp list-workspaces", action: "aps:ListWorkspaces", items: "workspaces", name: "alias", arn: "arn"),
      steps: [
        Step(call: "amp describe-workspace", options: ["--workspace-id", "{id}"], action: "aps:DescribeWorkspace")
      ]),
    LookupKind(
      key: "x-codeguru_profiler", what: "profiling group", type: "codeguru-profiler:profilingGroup",
      arn: "arn:{partition}:codeguru-profiler:{region}:{account}:profilingGroup/{name}",
      steps: [
        Step(
          call: "codeguruprofiler describe-profiling-group", options: ["--profiling-group-name", "{name}"],
          action: "codeguru-profiler:DescribeProfilingGroup")
      ]),
    secret,
  ]

  /// Secrets: of the project's `secrets`, and of databases.
  static let secret = LookupKind(
    key: "x-secrets", what: "secret", type: "secretsmanager:secret",
    arn: "arn:{partition}:secretsmanager:{region}:{account}:secret:{id}",
    listing: LookupKind.Listing(
      call: "secretsmanager list-secrets", action: "secretsmanager:ListSecrets", items: "SecretList", name: "Name",
      arn: "ARN"),
    steps: [
      LookupKind.Step(
        call: "secretsmanager describe-secret", options: ["--secret-id", "{arn}"],
        action: "secretsmanager:DescribeSecret")
    ])

  /// DocumentDB and Neptune, whose clusters the tagging API calls those of RDS.
  private static func documents(_ key: String, _ service: String, _ engine: String) -> LookupKind {
    LookupKind(
      key: key, what: "database cluster", level: "cluster", type: "rds:cluster", arn: cluster,
      must: (".engine", [engine]),
      steps: [
        Step(
          call: "\(service) describe-db-clusters", options: ["--db-cluster-identifier", "{name}"],
          action: "rds:DescribeDBClusters",
          take: [
            ".engine": "DBClusters.0.Engine", "ClusterResourceId": "DBClusters.0.DbClusterResourceId",
            "Endpoint": "DBClusters.0.Endpoint", "GroupId": "DBClusters.0.VpcSecurityGroups.0.VpcSecurityGroupId",
            "Port": "DBClusters.0.Port", "ReadEndpoint": "DBClusters.0.ReaderEndpoint",
          ])
      ])
  }
}
