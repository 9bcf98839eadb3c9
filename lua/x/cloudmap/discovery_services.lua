--- `x-network: {x-cloudmap: ...}`: services whose tasks are registered in a namespace.
local compute <const> = engine.use("x/cluster/compute")
local families <const> = engine.use("project/families")
local namespaces <const> = engine.use("x/cloudmap/namespaces")
local ports <const> = engine.use("project/ports")
local read <const> = engine.use("base/read")
local discovery_services <const> = {}

--- What `x-network: {x-cloudmap: ...}` of a service asks for: `{ namespace, port, name, where }`.
local function wanted(service)
  local holder <const> = service["x-network"]
  local said <const> = read.at(service, "x-network", "x-cloudmap")
  if said == nil then return nil end
  local subject <const> = "services::" .. service.name .. " x-network.x-cloudmap"
  if type(said) == "string" then
    return { namespace = namespaces.find(said, { holder, "x-cloudmap" }, subject), where = { holder, "x-cloudmap" } }
  end
  local names <const> = read.is_mapping(said) and read.names(said) or {}
  if #names ~= 1 then
    return engine.error({ holder, "x-cloudmap" }, subject .. " must name one namespace", "ECS registers a service in one: write its name")
  end
  local body <const> = read.mapping(said, names[1], subject)
  read.keys(body, { "Port", "Name" }, subject)
  return {
    namespace = namespaces.find(names[1], { said, names[1], "key" }, subject), body = body, port = body.Port, name = body.Name,
    where = { said, names[1], "key" },
  }
end

--- The records of a service, and how its tasks are registered. Tasks that share the address of their instance have records of SRV only,
--- which say the port of the instance.
--- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-discovery.html (2026-11-29)
local function records_of(family, port)
  local srv <const> = { Type = "SRV", TTL = 15 }
  if compute.of(family).network_mode == "awsvpc" then
    return { { Type = "A", TTL = 15 }, port and srv or nil }, { Port = port and engine.placed(port.target, port.where) or nil }
  end
  return { srv }, { ContainerName = port.service.name, ContainerPort = engine.placed(port.target, port.where) }
end

local function register(family, service, asked, subject)
  local runs <const> = compute.of(family)
  local has_address <const> = runs.network_mode == "awsvpc"
  if runs.platform == "EXTERNAL" or runs.network_mode == "none" then
    return engine.error(asked.where, subject .. ": the tasks run " .. (runs.platform == "EXTERNAL" and "on machines of your own" or "without a network")
      .. ", which ECS does not register", "leave it out, or run the service on FARGATE or EC2")
  end
  if asked.namespace.kind == "http" then
    return engine.error(asked.where, subject .. ": an HTTP namespace has no records", "services in one are named by Service Connect: "
      .. "x-network: {x-ecs_connect: {MacroParameters: {x-cloudmap: " .. asked.namespace.key .. "}}}")
  end
  local port
  local numbers <const> = {}
  for _, each in ipairs(ports.of(family)) do
    table.insert(numbers, tostring(each.target))
    if not port and (asked.port == nil or math.tointeger(tonumber(asked.port)) == each.target) then port = each end
  end
  local is_bare <const> = #numbers == 0 and asked.port == nil and has_address
  if not port and not is_bare then
    return engine.error(asked.port ~= nil and { asked.body, "Port" } or asked.where, subject .. ": the service does not listen on "
      .. (asked.port ~= nil and "port " .. tostring(asked.port) or "any port"),
      #numbers > 0 and "its ports are " .. table.concat(numbers, ", ") or "add it to ports or expose")
  end
  local name <const> = asked.name ~= nil and asked.name or (family.hostname or family.name):lower():gsub("[^%w-]", "-")
  namespaces.check_name(asked.namespace, name, asked.where, "services::" .. service.name)
  local records <const>, registry <const> = records_of(family, not is_bare and port or nil)
  local made <const> = engine.add {
    type = "AWS::ServiceDiscovery::Service", noun = "DiscoveryService", key = "services", name = service.name, part = "discovery",
    family = families.id_name(family, service.name), at = asked.where, properties = {
      NamespaceId = asked.namespace.id, Name = engine.placed(name, asked.name ~= nil and { asked.body, "Name" } or asked.where),
      Description = "Tasks of " .. family.name,
      DnsConfig = { RoutingPolicy = "MULTIVALUE", DnsRecords = records },
      HealthCheckCustomConfig = { FailureThreshold = 1 },
    },
  }
  local main <const> = family.made.service
  if main then
    registry.RegistryArn = made:att("Arn")
    main.Properties.ServiceRegistries = { registry }
  end
end

--- Registers the services that ask for it. Runs when they are made.
function discovery_services.register()
  for _, family in ipairs(families.all()) do
    local first
    for _, service in ipairs(family.services) do
      local asked <const> = wanted(service)
      local subject <const> = "services::" .. service.name .. " x-network.x-cloudmap"
      if asked and asked.namespace and first then
        engine.error(asked.where, subject .. ": family " .. family.name .. " is registered already", "a family is registered once")
      elseif asked and asked.namespace then
        first = service
        register(family, service, asked, subject)
      end
    end
  end
end

return discovery_services
