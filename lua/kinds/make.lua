--- Makes the resources of all definitions, in this order: the main ones, what comes with them, their links, what
--- services get.
local lazy <const> = engine.use("base/lazy")
local definitions <const> = engine.use("kinds/definitions")
local links <const> = lazy("kinds/links")
local lookup <const> = lazy("kinds/lookup")
local network <const> = lazy("kinds/exposure")
local read <const> = engine.use("base/read")
local secrets <const> = lazy("kinds/secret_values")
local serving <const> = lazy("kinds/serving")
local within <const> = definitions.within
local resource <const> = {}

local service_keys <const> = { "Access", "ReturnValues" }

--- What `holder` says under `key`, with its place; nil when it says nothing.
local function written(holder, key)
  if holder[key] == nil then return nil end
  return engine.placed(holder[key], { holder, key })
end

--- `DeletionPolicy` of the definition, else of its section, else what the module keeps data with.
local function keep(definition, made)
  local body <const>, section <const> = definition.body, definition.section
  local policy = written(body, "DeletionPolicy")
  if policy == nil and type(section.DeletionPolicy) == "string" then policy = written(section, "DeletionPolicy") end
  if policy == nil then policy = definition.module.keep end
  if type(policy) == "function" then policy = policy(definition) end
  if policy == nil then return end
  made.DeletionPolicy = policy
  -- A replaced resource has been created before: RetainExceptOnCreate means the same as Retain to it.
  local same <const> = made.DeletionPolicy == "RetainExceptOnCreate" and "Retain" or policy
  made.UpdateReplacePolicy = written(body, "UpdateReplacePolicy") or same
end

local function macros(definition)
  local node <const> = definition.body.MacroParameters
  if node == nil then return end
  local known <const> = definition.module.macros or {}
  local subject <const> = definition.subject .. " MacroParameters"
  local body <const> = read.as_mapping(node, { definition.body, "MacroParameters" }, subject)
  read.keys(body, read.names(known), subject)
  for name, value in pairs(body) do
    local macro <const>, where <const> = known[name], { body, name }
    if type(macro) == "string" then
      definition.resource.Properties[macro] = engine.placed(value, where)
    elseif macro then
      macro(definition, value, where, name)
    end
  end
end

--- Keys of `Settings`, as the module has them.
function resource.settings(module)
  local known <const> = { "x-cloudmap" }
  for _, key in ipairs(module.settings or {}) do table.insert(known, key) end
  if module.network then table.insert(known, "Subnets") end
  for _, key in ipairs(module.secret and secrets.setting_keys or {}) do table.insert(known, key) end
  return known
end

local function settings(definition)
  local node <const> = definition.body.Settings
  if node == nil then return end
  read.keys(read.as_mapping(node, { definition.body, "Settings" }, definition.subject .. " Settings"),
    resource.settings(definition.module), definition.subject .. " Settings")
end

local function make(definition)
  local module <const>, body <const> = definition.module, definition.body
  settings(definition)
  if body.Lookup ~= nil and lookup.read(definition) then return end
  if module.make then return module.make(definition) end
  if definition.type == nil then
    if body.Type ~= nil then
      return engine.error({ body, "Type" }, definition.subject .. " Type must be the name of a CloudFormation type",
        "write Type: AWS::SERVICE::RESOURCE")
    end
    return engine.error(definition.at, definition.subject .. " needs a Type", "write Type: AWS::SERVICE::RESOURCE")
  end
  local properties <const> = read.as_mapping(body.Properties, { body, "Properties" }, definition.subject .. " Properties")
  definition.resource = engine.add {
    type = definition.type, noun = definition.noun, key = definition.key, name = definition.name, at = definition.at,
    properties = properties,
  }
  keep(definition, definition.resource)
end

local function companions(definition)
  for _, companion in ipairs(definition.module.companions or {}) do
    if type(companion) == "function" then
      companion(definition)
    else
      definitions.add(definition, companion.part, companion.type, companion.id, companion.properties,
        companion.attributes)
    end
  end
end

