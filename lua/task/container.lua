--- The container definition of a compose service: one row per attribute that becomes a property.
local lazy <const> = engine.use("base/lazy")
local ending <const> = engine.use("task/container_ending")
local environment <const> = engine.use("task/environment")
local health <const> = engine.use("project/health")
local image <const> = engine.use("task/container_image")
local linux <const> = engine.use("task/linux_parameters")
local logging <const> = engine.use("task/logging")
local merge <const> = engine.use("task/merge_properties")
local others <const> = engine.use("task/container_links")
local ports <const> = engine.use("project/ports")
local read <const> = engine.use("base/read")
local roles <const> = engine.use("task/roles")
local secrets <const> = lazy("task/secrets")
local sizes <const> = engine.use("task/sizes")
local values <const> = engine.use("kinds/texts")

local container <const> = {}

local function labels(service)
  local made <const> = {}
  for name, value in pairs(service.labels or {}) do
    if values.is_own_name(service.labels, name, "services::" .. service.name .. " labels") then
      made[name] = values.text(tostring(value == nil and "" or value), { service.labels, name }, service)
    end
  end
  if service.container_name ~= nil and made.container_name == nil then
    made.container_name = engine.placed(service.container_name, { service, "container_name" })
  end
  return next(made) and made or nil
end

