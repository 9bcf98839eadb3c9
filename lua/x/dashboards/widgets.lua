--- The widgets of a dashboard: rows of a service, and a row for each resource that the dashboard names.
local definitions <const> = engine.use("kinds/definitions")
local families <const> = engine.use("project/families")
local json <const> = engine.use("base/json")
local manifest <const> = engine.use("manifest")
local observed <const> = engine.use("kinds/metrics")
local pointers <const> = engine.use("kinds/pointers")
local read <const> = engine.use("base/read")
local dashboard <const> = {}

--- The charts of a definition, or nil.
local function charts_of_module(module) return module.metrics and module.metrics.charts end

--- The keys whose definitions have charts, of those that there are.
local function keys_with_charts()
  local keys <const> = {}
  for _, entry in ipairs(manifest) do
    local module <const> = entry.file and engine.use(entry.file) or {}
    for _, kind in ipairs(module.kinds or { module }) do
      if charts_of_module(kind) or charts_of_module(module) then keys[entry.key] = true end
    end
  end
  return read.names(keys)
end

--- Metrics of load balancers, by their namespace.
local balancers <const> = {
  ["AWS/ApplicationELB"] = { { "RequestCount", "Sum" }, { "TargetResponseTime", "Average" }, { "HTTPCode_Target_5XX_Count", "Sum" } },
  ["AWS/NetworkELB"]     = { { "ActiveFlowCount", "Average" }, { "ProcessedBytes", "Sum" } },
}

function dashboard.make(definition)
  definition.rows = {}
  definition.resource = definitions.add(definition, "main", "AWS::CloudWatch::Dashboard", "Dashboard", {
    DashboardName = composex.sub("${AWS::StackName}-" .. definition.name:gsub("[^%w_-]", "-")), DashboardBody = "",
  })
end

function dashboard.serve(definition, service, body, where)
  table.insert(definition.rows, { service = service, body = body, name = where[2] })
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