--- Defaults of a module; one that is a function answers for the definition, or says nothing.
local function defaults(definition)
  local filled <const> = {}
  for name, value in pairs(definition.module.defaults or {}) do
    if type(value) == "function" then value = value(definition) end
    filled[name] = value
  end
  engine.fill(definition.resource, filled, definition.module.at)
end

--- What comes with a definition.
local function complete(definition)
  macros(definition)
  if definition.module.network then network.prepare(definition) end
  if definition.module.secret then secrets.prepare(definition) end
  companions(definition)
end

--- Makes everything that the sections say.
function resource.make()
  definitions.load()
  for _, definition in ipairs(definitions.list) do within(definition, make) end
  for _, definition in ipairs(definitions.list) do
    if definition.resource then within(definition, complete) end
  end
  for _, definition in ipairs(definitions.list) do links.resolve(definition) end
  links.follow()
  for _, definition in ipairs(definitions.list) do
    if definition.resource and definition.opened then within(definition, definition.opened) end
  end
  for _, definition in ipairs(definitions.list) do
    if definition.resource then within(definition, defaults) end
  end
end

-- Services ----------------------------------------------------------------------------------------------------------

--- Nil until somebody asks.
local families

--- The families of the services' labels: name to services.
function resource.families()
  if families then return families end
  local found <const> = {}
  for _, service in ipairs(engine.services()) do
    local labels <const> = read.path(service.deploy, "labels")
    local text <const> = read.is_mapping(labels) and labels["ecs.task.family"]
    for family in (type(text) == "string" and text or ""):gmatch("[^%s,]+") do
      found[family] = found[family] or {}
      table.insert(found[family], service.name)
    end
  end
  families = found
  return found
end

--- The services that a name in `Services` means: those of the family of that name, else the service itself; nil when
--- nobody has it.
local function meant(name, is_service, by_family)
  if by_family[name] then return by_family[name] end
  if is_service[name] then return { name } end
end

--- What a definition may say under the name of a service.
function resource.service_keys(module)
  local known <const> = {}
  for _, list in ipairs { service_keys, module.grants or {}, module.secret and secrets.service_keys or {},
    module.scaling and { "Scaling" } or {} } do
    for _, key in ipairs(list) do table.insert(known, key) end
  end
  return known
end

local function grant(definition, service, node, where)
  local module <const> = definition.module
  local subject <const> = definition.subject .. " Services." .. service
  local body <const> = read.as_mapping(node, where, subject, "write its parts below it: Access, ReturnValues, ...")
  read.keys(body, resource.service_keys(module), subject)
  if module.serve then return module.serve(definition, service, body, where) end
  serving.usual(definition, service, body)
  if module.scaling and body.Scaling ~= nil then module.scaling(definition, service, { body, "Scaling" }) end
end

local function share(definition, names, is_service, by_family)
  local body <const> = definition.body
  local services <const> = body.Services
  if services == nil then return end
  local met <const> = {}
  definition.clients = 0
  for name in pairs(services) do definition.clients = definition.clients + #(meant(name, is_service, by_family) or {}) end
  for name, node in pairs(services) do
    local found <const> = meant(name, is_service, by_family)
    for _, service in ipairs(found or {}) do
      if not met[service] then grant(definition, service, node, { services, name }) end
      met[service] = true
    end
    if not found and not engine.disabled(name) then
      engine.error({ services, name, "key" }, definition.subject .. " names a service \"" .. name
        .. "\", which is not defined", engine.near(name, names, "there are"))
    end
  end
  if definition.lookup then lookup.tell(definition) end
end

--- What each service that a definition names gets of it. `names` are the services of the project.
function resource.share(names)
  local is_service <const>, by_family <const> = read.set(names), resource.families()
  for _, definition in ipairs(definitions.list) do within(definition, share, names, is_service, by_family) end
end

--- What can be said once the services are there: targets of rules, alarms of services, dashboards.
function resource.finish()
  for _, definition in ipairs(definitions.list) do
    if definition.module.finish then within(definition, definition.module.finish) end
  end
  links.finish()
end

return resource
