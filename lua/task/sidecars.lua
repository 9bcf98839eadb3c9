--- Containers that composex adds to a task: X-Ray, the CloudWatch agent, exporters, the log router. Each is
--- `{ container, cpu, memory, reservation, condition, writer }`; `condition` is what the services' containers wait for.
local lazy <const> = engine.use("base/lazy")
local files <const> = lazy("task/file_writer")
local firelens <const> = lazy("task/firelens")
local logging <const> = engine.use("task/logging")
local prometheus <const> = lazy("task/prometheus")
local read <const> = engine.use("base/read")
local sections <const> = engine.use("project/sections")
local sizes <const> = engine.use("task/sizes")
local sidecars <const> = {}

--- The first service of the family whose section is switched on, and the section.
local function wanted(family, key, ...)
  for _, service in ipairs(family.services) do
    local section <const>, spelling <const> = sections.of(service, key)
    local value = section
    for _, name in ipairs { ... } do value = read.at(value, name) end
    if value ~= nil and value ~= false and read.at(value, "Enabled") ~= false then return value, service, spelling end
  end
end

--- A container of composex's own, of `cpu` units and at most `memory` MiB.
local function sidecar(family, name, image, cpu, memory)
  local parameter <const> = engine.pascal(name) .. "Image"
  return {
    container = {
      Name = name, Essential = false, Cpu = cpu, Memory = memory, LogConfiguration = logging.default(family, name),
      Image = image.override or engine.parameter(parameter, { Type = "String", Default = image.default, Description = image.about }),
    },
    cpu = cpu, memory = memory, condition = "START",
  }
end

local function has_service(family, name)
  for _, service in ipairs(family.services) do
    if service.name == name then return true end
  end
  return false
end

--- The address of a sidecar: containers share one, except in bridge mode, where they are linked.
local function host_of(family, name) return family.runs.network_mode == "bridge" and name or "127.0.0.1" end

local function override(value) return read.at(value, "OverrideImage") ~= nil and read.placed(value, "OverrideImage") or nil end

-- CloudWatch agent --------------------------------------------------------------------------------------------------

--- Lets the task write metrics in log lines, to groups of those names.
local function allow_logs(family, groups)
  local resources <const> = {}
  for _, name in ipairs(groups) do
    table.insert(resources, composex.sub("arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:" .. name))
  end
  table.insert(family.statements, {
    key = "metrics", sid = "MetricLogs", resources = resources,
    actions = { "logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogGroups", "logs:DescribeLogStreams", "logs:PutLogEvents" },
  })
end

--- Reports what of the metrics in log lines has no effect: digests that nobody looks up, and agents that do not take them.
local function report_emf(family, emf, service)
  if read.at(emf, "InterpolateWithDigest") == true then
    engine.warn({ emf, "InterpolateWithDigest", "key" }, "services::" .. service.name
      .. " InterpolateWithDigest has no effect: rendering asks no registry", "write OverrideImage with the digest")
  end
  for _, name in ipairs { "FluentBit", "OTEL" } do
    local value <const>, of <const> = wanted(family, "x-monitoring", "CollectEmf", name)
    if value ~= nil then
      engine.warn(of["x-monitoring"], "services::" .. of.name .. " CollectEmf " .. name .. " has no effect: the CloudWatch agent collects EMF",
        "write CWAgentCollectEmf: true")
    end
  end
end

local function agent(family)
  local emf, emf_service = wanted(family, "x-monitoring", "CWAgentCollectEmf")
  if emf == nil then emf, emf_service = wanted(family, "x-monitoring", "CollectEmf", "CloudwatchAgent") end
  report_emf(family, emf, emf_service)
  local scraped <const>, scraped_service <const> = wanted(family, "x-prometheus", "ContainersInsights")
  if emf == nil and scraped == nil then return end
  local made <const> = sidecar(family, "cloudwatch-agent", {
    override = override(emf), default = "public.ecr.aws/cloudwatch-agent/cloudwatch-agent:latest", about = "The image of the CloudWatch agent",
  }, 102, 256)
  local environment <const> = {}
  if emf ~= nil then
    made.container.PortMappings = { { ContainerPort = 25888, Protocol = "tcp" }, { ContainerPort = 25888, Protocol = "udp" } }
    table.insert(family.variables, {
      name = "AWS_EMF_AGENT_ENDPOINT", value = "tcp://" .. host_of(family, "cloudwatch-agent") .. ":25888",
    })
  end
  if scraped ~= nil then
    local config <const> = prometheus.configuration(family, scraped_service, scraped)
    table.insert(environment, { Name = "PROMETHEUS_CONFIG_CONTENT", Value = config.scrape })
    table.insert(environment, { Name = "CW_CONFIG_CONTENT", Value = config.agent })
  else
    table.insert(environment, { Name = "CW_CONFIG_CONTENT", Value = prometheus.emf_only })
  end
  made.container.Environment = environment
  -- The application says in its log lines which group they are for; scraped metrics have one of their own.
  allow_logs(family, emf ~= nil and { "/aws/ecs/containerinsights/*", "*:log-stream:*" } or { "/aws/ecs/containerinsights/*" })
  table.insert(family.sidecars, made)
  if read.at(scraped, "AutoAddNginxPrometheusExporter") == true then
    local exporter <const> = sidecar(family, "nginx-exporter", {
      default = "public.ecr.aws/nginx/nginx-prometheus-exporter:latest", about = "The image of the exporter of NGINX metrics",
    }, 32, 64)
    exporter.container.Command = { "-nginx.scrape-uri", "http://127.0.0.1:8080/stub_status" }
    exporter.container.PortMappings = { { ContainerPort = 9113, Protocol = "tcp" } }
    exporter.condition = nil
    table.insert(family.sidecars, exporter)
  end
