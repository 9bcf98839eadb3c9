--- x-cloudmap: namespaces, of the stack's own or existing, and the services that are registered in them.
local compute <const> = engine.use("x/cluster/compute")
local families <const> = engine.use("project/families")
local network <const> = engine.use("x/vpc/network")
local ports <const> = engine.use("project/ports")
local read <const> = engine.use("base/read")
local returns <const> = engine.use("kinds/returns")
local cloudmap <const> = {}

local keys <const> = { "Name", "ZoneName", "Properties", "Lookup", "Type", "MacroParameters" }
local types <const> = {
  private = "AWS::ServiceDiscovery::PrivateDnsNamespace", public = "AWS::ServiceDiscovery::PublicDnsNamespace",
  http = "AWS::ServiceDiscovery::HttpNamespace",
}

local namespaces <const> = {}

local function add(type, noun, key, name, part, at, properties)
  return engine.add { type = type, noun = noun, key = key, name = name, part = part, at = at, properties = properties }
end

-- Namespaces -----------------------------------------------------------------------------------------------------------

local function name_of(definition, at, subject)
  local key <const> = definition.ZoneName ~= nil and "ZoneName" or "Name"
  if definition.ZoneName ~= nil and definition.Name ~= nil then
    engine.error({ definition, "Name", "key" }, subject .. " has both ZoneName and Name", "write one of them")
  end
  local name <const> = definition[key]
  if type(name) == "string" and name:find("^[%w_%-%.]+$") then return name, { definition, key } end
  engine.error(name ~= nil and { definition, key } or at, subject .. " needs a Name", "write Name: shop.internal")
end

local function existing(definition, namespace, subject)
  local lookup <const> = definition.Lookup
  local node <const> = read.is_mapping(lookup) and lookup or {}
  read.keys(node, { "NamespaceId", "Arn", "RoleArn" }, subject .. " Lookup")
  local id <const> = node.NamespaceId
  local arn <const> = node.Arn
  if type(arn) == "string" and arn:find(":namespace/ns%-%w+$") then
    namespace.arn = read.placed(node, "Arn")
    namespace.id = engine.placed(arn:match("(ns%-%w+)$"), { node, "Arn" })
  elseif read.is_function(id) or type(id) == "string" and id:find("^ns%-%w+$") then
    namespace.id = read.placed(node, "NamespaceId")
    namespace.arn = type(id) == "string" and engine.placed(
      composex.sub("arn:${AWS::Partition}:servicediscovery:${AWS::Region}:${AWS::AccountId}:namespace/" .. id), { node, "NamespaceId" })
      or read.placed(node, "NamespaceId")
  else
    engine.error({ definition, "Lookup" }, subject .. " Lookup needs the id of the namespace: rendering does not ask AWS",
      "write Lookup: {NamespaceId: ns-0123456789abcdef}")
    namespace.id, namespace.arn = "ns-0", "ns-0"
  end
  if namespace.kind == "private" and network.is_own() then
    engine.error({ definition, "Lookup" }, subject .. " is a namespace of an existing VPC, and the stack makes a VPC of its own",
      "name that VPC in x-vpc, or write Type: http or public")
  end
end

local function own(key, definition, namespace, where, subject)
  local written <const> = read.mapping(definition, "Properties", subject .. " Properties")
  local properties <const> = {}
  for each in pairs(written) do properties[each] = read.placed(written, each) end
  properties.Name = engine.placed(namespace.name, where)
  if namespace.kind == "private" then properties.Vpc = network.vpc() end
  local made <const> = add(types[namespace.kind], "Namespace", "x-cloudmap", key, "main", definition, properties)
  namespace.id, namespace.arn = made:att("Id"), made:att("Arn")
end

--- Reads the section.
function cloudmap.prepare()
  local seen <const> = {}
  for key, node in pairs(read.section("x-cloudmap")) do
    local subject <const> = "x-cloudmap::" .. key
    local definition = read.mapping(engine.section("x-cloudmap"), key, subject)
    if node == nil then definition = { Name = key } end
    read.keys(definition, keys, subject)
    local name <const>, where <const> = name_of(definition, { engine.section("x-cloudmap"), key, "key" }, subject)
    if name and seen[name] then engine.error(where, subject .. " is " .. name .. " again, as x-cloudmap::" .. seen[name] .. " is", "name it once") end
    seen[name or ""] = key
    local namespace <const> = {
      key = key, name = name or key, taken = {}, kind = read.choice(definition, "Type", { "private", "public", "http" }, subject) or "private",
    }
    if definition.Lookup ~= nil then existing(definition, namespace, subject)
    else own(key, definition, namespace, where or definition, subject) end
    table.insert(namespaces, namespace)
    local made <const> = engine.find("x-cloudmap", key)
    returns.set("x-cloudmap", key, {
      { "Id", namespace.id }, { "Arn", namespace.arn }, { "ZoneName", namespace.name }, { "Name", namespace.name },
      { "HostedZoneId", made and namespace.kind ~= "http" and made:att("HostedZoneId") or nil },
    })
  end
