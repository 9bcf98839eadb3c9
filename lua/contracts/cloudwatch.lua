--- Contracts of Amazon CloudWatch: alarms.
local values <const> = engine.use("contracts/values")

local api <const> = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/"
local put <const>, composite_page <const> = api .. "API_PutMetricAlarm.html", api .. "API_PutCompositeAlarm.html"
local checked <const> = "2026-11-29"
local alarm <const>, composite <const> = "AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm"

local function actions(id, property)
  return {
    id = id, on = { alarm, composite }, at = property, items = { 0, 5 }, must = "must have at most 5 " .. property,
    remedy = "send them to one SNS topic", page = put, checked = checked,
  }
end

--- What does not stand beside Metrics.
local function without_metrics(id, property)
  return {
    id = id, on = alarm, at = property, excludes = "Metrics", must = "must not have a " .. property .. " beside Metrics",
    remedy = "leave " .. property .. " out", page = put, checked = checked,
  }
end

--- The seconds that an alarm looks back over, and its period.
local function span(properties)
  local period <const>, count <const> = values.number(properties.Period), values.number(properties.EvaluationPeriods)
  return period and count and period * count, period
end

local insights_page <const> = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html"

--- The cluster that an alarm watches, as the template has it; nil when it is another one.
local function cluster_of(properties, template)
  for _, dimension in ipairs(values.items(properties.Dimensions)) do
    local made <const> = dimension.Name == "ClusterName" and template.find(dimension.Value)
    if made and made.type == "AWS::ECS::Cluster" then return made.properties end
  end
end

--- Whether the cluster of an alarm sends the metrics of Container Insights, as far as the template says.
local function has_insights(properties, _, template)
  local cluster <const> = cluster_of(properties, template)
  if not cluster then return true end
  for _, setting in ipairs(values.items(cluster.ClusterSettings)) do
    if setting.Name == "containerInsights" and setting.Value ~= "disabled" then return true end
  end
  return false
end

local bands <const> = { "LessThanLowerOrGreaterThanUpperThreshold", "LessThanLowerThreshold", "GreaterThanUpperThreshold" }

