--- The container definition of a compose service: one row per attribute that becomes a property.
local lazy <const> = engine.use("base/lazy")
local environment <const> = engine.use("task/environment")
local fates <const> = engine.use("project/fates")
local grants <const> = engine.use("kinds/grants")
local health <const> = engine.use("project/health")
local linux <const> = engine.use("task/linux_parameters")
local logging <const> = engine.use("task/logging")
local merge <const> = engine.use("task/merge_properties")
local ports <const> = engine.use("project/ports")
local read <const> = engine.use("base/read")
local secrets <const> = lazy("task/secrets")
local sizes <const> = engine.use("task/sizes")
local units <const> = engine.use("base/units")
local values <const> = engine.use("kinds/texts")

local container <const> = {}

--- Whether the text is the name of an image: where a variable of it is not set, it often is none (`/app:`).
local function is_name(image)
  return type(image) ~= "string" or (not image:find("^[/:@]") and not image:find("[/:@]$") and image ~= "" and not image:find("%s"))
end

--- The image, or a parameter when the image is still to be built.
function container.image(service)
  if service.image ~= nil and is_name(service.image) then return engine.placed(service.image, { service, "image" }) end
  local name <const> = engine.pascal(service.name) .. "Image"
  return engine.parameter(name, { Type = "String", Description = "The image of service " .. service.name })
end

--- Whether the name of an image begins with a registry.
local function has_registry(image)
  local first <const> = image:match("^([^/]+)/")
  return first ~= nil and (first:find("[.:]") ~= nil or first == "localhost")
end

--- Reports that an image is still to be built, or that one which is built has a name of this machine only.
function container.report(service)
  local name <const> = engine.pascal(service.name) .. "Image"
  if service.image ~= nil and not is_name(service.image) and service.image ~= "" then
    return engine.warn({ service, "image" }, "services::" .. service.name .. " image \"" .. service.image .. "\" is no name of an image",
      "set its variables, or pass it as a parameter: --parameter-overrides " .. name .. "=REGISTRY/REPOSITORY:TAG")
  end
  if service.image ~= nil and service.image ~= "" then
    if service.build ~= nil and type(service.image) == "string" and not has_registry(service.image) then
      engine.warn({ service, "image" }, "services::" .. service.name .. " is built as " .. service.image .. ", which is in no registry",
        "push it to one, and write its name: image: REGISTRY/" .. service.image)
    end
    return
  end
  engine.warn({ service, "build" }, "services::" .. service.name
    .. " has no image: build and push it, and name it when the template is deployed",
    "pass it as a parameter: --parameter-overrides " .. name .. "=REGISTRY/REPOSITORY:TAG")
end

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
local function balanced_ports(service)
  local numbers <const> = {}
  for _, target in ipairs(grants.of(service.name).targets) do
    if target.number then numbers[target.number] = true end
  end
  return numbers
end

--- One mapping per port and protocol. On instances without addresses of their own, the published port is the host's.
local function port_mappings(service, family)
  local list <const>, balanced <const>, mapped <const> = {}, balanced_ports(service), {}
  local function is_second(port)
    local is_again <const> = balanced[port.target] and mapped[port.target]
    mapped[port.target] = true
    if is_again and family.runs.network_mode ~= "awsvpc" then
      engine.error(port.where, "services::" .. service.name .. " has port " .. port.target
        .. " for tcp and udp behind a load balancer, which ECS refuses", "let the task have an address of its own: leave network_mode out")
    end
    return is_again
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
  for _, port in ipairs(ports.of_service(service)) do
    if not is_second(port) then add(port) end
  end
  return #list > 0 and list or nil
end

local function stop_timeout(service, family)
  local asked <const> = units.seconds(service.stop_grace_period)
  if not asked then return nil end
  local seconds <const> = math.max(2, math.min(120, math.ceil(asked)))
  if seconds ~= math.ceil(asked) then
    engine.warn({ service, "stop_grace_period" }, "services::" .. service.name .. " stop_grace_period becomes " .. seconds
      .. "s: " .. (family.fargate and "Fargate takes" or "a task gets") .. " 2 to 120 seconds")
  end
  return engine.placed(seconds, { service, "stop_grace_period" })
end

--- What a service says of restarts (`deploy.restart_policy.condition`, else `restart`), and where.
local function restarts(service)
  local policy <const> = read.at(service, "deploy", "restart_policy")
  if policy ~= nil and policy.condition ~= nil then return policy.condition, { policy, "condition" } end
  return service.restart, { service, "restart" }
