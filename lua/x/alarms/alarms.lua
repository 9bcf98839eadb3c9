--- x-alarms: CloudWatch alarms: of a metric, of other alarms, and ready-made ones for services, databases and queues.
local actions <const> = engine.use("x/alarms/alarm_actions")
local expression <const> = engine.use("x/alarms/composite_expressions")
local subjects <const> = engine.use("x/alarms/alarm_subjects")

return {
  key      = "x-alarms",
  noun     = "Alarm",
  returns  = { AlarmName = "Ref", Arn = "Arn" },
  kinds    = {
    {
      when     = function(body)
        local macros <const> = body.MacroParameters
        return macros ~= nil and macros.CompositeExpression ~= nil
          or body.Properties ~= nil and body.Properties.AlarmRule ~= nil
      end,
      type     = "AWS::CloudWatch::CompositeAlarm",
      links    = {
        ["AlarmActions[]"] = actions.topic, ["OKActions[]"] = actions.topic, ["InsufficientDataActions[]"] = actions.topic,
      },
      accepts  = { macros = { CompositeExpression = { apply = expression } } },
      hooks    = { after_make = actions.topics, serve = actions.no_scaling },
    },
    {
      type     = "AWS::CloudWatch::Alarm",
      defaults = {
        TreatMissingData = function(alarm) return alarm.predefined and "notBreaching" or nil end,
      },
      links    = {
        ["Dimensions[].Value"] = subjects.dimensions, ["Metrics[].MetricStat.Metric.Dimensions[].Value"] = subjects.dimensions,
        ["AlarmActions[]"] = actions.topic, ["OKActions[]"] = actions.topic, ["InsufficientDataActions[]"] = actions.topic,
      },
      accepts  = { macros = {
        ServiceName = { apply = subjects.service }, Predefined = { apply = subjects.noted }, For = { apply = subjects.predefined },
      } },
      hooks    = { after_make = { actions.topics, subjects.balancers }, serve = actions.serve },
      checks   = {
        ["must say what it watches: MetricName or Metrics, or MacroParameters Predefined or CompositeExpression"] = function(made)
          return made.Properties.MetricName ~= nil or made.Properties.Metrics ~= nil
        end,
        ["must have Namespace, Period and a Statistic beside its MetricName"] = function(made)
          local properties <const> = made.Properties
          return properties.MetricName == nil or properties.Namespace ~= nil and properties.Period ~= nil
            and (properties.Statistic ~= nil or properties.ExtendedStatistic ~= nil)
        end,
        ["must have a Threshold, or a ThresholdMetricId"] = function(made)
          return made.Properties.Threshold ~= nil or made.Properties.ThresholdMetricId ~= nil
        end,
      },
    },
  },
  accepts  = { definition = { Topics = "any" }, service = { Scaling = "any" } },
  hooks    = { finish = subjects.finish },
}
