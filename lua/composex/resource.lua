--- Makes the resources of a module's definitions: the main one, its links and companions, and what services get of it.
local grants <const> = engine.use("composex/grants")
local modules <const> = engine.use("composex/modules")
local resource <const> = {}

local definition_keys <const> = { "Properties", "Services", "DeletionPolicy", "UpdateReplacePolicy" }
local service_keys <const> = { "Access", "ReturnValues" }

local function keys_of(mapping)
  local keys <const> = {}
  for key in pairs(mapping) do table.insert(keys, key) end
  return keys
end

local function contains(list, wanted)
  for _, item in ipairs(list) do
    if item == wanted then return true end
  end
  return false
end

--- Tells the keys of `node` that are not in `known`.
local function check_keys(node, known, subject)
  for key in pairs(node) do
    if not contains(known, key) and not key:find("^x%-") then
      engine.error({ node, key, "key" }, subject .. " has no key \"" .. key .. "\"", engine.near(key, known, "it has"))
    end
  end
end

local function is_mapping(value)
  return type(value) ~= "string" and type(value) ~= "number" and type(value) ~= "boolean" and value ~= nil
end

--- `value` when it is a mapping; anything else but nothing is told, and counts as empty.
local function mapping(value, where, subject)
  if value == nil then return {} end
  if is_mapping(value) and (#value == 0 or value[1] == nil) then return value end
  engine.error(where, subject .. " must be a mapping")
  return {}
end

-- The main resource -------------------------------------------------------------------------------------------------

function resource.make(module, section)
  for name, body in pairs(section) do
    local subject <const> = module.key .. "::" .. name
    local definition <const> = mapping(body, { section, name }, subject)
    check_keys(definition, definition_keys, subject)
    local made <const> = engine.add {
      type = module.type, noun = module.id, key = module.key, name = name, at = body or { section, name },
      properties = mapping(definition.Properties, { definition, "Properties" }, subject .. " Properties"),
    }
    made.DeletionPolicy = definition.DeletionPolicy
    made.UpdateReplacePolicy = definition.UpdateReplacePolicy or definition.DeletionPolicy
  end
end

-- Links and companions ----------------------------------------------------------------------------------------------

--- The resource and attribute that `text` names: `x-sqs::jobs`, `x-sqs::jobs::Arn`, or the bare name of a definition.
local function linked(text, key, attribute)
  local pointed_key <const>, name <const>, pointed_attribute <const> = text:match("^(x%-[%w_-]+)::([%w._-]+):?:?(.*)$")
  if not pointed_key then
    local found <const> = engine.find(key, text)
    return found and (attribute == "Ref" and found:ref() or found:att(attribute))
  end
  local found <const> = engine.find(pointed_key, name)
  if not found then return nil, pointed_key, name end
  if pointed_attribute == "" or pointed_attribute == attribute then
    return attribute == "Ref" and found:ref() or found:att(attribute)
  end
  local returned <const> = modules.by_key[pointed_key].returns[pointed_attribute] or pointed_attribute
  return returned == "Ref" and found:ref() or found:att(returned)
end

local function link(made, path, target)
  local holder = made.Properties
  local names <const> = {}
  for name in path:gmatch("[^.]+") do table.insert(names, name) end
  for index = 1, #names - 1 do
    holder = holder[names[index]]
    if not is_mapping(holder) then return end
  end
  local last <const> = names[#names]
  local text <const> = holder[last]
  if type(text) ~= "string" then return end
  local key <const>, attribute <const> = target:match("^(x%-[%w_-]+)%.(.+)$")
  local reference <const>, missing_key <const>, missing <const> = linked(text, key, attribute)
  if reference then
    holder[last] = engine.placed(reference, { holder, last })
  elseif missing then
    local near <const> = engine.near(missing, keys_of(engine.section(missing_key) or {}), "there are")
    engine.error({ holder, last }, text .. " is not in the compose file", near)
  end
end

local function companions(module, made)
  for _, companion in ipairs(module.companions or {}) do
    engine.add {
      type = companion.type, noun = companion.id, key = module.key, name = made.name, part = companion.part,
      at = made, properties = companion.properties, this = made,
    }
  end
end

function resource.connect(module, section)
  for name in pairs(section) do
    local made <const> = engine.find(module.key, name)
    if made then
      for path, target in pairs(module.links or {}) do link(made, path, target) end
      engine.fill(made, module.defaults or {})
      companions(module, made)
    end
  end
end

-- Services ----------------------------------------------------------------------------------------------------------

--- The actions of a profile; a bare word includes another profile.
local function actions_of(module, profile, seen, actions)
  if seen[profile] then return actions end
  seen[profile] = true
  for _, entry in ipairs(module.access[profile]) do
    if module.access[entry] then
      actions_of(module, entry, seen, actions)
    elseif not contains(actions, entry) then
      table.insert(actions, entry)
    end
  end
  return actions
end

--- A value of the resource by the name that the module gives it; the name of an attribute stands for itself.
local function value_of(module, made, returned)
  local attribute <const> = (module.returns or {})[returned] or returned
  if attribute == "Ref" then return made:ref() end
  return made:att(attribute)
end

local function allow(module, made, service, profile, where)
  if type(profile) ~= "string" or not (module.access or {})[profile] then
    local known <const> = keys_of(module.access or {})
    local text <const> = type(profile) == "string" and profile or "of this form"
    engine.error(where, module.key .. " has no access profile \"" .. text .. "\"", engine.near(text, known, "it has"))
    return
  end
  grants.allow(service, module.key, profile, actions_of(module, profile, {}, {}), { value_of(module, made, "Arn") })
end

local function access(module, made, service, body)
  local profile <const> = body.Access
  if profile == nil then return end
  if type(profile) == "string" then
    allow(module, made, service, profile, { body, "Access" })
  elseif is_mapping(profile) and #profile > 0 and profile[1] ~= nil then
    for index, each in ipairs(profile) do allow(module, made, service, each, { profile, index }) end
  else
    engine.error({ body, "Access" }, "Access must be a profile or a list of profiles")
  end
end

--- `my-jobs` -> `MY_JOBS`.
local function variable_name(template, name)
  local upper <const> = name:upper():gsub("-", "_"):gsub("[^%w_]", "")
  return (template:gsub("{NAME}", upper))
end

local function variables(module, made, service, body)
  local wanted <const> = mapping(body.ReturnValues, { body, "ReturnValues" }, "ReturnValues")
  local named <const> = {}
  for returned, variable in pairs(wanted) do
    if not (module.returns or {})[returned] then
      engine.error({ wanted, returned, "key" }, module.key .. " has no return value \"" .. returned .. "\"",
        engine.near(returned, keys_of(module.returns or {}), "it has"))
    elseif type(variable) ~= "string" or not variable:find("^[%a_][%w_]*$") then
      engine.error({ wanted, returned }, "ReturnValues " .. returned .. " must be the name of an environment variable")
    else
      named[returned] = true
      grants.variable(service, variable, value_of(module, made, returned))
    end
  end
  for template, returned in pairs(module.env or {}) do
    if not named[returned] then
      grants.variable(service, variable_name(template, made.name), value_of(module, made, returned))
    end
  end
end

--- What each service that a definition names gets of it. `names` are the services of the project.
function resource.share(module, section, names)
  for name, body in pairs(section) do
    local made <const> = engine.find(module.key, name)
    local services <const> = made and is_mapping(body) and body.Services
    if services and services[1] ~= nil then
      engine.error({ body, "Services" }, module.key .. "::" .. name .. " Services must be a mapping",
        "write the name of each service as a key: web: { Access: ... }")
    elseif services then
      for service, grant in pairs(services) do
        if contains(names, service) then
          local granted <const> = mapping(grant, { services, service }, "services::" .. service .. " of " .. name)
          check_keys(granted, service_keys, module.key .. "::" .. name .. " Services." .. service)
          access(module, made, service, granted)
          variables(module, made, service, granted)
        elseif not engine.disabled(service) then
          engine.error({ services, service, "key" }, module.key .. "::" .. name .. " names a service \"" .. service
            .. "\", which nobody defines", engine.near(service, names, "there are"))
        end
      end
    end
  end
end

return resource
