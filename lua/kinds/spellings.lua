--- Fields of module tables by the names that they had: tables of scripts and packs that use them are rewritten before anything reads them.
local spellings <const> = {}

--- What a table of words was under its own name, and the part of `accepts` that it is now.
local parts <const> = { keys = "definition", settings = "settings", macros = "macros", grants = "service" }
local hooks <const> = { make = "make", companions = "after_make", serve = "serve", finish = "finish" }

--- The fields that another one is written for now, and how: for messages.
spellings.old = {
  keys = "accepts.definition", settings = "accepts.settings", macros = "accepts.macros", grants = "accepts.service", scaling = "accepts.service",
  whole = "accepts.item_types", make = "hooks.make", companions = "hooks.after_make", serve = "hooks.serve", finish = "hooks.finish",
  open = "returns", id = "noun",
}

--- A macro was the name of the property that it sets, or a function.
local function macro(value)
  if type(value) == "string" then return { sets = value } end
  return type(value) == "function" and { apply = value } or value
end

local function words(part, value)
  if part ~= "macros" or type(value) ~= "table" then return value end
  local made <const> = {}
  for name, entry in pairs(value) do made[name] = macro(entry) end
  return made
end

--- A resource that comes with a definition, by the names of today.
local function companion(each)
  if type(each) ~= "table" or each.id == nil then return each end
  local made <const> = {}
  for name, value in pairs(each) do made[name == "id" and "noun" or name] = value end
  return made
end

local function companions(value)
  if type(value) ~= "table" then return value end
  if value.type ~= nil then return companion(value) end
  local made <const> = {}
  for index, each in ipairs(value) do made[index] = companion(each) end
  return made
end

--- Whether a table has a field by an old name.
local function is_old(module)
  if type(module.hooks) == "table" and type(module.hooks.after_make) == "table" then return true end
  for name in pairs(spellings.old) do
    if module[name] ~= nil then return true end
  end
  for _, kind in ipairs(type(module.kinds) == "table" and module.kinds or {}) do
    if type(kind) == "table" and is_old(kind) then return true end
  end
  return false
end

local function copied(value)
  if type(value) ~= "table" then return value == nil and {} or value end
  local made <const> = {}
  for name, entry in pairs(value) do made[name] = entry end
  return made
end

--- `module` by the names of today; what it says by both is as the new name has it.
function spellings.current(module)
  if not is_old(module) then return module end
  local made <const> = copied(module)
  made.accepts, made.hooks, made.noun = copied(module.accepts), copied(module.hooks), module.noun or module.id
  local function set(field, name, value)
    if type(made[field]) == "table" and made[field][name] == nil then made[field][name] = value end
  end
  for old, part in pairs(parts) do set("accepts", part, words(part, module[old])) end
  for old, hook in pairs(hooks) do set("hooks", hook, module[old]) end
  if type(made.hooks) == "table" then made.hooks.after_make = companions(made.hooks.after_make) end
  set("accepts", "item_types", module.whole)
  if type(module.scaling) == "function" then
    made.accepts.service = copied(made.accepts.service)
    made.accepts.service.Scaling = { apply = function(definition, service, _, where) module.scaling(definition, service, where) end }
  end
  if module.open then
    made.returns = copied(module.returns)
    made.returns["*"] = true
  end
  if type(module.kinds) == "table" then
    made.kinds = {}
    for index, kind in ipairs(module.kinds) do made.kinds[index] = type(kind) == "table" and spellings.current(kind) or kind end
  end
  for old in pairs(spellings.old) do made[old] = nil end
  return made
end

return spellings
