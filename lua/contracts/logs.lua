--- Contracts of CloudWatch Logs: groups and their filters.
local values <const> = engine.use("contracts/values")

local api <const> = "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/"
local checked <const> = "2026-11-29"
local group <const>, filter <const> = "AWS::Logs::LogGroup", "AWS::Logs::MetricFilter"
local subscription <const> = "AWS::Logs::SubscriptionFilter"

return {
  {
    id = "logs-group-name", on = group, at = "LogGroupName", name = { 1, 512, "^[%w._/#-]+$", "letters, digits and ._-/#" },
    must = "must have a LogGroupName of 1 to 512 letters, digits and ._-/#", remedy = "write LogGroupName: /shop/web",
    page = api .. "API_CreateLogGroup.html", checked = checked,
  },
  {
    id = "logs-filter-name", on = { filter, subscription }, at = "FilterName", name = { 1, 512, "^[^:*]+$", "letters but : and *" },
    must = "must have a FilterName of 1 to 512 letters without : and *", remedy = "write FilterName: errors",
    page = api .. "API_PutMetricFilter.html", checked = checked,
  },
  {
    id = "logs-filter-pattern", on = { filter, subscription }, at = "FilterPattern", length = { 0, 1024 },
    must = "must have a FilterPattern of at most 1024 letters", remedy = "write two filters", page = api .. "API_PutMetricFilter.html",
    checked = checked,
  },
  {
    id = "logs-filter-transformations", on = filter, at = "MetricTransformations", items = { 1, 1 },
    must = "must have one metric", remedy = "write a filter for each metric", page = api .. "API_PutMetricFilter.html", checked = checked,
  },
  {
    id = "logs-metric-name", on = filter, at = "MetricTransformations[].MetricName", name = { 1, 255, "^[^:*$]+$", "letters but : * $" },
    must = "must have a MetricName of 1 to 255 letters without : * and $", remedy = "write MetricName: Errors",
    page = api .. "API_MetricTransformation.html", checked = checked,
  },
  {
    id = "logs-metric-namespace", on = filter, at = "MetricTransformations[].MetricNamespace", name = { 1, 255, "^[^:*$]+$", "letters but : * $" },
    must = "must have a MetricNamespace of 1 to 255 letters without : * and $", remedy = "write MetricNamespace: shop",
    page = api .. "API_MetricTransformation.html", checked = checked,
  },
  {
    id = "logs-metric-dimensions", on = filter, at = "MetricTransformations[].Dimensions", items = { 0, 3 },
    must = "must have at most three dimensions of its metric", remedy = "leave some of them out", page = api .. "API_MetricTransformation.html",
    checked = checked,
  },
  {
    id = "logs-infrequent-filter", on = { filter, subscription }, at = "LogGroupName",
    must = "must filter a log group of the class STANDARD",
    holds = function(made, _, template)
      local found <const> = template.find(made.LogGroupName)
      return not found or found.type ~= group or values.string(found.properties.LogGroupClass) ~= "INFREQUENT_ACCESS", nil,
        found and found.id .. " is INFREQUENT_ACCESS"
    end,
    remedy = "write LogGroupClass: STANDARD at the group",
    page = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch_Logs_Log_Classes.html", checked = checked,
  },
  {
    id = "logs-subscription-role", on = subscription, at = "DestinationArn", must = "must have a RoleArn to write to a stream",
    holds = function(made, _, template)
      local found <const> = template.find(made.DestinationArn)
      return not found or found.type ~= "AWS::Kinesis::Stream" and found.type ~= "AWS::KinesisFirehose::DeliveryStream" or made.RoleArn ~= nil
    end,
    remedy = "write RoleArn: !GetAtt ROLE.Arn", page = api .. "API_PutSubscriptionFilter.html", checked = checked,
  },
  {
    id = "logs-subscriptions", on = subscription, at = "LogGroupName", must = "must be one of two subscriptions of its log group at most",
    holds = function(made, own, template)
      local of, count = values.target(made.LogGroupName) or values.string(made.LogGroupName), 0
      for _, other in ipairs(template.of(subscription)) do
        if other.id == own.id then return count < 2, nil, tostring(of) .. " has two others" end
        local its <const> = values.target(other.properties.LogGroupName) or values.string(other.properties.LogGroupName)
        if its == of then count = count + 1 end
      end
      return true
    end,
    remedy = "send the logs to one stream, and read that twice",
    page = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html", checked = checked,
  },
}
