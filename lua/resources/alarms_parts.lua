--- Topics, expressions, dimensions and scaling of alarms.
local definitions <const> = engine.use("composex/definitions")
local grants <const> = engine.use("composex/grants")
local keys <const> = engine.use("composex/keys")
local links <const> = engine.use("composex/links")
local permits <const> = engine.use("composex/permits")
local pointers <const> = engine.use("composex/pointers")
local predefined <const> = engine.use("resources/alarms_predefined")
local scaling <const> = engine.use("composex/scaling")
local values <const> = engine.use("composex/values")
local alarms <const> = {}

--- What a definition is called in the dimensions of its metrics.
alarms.dimensions = {
  "x-sqs.QueueName", "x-sns.TopicName", "x-dynamodb.TableName", "x-kinesis.StreamName",
  "x-kinesis_firehose.DeliveryStreamName", "x-s3.BucketName", "x-rds.DBCluster", "x-docdb.DBClusterName",
  "x-neptune.DBCluster", "x-elasticache.Name", "x-opensearch.DomainName", "x-efs.FileSystemId", "x-kms.KeyId",
  "x-mq.BrokerId", "x-resources.Ref",
}

--- A topic that CloudWatch may publish to.
local function open(alarm, topic, where)
  permits.link(topic, "cloudwatch.amazonaws.com", nil, "Alarms", where)
  return topic, alarm
end

alarms.actions = { "x-sns.TopicArn", after = function(alarm, topic, where)
  if topic.key == "x-sns" then open(alarm, topic, where) end
end }

-- Topics ------------------------------------------------------------------------------------------------------------

local lists <const> = {
  alarm = { "AlarmActions" }, okay = { "OKActions" }, ok = { "OKActions" }, all = { "AlarmActions", "OKActions" },
}

