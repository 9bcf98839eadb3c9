--- How the number of a family's tasks follows the load (`x-scaling`).
local add <const> = engine.use("task/family_resource")
local cluster <const> = engine.use("x/cluster/project_cluster")
local read <const> = engine.use("base/read")
local deployment <const> = engine.use("task/deployment")
local roles <const> = engine.use("task/roles")
local scaling <const> = {}

--- The least and most tasks that a Range names: `"1-10"`, `{Min, Max}`, or one number; nil when it names none.
local function bounds(section)
  local range <const> = section.Range
  if type(range) == "number" then return range, range end
  if type(range) == "string" then
    local least <const>, most <const> = range:match("^%s*(%d+)%s*%-%s*(%d+)%s*$")
    return tonumber(least), tonumber(most)
  end
  if range ~= nil then return range.Min, range.Max end
end

--- What one service says, in one form.
local function section_of(service)
  local section <const> = service["x-scaling"]
  if section ~= nil then
    local least <const>, most <const> = bounds(section)
    if section.Range ~= nil and (not least or not most or least > most) then
      engine.error({ section, "Range" }, "services::" .. service.name .. " x-scaling Range must be two numbers, the smaller first",
        "write Range: \"1-10\"")
      return nil
    end
    return {
      service = service, least = least, most = most, at = section.Range ~= nil and { section, "Range" } or service,
      targets = section.TargetScaling, actions = section.ScheduledActions, has_range = section.Range ~= nil,
      predictive = section.PredictiveScaling,
    }
  end
end

