--- What an alarm watches: a service, a definition of another key, a load balancer.
local definitions <const> = engine.use("kinds/definitions")
local families <const> = engine.use("project/families")
local links <const> = engine.use("kinds/links")
local metrics <const> = engine.use("kinds/metrics")
local pointers <const> = engine.use("kinds/pointers")
local predefined <const> = engine.use("x/alarms/predefined")
local read <const> = engine.use("base/read")
local subjects <const> = {}

--- What a definition is called in the dimensions of its metrics.
subjects.dimensions = {
  "x-sqs.QueueName", "x-sns.TopicName", "x-dynamodb.TableName", "x-kinesis.StreamName",
  "x-kinesis_firehose.DeliveryStreamName", "x-s3.BucketName", "x-rds.DBCluster", "x-docdb.DBClusterName",
  "x-neptune.DBCluster", "x-elasticache.Name", "x-opensearch.DomainName", "x-efs.FileSystemId", "x-kms.KeyId",
  "x-mq.BrokerMetrics", "x-msk.ClusterName", "x-resources.Ref",
}

--- The dimensions of the metrics of what a name stands for, once it is there.
local function dimensions_of(named)
  local family <const> = families.one(named.name, named.where, named.subject)
  local main <const> = family and family.made.service
  if not main then return nil end
  return {
    { Name = "ClusterName", Value = main.Properties.Cluster }, { Name = "ServiceName", Value = main:att("Name") },
  }
end

--- Whether a service or a family has that name.
local function is_service(name) return type(name) == "string" and #families.named_by(name) > 0 end

--- What somebody who names a service that there is not may have had in mind.
local function near_service(name)
  local names <const> = {}
  for _, service in ipairs(engine.services()) do table.insert(names, service.name) end
  return engine.near(tostring(name), names, "there are")
end

function subjects.service(alarm, value, where)
  if not is_service(value) then
    return engine.error(where, alarm.subject .. " names a service \"" .. tostring(value) .. "\", which is not defined",
      near_service(value))
  end
  alarm.watched = { name = value, where = where, subject = alarm.subject }
end

--- `Predefined` means something together with `For` only.
function subjects.noted(alarm, _, where)
  if alarm.body.MacroParameters.For == nil then
    engine.error(where, alarm.subject .. " Predefined needs For", "write For: x-sqs::NAME, or the name of a service")
  end
end

--- `Predefined: NAME, For: x-sqs::jobs` (or a service): a ready-made alarm.
function subjects.predefined(alarm, value, where)
  local macros <const> = alarm.body.MacroParameters
  if macros.Predefined == nil then
    return engine.error(where, alarm.subject .. " For needs Predefined", "write Predefined: HighCpuUsage, or ServiceName for an alarm of your own")
  end
  local service <const> = is_service(value)
  local target <const> = not service and type(value) == "string" and pointers.definition(value, where) or nil
  if not service and not target then
    if not (type(value) == "string" and pointers.parse(value)) then
      engine.error(where, alarm.subject .. " For must name a service, or a definition such as x-sqs::jobs")
    end
    return
  end
  local rows <const> = service and predefined.services or predefined.of(target)
  local row <const> = rows[macros.Predefined]
  if not row then
    return engine.error({ macros, "Predefined" }, (service and "services" or target.key)
      .. " has no predefined alarm \""
      .. tostring(macros.Predefined) .. "\"", engine.near(tostring(macros.Predefined), read.names(rows), "there are"))
  end
  alarm.predefined = true
  if service then
    subjects.service(alarm, value, where)
  else
    alarm.target = target
  end
  engine.fill(alarm.resource, predefined.properties(row))
end

--- Remembers dimensions that name a load balancer (`x-elbv2::lb`), one of its target groups (`x-elbv2::lb::web::80`) or a service
--- (`services::web`): they are made after the subjects.
function subjects.balancers(alarm)
  alarm.balanced = {}
  for _, path in ipairs { "Dimensions[].Value", "Metrics[].MetricStat.Metric.Dimensions[].Value" } do
    links.visit(alarm.resource.Properties, path, function(holder, name)
      local text <const> = holder[name]
      if type(text) ~= "string" or not (text:find("^x%-elbv2::") or text:find("^services::")) then return end
      table.insert(alarm.balanced, { holder = holder, text = text, where = { holder, name }, subject = alarm.subject })
      holder[name] = engine.placed("", { holder, name })
    end)
  end
end

--- The name of the service that a dimension names; nil when there is none, which is reported.
local function service_name(row, name)
  if not is_service(name) then
    return engine.error(row.where, row.text .. " is not in the compose file", near_service(name))
  end
  local family <const> = families.one(name, row.where, row.subject)
  local main <const> = family and family.made.service
  return main and main:att("Name")
end

--- The full name of what a dimension names; nil when there is none, which is reported.
local function full_name(row)
  local service <const> = row.text:match("^services::([^:]+)$") or row.text:match("^services::([^:]+)::Name$")
  if service then return service_name(row, service) end
  local name <const>, container <const> = row.text:match("^x%-elbv2::([^:]+):?:?(.*)$")
  local balancer <const> = name and engine.find("x-elbv2", name)
  if balancer and container == "" then return balancer:att("LoadBalancerFullName") end
  local definition <const> = balancer and definitions.find("x-elbv2", name)
  local group <const> = definition and engine.use("x/elbv2/target_groups").find(definition.balancer, (container:gsub("::", ":")))
  if group then return group.made:att("TargetGroupFullName") end
  engine.error(row.where, row.text .. " is not in the compose file",
    "name a service (services::NAME), a load balancer (x-elbv2::NAME), or a target group (x-elbv2::NAME::SERVICE::PORT)")
end

function subjects.finish(alarm)
  if alarm.target then
    -- Names that a kind gives by default are known by now.
    local namespace <const>, dimensions <const> = metrics.of(alarm.target)
    engine.fill(alarm.resource, { Namespace = namespace, Dimensions = dimensions })
  end
  for _, row in ipairs(alarm.balanced or {}) do
    local found <const> = full_name(row)
    if found then row.holder.Value = engine.placed(found, row.where) end
  end
  if alarm.resource and alarm.watched then
    local found <const> = dimensions_of(alarm.watched)
    if found then alarm.resource.Properties.Dimensions = found end
  end
end

return subjects
