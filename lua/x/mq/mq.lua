--- x-mq: Amazon MQ brokers (RabbitMQ and ActiveMQ), private, with generated credentials.
local mq <const> = engine.use("x/mq/broker")

return {
  key      = "x-mq",
  type     = "AWS::AmazonMQ::Broker",
  noun     = "Broker",
  keep     = "RetainExceptOnCreate",
  defaults = {
    BrokerName = mq.name, EngineType = "RABBITMQ", HostInstanceType = mq.instance,
    DeploymentMode = "SINGLE_INSTANCE",
    AutoMinorVersionUpgrade = true, PubliclyAccessible = false, Logs = { General = true },
  },
  returns  = {
    BrokerId = "Ref", BrokerName = mq.broker_name, BrokerMetrics = mq.metrics, Arn = "Arn",
    Endpoint = mq.endpoint, Port = mq.port,
  },
  env      = { ["{NAME}"] = "Endpoint" },
  lookup   = {
    arn     = "arn:{partition}:mq:{region}:{account}:broker:{name}:{id}",
    returns = { BrokerId = "{id}", BrokerName = "{name}", BrokerMetrics = "{name}" },
  },
  access   = { RO = { "mq:DescribeBroker", "mq:ListTags" },
    PowerUser = { "RO", "mq:RebootBroker", "mq:UpdateBroker" } },
  network  = { ports = { mq.port }, groups = "SecurityGroups", prepare = mq.subnets },
  secret   = { custom = mq.with_user, lengths = { 12, 250 }, password = "Users", name = "admin" },
  links    = { ["EncryptionOptions.KmsKeyId"] = { "x-kms.Arn", after = mq.customer_key } },
  metrics  = {
    namespace = "AWS/AmazonMQ", dimensions = { { "Broker", "BrokerMetrics" } },
    charts = { { "SystemCpuUtilization", "Average" }, { "MessageCount", "Maximum" } },
    alarms = {
      HighCpuUsage = { "SystemCpuUtilization", "Average", above = 80 },
      ManyMessages = { "MessageCount", "Maximum", above = 1000 },
    },
  },
  accepts  = { macros = {
    Engine = { apply = mq.engine }, EngineVersion = { sets = "EngineVersion" }, InstanceType = { sets = "HostInstanceType" },
  } },
}
