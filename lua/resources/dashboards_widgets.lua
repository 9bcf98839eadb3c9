--- The widgets of a dashboard: rows of a service, and a row for each resource that the dashboard names.
local definitions <const> = engine.use("composex/definitions")
local keys <const> = engine.use("composex/keys")
local json <const> = engine.use("composex/json")
local pointers <const> = engine.use("composex/pointers")
local values <const> = engine.use("composex/values")
local dashboard <const> = {}

--- Metrics of the kinds that a dashboard can show: namespace, dimension, the value of it, and the metrics with their
--- statistic.
local resources <const> = {
  ["x-sqs"]              = { "AWS/SQS", "QueueName", "QueueName", { "ApproximateNumberOfMessagesVisible", "Maximum" },
    { "ApproximateAgeOfOldestMessage", "Maximum" } },
  ["x-sns"]              = { "AWS/SNS", "TopicName", "TopicName", { "NumberOfMessagesPublished", "Sum" },
    { "NumberOfNotificationsFailed", "Sum" } },
  ["x-dynamodb"]         = { "AWS/DynamoDB", "TableName", "TableName", { "ConsumedReadCapacityUnits", "Sum" },
    { "ConsumedWriteCapacityUnits", "Sum" } },
  ["x-kinesis"]          = { "AWS/Kinesis", "StreamName", "StreamName", { "IncomingRecords", "Sum" },
    { "GetRecords.IteratorAgeMilliseconds", "Maximum" } },
  ["x-kinesis_firehose"] = { "AWS/Firehose", "DeliveryStreamName", "DeliveryStreamName", { "IncomingRecords", "Sum" } },
  ["x-rds"]              = { "AWS/RDS", "DBClusterIdentifier", "DBCluster", { "CPUUtilization", "Average" },
    { "DatabaseConnections", "Average" } },
  ["x-docdb"]            = { "AWS/DocDB", "DBClusterIdentifier", "DBClusterName", { "CPUUtilization", "Average" },
    { "DatabaseConnections", "Average" } },
  ["x-neptune"]          = { "AWS/Neptune", "DBClusterIdentifier", "DBCluster", { "CPUUtilization", "Average" } },
  ["x-elasticache"]      = { "AWS/ElastiCache", "ReplicationGroupId", "Name", { "EngineCPUUtilization", "Average" },
    { "CurrConnections", "Average" } },
  ["x-s3"]               = { "AWS/S3", "BucketName", "BucketName", { "NumberOfObjects", "Average" } },
}

function dashboard.make(definition)
  definition.rows = {}
  definition.resource = definitions.add(definition, "main", "AWS::CloudWatch::Dashboard", "Dashboard", {
    DashboardName = composex.sub("${AWS::StackName}-" .. definition.name:gsub("[^%w_-]", "-")), DashboardBody = "",
  })
end

function dashboard.serve(definition, service, body)
  table.insert(definition.rows, { service = service, body = body })
end

-- Widgets -----------------------------------------------------------------------------------------------------------

local function widget(kind, x, width, height, properties)
  return { type = kind, x = x, width = width, height = height, properties = properties }
end

--- Metrics of a service by one unit of dimensions: a list of `{ namespace, metric, dimension, value, ... }`.
local function metrics(namespace, names, cluster, service)
  local list <const> = {}
  for _, name in ipairs(names) do
    table.insert(list, { namespace, name, "ClusterName", cluster, "ServiceName", service })
  end
  return list
end

local function chart(x, width, title, list, view, stat)
  return widget("metric", x, width, 6, {
    title = title, metrics = list, view = view or "timeSeries", stat = stat or "Average", period = 60,
    region = composex.ref("AWS::Region"),
  })
end

