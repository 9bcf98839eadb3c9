--- x-msk: Amazon MSK: Kafka clusters, serverless ones too; clients log in by IAM over TLS.
local kafka <const> = engine.use("x/msk/kafka")

return {
  key     = "x-msk",
  noun    = "Kafka",
  keep    = "RetainExceptOnCreate",
  returns = { ClusterArn = "Ref", Arn = "Ref", ClusterName = kafka.cluster_name, Topics = kafka.topics, Groups = kafka.groups },
  env     = { ["{NAME}"] = "ClusterArn" },
  access  = {
    RO       = {
      "kafka:DescribeCluster", "kafka:DescribeClusterV2", "kafka:ListTagsForResource",
      { on = "*", "kafka:GetBootstrapBrokers" },
    },
    Consumer = {
      "RO", "kafka-cluster:Connect", "kafka-cluster:DescribeCluster",
      { on = "${Topics}", "kafka-cluster:DescribeTopic", "kafka-cluster:ReadData" },
      { on = "${Groups}", "kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup" },
    },
    Producer = {
      "RO", "kafka-cluster:Connect", "kafka-cluster:DescribeCluster", "kafka-cluster:WriteDataIdempotently",
      { on = "${Topics}", "kafka-cluster:DescribeTopic", "kafka-cluster:WriteData" },
    },
    PowerUser = {
      "Consumer", "Producer",
      { on = "${Topics}", "kafka-cluster:AlterTopic", "kafka-cluster:CreateTopic", "kafka-cluster:DeleteTopic" },
    },
  },
  lookup  = { arn = "arn:{partition}:kafka:{region}:{account}:cluster/{name}/{id}", returns = {
    ClusterArn = "{arn}", ClusterName = "{name}", Topics = "arn:{partition}:kafka:{region}:{account}:topic/{name}/{id}/*",
    Groups = "arn:{partition}:kafka:{region}:{account}:group/{name}/{id}/*",
  } },
  metrics = {
    namespace = "AWS/Kafka", dimensions = { { "Cluster Name", "ClusterName" } },
    charts = { { "OfflinePartitionsCount", "Maximum" }, { "GlobalPartitionCount", "Maximum" } },
    alarms = {
      OfflinePartitions = { "OfflinePartitionsCount", "Maximum", above = 1 },
    },
  },
  kinds   = {
    {
      when     = kafka.is_serverless,
      type     = "AWS::MSK::ServerlessCluster",
      defaults = { ClusterName = kafka.name, ClientAuthentication = { Sasl = { Iam = { Enabled = true } } } },
      network  = { ports = { 9098 }, prepare = kafka.serverless_network },
      accepts  = { macros = { Serverless = "boolean" } },
    },
    {
      type     = "AWS::MSK::Cluster",
      defaults = {
        ClusterName = kafka.name, KafkaVersion = "3.9.x", NumberOfBrokerNodes = kafka.brokers,
        ClientAuthentication = { Sasl = { Iam = { Enabled = true } }, Unauthenticated = { Enabled = false } },
        EncryptionInfo = { EncryptionInTransit = { ClientBroker = "TLS", InCluster = true } },
        BrokerNodeGroupInfo = { InstanceType = "kafka.t3.small" },
      },
      network  = {
        ports = kafka.ports, groups = "BrokerNodeGroupInfo.SecurityGroups", into = "BrokerNodeGroupInfo.ClientSubnets",
      },
      accepts  = { macros = {
        KafkaVersion = { sets = "KafkaVersion" }, NumberOfBrokerNodes = { sets = "NumberOfBrokerNodes" }, Serverless = "boolean",
      } },
      links    = { ["EncryptionInfo.EncryptionAtRest.DataVolumeKMSKeyId"] = "x-kms.Arn" },
    },
  },
}
