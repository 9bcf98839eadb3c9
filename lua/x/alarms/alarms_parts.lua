--- Topics, expressions, dimensions and scaling of alarms.
local definitions <const> = engine.use("kinds/definitions")
local families <const> = engine.use("project/families")
local grants <const> = engine.use("kinds/grants")
local metrics <const> = engine.use("kinds/metrics")
local links <const> = engine.use("kinds/links")
local read <const> = engine.use("base/read")
local pointers <const> = engine.use("kinds/pointers")
local predefined <const> = engine.use("x/alarms/predefined")
local scaling <const> = engine.use("kinds/step_scaling")
local topics <const> = engine.use("x/alarms/alarm_topics")
local alarms <const> = {}

--- What a definition is called in the dimensions of its metrics.
alarms.dimensions = {
  "x-sqs.QueueName", "x-sns.TopicName", "x-dynamodb.TableName", "x-kinesis.StreamName",
  "x-kinesis_firehose.DeliveryStreamName", "x-s3.BucketName", "x-rds.DBCluster", "x-docdb.DBClusterName",
  "x-neptune.DBCluster", "x-elasticache.Name", "x-opensearch.DomainName", "x-efs.FileSystemId", "x-kms.KeyId",
  "x-mq.BrokerMetrics", "x-msk.ClusterName", "x-resources.Ref",
}

local actions <const> = { "x-sns.TopicArn", after = function(_, topic, where) topics.open(topic, where) end }

alarms.action_links = { ["AlarmActions[]"] = actions, ["OKActions[]"] = actions, ["InsufficientDataActions[]"] = actions }

alarms.links = {
  ["Dimensions[].Value"] = alarms.dimensions, ["Metrics[].MetricStat.Metric.Dimensions[].Value"] = alarms.dimensions,
}
for path, link in pairs(alarms.action_links) do alarms.links[path] = link end

-- Topics ------------------------------------------------------------------------------------------------------------

