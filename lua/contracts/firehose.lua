--- Contracts of Amazon Data Firehose.
local values <const> = engine.use("contracts/values")

local api <const> = "https://docs.aws.amazon.com/firehose/latest/APIReference/API_"
local guide <const> = "https://docs.aws.amazon.com/firehose/latest/dev/"
local cfn <const> = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kinesisfirehose-deliverystream.html"
local checked <const> = "2026-11-29"
local stream <const>, s3 <const> = "AWS::KinesisFirehose::DeliveryStream", "ExtendedS3DestinationConfiguration"

local destinations <const> = {
  "AmazonOpenSearchServerlessDestinationConfiguration", "AmazonopensearchserviceDestinationConfiguration", "ElasticsearchDestinationConfiguration",
  "ExtendedS3DestinationConfiguration", "HttpEndpointDestinationConfiguration", "IcebergDestinationConfiguration", "RedshiftDestinationConfiguration",
  "S3DestinationConfiguration", "SnowflakeDestinationConfiguration", "SplunkDestinationConfiguration",
}
local s3_kinds <const> = { "ExtendedS3DestinationConfiguration", "S3DestinationConfiguration" }

--- A source stands beside its DeliveryStreamType.
local function source(id, property, kind)
  return {
    id = "firehose-source-" .. id, on = stream, at = property, must = "must be of DeliveryStreamType: " .. kind .. " to have a " .. property,
    holds = function(made)
      local stated <const> = made.DeliveryStreamType
      return made[property] == nil or type(stated) == "table" or stated == kind
    end,
    remedy = "write DeliveryStreamType: " .. kind, page = api .. "CreateDeliveryStream.html", checked = checked,
  }
end

return {
  {
    id = "firehose-name", on = stream, at = "DeliveryStreamName", length = { 1, 64 }, remedy = "write a shorter DeliveryStreamName",
    page = api .. "CreateDeliveryStream.html", checked = checked,
  },
  {
    id = "firehose-name-letters", on = stream, at = "DeliveryStreamName", pattern = { "^[%w_.-]+$", "letters, digits, _, . and -" },
    remedy = "write it like shop-clicks", page = api .. "CreateDeliveryStream.html", checked = checked,
  },
  {
    id = "firehose-destinations", on = stream, at = "DeliveryStreamType", must = "must have one destination",
    holds = function(made)
      local first
      for _, name in ipairs(destinations) do
        if made[name] ~= nil then
          if first then return false, { name }, "not " .. first .. " and " .. name end
          first = name
        end
      end
      return true
    end,
    remedy = "leave one of them out, and let a second stream deliver to it", page = cfn, checked = checked,
  },
  source("kinesis", "KinesisStreamSourceConfiguration", "KinesisStreamAsSource"),
  source("msk", "MSKSourceConfiguration", "MSKAsSource"),
  {
    id = "firehose-buffer-both", on = stream, at = s3 .. ".BufferingHints",
    must = "must have both SizeInMBs and IntervalInSeconds in its BufferingHints, or neither",
    faults = function(made)
      local found <const> = {}
      for _, kind in ipairs(s3_kinds) do
        local hints <const> = values.at(made, kind .. ".BufferingHints")
        if type(hints) == "table" and not values.is_computed(hints) and (hints.SizeInMBs == nil) ~= (hints.IntervalInSeconds == nil) then
          found[#found + 1] = { path = { kind, "BufferingHints" }, detail = (hints.SizeInMBs == nil and "SizeInMBs" or "IntervalInSeconds") .. " is missing" }
        end
      end
      return found
    end,
    remedy = "write BufferingHints: {SizeInMBs: 5, IntervalInSeconds: 300}", page = api .. "BufferingHints.html", checked = checked,
  },
  {
    id = "firehose-partition-errors", on = stream, at = s3 .. ".ErrorOutputPrefix", when = { [s3 .. ".DynamicPartitioningConfiguration.Enabled"] = true },
    must = "must have an ErrorOutputPrefix beside DynamicPartitioningConfiguration",
    holds = function(made) return values.at(made, s3 .. ".ErrorOutputPrefix") ~= nil, { s3 } end,
    remedy = "write ErrorOutputPrefix: errors/", page = guide .. "dynamic-partitioning-error-handling.html", checked = checked,
  },
  {
    id = "firehose-partition-buffer", on = stream, at = s3 .. ".BufferingHints.IntervalInSeconds",
    when = { [s3 .. ".DynamicPartitioningConfiguration.Enabled"] = true },
    must = "must buffer: dynamic partitioning has no zero buffering",
    holds = function(made) return values.number(values.at(made, s3 .. ".BufferingHints.IntervalInSeconds")) ~= 0 end,
    remedy = "write IntervalInSeconds: 60", page = guide .. "buffering.html", checked = checked,
  },
  {
    id = "firehose-log-names", on = stream, at = s3 .. ".CloudWatchLoggingOptions", when = { [s3 .. ".CloudWatchLoggingOptions.Enabled"] = true },
    must = "must name a group and a stream for its logs (LogGroupName, LogStreamName)",
    holds = function(made)
      local options <const> = values.at(made, s3 .. ".CloudWatchLoggingOptions")
      return options.LogGroupName ~= nil and options.LogStreamName ~= nil
    end,
    remedy = "write LogGroupName and LogStreamName: delivery, or Enabled: false", page = api .. "CloudWatchLoggingOptions.html", checked = checked,
  },
  {
    id = "firehose-conversion", on = stream, at = s3 .. ".DataFormatConversionConfiguration",
    when = { [s3 .. ".DataFormatConversionConfiguration.Enabled"] = true },
    must = "must have a schema, an input format and an output format to convert data",
    holds = function(made)
      for _, name in ipairs { "SchemaConfiguration", "InputFormatConfiguration", "OutputFormatConfiguration" } do
        if values.at(made, s3 .. ".DataFormatConversionConfiguration." .. name) == nil then return false, nil, name .. " is missing" end
      end
      return true
    end,
    remedy = "write all three, or Enabled: false", page = api .. "DataFormatConversionConfiguration.html", checked = checked,
  },
  {
    id = "firehose-endpoint", on = stream, at = "HttpEndpointDestinationConfiguration.EndpointConfiguration.Url", pattern = { "^https://", "https://" },
    must = "must deliver to a Url that begins with https://", remedy = "write https:// before it", page = api .. "HttpEndpointConfiguration.html",
    checked = checked,
  },
}
