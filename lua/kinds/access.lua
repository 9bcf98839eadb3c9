--- Access profiles: what the names in `Access` allow, as statements of actions and resources.
local grants <const> = engine.use("kinds/grants")
local read <const> = engine.use("base/read")
local values <const> = engine.use("kinds/values")
local access <const> = {}

--- The profile of that name: `RW`, or `objects.RW` in a group, with the resources that it is on by default.
local function profile(module, name)
  local group <const>, inner <const> = name:match("^([^.]+)%.(.+)$")
  local all <const> = module.access or {}
  if not group then
    local found <const> = all[name]
    if name == "on" or not found or #found == 0 then return nil end
    return found, all.on
  end
  local holder <const> = all[group]
  if not holder or #holder > 0 or inner == "on" then return nil end
  return holder[inner], holder.on or all.on, group
end

local function as_list(on)
  if on == nil then return { "${Arn}" } end
  return type(on) == "string" and { on } or on
end

local function add(statements, on, entry, action)
  local deny <const> = entry and entry.deny
  local name <const> = table.concat(on, " ") .. (deny and " deny" or "")
  local statement = statements[name]
  if not statement then
    statement = { on = on, actions = {}, deny = deny }
    statements[name] = statement
    table.insert(statements, statement)
  end
  if not read.has(statement.actions, action) then table.insert(statement.actions, action) end
end

local function collect(module, name, seen, statements)
  if seen[name] then return end
  seen[name] = true
  local entries <const>, on <const>, group <const> = profile(module, name)
  if not entries then
    error(module.key .. " includes an access profile \"" .. name .. "\", which it does not have", 0)
  end
  for _, entry in ipairs(entries) do
    local included <const> = type(entry) == "string" and not entry:find(":", 1, true)
      and (group and profile(module, group .. "." .. entry) and group .. "." .. entry or entry)
    if included then
      collect(module, included, seen, statements)
    elseif type(entry) == "table" then
      for _, action in ipairs(entry) do add(statements, as_list(entry.on or on), entry, action) end
    else
      add(statements, as_list(on), nil, entry)
    end
  end
end

--- The statements of a profile: `{ { actions, on, deny } }`; `on` are texts such as `${Arn}/*`, `deny` is a condition.
--- A bare word in a profile includes another one; an entry that is a table has resources of its own.
function access.statements(module, name)
  local statements <const> = {}
  collect(module, name, {}, statements)
  return statements
end

--- The names of all profiles: those of the top, then `group.name` of each group.
function access.profiles(module)
  local names <const>, grouped <const> = {}, {}
  for name, entries in pairs(module.access or {}) do
    if name ~= "on" and #entries > 0 then table.insert(names, name) end
    if name ~= "on" and #entries == 0 then
      for inner in pairs(entries) do
        if inner ~= "on" then table.insert(grouped, name .. "." .. inner) end
      end
    end
  end
  for _, name in ipairs(grouped) do table.insert(names, name) end
  return names
end

local function groups(module)
  local names <const> = {}
  for name, entries in pairs(module.access or {}) do
    if name ~= "on" and #entries == 0 then table.insert(names, name) end
  end
  return names
end

--- Verbs of actions that put something in, which AWS encrypts with a new data key.
local writing <const> = { "Put", "Send", "Publish", "Write", "BatchWrite", "Update", "Create" }