end

--- The namespace of that name (`shop`, or `x-cloudmap::shop`): `{ key, name, kind, id, arn }`; nil when it is told at `where`.
function cloudmap.namespace(text, where, subject)
  local key <const> = tostring(text):gsub("^x%-cloudmap::", "")
  local names <const> = {}
  for _, namespace in ipairs(namespaces) do
    if namespace.key == key then return namespace end
    table.insert(names, namespace.key)
  end
  engine.error(where, subject .. " names the namespace " .. tostring(text) .. ", which is not in x-cloudmap",
    engine.near(key, names, "there are") or "add it: x-cloudmap: {" .. key .. ": {Name: shop.internal}}")
end

-- Services -------------------------------------------------------------------------------------------------------------

--- What `x-network: {x-cloudmap: ...}` of a service asks for: `{ namespace, port, name, where }`.
local function wanted(service)
  local holder <const> = service["x-network"]
  local said <const> = read.at(service, "x-network", "x-cloudmap")
  if said == nil then return nil end
  local subject <const> = "services::" .. service.name .. " x-network.x-cloudmap"
  if type(said) == "string" then
    return { namespace = cloudmap.namespace(said, { holder, "x-cloudmap" }, subject), where = { holder, "x-cloudmap" } }
  end
  local names <const> = read.is_mapping(said) and read.names(said) or {}
  if #names ~= 1 then
    return engine.error({ holder, "x-cloudmap" }, subject .. " must name one namespace", "ECS registers a service in one: write its name")
  end
  local body <const> = read.mapping(said, names[1], subject)
  read.keys(body, { "Port", "Name" }, subject)
  return {
    namespace = cloudmap.namespace(names[1], { said, names[1], "key" }, subject), body = body, port = body.Port, name = body.Name,
    where = { said, names[1], "key" },
  }
end

--- Tells a name that the namespace has already.
function cloudmap.check_name(namespace, name, where, subject)
  local other <const> = namespace.taken[name]
  if other then
    engine.error(where, subject .. " is " .. tostring(name) .. " in x-cloudmap::" .. namespace.key .. ", as " .. other .. " is",
      "give one another name: " .. (subject:find("^services::") and "x-cloudmap: {NAMESPACE: {Name: ...}}"
        or "DnsSettings: {Hostname: ...}"))
  end
  namespace.taken[name] = subject
end

local function register(family, service, asked, subject)
  if compute.of(family).network_mode ~= "awsvpc" then
    return engine.error(asked.where, subject .. ": the tasks run on " .. compute.of(family).platform .. ", where they have no address",
      "leave it out, or run the service on FARGATE or EC2")
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
  if not port then
    return engine.error(asked.port ~= nil and { asked.body, "Port" } or asked.where, subject .. ": the service does not listen on "
      .. (asked.port ~= nil and "port " .. tostring(asked.port) or "any port"),
      #numbers > 0 and "its ports are " .. table.concat(numbers, ", ") or "add it to ports or expose")
  end
  local name <const> = asked.name ~= nil and asked.name or family.name:lower():gsub("[^%w-]", "-")
  cloudmap.check_name(asked.namespace, name, asked.where, "services::" .. service.name)
  local made <const> = add("AWS::ServiceDiscovery::Service", "DiscoveryService", "services", service.name, "discovery", asked.where, {
    NamespaceId = asked.namespace.id, Name = engine.placed(name, asked.name ~= nil and { asked.body, "Name" } or asked.where),
    Description = "Tasks of " .. family.name,
    DnsConfig = { RoutingPolicy = "MULTIVALUE", DnsRecords = { { Type = "A", TTL = 15 }, { Type = "SRV", TTL = 15 } } },
    HealthCheckCustomConfig = { FailureThreshold = 1 },
  })
  local main <const> = family.made.service
  if main then
    main.Properties.ServiceRegistries = { { RegistryArn = made:att("Arn"), Port = engine.placed(port.target, port.where) } }
  end
end

--- Registers the services that ask for it. Runs when they are made.
function cloudmap.register_services()
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

return cloudmap
