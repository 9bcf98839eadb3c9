--- x-kinesis_firehose: Delivery streams of Amazon Data Firehose, with the role that each needs to read from and to
--- write to what it links.
local delivery <const> = engine.use("x/kinesis_firehose/delivery")

return {
  key      = "x-kinesis_firehose",
  type     = "AWS::KinesisFirehose::DeliveryStream",
  noun     = "DeliveryStream",
  defaults = {
    DeliveryStreamType = delivery.source_type,
    DeliveryStreamEncryptionConfigurationInput = delivery.encryption,
  },
  returns  = { DeliveryStreamId = "Ref", DeliveryStreamName = "Ref", Arn = "Arn" },
  env      = { ["{NAME}"] = "DeliveryStreamId" },
  lookup   = {
    keys    = { "KmsKeyId" },
    arn     = "arn:{partition}:firehose:{region}:{account}:deliverystream/{name}",
    returns = { DeliveryStreamId = "{name}", DeliveryStreamName = "{name}" },
  },
  access   = {
    RO       = { "firehose:DescribeDeliveryStream", "firehose:ListTagsForDeliveryStream" },
    Producer = { "firehose:DescribeDeliveryStream", "firehose:PutRecord", "firehose:PutRecordBatch" },
    PowerUser = { "Producer", "firehose:UpdateDestination" },
    FirehoseWritePolicy = { "firehose:PutRecord", "firehose:PutRecordBatch" },
    FirehoseCrudPolicy  = {
      "firehose:CreateDeliveryStream", "firehose:DeleteDeliveryStream", "firehose:DescribeDeliveryStream",
      "firehose:PutRecord", "firehose:PutRecordBatch", "firehose:UpdateDestination",
    },
  },
  links    = delivery.links,
  metrics  = {
    namespace = "AWS/Firehose", dimensions = { { "DeliveryStreamName", "DeliveryStreamName" } },
    charts = { { "IncomingRecords", "Sum" } },
    alarms = {
      LateDeliveries = { "DeliveryToS3.DataFreshness", "Maximum", above = 900 },
    },
  },
  accepts  = { macros = { DoNotOverrideIamRole = { apply = delivery.own_roles }, ["x-iam"] = { apply = delivery.boundary } } },
  hooks    = { after_make = delivery.prepare, serve = delivery.serve },
  checks   = {
    ["must have a destination"] = function(stream) return delivery.destination(stream.Properties) ~= nil end,
  },
}
