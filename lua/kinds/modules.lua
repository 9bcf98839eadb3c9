--- Resource modules: checks their tables, completes them, and finds them by key.
local lazy <const> = engine.use("base/lazy")
local any_access <const> = lazy("kinds/any_access")
local faults <const> = engine.use("kinds/module_faults")
local inheritance <const> = engine.use("kinds/inheritance")
local manifest <const> = engine.use("manifest")
local metaschema <const> = engine.use("kinds/metaschema")
local rules <const> = engine.use("kinds/rules")
local spellings <const> = engine.use("kinds/spellings")
local modules <const> = { list = {}, by_key = {} }

--- What a module cannot do without, unless another table says it: its own kinds, the module that it is like, the hook that makes it.
local function lacks(module)
  if module.kinds or module.like or module.hooks and module.hooks.make or module.accepts and module.accepts.section then return end
  for _, field in ipairs(metaschema.fields) do
    if (field[1] == "type" or field[1] == "noun") and module[field[1]] == nil then
      return "a resource module needs the field \"" .. field[1] .. "\", a string", "write " .. field[4]
    end
  end
end

--- Why a table is no resource module, and a remedy; nil when it is one.
local function fault(module)
  local message <const>, remedy <const> = faults.of(module)
  if message then return message, remedy end
  if not module.key:find("^x%-") then
    return "the key of a resource module must begin with x-, not " .. module.key, "write key = \"x-" .. module.key .. "\""
  end
  -- Names of templates are made of keys.
  if not module.key:find("^x%-[a-z0-9_-]+$") or #module.key > 100 then
    return "the key of a resource module must have lower-case letters, digits, - and _ only, at most 100, not \"" .. module.key .. "\"",
      "write key = \"x-acme_topic\""
  end
  if modules.by_key[module.key] then
    return "there is a resource module for " .. module.key .. " already", "take another key; like = \"" .. module.key .. "\" takes over its fields"
  end
  for must in pairs(module.checks or {}) do
    if not (must:find("^must ") or must:find("^needs ")) then
      return "a check of a resource module must begin with \"must\" or \"needs\", not \"" .. must .. "\"",
        "it ends the message \"" .. module.key .. "::name ...\""
    end
  end
  return lacks(module)
end

--- Whether there is a module for a key, though the file may not use it.
function modules.is_known(key)
  if modules.by_key[key] then return true end
  for _, entry in ipairs(manifest) do
    if entry.key == key then return true end
  end
  return false
end

local function built_in(key)
  for _, entry in ipairs(manifest) do
    if entry.key == key then return engine.use(entry.file) end
  end
end

--- The stages of the manifest, by key.
local stages <const> = {}
for _, entry in ipairs(manifest) do stages[entry.key] = entry.stage end

--- A module table of which nothing is left out: with what `like` names, and each of its kinds complete.
function modules.complete(module)
  local current <const> = spellings.current(module)
  local base <const> = current.like and (modules.by_key[current.like] or built_in(current.like))
  local made <const> = inheritance.complete(
    base and inheritance.like(current, modules.by_key[current.like] or modules.complete(base)) or current)
  made.stage = stages[made.key]
  for _, kind in ipairs(made.kinds or {}) do kind.stage = made.stage end
  return made
end

--- A copy with copies of the tables in it: what a script does to a table that it declared, or that is handed to its functions, it does
--- to its own module, and never to one that it is like.
local function own(value, copies)
  if type(value) ~= "table" then return value end
  if not copies[value] then
    copies[value] = {}
    for name, each in pairs(value) do copies[value][name] = own(each, copies) end
  end
  return copies[value]
end

--- The module of a key that is built in, whether the file uses it or not.
function modules.of(key) return modules.by_key[key] or modules.complete(built_in(key)) end

--- Adds a module; what is wrong with its table is reported at the line that declared it.
local function add(module, at)
  local current <const> = spellings.current(module)
  local message <const>, remedy <const> = fault(current)
  if message then return engine.error(at, message, remedy) end
  rules.keep(current, at, built_in)
  local complete <const> = type(at) == "string" and modules.complete(module) or own(modules.complete(module), {})
  -- Where its table stands: what it writes into a template is written there.
  complete.at = at
  -- Topics, rules and buckets open a kind of one's own by its type, when its table does not say how.
  if type(at) ~= "string" then complete.permits = complete.permits or { grant = any_access.permit } end
  for _, kind in ipairs(complete.kinds or {}) do kind.at, kind.permits = at, kind.permits or complete.permits end
  table.insert(modules.list, complete)
  modules.by_key[module.key] = complete
end

--- The module as it is for one definition: the first of its kinds whose `when` answers, or itself.
function modules.kind(module, body)
  for _, kind in ipairs(module.kinds or {}) do
    if not kind.when or kind.when(body) then return kind end
  end
  return module
end

--- Loads the built-in modules that the compose file uses, then those that scripts declared.
function modules.load()
  for _, entry in ipairs(manifest) do
    if engine.section(entry.key) ~= nil then add(engine.use(entry.file), "lua/" .. entry.file .. ".lua") end
  end
  local found <const> = engine.modules()
  for _, each in ipairs(found) do add(each.module, each.at) end
  if engine.failed() then return end
  for _, each in ipairs(found) do
    local message <const>, remedy <const> = engine.use("kinds/declared").fault(modules.by_key[each.module.key], modules.by_key)
    if message then engine.error(each.at, message, remedy) end
  end
end

return modules
