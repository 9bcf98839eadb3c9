--- x-dynamodb: Amazon DynamoDB tables, global ones included: encrypted, recoverable to a point in time, kept when the
--- stack goes.
local capacity <const> = engine.use("x/dynamodb/table_capacity")
local protection <const> = engine.use("kinds/protection")

return {
  key        = "x-dynamodb",
  type       = "AWS::DynamoDB::Table",
  noun       = "Table",
  keep       = "RetainExceptOnCreate",
  kinds      = {
    {
      type = "AWS::DynamoDB::GlobalTable",
      when = function(body) return body.Properties ~= nil and body.Properties.Replicas ~= nil end,
      defaults = {
        BillingMode = capacity.billing, SSESpecification = { SSEEnabled = true }, StreamSpecification = capacity.stream,
      },
    },
    { when = function() return true end },
  },
  defaults   = {
    BillingMode = capacity.billing,
    DeletionProtectionEnabled = protection.flag "DeletionProtectionEnabled",
    SSESpecification = { SSEEnabled = true },
    PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled = true },
  },
  returns    = { TableName = "Ref", Arn = "Arn", StreamArn = capacity.stream_arn },
  env        = { ["{NAME}"] = "TableName" },
  lookup     = { arn = "arn:{partition}:dynamodb:{region}:{account}:table/{name}", returns = { TableName = "{name}" } },
  access     = engine.use("x/dynamodb/table_access"),
  links      = {
    ["SSESpecification.KMSMasterKeyId"]      = { "x-kms.Arn", after = capacity.customer_key },
    ["KinesisStreamSpecification.StreamArn"] = { "x-kinesis.Arn", arn = true },
  },
  metrics    = {
    namespace = "AWS/DynamoDB", dimensions = { { "TableName", "TableName" } },
    charts = { { "ConsumedReadCapacityUnits", "Sum" }, { "ConsumedWriteCapacityUnits", "Sum" } },
    alarms = {
      ReadThrottled = { "ReadThrottleEvents", "Sum", above = 1 },
      WriteThrottled = { "WriteThrottleEvents", "Sum", above = 1 },
    },
  },
  accepts    = { definition = { Scaling = "any" } },
  hooks      = { after_make = { capacity.scale, capacity.replicas } },
}