local function chart(x, width, title, list, view, stat, period)
  return widget("metric", x, width, 6, {
    title = title, metrics = list, view = view or "timeSeries", stat = stat or "Average",
    period = period or 60,
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

--- The rows of a family, which is one service on ECS, under the title `name`.
local function rows_of_family(family, row, name)
  local main <const>, rows <const> = family.made.service, {}
  local cluster <const>, service <const> = main.Properties.Cluster, main:att("Name")
  table.insert(rows, { widget("text", 0, 24, 1, { markdown = "## " .. name }) })
  if row.body.UsePredefinedMetrics ~= false then
    for _, each in ipairs(predefined(cluster, service)) do table.insert(rows, each) end
  end
  local own <const> = row.body.Metrics
  if own ~= nil and not read.is_list(own) then
    engine.error({ row.body, "Metrics" }, "Metrics of services::" .. row.service .. " must be a list of metrics of AWS/ECS")
  elseif own ~= nil then
    local names <const> = {}
    for index = 1, #own do
      if type(own[index]) == "string" then
        table.insert(names, own[index])
      else
        engine.error({ own, index }, "Metrics of services::" .. row.service .. " must be names of metrics of AWS/ECS",
          "write Metrics: [EBSFilesystemUtilization]")
      end
    end
    table.insert(rows, { chart(0, 24, "Metrics", metrics("AWS/ECS", names, cluster, service)) })
  end
  return rows
end

--- The rows of what a name stands for; `shown` are the families that have theirs.
local function rows_of_service(row, shown)
  local rows <const> = {}
  local all <const> = families.named_by(row.name)
  for _, family in ipairs(all) do
    if family.made.service and not shown[family] then
      shown[family] = true
      local title <const> = #all > 1 and family.name or #families.of(row.service) > 1 and row.name or row.service
      for _, each in ipairs(rows_of_family(family, row, title)) do table.insert(rows, each) end
    end
  end
  return rows
end

--- The heading of a resource and a chart for each of its metrics.
local function charts_of(title, shown, namespace, dimensions)
  local charts <const>, width <const> = {}, 24 // #shown
  for index, metric in ipairs(shown) do
    local line <const> = { namespace, metric[1] }
    for _, dimension in ipairs(dimensions) do
      table.insert(line, dimension.Name)
      table.insert(line, dimension.Value)
    end
    table.insert(charts, chart((index - 1) * width, width, metric[1], { line }, nil, metric[2], metric[3]))
  end
  return { { widget("text", 0, 24, 1, { markdown = "## " .. title }) }, charts }
end

local function rows_of_definition(target)
  return charts_of(target.key .. "::" .. target.name, charts_of_module(target.module), observed.of(target))
end

--- The namespace and the dimensions of a load balancer's metrics.
local function metrics_of(balancer)
  local is_network <const> = balancer.Properties.Type == "network"
  return is_network and "AWS/NetworkELB" or "AWS/ApplicationELB",
    { { Name = "LoadBalancer", Value = balancer:att("LoadBalancerFullName") } }
end

local function rows_of_balancer(name)
  local namespace <const>, dimensions <const> = metrics_of(engine.find("x-elbv2", name))
  return charts_of("x-elbv2::" .. name, balancers[namespace], namespace, dimensions)
end

--- The rows of what an entry of Resources names.
local function rows_of_resource(text, where)
  local key <const>, name <const> = pointers.parse(type(text) == "string" and text or "")
  if not key then
    engine.error(where, "a dashboard shows definitions such as x-sqs::jobs, not " .. tostring(text))
  elseif key == "x-elbv2" and engine.find(key, name) then
    return rows_of_balancer(name)
  else
    local target <const> = pointers.definition(text, where)
    if target and charts_of_module(target.module) then return rows_of_definition(target) end
    if target then
      engine.error(where, target.key .. " has no metrics that a dashboard could show",
        engine.near(target.key, keys_with_charts(), "there are metrics of"))
    end
  end
  return {}
end

--- The rows of everything that the project has: of a dashboard that names nothing.
local function rows_of_project(add, shown)
  for _, service in ipairs(engine.services()) do add(rows_of_service({ service = service.name, body = {}, name = service.name }, shown)) end
  for name in pairs(read.as_mapping(engine.section("x-elbv2"))) do
    if engine.find("x-elbv2", name) then add(rows_of_balancer(name)) end
  end
  for _, definition in ipairs(definitions.list) do
    if charts_of_module(definition.module) then add(rows_of_definition(definition)) end
  end
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

--- The Settings of a dashboard, texts both, with what stands for those that the file leaves out.
local function settings_of(definition)
  local node <const> = read.is_mapping(definition.body.Settings) and definition.body.Settings or {}
  local start <const> = node.start
  if start ~= nil and type(start) ~= "string" then
    engine.error({ node, "start" }, definition.subject .. " Settings start must be a string", "write start: -PT12H")
  end
  local override <const> = read.choice(node, "periodOverride", { "inherit", "auto" }, definition.subject .. " Settings")
  return type(start) == "string" and start or "-PT12H", override or "inherit"
end

function dashboard.finish(definition)
  local body <const>, rows <const>, shown <const> = definition.body, {}, {}
  local function add(list)
    for _, row in ipairs(list) do table.insert(rows, row) end
  end
  if body.Services == nil and body.Resources == nil then rows_of_project(add, shown) end
  for _, row in ipairs(definition.rows or {}) do add(rows_of_service(row, shown)) end
  if body.Resources ~= nil and not read.is_list(body.Resources) and not read.is_mapping(body.Resources) then
    engine.error({ body, "Resources" }, definition.subject .. " Resources must be a list such as [x-sqs::jobs]")
  end
  for name, each in pairs(read.is_mapping(body.Resources) and body.Resources or {}) do
    if read.at(each, "UsePredefinedMetrics") ~= false then add(rows_of_resource(name, { body.Resources, name, "key" })) end
  end
  for index = 1, read.is_list(body.Resources) and #body.Resources or 0 do
    add(rows_of_resource(body.Resources[index], { body.Resources, index }))
  end
  if body.Type ~= nil and body.Type ~= "cloudwatch" then
    engine.error({ body, "Type" }, definition.subject .. " Type must be cloudwatch")
  end
  if #rows == 0 then
    engine.error(definition.at, definition.subject .. " shows nothing", "name Services or Resources; without both it shows everything")
  end
  local start <const>, override <const> = settings_of(definition)
  definition.resource.Properties.DashboardBody = json.write { start = start, periodOverride = override, widgets = placed(rows) }
end

return dashboard
