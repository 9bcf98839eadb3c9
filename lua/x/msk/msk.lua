--- x-msk: Amazon MSK: Kafka clusters, serverless ones too; clients log in by IAM over TLS.
local msk <const> = engine.use("x/msk/msk_parts")

return {
  key     = "x-msk",
  noun    = "Kafka",
  keep    = "Retain",
  returns = { ClusterArn = "Ref", Arn = "Ref", ClusterName = msk.cluster_name, Topics = msk.topics, Groups = msk.groups },
  env     = { ["{NAME}"] = "ClusterArn" },
  access  = msk.access,
  lookup  = { arn = "arn:{partition}:kafka:{region}:{account}:cluster/{name}/{id}", returns = {
    ClusterArn = "{arn}", ClusterName = "{name}", Topics = "arn:{partition}:kafka:{region}:{account}:topic/{name}/{id}/*",
    Groups = "arn:{partition}:kafka:{region}:{account}:group/{name}/{id}/*",
  } },
  metrics = { namespace = "AWS/Kafka", dimensions = { { "Cluster Name", "ClusterName" } } },
  kinds   = {
    {
      when     = msk.is_serverless,
      type     = "AWS::MSK::ServerlessCluster",
      defaults = { ClusterName = msk.name, ClientAuthentication = { Sasl = { Iam = { Enabled = true } } } },
      network  = { ports = { 9098 }, prepare = msk.serverless_network },
      accepts  = { macros = { Serverless = "boolean" } },
    },
    {
      type     = "AWS::MSK::Cluster",
      defaults = {
        ClusterName = msk.name, KafkaVersion = "3.9.x", NumberOfBrokerNodes = msk.brokers,
        ClientAuthentication = { Sasl = { Iam = { Enabled = true } }, Unauthenticated = { Enabled = false } },
        EncryptionInfo = { EncryptionInTransit = { ClientBroker = "TLS", InCluster = true } },
        BrokerNodeGroupInfo = { InstanceType = "kafka.t3.small" },
      },
      network  = {
        ports = msk.ports, groups = "BrokerNodeGroupInfo.SecurityGroups", into = "BrokerNodeGroupInfo.ClientSubnets",
      },
      accepts  = { macros = {
        KafkaVersion = { sets = "KafkaVersion" }, NumberOfBrokerNodes = { sets = "NumberOfBrokerNodes" }, Serverless = "boolean",
      } },
      links    = { ["EncryptionInfo.EncryptionAtRest.DataVolumeKMSKeyId"] = "x-kms.Arn" },
    },
  },
}