local function writes(actions)
  for _, action in ipairs(actions) do
    local verb <const> = action:match(":(.+)$")
    for _, start in ipairs(writing) do
      if verb:sub(1, #start) == start or verb:sub(1, 1) == "*" then return true end
    end
  end
  return false
end

--- Keys that encrypt a definition are opened to whoever may use it by IAM, for what the actions need: AWS itself uses those of what
--- is reached over the network.
local function allow_keys(definition, service, actions)
  if definition.module.network then return end
  for _, key in ipairs(definition.encrypted_by) do
    -- One statement opens a key to a service, whatever it is for.
    local opened <const> = grants.opened_key(service, tostring(key.arn), function()
      return grants.allow(service, "x-kms", "ReadResources", { "kms:Decrypt" }, { key.arn })
    end)
    if writes(actions) then
      opened.sid, opened.actions = "EncryptedResources", { "kms:Decrypt", "kms:GenerateDataKey" }
    end
  end
end

--- What somebody who names no profile could write.
local function remedy(module, group)
  local names <const> = {}
  for _, name in ipairs(access.profiles(module)) do
    if group == "" or name:sub(1, #group) == group then table.insert(names, name:sub(#group + 1)) end
  end
  return #names > 0 and engine.near("", names, "there are") or "write {Actions: [...], Resources: [...]}"
end

--- Words that people write for what a profile allows, and the profiles that allow that and nothing beyond it.
local other_words <const> = {
  readwrite = { "RW", "ReadWrite", "RWMessages" }, readandwrite = { "RW" }, read = { "RO", "ReadOnly" }, readonly = { "RO", "ReadOnly" }, ro = { "ReadOnly" },
  write = { "WriteOnly", "Publish" }, writeonly = { "WriteOnly" }, wo = { "WriteOnly" }, rw = { "RWMessages", "RW" },
}

--- The profile that a word for it means, as a remedy: a near name may allow more than was asked for. nil when there is none.
local function meant(module, name)
  local group <const>, word <const> = name:match("^(.-)([^.]*)$")
  for _, other in ipairs(other_words[word:lower():gsub("[^%a]", "")] or {}) do
    if profile(module, group .. other) then return "did you mean \"" .. group .. other .. "\"?" end
  end
end

--- Words of ECS ComposeX for what is reached over the network: it took any, granted nothing of AWS's API, and gave the secret.
local of_network <const> = { "RW", "RO", "RWObjects" }

local function allow(definition, service, name, where)
  -- A policy that has a name of its own, and is in no group, may stand under one.
  local bare <const> = name:match("^[^.]+%.(.+%-.+)$")
  if bare and not profile(definition.module, name) and profile(definition.module, bare) then name = bare end
  if not profile(definition.module, name) and definition.module.network and read.has(of_network, name) then
    return engine.warn(where, definition.subject .. " Access " .. name .. " grants nothing of AWS's API: who stands under Services has its "
      .. "address, its secret and a way in, and its user decides what it may do", "leave Access out, or write what AWS's API may do: "
      .. table.concat(access.profiles(definition.module), ", "))
  end
  if not profile(definition.module, name) then
    engine.error(where, definition.key .. " has no access profile \"" .. name .. "\"", meant(definition.module, name) or
      engine.near(name, access.profiles(definition.module), "it has") or remedy(definition.module, ""))
    return
  end
  local sid <const> = name:gsub("[^%w]", "")
  local all <const> = {}
  for index, statement in ipairs(access.statements(definition.module, name)) do
    local resources <const> = {}
    for _, on in ipairs(statement.on) do
      local value <const> = on == "*" and "*" or values.expand(definition, on)
      if value ~= nil then table.insert(resources, value) end
    end
    if #resources > 0 then
      local own <const> = sid .. (index > 1 and index or "")
      if statement.deny then
        grants.deny(service, definition.key, own, statement.actions, resources, statement.deny, where)
      else
        for _, action in ipairs(statement.actions) do table.insert(all, action) end
        grants.allow(service, definition.key, own, statement.actions, resources, where)
      end
    end
  end
  if #all > 0 then allow_keys(definition, service, all) end
end

--- A resource of an own statement: a reference, an ARN, or `*`; `${Arn}` is the definition's. Nil when it is none.
local function resource_of(definition, resource, where)
  if read.is_mapping(resource) or read.is_list(resource) or resource == nil then
    local name <const> = read.is_mapping(resource) and read.names(resource)[1] or ""
    if name == "Ref" or name:find("^Fn::") then return resource end
    return engine.error(where, definition.subject .. " Access Resources must be ARNs, not " .. engine.kind(resource),
      "write ${Arn} for its own")
  end
  if type(resource) ~= "string" then return resource end
  if resource:find("^x%-[%w_-]+::") then return engine.use("kinds/texts").text(resource, where) end
  local value <const> = values.expand(definition, resource)
  if type(value) == "string" and value ~= "*" and not value:find("^arn:") then
    return engine.error(where, definition.subject .. " Access Resources must be ARNs, not \"" .. value .. "\"",
      "write ${Arn} for its own")
  end
  return value
end

--- `{ Actions, Resources }`: a statement of the file's own. `${Arn}` in a resource is the definition's.
local function own(definition, service, body, number)
  local subject <const> = definition.subject .. " Access"
  read.keys(body, { "Actions", "Resources" }, subject)
  local actions <const>, resources <const> = {}, {}
  if not read.is_list(body.Actions) or #body.Actions == 0 then
    return engine.error({ body, "Actions" }, subject .. " needs Actions, a list", "write Actions: [\"s3:GetObject\"]")
  end
  for index = 1, #body.Actions do
    local action <const> = body.Actions[index]
    if type(action) ~= "string" or not action:find("^[%w-]+:[%w*?]+$") then
      engine.error({ body.Actions, index }, subject .. " Actions must be actions of one service",
        "write them like s3:GetObject")
    else
      table.insert(actions, engine.placed(action, { body.Actions, index }))
    end
  end
  local given <const> = read.as_list(body.Resources, { body, "Resources" }, subject .. " Resources")
  for index = 1, #given do
    local where <const> = { given, index }
    local value <const> = resource_of(definition, given[index], where)
    if value ~= nil then table.insert(resources, engine.placed(value, where)) end
  end
  if body.Resources == nil then table.insert(resources, values.expand(definition, "${Arn}")) end
  if #actions == 0 or #resources == 0 then return end
  local name <const> = engine.pascal(definition.name) .. "Own" .. number
  grants.allow(service, definition.key, name, actions, resources)
  allow_keys(definition, service, body.Actions)
end

local grant

--- A mapping: `{ Actions, Resources }`, or a profile for each group (`{ bucket: ListOnly, objects: RW }`).
local function mapped(definition, service, body)
  if body.Actions ~= nil or body.Resources ~= nil then return own(definition, service, body, 1) end
  local module <const> = definition.module
  for key, wanted in pairs(body) do
    local where <const> = { body, key }
    if profile(module, key) and type(wanted) == "boolean" then
      if wanted then allow(definition, service, key, where) end
    elseif profile(module, key) then
      engine.error(where, definition.key .. " Access " .. key .. " must be true or false", "write " .. key .. ": true")
    elseif #groups(module) == 0 and type(wanted) == "string" and profile(module, wanted) then
      engine.warn({ body, key, "key" }, definition.key .. " Access has no groups: " .. key .. ": " .. wanted .. " is " .. wanted,
        "write Access: " .. wanted)
      allow(definition, service, wanted, where)
    elseif not read.has(groups(module), key) then
      engine.error({ body, key, "key" }, definition.key .. " Access has no key \"" .. key .. "\"",
        engine.near(key, groups(module), "it has") or remedy(module, ""))
    else
      grant(definition, service, wanted, where, key .. ".")
    end
  end
end

function grant(definition, service, wanted, where, group)
  if type(wanted) == "string" then
    allow(definition, service, group .. wanted, where)
  elseif read.is_list(wanted) then
    for index = 1, #wanted do
      local each <const> = wanted[index]
      if read.is_mapping(each) then
        own(definition, service, each, index)
      else
        grant(definition, service, each == nil and false or each, { wanted, index }, group)
      end
    end
  elseif read.is_mapping(wanted) and group == "" then
    mapped(definition, service, wanted)
  elseif wanted ~= nil then
    local name <const> = group == "" and "" or " " .. group:gsub("%.$", "")
    engine.error(where, definition.key .. " Access" .. name .. " must be a profile or a list of profiles",
      remedy(definition.module, group))
  end
end

--- What `body.Access` allows the service.
function access.grant(definition, service, body)
  local wanted <const>, where <const> = body.Access, { body, "Access" }
  if (read.is_mapping(wanted) or read.is_list(wanted)) and #read.names(wanted) == 0 then
    return engine.warn(where, definition.subject .. " Access is empty: it grants services::" .. service .. " nothing",
      remedy(definition.module, ""))
  end
  grant(definition, service, wanted, where, "")
end

return access
