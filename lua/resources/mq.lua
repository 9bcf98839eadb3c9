--- x-mq: Amazon MQ brokers (RabbitMQ and ActiveMQ), private, with generated credentials.
local mq <const> = engine.use("resources/mq_parts")

return {
  key      = "x-mq",
  type     = "AWS::AmazonMQ::Broker",
  id       = "Broker",
  keep     = "Retain",
  defaults = {
    BrokerName = mq.name, EngineType = "RABBITMQ", HostInstanceType = "mq.m7g.medium",
    DeploymentMode = "SINGLE_INSTANCE",
    AutoMinorVersionUpgrade = true, PubliclyAccessible = false, Logs = { General = true },
  },
  returns  = {
    BrokerId = "Ref", Arn = "Arn", Endpoint = mq.endpoint, GroupId = mq.group, DBSecret = mq.secret_arn, Port = mq.port,
  },
  env      = { ["{NAME}"] = "Endpoint" },
  lookup   = {
    arn     = "arn:{partition}:mq:{region}:{account}:broker:{name}:{id}",
    returns = { BrokerId = "{id}" },
  },
  access   = { RO = { "mq:DescribeBroker", "mq:ListTags" },
    PowerUser = { "RO", "mq:RebootBroker", "mq:UpdateBroker" } },
  network  = { ports = { mq.port }, groups = "SecurityGroups", prepare = mq.subnets },
  secret   = { custom = mq.with_user, password = "Users", name = "admin" },
  links    = { ["EncryptionOptions.KmsKeyId"] = { "x-kms.Arn", after = mq.customer_key } },
  macros   = { Engine = mq.engine, EngineVersion = "EngineVersion", InstanceType = "HostInstanceType" },
  settings = { "SecretsMappings" },
}
