--- What is known of the built-in resource modules, as plain data: for the JSON Schema and for editors.
local definitions <const> = engine.use("composex/definitions")
local keys <const> = engine.use("composex/keys")
local modules <const> = engine.use("composex/modules")
local schema <const> = {}

local function add(list, names)
  for _, name in ipairs(names) do
    if not keys.has(list, name) then table.insert(list, name) end
  end
end

--- The types that a module's definitions may have; nil when the definition decides.
local function types(kinds)
  local found <const> = {}
  for _, kind in ipairs(kinds) do
    if type(kind.type) ~= "string" then return nil end
    add(found, { kind.type })
  end
  return found
end

--- The names of what `field` holds in each kind; nil when a kind computes them.
local function names(kinds, field)
  local found <const> = {}
  for _, kind in ipairs(kinds) do
    local value <const> = kind[field]
    if value ~= nil and type(value) ~= "table" then return nil end
    local given <const> = {}
    for name in pairs(value or {}) do table.insert(given, name) end
    add(found, given)
  end
  return found
end

--- Keys of a definition: those of all modules, and the module's own.
local function definition_keys(module)
  local found <const> = {}
  add(found, definitions.keys)
  add(found, module.keys or {})
  return found
end

--- A table for each module: `key`, `types`, `keys`, `access`, `returns`; what a function decides is not there.
schema.modules = function()
  local list <const> = {}
  for _, entry in ipairs(engine.use("manifest")) do
    if entry.file then
      local module <const> = modules.whole(engine.use(entry.file))
      local kinds <const> = module.kinds or { module }
      table.insert(list, {
        key = module.key, types = types(kinds), keys = definition_keys(module),
        access = not module.serve and names(kinds, "access") or nil,
        returns = not module.open and names(kinds, "returns") or nil,
      })
    else
      table.insert(list, { key = entry.key })
    end
  end
  return list
end

--- The fields of a module table.
schema.fields = modules.fields

return schema
