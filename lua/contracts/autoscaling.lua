--- Contracts of Amazon EC2 Auto Scaling and of Application Auto Scaling.
local values <const> = engine.use("contracts/values")

local group_api <const> = "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/"
local api <const> = "https://docs.aws.amazon.com/autoscaling/application/APIReference/"
local checked <const> = "2026-11-29"
local group <const>, target <const> = "AWS::AutoScaling::AutoScalingGroup", "AWS::ApplicationAutoScaling::ScalableTarget"
local policy <const>, create <const> = "AWS::ApplicationAutoScaling::ScalingPolicy", group_api .. "API_CreateAutoScalingGroup.html"
local step_page <const>, put_policy <const> = api .. "API_StepAdjustment.html", api .. "API_PutScalingPolicy.html"

--- What a policy of a type has to have.
local function of_type(id, kind, property)
  return {
    id = id, on = policy, at = "PolicyType", when = { PolicyType = kind }, needs = property, must = "must have a " .. property .. " for its type",
    remedy = "write " .. property, page = put_policy, checked = checked,
  }
end

return {
  {
    id = "autoscaling-sizes", on = group, at = "MinSize", at_most = "MaxSize", must = "must have a MinSize that is not above MaxSize",
    remedy = "raise MaxSize", page = create, checked = checked,
  },
  {
    id = "autoscaling-desired", on = group, at = "DesiredCapacity", at_most = "MaxSize", must = "must have a DesiredCapacity that is not above MaxSize",
    remedy = "raise MaxSize, or leave DesiredCapacity out", page = create, checked = checked,
  },
  {
    id = "autoscaling-desired-least", on = group, at = "MinSize", at_most = "DesiredCapacity",
    must = "must have a DesiredCapacity that is not below MinSize", remedy = "lower MinSize, or leave DesiredCapacity out", page = create,
    checked = checked,
  },
  {
    id = "autoscaling-name", on = group, at = "AutoScalingGroupName", name = { 1, 255, "^[!-9;-~]+$", "ASCII, without spaces and colons" },
    must = "must have an AutoScalingGroupName of 1 to 255 letters of ASCII without spaces and colons", remedy = "write AutoScalingGroupName: shop",
    page = create, checked = checked,
  },
  {
    id = "autoscaling-lifetime", on = group, at = "MaxInstanceLifetime", must = "must have a MaxInstanceLifetime of a day at least",
    holds = function(properties)
      local seconds <const> = values.number(properties.MaxInstanceLifetime)
      return not seconds or seconds == 0 or seconds >= 86400, nil, "not " .. tostring(properties.MaxInstanceLifetime) .. " seconds"
    end,
    remedy = "write MaxInstanceLifetime: 86400", page = create, checked = checked,
  },
  {
    id = "autoscaling-launch", on = group, must = "must have a LaunchTemplate, a MixedInstancesPolicy or a LaunchConfigurationName",
    holds = function(properties)
      return properties.LaunchTemplate ~= nil or properties.MixedInstancesPolicy ~= nil or properties.LaunchConfigurationName ~= nil
        or properties.InstanceId ~= nil
    end,
    remedy = "write LaunchTemplate: {LaunchTemplateId: ..., Version: \"1\"}", page = create, checked = checked,
  },
  {
    id = "autoscaling-spot-pools", on = group, each = "MixedInstancesPolicy.InstancesDistribution", at = "SpotInstancePools",
    beside = { "SpotAllocationStrategy", { "lowest-price" } }, must = "must have SpotInstancePools with the strategy lowest-price only",
    remedy = "leave SpotInstancePools out", page = group_api .. "API_InstancesDistribution.html", checked = checked,
  },
  {
    id = "autoscaling-spot-pool-count", on = group, at = "MixedInstancesPolicy.InstancesDistribution.SpotInstancePools", range = { 1, 20 },
    must = "must have 1 to 20 SpotInstancePools", remedy = "write SpotInstancePools: 2", page = group_api .. "API_InstancesDistribution.html",
    checked = checked,
  },
  {
    id = "autoscaling-override-type", on = group, each = "MixedInstancesPolicy.LaunchTemplate.Overrides[]", at = "InstanceType",
    excludes = "InstanceRequirements", must = "must have an InstanceType or InstanceRequirements in an override, not both",
    remedy = "leave InstanceType out", page = group_api .. "API_LaunchTemplateOverrides.html", checked = checked,
  },
  {
    id = "scaling-capacity", on = target, at = "MinCapacity", at_most = "MaxCapacity", must = "must have a MinCapacity that is not above MaxCapacity",
    remedy = "write x-scaling: {Range: 1-10}", page = api .. "API_RegisterScalableTarget.html", checked = checked,
  },
  {
    id = "scaling-scheduled-capacity", on = target, each = "ScheduledActions[].ScalableTargetAction", at = "MinCapacity", at_most = "MaxCapacity",
    must = "must have scheduled actions whose MinCapacity is not above MaxCapacity", remedy = "raise MaxCapacity",
    page = api .. "API_ScalableTargetAction.html", checked = checked,
  },
  {
    id = "scaling-scheduled-names", on = target, at = "ScheduledActions", unique = "ScheduledActionName",
    must = "must have scheduled actions of different names", remedy = "write another ScheduledActionName",
    page = api .. "API_PutScheduledAction.html", checked = checked,
  },
  {
    id = "scaling-scheduled-name", on = target, at = "ScheduledActions[].ScheduledActionName", name = { 1, 256, "^[^ :/|][^:/|]*$", "letters but : / |" },
    must = "must have names of scheduled actions of 1 to 256 letters without : / and |", remedy = "write ScheduledActionName: nightly",
    page = api .. "API_PutScheduledAction.html", checked = checked,
  },
  of_type("scaling-step-policy", "StepScaling", "StepScalingPolicyConfiguration"),
  of_type("scaling-target-policy", "TargetTrackingScaling", "TargetTrackingScalingPolicyConfiguration"),
  {
    id = "scaling-metric", on = policy, at = "TargetTrackingScalingPolicyConfiguration",
    must = "must have a predefined metric or one of its own, not both",
    holds = function(properties)
      local tracking <const> = properties.TargetTrackingScalingPolicyConfiguration
      return values.at(tracking, "PredefinedMetricSpecification") == nil or values.at(tracking, "CustomizedMetricSpecification") == nil
    end,
    remedy = "leave one of them out", page = api .. "API_TargetTrackingScalingPolicyConfiguration.html", checked = checked,
  },
  {
    id = "scaling-label", on = policy, each = "TargetTrackingScalingPolicyConfiguration.PredefinedMetricSpecification", at = "ResourceLabel",
    beside = { "PredefinedMetricType", { "ALBRequestCountPerTarget" } },
    must = "must have a ResourceLabel with the metric ALBRequestCountPerTarget only", remedy = "leave ResourceLabel out",
    page = api .. "API_PredefinedMetricSpecification.html", checked = checked,
  },
  {
    id = "scaling-steps", on = policy, must = "must have steps whose upper bound is above the lower",
    faults = function(properties)
      local found <const> = {}
      for index, step in ipairs(values.items(values.at(properties, "StepScalingPolicyConfiguration.StepAdjustments"))) do
        local lower <const>, upper <const> = values.number(step.MetricIntervalLowerBound), values.number(step.MetricIntervalUpperBound)
        if lower and upper and lower >= upper then
          found[#found + 1] = { path = { "StepScalingPolicyConfiguration", "StepAdjustments", index }, detail = "not " .. lower .. " to " .. upper }
        end
      end
      return found
    end,
    remedy = "write MetricIntervalUpperBound above MetricIntervalLowerBound", page = step_page, checked = checked,
  },
  {
    id = "scaling-exact", on = policy, must = "must not set an exact capacity below 0",
    faults = function(properties)
      local steps <const>, found <const> = properties.StepScalingPolicyConfiguration, {}
      if values.at(steps, "AdjustmentType") ~= "ExactCapacity" then return found end
      for index, step in ipairs(values.items(steps.StepAdjustments)) do
        if (values.number(step.ScalingAdjustment) or 0) < 0 then
          found[#found + 1] = { path = { "StepScalingPolicyConfiguration", "StepAdjustments", index }, detail = "not " .. step.ScalingAdjustment }
        end
      end
      return found
    end,
    remedy = "write AdjustmentType: ChangeInCapacity", page = step_page, checked = checked,
  },
  {
    id = "scaling-target-value", on = policy, at = "TargetTrackingScalingPolicyConfiguration.TargetValue",
    given = "TargetTrackingScalingPolicyConfiguration", must = "must have a TargetValue above 0",
    holds = function(properties)
      local value <const> = values.number(values.at(properties, "TargetTrackingScalingPolicyConfiguration.TargetValue"))
      return not value or value > 0, nil, "not " .. tostring(value)
    end,
    remedy = "write a number above 0", page = api .. "API_TargetTrackingScalingPolicyConfiguration.html", checked = checked,
  },
  {
    id = "scaling-predictive-buffer", on = policy, each = "PredictiveScalingPolicyConfiguration", at = "MaxCapacityBuffer",
    given = "MaxCapacityBuffer", must = "must have a MaxCapacityBuffer with the behavior IncreaseMaxCapacity only",
    holds = function(forecast)
      return (forecast.MaxCapacityBreachBehavior or "HonorMaxCapacity") ~= "HonorMaxCapacity"
    end,
    remedy = "write MaxCapacityBreachBehavior: IncreaseMaxCapacity, or leave MaxCapacityBuffer out",
    page = api .. "API_PredictiveScalingPolicyConfiguration.html", checked = checked,
  },
  {
    id = "scaling-predictive-increase", on = policy, each = "PredictiveScalingPolicyConfiguration", at = "MaxCapacityBreachBehavior",
    when = { MaxCapacityBreachBehavior = "IncreaseMaxCapacity" }, needs = "MaxCapacityBuffer",
    must = "must have a MaxCapacityBuffer with the behavior IncreaseMaxCapacity", remedy = "write MaxCapacityBuffer: 10",
    page = api .. "API_PredictiveScalingPolicyConfiguration.html", checked = checked,
  },
  {
    id = "scaling-metric-twice", on = policy, at = "TargetTrackingScalingPolicyConfiguration",
    must = "must track another metric than the other policies of its target",
    holds = function(properties, made, template)
      local function metric_of(of)
        local place <const> = "TargetTrackingScalingPolicyConfiguration.PredefinedMetricSpecification.PredefinedMetricType"
        return values.target(of.ScalingTargetId), values.string(values.at(of, place))
      end
      local target_id <const>, metric <const> = metric_of(properties)
      if not target_id or not metric or metric == "ALBRequestCountPerTarget" then return true end
      for _, other in ipairs(template.of(policy)) do
        if other.id == made.id then return true end
        local id <const>, name <const> = metric_of(other.properties)
        if id == target_id and name == metric then return false, nil, other.id .. " has " .. metric end
      end
      return true
    end,
    remedy = "leave one of them out", page = "https://github.com/hashicorp/terraform-provider-aws/issues/41179", checked = checked,
  },
  {
    id = "autoscaling-one-launch", on = group, at = "LaunchTemplate", excludes = "MixedInstancesPolicy",
    must = "must have a LaunchTemplate or a MixedInstancesPolicy, not both", remedy = "leave LaunchTemplate out", page = create, checked = checked,
  },
}
