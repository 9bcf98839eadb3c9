--- Contracts of Amazon Kinesis Data Streams.

local api <const> = "https://docs.aws.amazon.com/kinesis/latest/APIReference/API_CreateStream.html"
local checked <const> = "2026-11-29"
local stream <const> = "AWS::Kinesis::Stream"

return {
  {
    id = "kinesis-name", on = stream, at = "Name", length = { 1, 128 }, remedy = "write a shorter Name", page = api, checked = checked,
  },
  {
    id = "kinesis-name-letters", on = stream, at = "Name", pattern = { "^[%w_.-]+$", "letters, digits, _, . and -" }, remedy = "write it like shop-clicks",
    page = api, checked = checked,
  },
  {
    id = "kinesis-retention", on = stream, at = "RetentionPeriodHours", range = { 24, 8760 }, remedy = "write RetentionPeriodHours: 24",
    page = "https://docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html", checked = checked,
  },
  {
    id = "kinesis-on-demand-shards", on = "AWS::Kinesis::Stream", at = "ShardCount", given = "ShardCount",
    when = { ["StreamModeDetails.StreamMode"] = "ON_DEMAND" },
    must = "must not have a ShardCount: it is on demand (ON_DEMAND)", holds = function() return false end, remedy = "leave ShardCount out",
    page = "https://github.com/aws/aws-cdk/issues/18247", checked = checked,
  },
}
