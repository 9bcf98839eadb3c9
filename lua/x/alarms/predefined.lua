--- Ready-made alarms: `MacroParameters: {Predefined: OldMessages, For: x-sqs::jobs}`. Those of a definition are rows of its module
--- (`metrics.alarms`), those of services stand here.
local predefined <const> = {}

--- By name; a metric that is usual for a while only has more periods.
predefined.services = {
  HighCpuUsage   = { "CPUUtilization", "Average", above = 75, Namespace = "AWS/ECS", EvaluationPeriods = 10, DatapointsToAlarm = 5 },
  HighRamUsage   = { "MemoryUtilization", "Average", above = 75, Namespace = "AWS/ECS", EvaluationPeriods = 10, DatapointsToAlarm = 5 },
  NoRunningTasks = { "RunningTaskCount", "Minimum", below = 0, Namespace = "ECS/ContainerInsights" },
}

--- The alarms of a definition, by name.
function predefined.of(definition)
  return definition.module.metrics and definition.module.metrics.alarms or {}
end

--- The properties of a row: an alarm of a metric that is at its threshold or beyond for five minutes, unless the row has other
--- properties. Properties of the file are stronger.
function predefined.properties(row)
  local properties <const> = {
    MetricName = row[1], Statistic = row[2], Threshold = row.above or row.below, Period = 60, EvaluationPeriods = 5,
    ComparisonOperator = row.above and "GreaterThanOrEqualToThreshold" or "LessThanOrEqualToThreshold",
  }
  for name, value in pairs(row) do
    if type(name) == "string" and name:find("^%u") then properties[name] = value end
  end
  return properties
end

return predefined
