--- Container Insights of the cluster: on where the file asks for it, and where alarms or charts are of metrics that it brings.
--- https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html (2026-11-29)
local read <const> = engine.use("base/read")
local insights <const> = {}

local namespace <const> = "ECS/ContainerInsights"

--- What `ContainerInsights` may be, and the value of the setting.
local values <const> = { [true] = "enabled", [false] = "disabled", enabled = "enabled", enhanced = "enhanced", disabled = "disabled" }

local function of_services()
  for _, service in ipairs(engine.services()) do
    local section <const> = read.at(service, "x-alarms", "Predefined")
    if section ~= nil then return "services::" .. service.name .. " x-alarms", { service, "x-alarms", "key" } end
  end
end

local function of_alarms()
  local section <const> = engine.section("x-alarms")
  for name, body in pairs(read.is_mapping(section) and section or {}) do
    local is_own <const> = read.at(body, "Properties", "Namespace") == namespace
    if is_own or read.at(body, "MacroParameters", "Predefined") == "NoRunningTasks" then return "x-alarms::" .. name, { section, name, "key" } end
  end
end

local function of_dashboards()
  local section <const> = engine.section("x-dashboards")
  for name, body in pairs(read.is_mapping(section) and section or {}) do
    local named <const> = read.at(body, "Services")
    local shows = named == nil and read.at(body, "Resources") == nil
    for _, each in pairs(read.is_mapping(named) and named or {}) do
      if read.at(each, "UsePredefinedMetrics") ~= false then shows = true end
    end
    if shows then return "x-dashboards::" .. name, { section, name, "key" } end
  end
end

--- What of the file needs the metrics, and its place; nil when nothing does.
local function needed()
  for _, find in ipairs { of_services, of_alarms, of_dashboards } do
    local what <const>, where <const> = find()
    if what then return what, where end
  end
end

--- The setting of a list of ClusterSettings, or nil.
local function set_by(settings)
  for _, each in ipairs(read.is_list(settings) and settings or {}) do
    if read.at(each, "Name") == "containerInsights" then return each.Value end
  end
end

local function report(why, remedy)
  local what <const>, where <const> = needed()
  if what then engine.warn(where, what .. " needs the metrics of Container Insights: " .. why, remedy) end
end

--- Reports alarms and charts that an existing cluster may have no metrics for; `stated` is what the file says of it.
function insights.report_existing(stated)
  local value <const> = values[stated]
  if value == "disabled" then report("the cluster has it off", "switch it on: aws ecs update-cluster-settings") end
  if value == nil then
    report("whether the cluster has it is not known", "write x-cluster: {Lookup: {ClusterName: NAME, ContainerInsights: enabled}} where it has")
  end
end

--- The setting of a cluster of our own, as `MacroParameters: {ContainerInsights: enabled}` says, or as alarms and charts need it.
function insights.set(body, properties)
  local macros <const> = read.part(body, "MacroParameters")
  local wanted <const> = macros.ContainerInsights
  local value <const> = type(wanted) ~= "userdata" and wanted ~= nil and values[wanted] or nil
  if value and properties.ClusterSettings ~= nil then
    return engine.error({ macros, "ContainerInsights", "key" }, "x-cluster has ContainerInsights beside ClusterSettings", "write one of them")
  end
  local set <const> = value or set_by(properties.ClusterSettings)
  if set == "disabled" then report("x-cluster switches it off", "write MacroParameters: {ContainerInsights: enabled}") end
  if value then
    properties.ClusterSettings = { { Name = "containerInsights", Value = engine.placed(value, { macros, "ContainerInsights" }) } }
  elseif properties.ClusterSettings == nil and needed() then
    properties.ClusterSettings = { { Name = "containerInsights", Value = "enabled" } }
  end
end

return insights
