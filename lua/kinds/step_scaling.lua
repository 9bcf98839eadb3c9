--- Step scaling: services that grow with a metric, in steps whose bounds are values of that metric.
local families <const> = engine.use("project/families")
local grants <const> = engine.use("kinds/grants")
local read <const> = engine.use("base/read")
local run <const> = engine.use("base/run")
local scaling <const> = {}

local known <const> = { "Steps", "ScaleInCooldown", "ScaleOutCooldown" }

--- An integer of at least 0 under `key`; anything else is reported.
local function integer(node, key, subject, optional)
  local value <const> = node[key]
  if value == nil and optional then return nil end
  if math.type(value) ~= "integer" or value < 0 then
    engine.error({ node, key }, subject .. " needs " .. key .. ", an integer", "write " .. key .. ": 10")
    return nil
  end
  return value
end

--- The steps of a Scaling mapping as `{ lower, upper, count, at }`, lowest first; nil after errors.
function scaling.read(node, where, subject)
  local body <const> = read.as_mapping(node, where, subject .. " Scaling")
  read.keys(body, known, subject .. " Scaling")
  if not read.is_list(body.Steps) or #body.Steps == 0 then
    engine.error(where, subject .. " Scaling needs Steps", "write Steps: [{LowerBound: 0, UpperBound: 10, Count: 1}]")
    return nil
  end
  local steps <const> = {}
  for index = 1, #body.Steps do
    local row <const> = body.Steps[index]
    if not read.is_mapping(row) then
      engine.error({ body.Steps, index }, subject .. " Steps must be mappings",
        "write {LowerBound: 0, UpperBound: 10, Count: 1}")
      return nil
    end
    read.keys(row, { "LowerBound", "UpperBound", "Count" }, subject .. " Steps")
    local lower <const>, count <const> = integer(row, "LowerBound", subject), integer(row, "Count", subject)
    local upper <const> = integer(row, "UpperBound", subject, true)
    if not lower or not count then return nil end
    table.insert(steps, { lower = lower, upper = upper, count = count, at = { body.Steps, index } })
  end
  table.sort(steps, function(a, b) return a.lower < b.lower end)
  for index, step in ipairs(steps) do
    local after <const> = steps[index + 1]
    if after and (not step.upper or step.upper ~= after.lower) then
      local upper <const> = tostring(step.upper or "no UpperBound")
      engine.error(step.at, subject .. " Steps must follow each other: one ends at " .. upper .. ", the next begins at "
        .. after.lower, "let each LowerBound be the UpperBound before it")
      return nil
    end
    if step.upper and step.upper <= step.lower then
      engine.error(step.at, subject .. " Steps must have an UpperBound above the LowerBound",
        "write {LowerBound: 0, UpperBound: 10, Count: 1}")
      return nil
    end
    if not after and step.upper then
      engine.warn(step.at, subject .. " Steps: the UpperBound of the last step has no effect")
      step.upper = nil
    end
  end
  return steps, integer(body, "ScaleInCooldown", subject, true) or 60, integer(body, "ScaleOutCooldown", subject, true)
    or 60
end

local function add(family, service, noun, part, type, properties)
  local made <const> = engine.add { type = type, noun = noun, family = families.id_name(family, service), key = "services", name = service,
    part = part, properties = properties, at = family.made.service }
  table.insert(family.policies, made)
  return made
end

--- The scalable target of a family, which `task/scaling` made for the steps as well; nil when there is nothing to scale.
local function target_of(family, most)
  local target <const> = family.made.scaling
  if not target then return nil end
  local maximum <const> = target.Properties.MaxCapacity
  if type(maximum) == "number" and maximum < most then target.Properties.MaxCapacity = most end
  return target
end

local function policy(family, service, target, noun, steps, cooldown)
  return add(family, service, noun, noun, "AWS::ApplicationAutoScaling::ScalingPolicy", {
    PolicyName = noun, PolicyType = "StepScaling", ScalingTargetId = target:ref(),
    StepScalingPolicyConfiguration = {
      AdjustmentType = "ExactCapacity", Cooldown = cooldown, MetricAggregationType = "Average", StepAdjustments = steps,
    },
  })
end

--- Bounds of a step policy are distances from the alarm's threshold, not values of the metric.
--- https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-step-scaling-policies.html
local function adjustments(steps, threshold)
  local list <const> = {}
  for index, step in ipairs(steps) do
    table.insert(list, {
      MetricIntervalLowerBound = index == 1 and 0 or step.lower - threshold,
      MetricIntervalUpperBound = step.upper and step.upper - threshold,
      ScalingAdjustment = engine.placed(step.count, step.at),
    })
  end
  return list
end

local function make(family, service, scale)
  local steps <const> = scale.steps
  local most <const> = steps[#steps].count
  local target <const> = target_of(family, most)
  if not target then
    return engine.error(steps[1].at, "services::" .. service
      .. " cannot be scaled in steps: it has no number of tasks to change")
  end
  -- Services of a family, which are one service on ECS, scale once.
  if not run.is_first("steps of scaling", target.id .. " " .. scale.noun) then return end
  local out <const> = policy(family, service, target, scale.noun .. "ScaleOut", adjustments(steps, scale.threshold),
    scale.scale_out_cooldown)
  local back <const> = policy(family, service, target, scale.noun .. "ScaleIn",
    { { MetricIntervalUpperBound = 0, ScalingAdjustment = 0 } }, scale.scale_in_cooldown)
  if scale.alarm then
    local properties <const> = scale.alarm.Properties
    local function also(name, action)
      if properties[name] == nil then
        properties[name] = { action }
      else
        properties[name][#properties[name] + 1] = action
      end
    end
    also("AlarmActions", out:ref())
    also("OKActions", back:ref())
    return
  end
  local metric <const> = { AlarmActions = { out:ref() }, OKActions = { back:ref() },
    InsufficientDataActions = { back:ref() },
    Threshold = scale.threshold }
  for name, value in pairs(scale.metric) do metric[name] = value end
  add(family, service, scale.noun .. "ScalingAlarm", scale.noun .. "_alarm", "AWS::CloudWatch::Alarm", metric)
end

--- Makes what services were granted by `grants.scale`, after the services themselves: in each family that it is for.
function scaling.connect(service)
  for _, scale in ipairs(grants.of(service).scaling) do
    for _, family in ipairs(families.of(service)) do
      if family.made.service and grants.is_for(scale, family) then make(family, service, scale) end
    end
  end
end

return scaling
