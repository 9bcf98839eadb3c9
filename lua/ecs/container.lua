--- The container definition of a compose service: one row per attribute that becomes a property.
local grants <const> = engine.use("composex/grants")
local pointers <const> = engine.use("composex/pointers")
local health <const> = engine.use("ecs/health")
local ports <const> = engine.use("platform/ports")
local units <const> = engine.use("composex/units")

local function sorted_pairs(mapping)
  local names <const> = {}
  for name in pairs(mapping) do table.insert(names, name) end
  table.sort(names)
  return names
end

--- The image, or a parameter when the image is still to be built.
local function image(service)
  if service.image ~= nil then return engine.placed(service.image, { service, "image" }) end
  local name <const> = engine.pascal(service.name) .. "Image"
  engine.warn({ service, "build" }, "services::" .. service.name
    .. " has no image: build and push it, and name it when the template is deployed",
    "pass it as a parameter: --parameter-overrides " .. name .. "=REGISTRY/REPOSITORY:TAG")
  return engine.parameter(name, { Type = "String", Description = "The image of service " .. service.name })
end

--- Variables by name: the file's own, then what resources give; the file's are stronger. Unset ones are left out.
local function environment(service)
  local values <const> = {}
  for name, value in pairs(service.environment or {}) do
    local where <const> = { service.environment, name }
    if value ~= nil then values[name] = engine.placed(pointers.text(tostring(value), where), where) end
  end
  for _, variable in ipairs(grants.of(service.name).environment) do
    if values[variable.name] == nil then values[variable.name] = variable.value end
  end
  local list <const> = {}
  for _, name in ipairs(sorted_pairs(values)) do table.insert(list, { Name = name, Value = values[name] }) end
  return #list > 0 and list or nil
end

local function secrets(service)
  local list <const> = {}
  for _, secret in ipairs(grants.of(service.name).secrets) do
    table.insert(list, { Name = secret.name, ValueFrom = secret.from })
  end
  table.sort(list, function(a, b) return a.Name < b.Name end)
  return #list > 0 and list or nil
end

local function labels(service)
  local made <const> = {}
  for name, value in pairs(service.labels or {}) do
    local where <const> = { service.labels, name }
    made[name] = engine.placed(pointers.text(tostring(value == nil and "" or value), where), where)
  end
  return next(made) and made or nil
end

--- One mapping per port and protocol: those of `ports`, then those of `expose`. A name lets Service Connect refer to it.
local function port_mappings(service)
  local list <const> = {}
  for index, port in ipairs(service.ports or {}) do
    local protocol <const> = port.protocol or "tcp"
    if protocol ~= "tcp" and protocol ~= "udp" then
      engine.error({ service.ports, index }, "ECS has no protocol " .. protocol, "publish tcp or udp ports")
    end
  end
  for _, port in ipairs(ports.of_service(service)) do
    table.insert(list, {
      ContainerPort = engine.placed(port.target, port.where), Protocol = port.protocol,
      Name = port.name, AppProtocol = port.app_protocol,
    })
  end
  return #list > 0 and list or nil
end

local function stop_timeout(service)
  local asked <const> = units.seconds(service.stop_grace_period)
  if not asked then return nil end
  local whole <const> = math.max(2, math.min(120, math.ceil(asked)))
  if whole ~= math.ceil(asked) then
    engine.warn({ service, "stop_grace_period" }, "services::" .. service.name .. " stop_grace_period becomes " .. whole
      .. "s: Fargate takes 2 to 120 seconds")
  end
  return engine.placed(whole, { service, "stop_grace_period" })
end

local function init(service)
  if service.init == nil then return nil end
  return { InitProcessEnabled = engine.placed(service.init, { service, "init" }) }
end

local function plain(attribute)
  return function(service)
    local value <const> = service[attribute]
    if value == nil or type(value) == "userdata" then return value end
    return engine.placed(value, { service, attribute })
  end
end

--- A list of words in which definitions may be named (`x-sqs::jobs::Url`).
local function words(attribute)
  return function(service)
    local list <const>, made <const> = service[attribute], {}
    if engine.kind(list) ~= "list" then return list end
    for index, word in ipairs(list) do
      local where <const> = { list, index }
      made[index] = engine.placed(pointers.text(word, where), where)
    end
    return #made > 0 and made or list
  end
end

--- Compose attribute, property of the container definition, and how one becomes the other.
local rows <const> = {
  { "image",             "Image",                  image },
  { "entrypoint",        "EntryPoint",             words "entrypoint" },
  { "command",           "Command",                words "command" },
  { "environment",       "Environment",            environment },
  { "secrets",           "Secrets",                secrets },
  { "ports",             "PortMappings",           port_mappings },
  { "healthcheck",       "HealthCheck",            health },
  { "labels",            "DockerLabels",           labels },
  { "working_dir",       "WorkingDirectory",       plain "working_dir" },
  { "user",              "User",                   plain "user" },
  { "read_only",         "ReadonlyRootFilesystem", plain "read_only" },
  { "tty",               "PseudoTerminal",         plain "tty" },
  { "stdin_open",        "Interactive",            plain "stdin_open" },
  { "init",              "LinuxParameters",        init },
  { "stop_grace_period", "StopTimeout",            stop_timeout },
}

--- The container definition. `size` is what `ecs/sizes` read, `log_group` the service's log group.
return function(service, size, log_group)
  local container <const> = {
    Name = service.name,
    Essential = true,
    Cpu = size.cpu and engine.placed(size.cpu, size.cpu_at),
    Memory = size.memory and engine.placed(size.memory, size.memory_at),
    MemoryReservation = size.reservation and engine.placed(size.reservation, size.reservation_at),
    LogConfiguration = {
      LogDriver = "awslogs",
      Options = {
        ["awslogs-group"] = log_group:ref(),
        ["awslogs-region"] = composex.ref("AWS::Region"),
        ["awslogs-stream-prefix"] = service.name,
      },
    },
  }
  for _, row in ipairs(rows) do container[row[2]] = row[3](service) end
  return container
end