end

-- OpenTelemetry -----------------------------------------------------------------------------------------------------

--- `CollectOtel` runs the collector with its own configuration or the file's, `ManagedPrometheus` with one of composex's.
local function collector(family)
  local value <const>, of <const> = wanted(family, "x-monitoring", "CollectOtel")
  local managed <const>, service <const> = wanted(family, "x-prometheus", "ManagedPrometheus")
  if value == nil and managed == nil then return end
  local made <const> = sidecar(family, "aws-otel-collector", {
    override = override(value) or override(managed), default = "public.ecr.aws/aws-observability/aws-otel-collector:latest",
    about = "The image of the OpenTelemetry collector",
  }, 128, 256)
  if managed ~= nil then
    local text <const>, statement <const> = engine.use("task/otel").configuration(family, service, managed)
    if statement then table.insert(family.statements, statement) end
    made.container.Environment = { { Name = "AOT_CONFIG_CONTENT", Value = text or "" } }
    if read.at(value, "Config") ~= nil then
      engine.error({ value, "Config" }, "services::" .. of.name .. " Config of CollectOtel has no place beside ManagedPrometheus",
        "write the configuration in one of them")
    end
  else
    made.container.Command = { "--config", read.at(value, "Config") ~= nil and read.placed(value, "Config") or "/etc/ecs/ecs-default-config.yaml" }
    allow_logs(family, { "/aws/ecs/application/metrics*" })
  end
  made.container.PortMappings = { { ContainerPort = 4317, Protocol = "tcp" }, { ContainerPort = 4318, Protocol = "tcp" } }
  table.insert(family.variables, { name = "OTEL_EXPORTER_OTLP_ENDPOINT", value = "http://" .. host_of(family, "aws-otel-collector") .. ":4317" })
  table.insert(family.managed_policies, composex.sub("arn:${AWS::Partition}:iam::aws:policy/AWSXRayDaemonWriteAccess"))
  table.insert(family.sidecars, made)
  return made
end

-- X-Ray -------------------------------------------------------------------------------------------------------------

--- Segments go to a daemon, or to the collector when there is one: both listen on port 2000.
local function xray(family, by_collector)
  local value <const>, service <const> = wanted(family, "x-xray")
  if value == nil then return end
  if by_collector and read.at(value, "OverrideImage") ~= nil then
    engine.warn({ value, "OverrideImage" }, "services::" .. service.name
      .. " x-xray OverrideImage has no effect: the OpenTelemetry collector takes the segments")
  end
  local name <const> = by_collector and by_collector.container.Name or "xray-daemon"
  table.insert(family.variables, { name = "AWS_XRAY_DAEMON_ADDRESS", value = host_of(family, name) .. ":2000" })
  if by_collector then
    table.insert(by_collector.container.PortMappings, { ContainerPort = 2000, Protocol = "udp" })
    return
  end
  table.insert(family.managed_policies, composex.sub("arn:${AWS::Partition}:iam::aws:policy/AWSXRayDaemonWriteAccess"))
  if has_service(family, "xray-daemon") then return end
  local made <const> = sidecar(family, "xray-daemon", {
    override = override(value), default = "public.ecr.aws/xray/aws-xray-daemon:latest", about = "The image of the X-Ray daemon",
  }, 32, 256)
  made.container.PortMappings = { { ContainerPort = 2000, Protocol = "udp" }, { ContainerPort = 2000, Protocol = "tcp" } }
  table.insert(family.sidecars, made)
end

-- CodeGuru ----------------------------------------------------------------------------------------------------------

local function profiler(family)
  local value <const>, service <const> = wanted(family, "x-codeguru_profiler")
  if value == nil then return end
  local where <const> = { service, "x-codeguru_profiler" }
  local properties <const> = { ProfilingGroupName = type(value) == "string" and engine.placed(value, where)
    or composex.sub("${AWS::StackName}-" .. family.name) }
  for name in pairs(read.is_mapping(value) and value or {}) do properties[name] = read.placed(value, name) end
  local group <const> = engine.add {
    type = "AWS::CodeGuruProfiler::ProfilingGroup", noun = "ProfilingGroup", family = family.name, key = "services",
    name = family.main.name, others = family.names, part = "profiling_group", at = where, properties = properties,
  }
  table.insert(family.statements, {
    key = "codeguru", sid = "Profile", resources = { group:att("Arn") },
    actions = { "codeguru-profiler:ConfigureAgent", "codeguru-profiler:PostAgentProfile" },
  })
  table.insert(family.variables, { name = "AWS_CODEGURU_PROFILER_GROUP_NAME", value = group:ref() })
  table.insert(family.variables, { name = "AWS_CODEGURU_PROFILER_ENABLED", value = "TRUE" })
end

--- Adds what the family's sections ask for. The log configurations of the services are known: they say whether there is a router.
function sidecars.make(family)
  agent(family)
  xray(family, collector(family))
  profiler(family)
  if not family.routes then return end
  local router <const> = firelens.router(family, logging.default(family, "log_router"), function(name, path, entries)
    local made <const> = files.folder(family, name, path, entries)
    made.container.LogConfiguration = logging.default(family, made.container.Name)
    made.container.MemoryReservation = sizes.of_writer(family)
    return made
  end)
  table.insert(family.sidecars, router)
end

return sidecars
