--- `Settings: {x-cloudmap: ...}`: what resources register in a namespace: attributes, and a name for those that have an address.
local namespaces <const> = engine.use("x/cloudmap/namespaces")
local lookup <const> = engine.use("kinds/lookup")
local read <const> = engine.use("base/read")
local registered_names <const> = engine.use("x/cloudmap/registered_names")
local values <const> = engine.use("kinds/values")
local cloudmap_resources <const> = {}

local setting_keys <const> = { "Namespace", "ReturnValues", "AdditionalAttributes", "DnsSettings", "ForceRegister" }

local function add(definition, type, noun, part, at, properties)
  return engine.add {
    type = type, noun = definition.noun .. noun, key = definition.key, name = definition.name, part = part, at = at,
    properties = properties,
  }
end

--- What is registered of a resource that says no ReturnValues: attribute, and the value that it has. Others register all that they
--- return but for secrets, values of parameters and security groups.
local usual <const> = {
  ["x-s3"]       = { { "BucketName", "BucketName" }, { "BucketArn", "Arn" }, { "DomainName", "DomainName" } },
  ["x-dynamodb"] = { { "TableName", "TableName" }, { "Arn", "Arn" } },
}
local not_usual <const> = { "DBSecret", "GroupId", "Value" }

--- The values that a host name may lead to, the first that there is.
local addresses <const> = { "Endpoint.Address", "Address", "Endpoint", "DomainEndpoint", "ReadEndpoint" }

local function usual_of(definition)
  -- Of a resource of any type nobody knows which attributes it has.
  if definition.module.returns["*"] then return { { "Id", "Ref" } } end
  local list <const> = {}
  for _, name in ipairs(values.names(definition)) do
    local is_known <const> = not definition.lookup or lookup.says(definition, name)
    if is_known and not read.index(not_usual, name) then table.insert(list, { name, name }) end
  end
  return usual[definition.key] or list
end

--- Attributes are texts: a number that a module knows becomes one.
local function attribute(value) return type(value) == "number" and tostring(value) or value end

local function returned(definition, settings, made)
  local wanted <const> = read.mapping(settings, "ReturnValues", definition.subject .. " ReturnValues")
  for name, renamed in pairs(wanted) do
    local value <const> = values.has(definition, name) and values.of(definition, name) or nil
    if value == nil then
      engine.error({ wanted, name, "key" }, definition.key .. " has no return value \"" .. name .. "\"",
        engine.near(name, values.names(definition), "it has"))
    elseif renamed ~= nil and type(renamed) ~= "string" then
      engine.error({ wanted, name }, definition.subject .. " ReturnValues " .. name .. " must be the name of an attribute",
        "write " .. name .. ": NAME")
    else
      made[renamed or name] = attribute(value)
    end
  end
end

--- The attributes of an instance: what the definition returns, under its own or the wanted names, and what the file adds.
local function attributes_of(definition, settings)
  local made <const> = {}
  if settings.ReturnValues == nil then
    for _, row in ipairs(usual_of(definition)) do made[row[1]] = attribute(values.of(definition, row[2])) end
  else
    returned(definition, settings, made)
  end
  local more <const> = read.mapping(settings, "AdditionalAttributes", definition.subject .. " AdditionalAttributes")
  for name in pairs(more) do
    if name:find("^AWS_") then
      engine.error({ more, name, "key" }, definition.subject .. " AdditionalAttributes: names with AWS_ are Cloud Map's own",
        "choose another name")
    else
      made[name] = type(more[name]) == "userdata" and more[name] or engine.placed(tostring(more[name]), { more, name })
    end
  end
  return made
end

--- Endpoints that are URLs: no name can lead to them.
local urls <const> = { ["x-mq"] = true }

--- The address that a name in the namespace may lead to, or nil.
local function address_of(definition)
  if not definition.module.network or urls[definition.key] then return nil end
  for _, name in ipairs(addresses) do
    if values.has(definition, name) and (not definition.lookup or lookup.says(definition, name)) then return values.of(definition, name) end
  end
