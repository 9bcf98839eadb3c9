--- The names that services and resources register in a namespace of Cloud Map; whoever registers them reports what is wrong.
local definitions <const> = engine.use("kinds/definitions")
local families <const> = engine.use("project/families")
local read <const> = engine.use("base/read")
local run <const> = engine.use("base/run")
local registered_names <const> = {}

--- The name of a resource that says none of its own: its letters and digits, as ECS ComposeX has it.
function registered_names.of_resource(name) return (name:gsub("[^%w]", "")) end

local function key_of(text) return (tostring(text):gsub("^x%-cloudmap::", "")) end

--- What a service registers: the key of the namespace, and the name.
local function of_service(family, service)
  local asked <const> = read.at(service, "x-network", "x-cloudmap")
  local own <const> = (family.hostname or family.name):lower():gsub("[^%w-]", "-")
  if type(asked) == "string" then return key_of(asked), own end
  if not read.is_mapping(asked) then return nil end
  local namespace <const> = read.names(asked)[1]
  return namespace and key_of(namespace), tostring(read.at(asked, namespace, "Name") or own)
end

--- What a resource registers, likewise.
local function of_definition(definition)
  local asked <const> = read.at(definition.body, "Settings", "x-cloudmap")
  if type(asked) == "string" then return key_of(asked), registered_names.of_resource(definition.name) end
  local namespace <const> = read.at(asked, "Namespace")
  return namespace and key_of(namespace), tostring(read.at(asked, "DnsSettings", "Hostname") or registered_names.of_resource(definition.name))
end

local all <const> = run.once(function()
  local found <const> = {}
  local function add(key, name)
    if not key then return end
    found[key] = found[key] or {}
    found[key][name] = true
  end
  for _, family in ipairs(families.all()) do
    for _, service in ipairs(family.services) do add(of_service(family, service)) end
  end
  for _, definition in ipairs(definitions.list) do add(of_definition(definition)) end
  return found
end)

--- The names as keys of a table, by the key of the namespace.
function registered_names.of(namespace) return all()[namespace] or {} end

return registered_names