--- Steps that resources scale the family by need a range as well: from its own number of tasks to the most that a step names.
local function stepped(family, result)
  for _, grant in ipairs(roles.granted(family, "scaling")) do
    local most <const> = grant.steps[#grant.steps].count
    result = result or { targets = {}, actions = {}, service = family.main }
    if not result.least then
      result.least, result.at = (deployment.count(family)), grant.steps[1].at
    end
    result.most = math.max(result.most or result.least, most)
  end
  return result
end

--- The widest range, and per target the lowest value and the longest cooldowns, of all services of the family.
local function merged(family)
  local result
  for _, service in ipairs(family.services) do
    local one <const> = section_of(service)
    if one then
      result = result or { targets = {}, actions = {}, service = service }
      if one.has_range then
        if not result.least or one.least < result.least then result.least = one.least end
        if not result.most or one.most > result.most then result.most, result.at = one.most, one.at end
      end
      local targets <const> = one.targets or {}
      for _, row in ipairs {
        { "CpuTarget", math.min }, { "MemoryTarget", math.min }, { "TgtTargetsCount", math.min },
        { "ScaleInCooldown", math.max }, { "ScaleOutCooldown", math.max },
      } do
        local value <const> = targets[row[1]]
        if value ~= nil then
          local old <const> = result.targets[row[1]]
          result.targets[row[1]] = old and { value = row[2](old.value, value), at = old.at } or { value = value, at = { targets, row[1] } }
        end
      end
      if targets.DisableScaleIn == true then result.targets.DisableScaleIn = { value = true, at = { targets, "DisableScaleIn" } } end
      result.predictive = result.predictive or one.predictive
      for index, action in ipairs(one.actions or {}) do
        table.insert(result.actions, { action = action, at = { one.actions, index }, service = service })
      end
    end
  end
  return stepped(family, result)
end

local function placed(entry) return engine.placed(entry.value, entry.at) end

-- Policies ----------------------------------------------------------------------------------------------------------

local tracked <const> = {
  { "CpuTarget",    "CpuTracking",    "ECSServiceAverageCPUUtilization" },
  { "MemoryTarget", "MemoryTracking", "ECSServiceAverageMemoryUtilization" },
}

local function track(family, target, targets, noun, entry, metric)
  local policy <const> = add(family, noun, "AWS::ApplicationAutoScaling::ScalingPolicy", noun .. "Policy", {
    PolicyName = composex.sub("${AWS::StackName}-" .. family.name .. "-" .. noun), PolicyType = "TargetTrackingScaling",
    ScalingTargetId = target:ref(),
    TargetTrackingScalingPolicyConfiguration = {
      PredefinedMetricSpecification = metric.PredefinedMetricType and metric or nil,
      CustomizedMetricSpecification = metric.Metrics and metric or nil, TargetValue = placed(entry),
      ScaleInCooldown = targets.ScaleInCooldown and placed(targets.ScaleInCooldown) or 300,
      ScaleOutCooldown = targets.ScaleOutCooldown and placed(targets.ScaleOutCooldown) or 60,
      DisableScaleIn = targets.DisableScaleIn and placed(targets.DisableScaleIn) or nil,
    },
  }, entry.at)
  table.insert(family.policies, policy)
end

--- How scaling by requests names the family's target group, which says its own name (`label`); without a load balancer that counts
--- requests that is reported at `where`, about the key `name`.
function scaling.request_label(family, name, where)
  for _, balanced in ipairs(roles.granted(family, "targets")) do
    local label <const> = balanced.label and balanced.label()
    if label then return label end
  end
  engine.error(where, "services::" .. family.main.name .. " " .. name .. " needs a load balancer that sends it requests",
    "name the service in x-elbv2, or scale by CpuTarget")
end

--- The requests of a target in both groups of a service whose traffic is shifted: AWS's own metric knows one group, which has no targets
--- after every second deployment.
--- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-autoscaling-targettracking.html (2026-11-29)
local function requests_of_both(group)
  local function counted(id, target_group)
    return { Id = id, ReturnData = false, MetricStat = { Stat = "Sum", Metric = {
      Namespace = "AWS/ApplicationELB", MetricName = "RequestCountPerTarget",
      Dimensions = { { Name = "TargetGroup", Value = target_group:att("TargetGroupFullName") } },
    } } }
  end
  return { Metrics = {
    counted("first", group.made), counted("second", group.alternate),
    { Id = "requests", Expression = "SUM([FILL(first, 0), FILL(second, 0)])", ReturnData = true },
  } }
end

--- Two groups of which the first or the second has the family's targets; nil where the traffic is not shifted.
local function shifted_group(family)
  for _, balanced in ipairs(roles.granted(family, "targets")) do
    if balanced.shifted and balanced.label and balanced.label() then return balanced.shifted end
  end
end

local function track_requests(family, target, targets)
  local entry <const> = targets.TgtTargetsCount
  local label <const> = scaling.request_label(family, "TgtTargetsCount", entry.at)
  if not label then return end
  local group <const> = shifted_group(family)
  track(family, target, targets, "RequestTracking", entry, group and requests_of_both(group)
    or { PredefinedMetricType = "ALBRequestCountPerTarget", ResourceLabel = label })
end

--- The label of a forecast by requests, which is that of one group.
local function forecast_label(family, name, where)
  local label <const> = scaling.request_label(family, name, where)
  if label and shifted_group(family) then
    engine.warn(where, "services::" .. family.main.name .. " " .. name
      .. " counts the requests of the first of its two target groups, which has none after every second deployment", "forecast by Cpu or Memory")
  end
  return label
end

--- Units of a rate in one letter, which AWS writes out.
local rates <const> = { m = "minute", h = "hour", d = "day" }

--- The schedule of an action: `rate(1h)`, which ECS ComposeX hands on and AWS refuses, is `rate(1 hour)`.
local function schedule(action)
  local count <const>, unit <const> = tostring(action.Schedule):match("^rate%((%d+) ?([mhd])%)$")
  if not count then return read.placed(action, "Schedule") end
  local text <const> = "rate(" .. count .. " " .. rates[unit] .. (count == "1" and "" or "s") .. ")"
  engine.warn({ action, "Schedule" }, "Schedule " .. tostring(action.Schedule) .. " becomes " .. text .. ": AWS takes minutes, hours and days",
    "write Schedule: " .. text)
  return engine.placed(text, { action, "Schedule" })
end

--- Scheduled actions, on the target itself.
local function actions(family, list)
  local made <const> = {}
  for index, entry in ipairs(list) do
    local action <const> = entry.action
    if action.Schedule == nil or action.ScalableTargetAction == nil then
      engine.error(entry.at, "an item of ScheduledActions needs Schedule and ScalableTargetAction", "write Schedule: cron(0 8 * * ? *)")
    end
    local name <const> = action.ScheduledActionName or family.name .. "-" .. index
    local macro <const> = action.MacroParameters
    table.insert(made, {
      ScheduledActionName = read.at(macro, "AddServiceName") == true and family.name .. "-" .. name or name,
      Schedule = schedule(action), Timezone = read.placed(action, "Timezone"),
      StartTime = read.placed(action, "StartTime"), EndTime = read.placed(action, "EndTime"),
      ScalableTargetAction = action.ScalableTargetAction,
    })
    if read.at(macro, "AddRandomId") == true then
      engine.warn({ macro, "AddRandomId" }, "AddRandomId has no effect: names are unique without it, and templates do not change by chance")
    end
  end
  return #made > 0 and made or nil
end

-- The target --------------------------------------------------------------------------------------------------------

--- Whether the number of a family's tasks is not the template's to say.
function scaling.is_wanted(family)
  if family.scaling == nil then family.scaling = merged(family) or false end
  return family.scaling ~= false and family.scaling.most ~= nil
end

--- The scalable target of a family and its policies; nil without a range.
function scaling.make(family, service)
  local wanted <const> = family.scaling
  if not wanted then return nil end
  if not wanted.most then
    engine.error({ wanted.service, "x-scaling" }, "services::" .. wanted.service.name .. " x-scaling needs a Range", "write Range: \"1-10\"")
    return nil
  end
  local count <const>, count_at <const> = deployment.count(family)
  if count_at and (count < wanted.least or count > wanted.most) then
    engine.warn(count_at, "services::" .. family.main.name .. " replicas " .. count .. " are outside of the Range of x-scaling, which decides")
  end
  local target <const> = add(family, "scalable_target", "AWS::ApplicationAutoScaling::ScalableTarget", "ScalableTarget", {
    ServiceNamespace = "ecs", ScalableDimension = "ecs:service:DesiredCount",
    MinCapacity = engine.placed(wanted.least, wanted.at), MaxCapacity = engine.placed(wanted.most, wanted.at),
    -- The cluster may be a function of the file's (`Fn::ImportValue`).
    ResourceId = read.is_function(cluster.name()) and { ["Fn::Join"] = { "/", { "service", cluster.name(), service:att("Name") } } }
      or "service/" .. cluster.name() .. "/" .. service:att("Name"),
    ScheduledActions = actions(family, wanted.actions),
  }, wanted.at)
  for _, row in ipairs(tracked) do
    local entry <const> = wanted.targets[row[1]]
    if entry then track(family, target, wanted.targets, row[2], entry, { PredefinedMetricType = row[3] }) end
  end
  if wanted.targets.TgtTargetsCount then track_requests(family, target, wanted.targets) end
  if wanted.predictive ~= nil then
    engine.use("task/predictive_scaling")(family, target, wanted.predictive, { wanted.service, "x-scaling" }, forecast_label)
  end
  return target
end

return scaling
