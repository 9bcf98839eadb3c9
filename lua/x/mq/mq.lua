--- x-mq: Amazon MQ brokers (RabbitMQ and ActiveMQ), private, with generated credentials.
local mq <const> = engine.use("x/mq/broker")

--- The metrics of an engine, by its own names for CPU and messages.
--- https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/activemq-logging-monitoring.html (2026-11-29)
local function metrics(cpu, messages)
  return {
    namespace = "AWS/AmazonMQ", dimensions = { { "Broker", "BrokerMetrics" } },
    charts = { { cpu, "Average" }, { messages, "Maximum" } },
    alarms = {
      HighCpuUsage = { cpu, "Average", above = 80 },
      ManyMessages = { messages, "Maximum", above = 1000 },
    },
  }
end

return {
  key      = "x-mq",
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
  kinds    = {
    { when = mq.is_activemq, type = "AWS::AmazonMQ::Broker", metrics = metrics("CpuUtilization", "TotalMessageCount") },
    { type = "AWS::AmazonMQ::Broker", metrics = metrics("SystemCpuUtilization", "MessageCount") },
  },
  accepts  = { macros = {
    Engine = { apply = mq.engine }, EngineVersion = { sets = "EngineVersion" }, InstanceType = { sets = "HostInstanceType" },
  } },
}
