--- Makes the resources of all definitions, in this order: the main ones, what comes with them, their links, what
--- services get.
local lazy <const> = engine.use("base/lazy")
local definitions <const> = engine.use("kinds/definitions")
local families <const> = engine.use("project/families")
local grants <const> = engine.use("kinds/grants")
local links <const> = lazy("kinds/links")
local lookup <const> = lazy("kinds/lookup")
local network <const> = lazy("kinds/exposure")
local read <const> = engine.use("base/read")
local retention <const> = engine.use("kinds/retention")
local secrets <const> = lazy("kinds/secret_values")
local serving <const> = lazy("kinds/serving")
local shape <const> = engine.use("base/shape")
local words <const> = engine.use("kinds/words")
local within <const> = definitions.within
local resource <const> = {}

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
  retention.keep(made, policy, written(body, "UpdateReplacePolicy"))
end

local function macros(definition)
  local node <const> = definition.body.MacroParameters
  if node == nil then return end
  local subject <const> = definition.subject .. " MacroParameters"
  local body <const> = read.as_mapping(node, { definition.body, "MacroParameters" }, subject)
  words.check(definition, "macros", body, subject)
  words.apply(definition, "macros", body, definition.subject)
end

local function settings(definition)
  local node <const> = definition.body.Settings
  if node == nil then return end
  local subject <const> = definition.subject .. " Settings"
  words.check(definition, "settings", read.as_mapping(node, { definition.body, "Settings" }, subject), subject)
end

local function make(definition)
  local module <const>, body <const> = definition.module, definition.body
  settings(definition)
  if body.Lookup ~= nil and lookup.read(definition) then return end
  local properties_of <const> = module.accepts.properties
  if properties_of then shape.check(properties_of, body, "Properties", definition.subject .. " Properties") end
  if module.hooks.make then return module.hooks.make(definition) end
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

--- What `hooks.after_make` says: functions of the definition, and resources.
local function after_make(definition)
  local hooks <const> = definition.module.hooks.after_make
  for _, each in ipairs(read.is_list(hooks) and hooks or { hooks }) do
    if type(each) == "function" then
      each(definition)
    else
      definitions.add(definition, each.part, each.type, each.noun, each.properties, each.attributes)
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
  words.apply(definition, "settings", read.is_mapping(definition.body.Settings) and definition.body.Settings or {}, definition.subject .. " Settings")
  if definition.module.network then network.prepare(definition) end
  if definition.module.secret then secrets.prepare(definition) end
  after_make(definition)
end

--- The definitions of a stage of the manifest; nil is the first.
local function of_stage(stage)
  local list <const> = {}
  for _, definition in ipairs(definitions.list) do
    if definition.module.stage == stage then table.insert(list, definition) end
  end
  return list
end

--- Makes what the sections of a stage say, then what comes with it: all is made by the hooks of its modules.
function resource.make_stage(stage)
  local list <const> = {}
  for _, definition in ipairs(of_stage(stage)) do
    local is_single <const> = definition.module.accepts.section == "single"
    if not definition.is_wrong or is_single then table.insert(list, definition) end
  end
  for _, definition in ipairs(list) do
    local how <const> = definition.module.lookup
    if how and (how.arn or how.by) and definition.body.Lookup ~= nil then lookup.read(definition) end
    if definition.module.hooks.make then definition.module.hooks.make(definition) end
    definition.is_made = true
  end
  for _, definition in ipairs(list) do
    if definition.module.hooks.after_make then after_make(definition) end
  end
end

--- Makes everything that the sections of the first stage say.
function resource.make()
  definitions.load()
  local list <const> = of_stage(nil)
  for _, definition in ipairs(list) do within(definition, make) end
  for _, definition in ipairs(list) do
    if definition.resource then within(definition, complete) end
  end
  for _, definition in ipairs(definitions.list) do links.resolve(definition) end
  for _, definition in ipairs(definitions.list) do links.follow(definition) end
  for _, definition in ipairs(definitions.list) do
    if definition.resource and definition.opened then within(definition, definition.opened) end
  end
  for _, definition in ipairs(definitions.list) do
    if definition.resource then within(definition, defaults) end
  end
end

-- Services ----------------------------------------------------------------------------------------------------------

local function grant(definition, service, node, where)
  local module <const> = definition.module
  local subject <const> = definition.subject .. " Services." .. service
  local body <const> = read.as_mapping(node, where, subject, "write its parts below it: Access, ReturnValues, ...")
  words.check(definition, "service", body, subject)
  local serve <const> = module.hooks.serve or serving.usual
  serve(definition, service, body, where)
  words.apply(definition, "service", body, subject, service)
end

--- The families in which a service gets what stands under `name`: nil for all that have it. The name of a family means the containers
--- of that one; what stands in it under the service's own name as well is that service wherever it is.
local function scope_of(service, name, visited)
  local holders <const> = families.of(service)
  if #holders < 2 then return nil end
  local list <const> = {}
  for _, family in ipairs(holders) do
    local is_meant <const> = name == service or family.name == name
    if is_meant and not visited[service .. " " .. family.name] then table.insert(list, family.name) end
  end
  for _, family in ipairs(list) do visited[service .. " " .. family] = true end
  return #list < #holders and list or nil
end

local function share(definition, names)
  local body <const> = definition.body
  local services <const> = body.Services
  if services == nil then return end
  local visited <const> = {}
  definition.clients = 0
  for name in pairs(services) do definition.clients = definition.clients + #(families.services_named(name) or {}) end
  for name, node in pairs(services) do
    local found <const> = families.services_named(name)
    for _, service in ipairs(found or {}) do
      local scope <const> = scope_of(service, name, visited)
      if scope and #scope > 0 or not scope and not visited[service] then
        grants.within(scope, families.named(name) and name, grant, definition, service, node, { services, name })
      end
      visited[service] = not scope or visited[service]
    end
    if not found and not engine.disabled(name) then
      -- ECS ComposeX leaves such a name out: it may be of another file. A near one is a slip.
      local remedy <const> = engine.near(name, names, "there are")
      local report <const> = remedy:find("^did you mean") and engine.error or engine.warn
      report({ services, name, "key" }, definition.subject .. " names a service \"" .. name .. "\", which is not defined", remedy)
    end
  end
  if definition.lookup then lookup.tell(definition) end
end

--- What each service that a definition names gets of it. `names` are the services of the project.
function resource.share(names)
  for _, definition in ipairs(of_stage(nil)) do within(definition, share, names) end
end

--- What can be said once the services are there, of a stage: targets of rules, alarms of services, ports that load balancers reach.
function resource.finish(stage)
  for _, definition in ipairs(of_stage(stage)) do
    local finish <const> = definition.module.hooks.finish
    if finish and (not stage or not definition.is_wrong) then within(definition, finish) end
  end
  if not stage then links.finish() end
  if stage == "last" then retention.hold(definitions.list) end
end

return resource
