--- Alarms by name (`x-alarms.Predefined` of a service): the service is at its most tasks, and they are busy still.
local cluster <const> = engine.use("x/cluster/project_cluster")
local read <const> = engine.use("base/read")
local scaling <const> = engine.use("task/scaling")
local alarms <const> = {}

--- Name, the setting of its threshold, and the metric.
local predefined <const> = {
  HighCpuUsageAndMaxScaledOut = { setting = "CPUUtilization",    metric = "CPUUtilization",    noun = "HighCpu" },
  HighRamUsageAndMaxScaledOut = { setting = "MemoryUtilization", metric = "MemoryUtilization", noun = "HighRam" },
}

--- Defaults of what `Settings` may say.
local defaults <const> = { CPUUtilization = 75, MemoryUtilization = 75, DatapointsToAlarm = 5, EvaluationPeriods = 10, Period = 60 }

--- A setting at its place, as the first of several bodies has it: of `Settings`, or beside it.
local function setting(bodies, name)
  for _, body in ipairs(bodies) do
    for _, holder in ipairs { read.at(body, "Settings") or {}, body } do
      if holder[name] ~= nil then return read.placed(holder, name) end
    end
  end
  return defaults[name]
end

local function dimensions(service)
  return { { Name = "ClusterName", Value = cluster.name() }, { Name = "ServiceName", Value = service:att("Name") } }
end

local function add(family, type_name, noun, place, properties)
  return engine.add {
    type = type_name, noun = noun, family = family.name, key = "services", name = family.main.name, others = family.names,
    part = "alarm", at = place, properties = properties,
  }
end

--- What an alarm tells, by its actions, each topic once. Topics of the file let it publish.
local function actions_of(bodies, subject)
  local made <const>, seen <const> = {}, {}
  local function tell(row)
    local value <const> = row.topic and engine.use("kinds/values").of(row.topic, "TopicArn") or row.value
    if row.topic then engine.use("x/alarms/alarm_topics").open(row.topic, row.where) end
    for _, name in ipairs(row.actions) do
      local key <const> = name .. " " .. tostring(value)
      made[name] = made[name] or {}
      if not seen[key] then table.insert(made[name], engine.placed(value, row.where)) end
      seen[key] = true
    end
  end
  for _, body in ipairs(bodies) do
    if body.Topics ~= nil then
      for _, row in ipairs(engine.use("x/alarms/alarm_topics").read(body.Topics, { body, "Topics" }, subject, "all")) do tell(row) end
    end
  end
  return made
end

--- The three alarms of one name: busy, at the most tasks, and both.
local function make(family, service, row, bodies, place)
  local busy <const> = add(family, "AWS::CloudWatch::Alarm", row.noun .. "Alarm", place, {
    Namespace = "AWS/ECS", MetricName = row.metric, Statistic = "Average", Dimensions = dimensions(service),
    ComparisonOperator = "GreaterThanThreshold", Threshold = setting(bodies, row.setting), Period = setting(bodies, "Period"),
    EvaluationPeriods = setting(bodies, "EvaluationPeriods"), DatapointsToAlarm = setting(bodies, "DatapointsToAlarm"),
    TreatMissingData = "notBreaching",
  })
  local full <const> = add(family, "AWS::CloudWatch::Alarm", row.noun .. "AtMostTasksAlarm", place, {
    Namespace = "ECS/ContainerInsights", MetricName = "RunningTaskCount", Statistic = "Average", Dimensions = dimensions(service),
    ComparisonOperator = "GreaterThanOrEqualToThreshold", Threshold = setting(bodies, "RunningTaskCount") or family.scaling.most,
    Period = setting(bodies, "Period"), EvaluationPeriods = setting(bodies, "EvaluationPeriods"),
    DatapointsToAlarm = setting(bodies, "DatapointsToAlarm"), TreatMissingData = "notBreaching",
  })
  local actions <const> = actions_of(bodies, "services::" .. family.main.name .. " Topics")
  add(family, "AWS::CloudWatch::CompositeAlarm", row.noun .. "AndAtMostTasksAlarm", place, {
    AlarmRule = "ALARM(" .. busy:att("Arn") .. ") AND ALARM(" .. full:att("Arn") .. ")", AlarmActions = actions.AlarmActions, OKActions = actions.OKActions,
  })
end

--- Makes the alarms that the services of a family name: one of a name, whoever names it.
function alarms.make(family, service)
  local named <const>, bodies <const>, places <const> = {}, {}, {}
  for _, each in ipairs(family.services) do
    local section <const> = read.at(each, "x-alarms", "Predefined")
    for name, body in pairs(section or {}) do
      local place <const> = { section, name, "key" }
      if not predefined[name] then
        engine.error(place, "there is no predefined alarm \"" .. name .. "\"", engine.near(name, read.names(predefined), "there are"))
      elseif not scaling.is_wanted(family) and setting({ body or {} }, "RunningTaskCount") == nil then
        engine.error(place, "services::" .. each.name .. " " .. name .. " needs to know the most tasks", "write x-scaling: { Range: \"1-10\" }")
      elseif bodies[name] then
        table.insert(bodies[name], body or {})
      else
        table.insert(named, name)
        bodies[name], places[name] = { body or {} }, place
      end
    end
  end
  for _, name in ipairs(named) do make(family, service, predefined[name], bodies[name], places[name]) end
end

return alarms
