--- Policies that scale a family before its load comes, by what the days before were like (`x-scaling: {PredictiveScaling: ...}`).
--- https://docs.aws.amazon.com/autoscaling/application/userguide/aas-create-predictive-scaling-policy.html (2026-11-29)
local add <const> = engine.use("task/family_resource")
local read <const> = engine.use("base/read")

--- The metrics: the keys that ask for one, what its policy is called, and the pair of metrics of load and of scaling that AWS knows.
local metrics <const> = {
  { keys = { "Cpu", "CpuTarget" },            noun = "CpuForecast",     pair = "ECSServiceCPUUtilization" },
  { keys = { "Memory", "MemoryTarget" },      noun = "MemoryForecast",  pair = "ECSServiceMemoryUtilization" },
  { keys = { "Requests", "TgtTargetsCount" }, noun = "RequestForecast", pair = "ALBRequestCount", has_label = true },
}
local options <const> = { "SchedulingBufferTime", "MaxCapacityBreachBehavior", "MaxCapacityBuffer" }

--- The key of a metric that the section has, or nil.
local function key_of(section, metric)
  for _, key in ipairs(metric.keys) do
    if section[key] ~= nil then return key end
  end
end

--- A policy has one metric. Who asks for forecasts wants to scale by them, which is not AWS's own default (ForecastOnly).
local function configuration(section, key, metric, label)
  local made <const> = {
    Mode = read.placed(section, "Mode") or "ForecastAndScale",
    MetricSpecifications = { {
      TargetValue = read.placed(section, key), PredefinedMetricPairSpecification = { PredefinedMetricType = metric.pair, ResourceLabel = label },
    } },
  }
  for _, name in ipairs(options) do made[name] = read.placed(section, name) end
  return made
end

--- Makes the policies of a family on its scalable target. `label_of(family, key, where)` names its target group.
return function(family, target, section, where, label_of)
  local count = 0
  for _, metric in ipairs(metrics) do
    local key <const> = key_of(section, metric)
    local label <const> = key and metric.has_label and label_of(family, "PredictiveScaling " .. key, { section, key }) or nil
    if key then count = count + 1 end
    if key and (label ~= nil or not metric.has_label) then
      add(family, "predictive_policy", "AWS::ApplicationAutoScaling::ScalingPolicy", metric.noun .. "Policy", {
        PolicyName = composex.sub("${AWS::StackName}-" .. family.name .. "-" .. metric.noun), PolicyType = "PredictiveScaling",
        ScalingTargetId = target:ref(), PredictiveScalingPolicyConfiguration = configuration(section, key, metric, label),
      }, { section, key })
    end
  end
  if count == 0 then
    engine.error(where, "services::" .. family.main.name .. " PredictiveScaling needs a metric", "write PredictiveScaling: {Cpu: 60}")
  end
end
