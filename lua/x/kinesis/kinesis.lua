--- x-kinesis: Amazon Kinesis data streams, encrypted; of one shard unless the file says otherwise.
local kcl <const> = engine.use("x/kinesis/client_library")

return {
  key      = "x-kinesis",
  type     = "AWS::Kinesis::Stream",
  noun     = "Stream",
  defaults = {
    ShardCount = function(stream)
      local mode <const> = stream.resource.Properties.StreamModeDetails
      return (mode == nil or mode.StreamMode ~= "ON_DEMAND") and 1 or nil
    end,
    StreamEncryption = { EncryptionType = "KMS", KeyId = "alias/aws/kinesis" },
  },
  returns  = { StreamId = "Ref", StreamName = "Ref", Arn = "Arn" },
  env      = { ["{NAME}"] = "StreamId" },
  lookup   = {
    keys    = { "KmsKeyId" },
    arn     = "arn:{partition}:kinesis:{region}:{account}:stream/{name}",
    returns = { StreamId = "{name}", StreamName = "{name}" },
  },
  access   = {
    RO        = { "kinesis:DescribeStreamSummary", "kinesis:ListShards", "kinesis:ListTagsForStream" },
    Producer  = {
      "kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:ListShards", "kinesis:PutRecord",
      "kinesis:PutRecords",
    },
    Consumer  = {
      "kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:GetRecords", "kinesis:GetShardIterator",
      "kinesis:ListShards", "FanOut",
    },
    FanOut    = {
      "kinesis:ListStreamConsumers", "kinesis:RegisterStreamConsumer",
      { on = "${Arn}/consumer/*", "kinesis:DescribeStreamConsumer", "kinesis:SubscribeToShard" },
    },
    PowerUser = {
      "Producer", "Consumer", "kinesis:AddTagsToStream", "kinesis:DecreaseStreamRetentionPeriod",
      "kinesis:IncreaseStreamRetentionPeriod", "kinesis:ListTagsForStream", "kinesis:MergeShards",
      "kinesis:RemoveTagsFromStream", "kinesis:SplitShard",
      { on = "${Arn}/consumer/*", "kinesis:DeregisterStreamConsumer" },
    },
    KinesisStreamReadPolicy = {
      { on = "*", "kinesis:ListStreams", "kinesis:DescribeLimits" },
      "kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:GetRecords", "kinesis:GetShardIterator",
    },
    KinesisCrudPolicy = {
      "kinesis:AddTagsToStream", "kinesis:CreateStream", "kinesis:DecreaseStreamRetentionPeriod",
      "kinesis:DeleteStream",
      "kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:GetShardIterator",
      "kinesis:IncreaseStreamRetentionPeriod", "kinesis:ListTagsForStream", "kinesis:MergeShards", "kinesis:PutRecord",
      "kinesis:PutRecords", "kinesis:SplitShard", "kinesis:RemoveTagsFromStream",
    },
  },
  links    = { ["StreamEncryption.KeyId"] = { "x-kms.Arn", after = function(_, _, _, holder)
    holder.EncryptionType = "KMS"
  end } },
  metrics  = {
    namespace = "AWS/Kinesis", dimensions = { { "StreamName", "StreamName" } },
    charts = { { "IncomingRecords", "Sum" }, { "GetRecords.IteratorAgeMilliseconds", "Maximum" } },
    alarms = {
      LateConsumers = { "GetRecords.IteratorAgeMilliseconds", "Maximum", above = 60000 },
      WriteThrottled = { "WriteProvisionedThroughputExceeded", "Sum", above = 1 },
    },
  },
  accepts  = { macros = { SetupIAMForKCL = { apply = kcl.macro } } },
  hooks    = { serve = kcl.serve },
}