end

--- The CNAME of a resource that has an address: where it leads, its host and its port (nil when the file says none). A resource that
--- says no DnsSettings is found by its own name.
local function dns(definition, settings, namespace, subject)
  local wanted <const> = read.mapping(settings, "DnsSettings", subject .. " DnsSettings")
  read.keys(wanted, { "Hostname", "Port" }, subject .. " DnsSettings")
  local is_wanted <const> = settings.DnsSettings ~= nil
  if namespace.kind == "http" then
    if is_wanted then
      engine.error({ settings, "DnsSettings", "key" }, subject .. ": an HTTP namespace has no records", "leave DnsSettings out")
    end
    return nil
  end
  local target <const> = address_of(definition)
  if is_wanted and not target then
    engine.error({ settings, "DnsSettings", "key" }, subject .. " has no address that a name could lead to", "leave DnsSettings out")
  end
  local port <const> = read.number(wanted, "Port", 1, 65535, subject .. " DnsSettings")
  return target, read.placed(wanted, "Hostname"), port and engine.placed(tostring(port), { wanted, "Port" })
end

--- What Settings say: the namespace's name and its place, and the rest as a mapping; nil when it is of no use.
local function said_by(definition)
  local said <const> = read.at(definition.body, "Settings", "x-cloudmap")
  local subject <const> = definition.subject .. " Settings.x-cloudmap"
  if said == nil then return nil end
  if type(said) == "string" then return said, { definition.body.Settings, "x-cloudmap" }, { ForceRegister = true } end
  if not read.is_mapping(said) or type(said.Namespace) ~= "string" then
    return engine.error({ definition.body.Settings, "x-cloudmap" }, subject .. " needs a Namespace", "write Namespace: NAME")
  end
  read.keys(said, setting_keys, subject)
  read.flag(said, "ForceRegister", subject)
  return said.Namespace, { said, "Namespace" }, said
end

--- Registers a definition whose Settings ask for it.
function cloudmap_resources.register(definition)
  local name <const>, where <const>, settings <const> = said_by(definition)
  if not name then return end
  local subject <const> = definition.subject .. " Settings.x-cloudmap"
  local namespace <const> = namespaces.find(name, where, subject)
  if not namespace then return end
  if definition.lookup and settings.ForceRegister ~= true then
    return engine.warn(where, subject .. " has no effect: whoever made the resource registers it", "write ForceRegister: true")
  end
  local attributes <const> = attributes_of(definition, settings)
  local target <const>, host <const>, port <const> = dns(definition, settings, namespace, subject)
  attributes.AWS_INSTANCE_CNAME, attributes.AWS_INSTANCE_PORT = target, port
  -- Wrong ReturnValues have been reported already.
  if next(attributes) == nil and (settings.ReturnValues == nil or #read.names(settings.ReturnValues) == 0) then
    engine.error(where, subject .. " has nothing to register", "write ReturnValues or AdditionalAttributes")
  end
  local own <const> = registered_names.of_resource(definition.name)
  namespaces.check_name(namespace, settings.DnsSettings ~= nil and read.at(settings, "DnsSettings", "Hostname") or own, where,
    definition.subject)
  local service <const> = add(definition, "AWS::ServiceDiscovery::Service", "DiscoveryService", "discovery", where, {
    NamespaceId = namespace.id, Name = host or own, Type = not target and namespace.kind ~= "http" and "HTTP" or nil,
    DnsConfig = target and { RoutingPolicy = "WEIGHTED", DnsRecords = { { Type = "CNAME", TTL = 15 } } } or nil,
  })
  add(definition, "AWS::ServiceDiscovery::Instance", "DiscoveryInstance", "discovery instance", where, {
    ServiceId = service:att("Id"), InstanceAttributes = attributes,
  })
end

return cloudmap_resources