local function add_action(resource, name, value)
  local properties <const> = resource.Properties
  if properties[name] == nil then
    properties[name] = { value }
  else
    properties[name][#properties[name] + 1] = value
  end
end

--- The topic that a row of Topics names: its value, and its definition when it is one of the file's.
local function topic_of(alarm, row)
  local name <const> = row["x-sns"]
  local text <const> = name or row.TopicArn
  local where <const> = { row, name ~= nil and "x-sns" or "TopicArn" }
  if type(text) ~= "string" then
    if text ~= nil then return engine.placed(text, where) end
    return engine.error(row, alarm.subject .. " Topics needs x-sns or TopicArn", "write Topics: [{x-sns: NAME}]")
  end
  if not name and not pointers.parse(text) then return engine.placed(text, where) end
  local topic = pointers.parse(text) and pointers.definition(text, where) or definitions.find("x-sns", text)
  if not topic then
    if not pointers.parse(text) then
      engine.error(where, "x-sns::" .. text .. " is not in the compose file", definitions.near("x-sns", text))
    end
    return nil
  end
  open(alarm, topic, where)
  return engine.placed(values.of(topic, "TopicArn"), where)
end

--- `Topics: [{x-sns: news, NotifyOn: all}]`; without NotifyOn a topic hears of alarms only.
function alarms.topics(alarm)
  local list <const> = alarm.body.Topics
  if list == nil then return end
  local subject <const> = alarm.subject .. " Topics"
  if not keys.is_list(list) then return engine.error({ alarm.body, "Topics" }, subject .. " must be a list") end
  for index = 1, #list do
    local row <const> = keys.mapping(list[index], { list, index }, subject)
    for key in pairs(row) do
      if not keys.has({ "x-sns", "TopicArn", "NotifyOn" }, key) then
        engine.error({ row, key, "key" }, subject .. " has no key \"" .. key .. "\"",
          engine.near(key, { "x-sns", "TopicArn", "NotifyOn" }, "it has"))
      end
    end
    local wanted = row.NotifyOn
    if keys.is_list(wanted) then wanted = #wanted > 1 and "all" or wanted[1] end
    local names <const> = lists[wanted == nil and "alarm" or wanted]
    local value <const> = topic_of(alarm, row)
    if not names then
      engine.error({ row, "NotifyOn" }, subject .. " NotifyOn must be all, alarm or okay")
    elseif value ~= nil then
      for _, name in ipairs(names) do add_action(alarm.resource, name, value) end
    end
  end
end

-- Kinds -------------------------------------------------------------------------------------------------------------

local states <const> = { ALARM = true, OK = true, INSUFFICIENT_DATA = true }

--- `ALARM(a) and OK(b)` with the names of the file; each becomes the name of its alarm.
function alarms.expression(alarm, value, where)
  if type(value) ~= "string" then return engine.error(where, alarm.subject .. " CompositeExpression must be a text") end
  local made, rest = nil, value
  local function join(part) made = made == nil and part or made .. part end
  while rest ~= "" do
    local before <const>, state <const>, name <const>, after <const> =
      rest:match("^(.-)([%a_]+)%(%s*([%w._-]+)%s*%)(.*)$")
    if not before then
      join(rest:upper())
      break
    end
    if before ~= "" then join(before:upper()) end
    local other <const> = definitions.find("x-alarms", name)
    if not states[state:upper()] then
      engine.error(where, alarm.subject .. " CompositeExpression has no state \"" .. state .. "\"",
        "write ALARM, OK or INSUFFICIENT_DATA")
    elseif not other or other == alarm then
      engine.error(where, alarm.subject .. " CompositeExpression names an alarm \"" .. name
        .. "\", which nobody defines",
        definitions.near("x-alarms", name))
    else
      join(state:upper() .. "(\"" .. other.resource:ref() .. "\")")
    end
    rest = after
  end
  alarm.resource.Properties.AlarmRule = engine.placed(made or "", where)
end

--- The dimensions of a service's metrics, once it is there.
local function dimensions_of(service)
  local main <const> = engine.find("services", service)
  if not main then return nil end
  return {
    { Name = "ClusterName", Value = main.Properties.Cluster }, { Name = "ServiceName", Value = main:att("Name") },
  }
end

local function has_service(name)
  for _, service in ipairs(engine.services()) do
    if service.name == name then return true end
  end
  return false
end

function alarms.service(alarm, value, where)
  if not has_service(value) then
    local names <const> = {}
    for _, service in ipairs(engine.services()) do table.insert(names, service.name) end
    return engine.error(where, alarm.subject .. " names a service \"" .. tostring(value) .. "\", which nobody defines",
      engine.near(tostring(value), names, "there are"))
  end
  alarm.of_service = engine.placed(value, where)
  alarm.service_name = value
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
  local service <const> = has_service(value) and value
  local target <const> = not service and type(value) == "string" and pointers.definition(value, where) or nil
  if not service and not target then
    if not (type(value) == "string" and pointers.parse(value)) then
      engine.error(where, alarm.subject .. " For must name a service, or a definition such as x-sqs::jobs")
    end
    return
  end
  local rows <const> = predefined[service and "services" or target.key] or {}
  local row <const> = rows[macros.Predefined]
  if not row then
    return engine.error({ macros, "Predefined" }, (service and "services" or target.key)
      .. " has no predefined alarm \""
      .. tostring(macros.Predefined) .. "\"", engine.near(tostring(macros.Predefined), keys.of(rows), "there are"))
  end
  alarm.predefined = true
  local properties <const> = {}
  for name, entry in pairs(row) do properties[name] = entry end
  if service then
    alarms.service(alarm, service, where)
  else
    properties.Dimensions = { { Name = row.Dimension, Value = values.of(target, row.Value) } }
  end
  properties.Dimension, properties.Value = nil, nil
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
  links.visit(alarm.resource.Properties, "Dimensions[].Value", function(holder, name)
    local text <const> = holder[name]
    if type(text) ~= "string" or not text:find("^x%-elbv2::") then return end
    table.insert(alarm.balanced, { holder = holder, text = text, where = { holder, name } })
    holder[name] = engine.placed("", { holder, name })
  end)
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
  for _, row in ipairs(alarm.balanced or {}) do
    local found <const> = full_name(row)
    if found then row.holder.Value = engine.placed(found, row.where) end
  end
  if alarm.resource and alarm.service_name then
    local found <const> = dimensions_of(alarm.service_name)
    if found then alarm.resource.Properties.Dimensions = found end
  end
end

return alarms