end

--- `restart` restarts a container that ends, within its task, when its end does not end the task; ECS restarts tasks always.
local function restart_policy(service, family)
  local wanted <const>, where <const> = restarts(service)
  local is_never <const>, on_failure <const> = wanted == "no" or wanted == "none", wanted ~= nil and wanted:find("^on%-failure") ~= nil
  if family.essential[service.name] and (is_never or on_failure) then
    engine.warn(where, fates.without_effect(service, family, "restart " .. wanted, "a service always starts its tasks again"),
      "a job that others wait for (service_completed_successfully) runs once per task")
  end
  if wanted == nil or is_never or family.ending[service.name] or family.essential[service.name] then return nil end
  return { Enabled = engine.placed(true, where), IgnoredExitCodes = on_failure and { 0 } or nil, RestartAttemptPeriod = 60 }
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

local function hosts(service, family)
  local list <const> = {}
  for name, addresses in pairs(service.extra_hosts or {}) do
    for index, address in ipairs(read.is_list(addresses) and addresses or { addresses }) do
      if address == "host-gateway" then
        engine.warn({ service.extra_hosts, name }, fates.without_effect(service, family, "extra_hosts " .. name, "there is no host-gateway"),
          "write the address of the host")
      else
        table.insert(list, { Hostname = name, IpAddress = read.is_list(addresses) and engine.placed(address, { addresses, index }) or address })
      end
    end
  end
  return #list > 0 and list or nil
end

--- Links to services of the same family, by their exact names, and to the sidecars that the variables name.
local function links(service, family)
  local list <const> = {}
  for _, sidecar in ipairs(family.runs.network_mode == "bridge" and family.sidecars or {}) do
    if sidecar.container.PortMappings then table.insert(list, sidecar.container.Name) end
  end
  for index, text in ipairs(service.links or {}) do
    local name <const>, alias <const> = text:match("^([^:]+):?(.*)$")
    local before <const> = #list
    for _, other in ipairs(family.services) do
      if other.name == name and family.runs.network_mode == "bridge" then
        local link <const> = values.name(name) .. (alias ~= "" and ":" .. alias or "")
        table.insert(list, engine.placed(link, { service.links, index }))
      end
    end
    if #list == before then
      engine.warn({ service.links, index },
        fates.without_effect(service, family, "links " .. text, "only containers of one task in bridge mode have links"),
        "put both into one family: deploy.labels ecs.task.family")
    end
  end
  return #list > 0 and list or nil
end

--- `volumes_from` another container of the task.
local function volumes_from(service, family)
  local list <const> = {}
  for index, text in ipairs(service.volumes_from or {}) do
    local name <const>, mode <const> = text:gsub("^container:", ""):match("^([^:]+):?(%a*)$")
    local found = false
    for _, other in ipairs(family.services) do found = found or other.name == name end
    if found then
      table.insert(list, { SourceContainer = engine.placed(values.name(name), { service.volumes_from, index }), ReadOnly = mode == "ro" or nil })
    else
      engine.warn({ service.volumes_from, index },
        fates.without_effect(service, family, "volumes_from " .. text, "only containers of one task share volumes"),
        "put both into one family: deploy.labels ecs.task.family")
    end
  end
  return #list > 0 and list or nil
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
  { "image",                  "Image",                  container.image },
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
  { "stop_grace_period",      "StopTimeout",            stop_timeout },
  { "restart",                "RestartPolicy",          restart_policy },
  { "volumes_from",           "VolumesFrom",            volumes_from },
  { "x-aws-pull_credentials", "RepositoryCredentials",  credentials },
  { "security_opt",           "DockerSecurityOptions",  on_instances(options) },
  { "hostname",               "Hostname",               on_bridge(plain "hostname") },
  { "dns",                    "DnsServers",             on_bridge(plain "dns") },
  { "dns_search",             "DnsSearchDomains",       on_bridge(plain "dns_search") },
  { "extra_hosts",            "ExtraHosts",             on_bridge(hosts) },
  { "links",                  "Links",                  on_bridge(links) },
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
  local writer <const> = family.files[service.name]
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

--- The container that writes a service's files, with what it shares with the service.
function container.writer(service, family)
  local made <const> = family.files[service.name]
  made.Image = made.Image or container.image(service)
  made.MemoryReservation = sizes.of_writer(family)
  made.LogConfiguration = logging.default(family, made.Name)
  return made
end

return container