--- The charts that every service has, unless `UsePredefinedMetrics: false`.
local function predefined(cluster, service)
  local insights <const> = "ECS/ContainerInsights"
  return {
    {
      chart(0, 6, "CPU reserved and used", metrics(insights, { "CpuReserved", "CpuUtilized" }, cluster, service),
        "pie"),
      chart(6, 6, "Memory reserved and used", metrics(insights, { "MemoryReserved", "MemoryUtilized" }, cluster,
        service), "pie"),
      chart(12, 12, "Tasks",
        metrics(insights, { "RunningTaskCount", "PendingTaskCount", "DesiredTaskCount" }, cluster, service),
          "singleValue"),
    },
    {
      chart(0, 12, "CPU and memory", metrics("AWS/ECS", { "CPUUtilization", "MemoryUtilization" }, cluster, service)),
      chart(12, 12, "Network", metrics(insights, { "NetworkRxBytes", "NetworkTxBytes" }, cluster, service)),
    },
  }
end

local function rows_of_service(row)
  local main <const> = engine.find("services", row.service)
  if not main then return {} end
  local cluster <const>, service <const> = main.Properties.Cluster, main:att("Name")
  local rows <const> = { { widget("text", 0, 24, 1, { markdown = "## " .. row.service }) } }
  if row.body.UsePredefinedMetrics ~= false then
    for _, each in ipairs(predefined(cluster, service)) do table.insert(rows, each) end
  end
  local own <const> = row.body.Metrics
  if keys.is_list(own) then
    local names <const> = {}
    for index = 1, #own do table.insert(names, tostring(own[index])) end
    table.insert(rows, { chart(0, 24, "Metrics", metrics("AWS/ECS", names, cluster, service)) })
  end
  return rows
end

local function row_of_resource(text, where)
  local target <const> = type(text) == "string" and pointers.parse(text) and pointers.definition(text, where)
  local known <const> = target and resources[target.key]
  if not known then
    if not (type(text) == "string" and pointers.parse(text)) then
      engine.error(where, "a dashboard shows definitions such as x-sqs::jobs, not " .. tostring(text))
    elseif target then
      engine.error(where, target.key .. " has no metrics that a dashboard could show",
        engine.near(target.key, keys.of(resources), "there are metrics of"))
    end
    return {}
  end
  local value <const>, charts <const> = values.of(target, known[3]), {}
  local count <const> = #known - 3
  for index = 1, count do
    local metric <const> = known[index + 3]
    table.insert(charts, chart((index - 1) * (24 // count), 24 // count, metric[1],
      { { known[1], metric[1], known[2], value } }, nil, metric[2]))
  end
  return { { widget("text", 0, 24, 1, { markdown = "## " .. target.key .. "::" .. target.name }) }, charts }
end

--- The widgets of all rows, each row below the one before.
local function placed(rows)
  local list, y = {}, 0
  for _, row in ipairs(rows) do
    local height = 0
    for _, each in ipairs(row) do
      each.y = y
      height = math.max(height, each.height)
      table.insert(list, each)
    end
    y = y + height
  end
  return list
end

function dashboard.finish(definition)
  local body <const>, rows <const> = definition.body, {}
  local function add(list)
    for _, row in ipairs(list) do table.insert(rows, row) end
  end
  for _, row in ipairs(definition.rows or {}) do add(rows_of_service(row)) end
  if body.Resources ~= nil and not keys.is_list(body.Resources) then
    engine.error({ body, "Resources" }, definition.subject .. " Resources must be a list such as [x-sqs::jobs]")
  end
  for index = 1, keys.is_list(body.Resources) and #body.Resources or 0 do
    add(row_of_resource(body.Resources[index], { body.Resources, index }))
  end
  if body.Type ~= nil and body.Type ~= "cloudwatch" then
    engine.error({ body, "Type" }, definition.subject .. " Type must be cloudwatch")
  end
  if #rows == 0 then
    engine.error(definition.at, definition.subject .. " shows nothing", "name Services or Resources")
  end
  local settings <const> = keys.is_mapping(body.Settings) and body.Settings or {}
  definition.resource.Properties.DashboardBody = json.write {
    start = settings.start or "-PT12H", periodOverride = settings.periodOverride or "inherit", widgets = placed(rows),
  }
end

return dashboard
