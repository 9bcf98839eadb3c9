--- What may be done with a table and its indexes; streams and backups have ARNs of their own.
local read <const> = {
  "dynamodb:BatchGetItem", "dynamodb:ConditionCheckItem", "dynamodb:DescribeTable", "dynamodb:GetItem",
  "dynamodb:Query", "dynamodb:Scan",
}
local stream <const> = {
  on = "${StreamArn}", "dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator",
}
local list_streams <const> = { on = "*", "dynamodb:ListStreams" }

return {
  on         = { "${Arn}", "${Arn}/index/*" },
  RO         = read,
  RW         = { "RO", "dynamodb:BatchWriteItem", "dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:UpdateItem" },
  PowerUser  = {
    "RW", "dynamodb:DescribeContinuousBackups", "dynamodb:DescribeTimeToLive", "dynamodb:ListTagsOfResource",
    "dynamodb:TagResource", "dynamodb:UntagResource", "dynamodb:UpdateTable", "dynamodb:UpdateTimeToLive",
  },
  KinesisKCL = {
    "dynamodb:DeleteItem", "dynamodb:DescribeTable", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Scan",
    "dynamodb:UpdateItem",
  },
  Streams    = { stream, list_streams },
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
}