return {
  actions("cloudwatch-alarm-actions", "AlarmActions"),
  actions("cloudwatch-ok-actions", "OKActions"),
  actions("cloudwatch-insufficient-actions", "InsufficientDataActions"),
  {
    id = "cloudwatch-alarm-name", on = { alarm, composite }, at = "AlarmName", length = { 1, 255 }, must = "must have an AlarmName of 1 to 255 letters",
    remedy = "write a shorter AlarmName", page = put, checked = checked,
  },
  {
    id = "cloudwatch-alarm-description", on = { alarm, composite }, at = "AlarmDescription", length = { 0, 1024 },
    must = "must have an AlarmDescription of at most 1024 letters", remedy = "write a shorter AlarmDescription", page = put, checked = checked,
  },
  {
    id = "cloudwatch-period", on = alarm, at = "Period", must = "must have a Period of 10, 20, 30 or a multiple of 60 seconds",
    holds = function(properties)
      local period <const> = values.number(properties.Period)
      return not period or period > 0 and period % 60 == 0 or period == 10 or period == 20 or period == 30, nil, "not " .. tostring(properties.Period)
    end,
    remedy = "write Period: 60", page = put, checked = checked,
  },
  {
    id = "cloudwatch-day", on = alarm, at = "EvaluationPeriods", must = "must look back over at most a day with a Period below an hour",
    holds = function(properties)
      local seconds <const>, period <const> = span(properties)
      return not seconds or period >= 3600 or seconds <= 86400, nil, "not over " .. math.tointeger(seconds or 0) .. " seconds"
    end,
    remedy = "write Period: 3600, or fewer EvaluationPeriods", page = put, checked = checked,
  },
  {
    id = "cloudwatch-week", on = alarm, at = "EvaluationPeriods", must = "must look back over at most seven days",
    holds = function(properties)
      local seconds <const>, period <const> = span(properties)
      return not seconds or period < 3600 or seconds <= 604800, nil, "not over " .. math.tointeger(seconds or 0) .. " seconds"
    end,
    remedy = "write fewer EvaluationPeriods", page = put, checked = checked,
  },
  {
    id = "cloudwatch-datapoints", on = alarm, at = "DatapointsToAlarm", at_most = "EvaluationPeriods",
    must = "must not ask for more data points than EvaluationPeriods", remedy = "write DatapointsToAlarm: 1",
    page = put, checked = checked,
  },
  {
    id = "cloudwatch-statistics", on = alarm, at = "Statistic", excludes = "ExtendedStatistic",
    must = "must have a Statistic or an ExtendedStatistic, not both",
    remedy = "leave Statistic out", page = put, checked = checked,
  },
  {
    id = "cloudwatch-statistic", on = alarm, at = "MetricName", must = "must have a Statistic or an ExtendedStatistic for its MetricName",
    holds = function(properties)
      return properties.MetricName == nil or properties.Statistic ~= nil or properties.ExtendedStatistic ~= nil
    end,
    remedy = "write Statistic: Average", page = put, checked = checked,
  },
  without_metrics("cloudwatch-metrics-name", "MetricName"),
  without_metrics("cloudwatch-metrics-period", "Period"),
  without_metrics("cloudwatch-metrics-statistic", "Statistic"),
  {
    id = "cloudwatch-metric", on = alarm, must = "must have a MetricName or Metrics",
    holds = function(properties)
      return properties.MetricName ~= nil or properties.Metrics ~= nil or properties.EvaluationCriteria ~= nil
    end,
    remedy = "write MetricName: CPUUtilization, Namespace: AWS/ECS", page = put, checked = checked,
  },
  {
    id = "cloudwatch-dimensions", on = alarm, at = "Dimensions", items = { 0, 30 }, must = "must have at most 30 dimensions",
    remedy = "leave some of them out", page = put, checked = checked,
  },
  {
    id = "cloudwatch-query", on = alarm, each = "Metrics[]", at = "Expression", excludes = "MetricStat",
    must = "must have an Expression or a MetricStat in each of its Metrics, not both", remedy = "leave one of them out",
    page = api .. "API_MetricDataQuery.html", checked = checked,
  },
  {
    id = "cloudwatch-query-id", on = alarm, at = "Metrics[].Id", name = { 1, 255, "^%l[%w_]*$", "letters, digits and _" },
    must = "must have Ids of metrics of letters, digits and _ that begin with a lowercase letter", remedy = "write Id: m1",
    page = api .. "API_MetricDataQuery.html", checked = checked,
  },
  {
    id = "cloudwatch-query-ids", on = alarm, at = "Metrics", unique = "Id", must = "must have metrics of different Ids", remedy = "write Id: m2",
    page = api .. "API_MetricDataQuery.html", checked = checked,
  },
  {
    id = "cloudwatch-band", on = alarm, at = "ComparisonOperator", when = { ComparisonOperator = bands }, needs = "ThresholdMetricId",
    must = "must have a ThresholdMetricId for that ComparisonOperator, which looks at a band", remedy = "write ComparisonOperator: GreaterThanThreshold",
    page = put, checked = checked,
  },
  {
    id = "cloudwatch-composite-rule", on = composite, at = "AlarmRule", length = { 1, 10240 }, must = "must have an AlarmRule of at most 10,240 letters",
    remedy = "write two composite alarms", page = composite_page, checked = checked,
  },
  {
    id = "cloudwatch-suppressor-wait", on = composite, at = "ActionsSuppressor", needs = "ActionsSuppressorWaitPeriod",
    must = "must have an ActionsSuppressorWaitPeriod beside its ActionsSuppressor", remedy = "write ActionsSuppressorWaitPeriod: 60",
    page = composite_page, checked = checked,
  },
  {
    id = "cloudwatch-suppressor-extension", on = composite, at = "ActionsSuppressor", needs = "ActionsSuppressorExtensionPeriod",
    must = "must have an ActionsSuppressorExtensionPeriod beside its ActionsSuppressor", remedy = "write ActionsSuppressorExtensionPeriod: 60",
    page = composite_page, checked = checked,
  },
  {
    id = "cloudwatch-container-insights", on = alarm, at = "Namespace", when = { Namespace = "ECS/ContainerInsights" }, severity = "warning",
    must = "must watch a cluster with Container Insights, or it never has data", holds = has_insights,
    remedy = "write x-cluster: {MacroParameters: {ContainerInsights: enabled}}", page = insights_page, checked = checked,
  },
}