local function add_action(resource, name, value)
  local properties <const> = resource.Properties
  if properties[name] == nil then
    properties[name] = { value }
  else
    properties[name][#properties[name] + 1] = value
  end
end

--- `Topics: [{x-sns: news, NotifyOn: all}]`; without NotifyOn a topic hears of alarms only.
function alarms.topics(alarm)
  local list <const> = alarm.body.Topics
  if list == nil then return end
  for _, row in ipairs(topics.read(list, { alarm.body, "Topics" }, alarm.subject .. " Topics", "alarm")) do
    -- The policy of a topic is opened when the links are read: by then it is known which keys encrypt it.
    local value <const> = row.topic and "x-sns::" .. row.topic.name or row.value
    for _, name in ipairs(row.actions) do add_action(alarm.resource, name, engine.placed(value, row.where)) end
  end
end

-- Kinds -------------------------------------------------------------------------------------------------------------

--- The most characters that CloudWatch takes.
--- https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
local longest_expression <const> = 10240

local states <const> = { ALARM = true, OK = true, INSUFFICIENT_DATA = true }

--- Whether what stands before, between and after the states of an expression joins them: `NOT (`, `) AND (`, `)`.
local function is_sound(between)
  local depth = 0
  for index, text in ipairs(between) do
    local is_first <const>, is_last <const> = index == 1, index == #between
    for mark in text:gmatch("[()]") do
      depth = depth + (mark == "(" and 1 or -1)
      if depth < 0 then return false end
    end
    local words <const> = " " .. text:upper():gsub("[()]", " "):gsub("%s+", " ") .. " "
    local plain <const> = read.trimmed((words:gsub(" NOT ", " ")))
    if is_last and (text:find("%(") or words:find("%S")) then return false end
    if is_first and plain ~= "" then return false end
    if not is_first and not is_last and plain ~= "AND" and plain ~= "OR" then return false end
  end
  return depth == 0 and #between > 1
end

--- `ALARM(a) and OK(b)` with the names of the file; each becomes the name of its alarm.
function alarms.expression(alarm, value, where)
  if type(value) ~= "string" then return engine.error(where, alarm.subject .. " CompositeExpression must be a string") end
  if #value > longest_expression then
    return engine.error(where, alarm.subject .. " CompositeExpression has more than " .. longest_expression .. " characters",
      "split it into several alarms, and compose those")
  end
  local parts <const>, between <const>, from = {}, {}, 1
  for at, state, name, after in value:gmatch("()%f[%a_]([%a_]+)%(%s*([%w._-]+)%s*%)()") do
    between[#between + 1] = value:sub(from, at - 1)
    parts[#parts + 1] = between[#between]:upper()
    from = after
    local other <const> = definitions.find("x-alarms", name)
    if not states[state:upper()] then
      engine.error(where, alarm.subject .. " CompositeExpression has no state \"" .. state .. "\"",
        "write ALARM, OK or INSUFFICIENT_DATA")
    elseif not other or other == alarm then
      engine.error(where, alarm.subject .. " CompositeExpression names an alarm \"" .. name
        .. "\", which is not defined",
        definitions.near("x-alarms", name))
    else
      parts[#parts + 1] = state:upper() .. "(\"" .. other.resource:ref() .. "\")"
    end
  end
  between[#between + 1] = value:sub(from)
  parts[#parts + 1] = between[#between]:upper()
  if not is_sound(between) then
    engine.error(where, alarm.subject .. " CompositeExpression is no expression of alarms",
      "join ALARM(name), OK(name) and INSUFFICIENT_DATA(name) by AND, OR, NOT and parentheses")
  end
  alarm.resource.Properties.AlarmRule = engine.placed(engine.joined(parts), where)
end

--- The dimensions of a service's metrics, once it is there.
local function dimensions_of(service)
  local main <const> = engine.find("services", service)
  if not main then return nil end
  return {
    { Name = "ClusterName", Value = main.Properties.Cluster }, { Name = "ServiceName", Value = main:att("Name") },
  }
end

--- The service of that name, or the first one that is in the family of that name; nil when there is neither.
local function service_of(name)
  local services <const> = families.services_named(name)
  return services and services[1]
end

--- What somebody who names a service that there is not may have had in mind.
local function near_service(name)
  local names <const> = {}
  for _, service in ipairs(engine.services()) do table.insert(names, service.name) end
  return engine.near(tostring(name), names, "there are")
end

function alarms.service(alarm, value, where)
  local service <const> = service_of(value)
  if not service then
    return engine.error(where, alarm.subject .. " names a service \"" .. tostring(value) .. "\", which is not defined",
      near_service(value))
  end
  alarm.service_name = service
end

--- `Predefined` means something together with `For` only.
function alarms.noted(alarm, _, where)
  if alarm.body.MacroParameters.For == nil then
    engine.error(where, alarm.subject .. " Predefined needs For", "write For: x-sqs::NAME, or the name of a service")
  end
end

--- `Predefined: NAME, For: x-sqs::jobs` (or a service): an alarm of the list in `alarms_predefined`.
function alarms.predefined(alarm, value, where)
  local macros <const> = alarm.body.MacroParameters
  if macros.Predefined == nil then
    return engine.error(where, alarm.subject .. " For needs Predefined", "write Predefined: HighCpuUsage, or ServiceName for an alarm of your own")
  end
  local service <const> = service_of(value)
  local target <const> = not service and type(value) == "string" and pointers.definition(value, where) or nil
  if not service and not target then
    if not (type(value) == "string" and pointers.parse(value)) then
      engine.error(where, alarm.subject .. " For must name a service, or a definition such as x-sqs::jobs")
    end
    return
  end
  local of_key <const> = predefined[service and "services" or target.key] or {}
  local rows <const> = of_key.of and of_key.of[target.type] or of_key
  local row <const> = rows[macros.Predefined]
  if not row then
    return engine.error({ macros, "Predefined" }, (service and "services" or target.key)
      .. " has no predefined alarm \""
      .. tostring(macros.Predefined) .. "\"", engine.near(tostring(macros.Predefined), read.names(rows), "there are"))
  end
  alarm.predefined = true
  local properties <const> = {}
  for name, entry in pairs(row) do properties[name] = entry end
  if service then
    alarms.service(alarm, service, where)
  else
    alarm.target = target
  end
  engine.fill(alarm.resource, properties)
end

-- Services ----------------------------------------------------------------------------------------------------------

function alarms.serve(alarm, service, body)
  if body.Scaling == nil then return end
  local where <const> = { body, "Scaling" }
  local steps <const>, scale_in <const>, scale_out <const> = scaling.read(body.Scaling, where, alarm.subject)
  if not steps or #steps == 0 then return end
  local properties <const> = alarm.resource.Properties
  local threshold = properties.Threshold
  if type(threshold) ~= "number" then
    threshold = steps[1].lower
    if properties.Threshold == nil then properties.Threshold = engine.placed(threshold, where) end
  end
  grants.scale(service, {
    noun = engine.pascal(alarm.name), steps = steps, threshold = threshold, scale_in_cooldown = scale_in,
    scale_out_cooldown = scale_out, alarm = alarm.resource,
  })
end

function alarms.no_scaling(alarm, service, _, where)
  engine.error(where, alarm.subject .. " is composed of other alarms: it cannot scale services::" .. service,
    "scale by one of the alarms that it is made of")
end

-- Load balancers ----------------------------------------------------------------------------------------------------

--- Remembers dimensions that name a load balancer (`x-elbv2::lb`) or one of its target groups (`x-elbv2::lb::web::80`):
--- they are made after the alarms.
function alarms.balancers(alarm)
  alarm.balanced = {}
  for _, path in ipairs { "Dimensions[].Value", "Metrics[].MetricStat.Metric.Dimensions[].Value" } do
    links.visit(alarm.resource.Properties, path, function(holder, name)
      local text <const> = holder[name]
      if type(text) ~= "string" or not text:find("^x%-elbv2::") then return end
      table.insert(alarm.balanced, { holder = holder, text = text, where = { holder, name } })
      holder[name] = engine.placed("", { holder, name })
    end)
  end
end

--- The full name of what a dimension names; nil when there is none, which is told.
local function full_name(row)
  local name <const>, service <const>, port <const> = row.text:match("^x%-elbv2::([^:]+):?:?([^:]*):?:?(%d*)$")
  local balancer <const> = name and engine.find("x-elbv2", name)
  if balancer and service == "" then return balancer:att("LoadBalancerFullName") end
  local group <const> = balancer and engine.find("services", service, "target_group")
  if group and group.id:find(engine.pascal(name) .. port, 1, true) then return group:att("TargetGroupFullName") end
  engine.error(row.where, row.text .. " is not in the compose file",
    "name a load balancer (x-elbv2::NAME), or a target group (x-elbv2::NAME::SERVICE::PORT)")
end

function alarms.finish(alarm)
  if alarm.target then
    -- Names that a kind gives by default are known by now.
    local namespace <const>, dimensions <const> = metrics.of(alarm.target)
    engine.fill(alarm.resource, { Namespace = namespace, Dimensions = dimensions })
  end
  for _, row in ipairs(alarm.balanced or {}) do
    local found <const> = full_name(row)
    if found then row.holder.Value = engine.placed(found, row.where) end
  end
  if alarm.resource and alarm.service_name then
    local found <const> = dimensions_of(alarm.service_name)
    if found then alarm.resource.Properties.Dimensions = found end
  end
end

alarms.checks = {
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
}

return alarms