--- The ports of a service that a load balancer leads to, as keys: ECS refuses a second mapping of one ("Container port 53 is used in
--- more than one port mapping", aws/amazon-ecs-agent#3428, read 2026-11-29). A task with an address of its own needs none for UDP:
--- mappings filter nothing there, and its security group lets both protocols in.
local function balanced_ports(service, family)
  local numbers <const> = {}
  for _, target in ipairs(roles.granted_to(service, family, "targets")) do
    if target.number then numbers[target.number] = true end
  end
  return numbers
end

--- One mapping per port and protocol. On instances without addresses of their own, the published port is the host's.
local function port_mappings(service, family)
  local list <const>, balanced <const>, has_tcp <const> = {}, balanced_ports(service, family), {}
  for _, port in ipairs(ports.of_service(service)) do
    if port.protocol == "tcp" then has_tcp[port.target] = true end
  end
  -- The one of TCP stays, wherever it stands: it is what Service Connect names.
  local function is_second(port)
    if port.protocol ~= "udp" or not (balanced[port.target] and has_tcp[port.target]) then return false end
    if family.runs.network_mode ~= "awsvpc" then
      engine.error(port.where, "services::" .. service.name .. " has port " .. port.target
        .. " for tcp and udp behind a load balancer, which ECS refuses", "let the task have an address of its own: leave network_mode out")
    end
    return true
  end
  local function add(port)
    local named <const> = family.port_names[port.name]
    if named and named ~= port then port.name = port.protocol .. "_" .. port.target end
    family.port_names[port.name] = port
    local published <const> = family.runs.network_mode == "bridge" and port.published or nil
    local is_one <const> = published and published.first == published.last
    table.insert(list, {
      ContainerPort = engine.placed(port.target, port.where), Protocol = port.protocol, Name = port.name, AppProtocol = port.app_protocol,
      HostPort = is_one and engine.placed(published.first, published.where) or nil,
    })
  end
  -- Nobody calls what ends before the others begin; a port of it may be theirs.
  for _, port in ipairs(not family.ending[service.name] and ports.of_service(service) or {}) do
    if not is_second(port) then add(port) end
  end
  return #list > 0 and list or nil
end

local function credentials(service, family)
  local text <const> = service["x-aws-pull_credentials"]
  if type(text) ~= "string" then return nil end
  local where <const> = { service, "x-aws-pull_credentials" }
  local name <const> = text:match("^secrets::(.+)$")
  local source
  if name then source = secrets.source(name, where) else source = secrets.external(text, where) end
  if name and not source then
    engine.error(where, text .. " is not in the compose file", engine.near(name, read.names(engine.section("secrets") or {}), "there are"))
  end
  if not source then return nil end
  secrets.allow(family, source)
  return { CredentialsParameter = engine.placed(source.from, where) }
end

local function options(service)
  local list <const> = {}
  for index, text in ipairs(service.security_opt or {}) do
    table.insert(list, engine.placed((text:gsub("=", ":", 1)), { service.security_opt, index }))
  end
  return #list > 0 and list or nil
end

--- The value as it is; an empty text is none.
local function plain(attribute)
  return function(service)
    if service[attribute] == "" then return nil end
    return values.plain(service, attribute)
  end
end

--- `user`; one that variables left without a user (`:`) is reported.
local function user(service)
  local text <const> = service.user
  if type(text) ~= "string" or text == "" then return nil end
  if text:find("^:") then
    return engine.warn({ service, "user" }, "services::" .. service.name .. " user \"" .. text .. "\" names no user: it is the image's",
      "write user: \"1000:1000\"")
  end
  return engine.placed((text:gsub(":$", "")), { service, "user" })
end

local function texts(attribute)
  return function(service) return values.list(service, attribute, service) end
end

--- Rows that Linux has and Windows has not.
local function on_linux(make)
  return function(service, family, size)
    if family.windows then return nil end
    return make(service, family, size)
  end
end

local function on_instances(make)
  return function(service, family)
    if family.fargate then return nil end
    return make(service, family)
  end
end

local function on_bridge(make)
  return function(service, family)
    if family.runs.network_mode == "awsvpc" then return nil end
    return make(service, family)
  end
end

--- Compose attribute, property of the container definition, and how one becomes the other.
local rows <const> = {
  { "image",                  "Image",                  image.of },
  { "entrypoint",             "EntryPoint",             texts "entrypoint" },
  { "command",                "Command",                texts "command" },
  { "ports, expose",          "PortMappings",           port_mappings },
  { "healthcheck",            "HealthCheck",            health.of },
  { "labels, container_name", "DockerLabels",           labels },
  { "working_dir",            "WorkingDirectory",       plain "working_dir" },
  { "user",                   "User",                   on_linux(user) },
  { "read_only",              "ReadonlyRootFilesystem", on_linux(plain "read_only") },
  { "privileged",             "Privileged",             on_linux(on_instances(plain "privileged")) },
  { "tty",                    "PseudoTerminal",         plain "tty" },
  { "stdin_open",             "Interactive",            plain "stdin_open" },
  { "init, cap_add, ...",     "LinuxParameters",        linux.parameters },
  { "ulimits",                "Ulimits",                linux.ulimits },
  { "sysctls",                "SystemControls",         linux.controls },
  { "gpus",                   "ResourceRequirements",   linux.resources },
  { "stop_grace_period",      "StopTimeout",            ending.stop_timeout },
  { "restart",                "RestartPolicy",          ending.restart_policy },
  { "volumes_from",           "VolumesFrom",            others.volumes_from },
  { "x-aws-pull_credentials", "RepositoryCredentials",  credentials },
  { "security_opt",           "DockerSecurityOptions",  on_instances(options) },
  { "hostname",               "Hostname",               on_bridge(plain "hostname") },
  { "dns",                    "DnsServers",             on_bridge(plain "dns") },
  { "dns_search",             "DnsSearchDomains",       on_bridge(plain "dns_search") },
  { "extra_hosts",            "ExtraHosts",             on_bridge(others.hosts) },
  { "links",                  "Links",                  on_bridge(others.links) },
}

--- What the container waits for: services of the family, the container that writes its files, sidecars.
local function waits(service, family)
  local list <const> = {}
  for name in pairs(service.depends_on or {}) do
    local condition <const> = family.conditions[service.name][name]
    if condition then
      table.insert(list, {
        ContainerName = engine.placed(values.name(name), { service.depends_on, name, "key" }), Condition = condition,
      })
    end
  end
  local filler <const>, writer <const> = family.contents[service.name], family.files[service.name]
  if filler then table.insert(list, { ContainerName = filler.Name, Condition = "COMPLETE" }) end
  if writer then table.insert(list, { ContainerName = writer.Name, Condition = "SUCCESS" }) end
  for _, sidecar in ipairs(family.sidecars) do
    if sidecar.condition then table.insert(list, { ContainerName = sidecar.container.Name, Condition = sidecar.condition }) end
  end
  return #list > 0 and list or nil
end

--- The container definition of a service.
function container.of(service, family)
  local size <const> = family.sizes[service.name]
  local given <const> = environment.of(service, family)
  local made <const> = {
    Name = values.name(service.name),
    Essential = family.essential[service.name],
    Cpu = size.cpu and engine.placed(size.cpu, size.cpu_at),
    Memory = size.memory and engine.placed(size.memory, size.memory_at),
    MemoryReservation = size.reservation and engine.placed(size.reservation, size.reservation_at),
    Environment = given.Environment, Secrets = given.Secrets,
    MountPoints = family.mounts[service.name],
    LogConfiguration = family.logs[service.name],
    DependsOn = waits(service, family),
  }
  for _, row in ipairs(rows) do made[row[2]] = row[3](service, family, size) end
  return merge(made, read.at(service, "x-ecs", "Container"))
end

--- The container that fills a service's volumes, of the same image.
function container.filler(service, family)
  local made <const> = family.contents[service.name]
  made.Image, made.MemoryReservation = image.of(service), sizes.of_writer(family)
  made.LogConfiguration = logging.default(family, made.Name)
  return made
end

--- The container that writes a service's files, with what it shares with the service.
function container.writer(service, family)
  local made <const> = family.files[service.name]
  made.Image = made.Image or image.of(service)
  made.MemoryReservation = sizes.of_writer(family)
  made.LogConfiguration = logging.default(family, made.Name)
  local filler <const> = family.contents[service.name]
  if filler then made.DependsOn = { { ContainerName = filler.Name, Condition = "COMPLETE" } } end
  return made
end

return container
