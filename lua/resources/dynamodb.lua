--- x-dynamodb: Amazon DynamoDB tables, global ones included: encrypted, recoverable to a point in time, kept when the
--- stack goes.
local capacity <const> = engine.use("resources/dynamodb_capacity")

local read <const> = {
  "dynamodb:BatchGetItem", "dynamodb:ConditionCheckItem", "dynamodb:DescribeTable", "dynamodb:GetItem",
  "dynamodb:Query",
  "dynamodb:Scan",
}
local stream <const> = {
  on = "${StreamArn}", "dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator",
}
local list_streams <const> = { on = "*", "dynamodb:ListStreams" }

return {
  key       = "x-dynamodb",
  type      = "AWS::DynamoDB::Table",
  id        = "Table",
  keep      = "Retain",
  keys      = { "Scaling" },
  kinds     = {
    {
      type = "AWS::DynamoDB::GlobalTable",
      when = function(body) return body.Properties ~= nil and body.Properties.Replicas ~= nil end,
      defaults = { BillingMode = "PAY_PER_REQUEST", SSESpecification = { SSEEnabled = true } },
    },
    { when = function() return true end },
  },
  defaults  = {
    BillingMode = capacity.billing,
    DeletionProtectionEnabled = true,
    SSESpecification = { SSEEnabled = true },
    PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled = true },
  },
  returns   = { TableName = "Ref", Arn = "Arn", StreamArn = "StreamArn" },
  env       = { ["{NAME}"] = "TableName" },
  lookup    = { arn = "arn:{partition}:dynamodb:{region}:{account}:table/{name}", returns = { TableName = "{name}" } },
  access    = {
    on           = { "${Arn}", "${Arn}/index/*" },
    RO           = read,
    RW           = {
      "RO", "dynamodb:BatchWriteItem", "dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:UpdateItem",
    },
    PowerUser    = {
      "RW", "dynamodb:DescribeContinuousBackups", "dynamodb:DescribeTimeToLive", "dynamodb:ListTagsOfResource",
      "dynamodb:TagResource", "dynamodb:UntagResource", "dynamodb:UpdateTable", "dynamodb:UpdateTimeToLive",
    },
    KinesisKCL   = {
      "dynamodb:DeleteItem", "dynamodb:DescribeTable", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Scan",
      "dynamodb:UpdateItem",
    },
    Streams      = { stream, list_streams },
    DynamoDBCrudPolicy             = {
      "dynamodb:GetItem", "dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:Scan", "dynamodb:Query",
      "dynamodb:UpdateItem", "dynamodb:BatchWriteItem", "dynamodb:BatchGetItem", "dynamodb:DescribeTable",
      "dynamodb:ConditionCheckItem",
    },
    DynamoDBReadPolicy             = {
      "dynamodb:GetItem", "dynamodb:Scan", "dynamodb:Query", "dynamodb:BatchGetItem", "dynamodb:DescribeTable",
    },
    DynamoDBWritePolicy            = { "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:BatchWriteItem" },
    DynamoDBReconfigurePolicy      = { { on = "${Arn}", "dynamodb:UpdateTable" } },
    DynamoDBStreamReadPolicy       = { stream, list_streams },
    DynamoDBBackupFullAccessPolicy = {
      { on = "${Arn}", "dynamodb:CreateBackup", "dynamodb:DescribeContinuousBackups" },
      { on = "*", "dynamodb:ListBackups" },
      { on = "${Arn}/backup/*", "dynamodb:DeleteBackup", "dynamodb:DescribeBackup" },
    },
    DynamoDBRestoreFromBackupPolicy = {
      { on = "${Arn}/backup/*", "dynamodb:RestoreTableFromBackup" },
      { on = "${Arn}", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:GetItem",
        "dynamodb:Query", "dynamodb:Scan", "dynamodb:BatchWriteItem" },
    },
  },
  links     = {
    ["SSESpecification.KMSMasterKeyId"]       = { "x-kms.Arn", after = capacity.customer_key },
    ["KinesisStreamSpecification.StreamArn"]  = "x-kinesis.Arn",
  },
  companions = { capacity.scale },
}
