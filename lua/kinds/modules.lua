--- Resource modules: checks their tables, completes them, and finds them by key.
local inheritance <const> = engine.use("kinds/inheritance")
local manifest <const> = engine.use("manifest")
local read <const> = engine.use("base/read")
local spellings <const> = engine.use("kinds/spellings")
local modules <const> = { list = {}, by_key = {} }

--- Every field of a module table; docs/resources.md says what each means.
modules.fields = {
  "key", "type", "noun", "kinds", "like", "defaults", "keep", "returns", "env", "access", "links", "permits", "lookup", "network",
  "secret", "accepts", "hooks", "checks",
}

--- What a field holds, where that is always the same: "table" is a table with names.
local holds <const> = {
  like = "string", kinds = "table", defaults = "table", returns = "table", env = "table", access = "table", links = "table",
  checks = "table", accepts = "table", hooks = "table",
}

--- Fields whose values are texts under names, and what they are.
local texts <const> = { env = "a return value, or Ref", links = "a key and an attribute: \"x-kms.Arn\"" }

--- Why a field does not hold what it should, and a remedy; nil when it does.
local function misuse(module)
  for name, kind in pairs(holds) do
    local value <const> = module[name]
    if value ~= nil and type(value) ~= kind then
      return "the field \"" .. name .. "\" of a resource module must be a " .. kind .. ", not a "
        .. type(value), "docs/resources.md shows it"
    end
  end
  for name, what in pairs(texts) do
    for key, value in pairs(type(module[name]) == "table" and module[name] or {}) do
      if type(key) ~= "string" or type(value) ~= "string" and type(value) ~= "table" and type(value) ~= "function" then
        return "the field \"" .. name .. "\" of a resource module must hold strings under names", "each is " .. what
      end
    end
  end
  for must, rule in pairs(type(module.checks) == "table" and module.checks or {}) do
    if type(must) ~= "string" or not (must:find("^must ") or must:find("^needs ")) then
      return "a check of a resource module must begin with \"must\" or \"needs\", not \"" .. tostring(must) .. "\"",
        "it ends the message \"" .. tostring(module.key) .. "::name ...\""
    end
    if type(rule) ~= "function" then return "the check \"" .. must .. "\" must be a function, not a " .. type(rule) end
  end
end

--- Why a table is no resource module, and a remedy; nil when it is one.
local function fault(module)
  for name in pairs(module) do
    if not read.has(modules.fields, name) then
      return "a resource module has no field \"" .. tostring(name) .. "\"",
        engine.near(tostring(name), modules.fields, "its fields")
    end
  end
  if type(module.key) ~= "string" then return "a resource module needs the field \"key\", a string", "write key = \"x-acme_topic\"" end
  if not module.key:find("^x%-") then return "the key of a resource module must begin with x-, not " .. module.key, "write key = \"x-" .. module.key .. "\"" end
  local makes <const> = type(module.hooks) == "table" and module.hooks.make
  for _, name in ipairs { "type", "noun" } do
    local value <const> = module[name]
    if type(value) ~= "string" and type(value) ~= "function" and not (module.kinds or module.like or makes) then
      return "a resource module needs the field \"" .. name .. "\", a string",
        name == "type" and "write type = \"AWS::SNS::Topic\"" or "it is the last part of logical ids: noun = \"Topic\""
    end
  end
  if modules.by_key[module.key] then return "there is a resource module for " .. module.key .. " already",
    "take another key; like = \"" .. module.key .. "\" takes over its fields" end
  return misuse(module)
end

local function built_in(key)
  for _, entry in ipairs(manifest) do
    if entry.key == key then return engine.use(entry.file) end
  end
end

--- A module table of which nothing is left out: with what `like` names, and each of its kinds complete.
function modules.complete(module)
  local current <const> = spellings.current(module)
  local base <const> = current.like and (modules.by_key[current.like] or built_in(current.like))
  return inheritance.complete(base and inheritance.like(current, modules.by_key[current.like] or modules.complete(base)) or current)
end

--- Adds a module; what is wrong with its table is told at the line that declared it.
local function add(module, at)
  local message <const>, remedy <const> = fault(spellings.current(module))
  if message then return engine.error(at, message, remedy) end
  local complete <const> = modules.complete(module)
  -- Where its table stands: what it writes into a template is written there.
  complete.at = at
  for _, kind in ipairs(complete.kinds or {}) do kind.at = at end
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
    if entry.file and engine.section(entry.key) ~= nil then add(engine.use(entry.file), "lua/" .. entry.file .. ".lua") end
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
