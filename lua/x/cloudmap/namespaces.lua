--- Namespaces of Cloud Map: what each is called, of which kind it is, and which names are taken in it. A namespace is
--- `{ key, name, kind, id, arn, taken }`.
local definitions <const> = engine.use("kinds/definitions")
local network <const> = engine.use("x/vpc/network")
local read <const> = engine.use("base/read")
local run <const> = engine.use("base/run")
local namespaces <const> = {}

--- Kinds of namespaces by their types: names for a VPC, for everybody, and those that the API finds only.
local kinds <const> = {
  ["AWS::ServiceDiscovery::PrivateDnsNamespace"] = "private", ["AWS::ServiceDiscovery::PublicDnsNamespace"] = "public",
  ["AWS::ServiceDiscovery::HttpNamespace"] = "http",
}

local function name_of(definition)
  local body <const>, subject <const> = definition.body, definition.subject
  local key <const> = body.ZoneName ~= nil and "ZoneName" or "Name"
  if body.ZoneName ~= nil and body.Name ~= nil then
    engine.error({ body, "Name", "key" }, subject .. " has both ZoneName and Name", "write one of them")
  end
  -- A definition that says nothing is called by its own name.
  if definition.section[definition.name] == nil then return definition.name, definition.at end
  local name <const> = body[key]
  if type(name) == "string" and name:find("^[%w_%-%.]+$") then return name, { body, key } end
  engine.error(name ~= nil and { body, key } or definition.name_at, subject .. " needs a Name", "write Name: shop.internal")
end

local arn_of <const> = "arn:${AWS::Partition}:servicediscovery:${AWS::Region}:${AWS::AccountId}:namespace/"

--- Id and ARN of an existing namespace, which says one of them.
local function existing(definition, namespace)
  local found <const> = definition.lookup
  local node <const> = found.id and definition.body.Lookup or {}
  if not found.id then
    namespace.id, namespace.arn = "ns-0", "ns-0"
  elseif found.by == "Arn" then
    namespace.arn = found.id
    namespace.id = read.is_function(node.Arn) and found.id or engine.placed(node.Arn:match("(ns%-%w+)$"), { node, "Arn" })
  else
    local id <const> = node.NamespaceId
    namespace.id = found.id
    namespace.arn = type(id) == "string" and engine.placed(composex.sub(arn_of .. id), { node, "NamespaceId" }) or found.id
  end
  if found.id and namespace.kind == "private" and network.is_own() then
    engine.error({ definition.body, "Lookup" }, definition.subject
      .. " is a namespace of an existing VPC, and the stack makes a VPC of its own", "name that VPC in x-vpc, or write Type: http or public")
  end
end

local function own(definition, namespace, where)
  local properties <const> = {}
  for each in pairs(read.part(definition.body, "Properties")) do properties[each] = read.placed(definition.body.Properties, each) end
  properties.Name = engine.placed(namespace.name, where or definition.at)
  if namespace.kind == "private" then properties.Vpc = network.vpc() end
  definition.resource = engine.add {
    type = definition.type, noun = definition.noun, key = "x-cloudmap", name = definition.name, part = "main", at = definition.at,
    properties = properties,
  }
  namespace.id, namespace.arn = definition.resource:att("Id"), definition.resource:att("Arn")
end

--- Makes the namespace of a definition.
function namespaces.make(definition)
  local name <const>, where <const> = name_of(definition)
  if name and not run.is_first("name of a namespace", name) then
    engine.error(where, definition.subject .. " is " .. name .. " again, as x-cloudmap::" .. namespaces.named(name).key .. " is", "name it once")
  end
  local namespace <const> = { key = definition.name, name = name or definition.name, taken = {}, kind = kinds[definition.type] }
  if definition.lookup then existing(definition, namespace) else own(definition, namespace, where) end
  definition.namespace = namespace
end

--- The namespace that is called so.
function namespaces.named(name)
  for _, definition in ipairs(definitions.of("x-cloudmap")) do
    if definition.namespace and definition.namespace.name == name then return definition.namespace end
  end
end

--- The namespace of that key (`shop`, or `x-cloudmap::shop`); nil when there is none, which is reported at `where`.
function namespaces.find(text, where, subject)
  local key <const> = tostring(text):gsub("^x%-cloudmap::", "")
  local definition <const> = definitions.find("x-cloudmap", key)
  if definition then return definition.namespace end
  engine.error(where, subject .. " names the namespace " .. tostring(text) .. ", which is not in x-cloudmap",
    engine.near(key, definitions.names("x-cloudmap"), "there are") or "add it: x-cloudmap: {" .. key .. ": {Name: shop.internal}}")
end

--- Reports a name that the namespace has already.
function namespaces.check_name(namespace, name, where, subject)
  local other <const> = namespace.taken[name]
  if other then
    engine.error(where, subject .. " is " .. tostring(name) .. " in x-cloudmap::" .. namespace.key .. ", as " .. other .. " is",
      "give one another name: " .. (subject:find("^services::") and "x-cloudmap: {NAMESPACE: {Name: ...}}"
        or "DnsSettings: {Hostname: ...}"))
  end
  namespace.taken[name] = subject
end

return namespaces
