--- What is known of the built-in resource modules, as plain data: for the JSON Schema and for editors.
local read <const> = engine.use("base/read")
local lookup <const> = engine.use("kinds/lookup")
local modules <const> = engine.use("kinds/modules")
local sections <const> = engine.use("project/sections")
local shape <const> = engine.use("base/shape")
local words <const> = engine.use("kinds/words")
local schema <const> = {}

local function add(list, names)
  for _, name in ipairs(names) do
    if not read.has(list, name) then table.insert(list, name) end
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

--- The words of that part that the kinds know, each once.
local function all(kinds, part)
  local found <const> = {}
  for _, kind in ipairs(kinds) do add(found, words.names(kind, part)) end
  return found
end

--- A table for each module: `key`, `types`, `keys`, `access`, `returns`, ...; what a function decides is not there.
schema.modules = function()
  local list <const> = {}
  for _, entry in ipairs(engine.use("manifest")) do
    if entry.file then
      local module <const> = modules.complete(engine.use(entry.file))
      local kinds <const> = module.kinds or { module }
      table.insert(list, {
        key = module.key, types = types(kinds), keys = all(kinds, "definition"),
        access = not module.hooks.serve and names(kinds, "access") or nil,
        returns = not module.returns["*"] and names(kinds, "returns") or nil,
        settings = all(kinds, "settings"), macros = all(kinds, "macros"), services = all(kinds, "service"),
        item_types = module.accepts.item_types, is_single = module.accepts.section == "single",
      })
    else
      table.insert(list, { key = entry.key })
    end
  end
  return list
end

-- Sections of services ----------------------------------------------------------------------------------------------

local interpolated <const> = { type = "string", pattern = "\\$" }

local scalars <const> = {
  [shape.any] = {}, [shape.text] = { type = "string" }, [shape.value] = { type = { "string", "number", "object", "null" } },
  [shape.number] = { anyOf = { { type = "number" }, interpolated } }, [shape.flag] = { anyOf = { { type = "boolean" }, interpolated } },
}

local form

local function fields(shapes)
  local made <const> = {}
  for name, each in pairs(shapes) do made[name] = form(each) end
  return made
end

--- A shape as a JSON Schema.
function form(wanted)
  if wanted.values then return { anyOf = { { enum = wanted.values }, interpolated } } end
  if wanted.item then return { type = "array", items = form(wanted.item) } end
  if wanted.entry then return { type = { "object", "null" }, additionalProperties = form(wanted.entry) } end
  if wanted.fields then
    return {
      type = { "object", "null" }, properties = fields(wanted.fields), patternProperties = { ["^x-"] = true }, additionalProperties = false,
    }
  end
  if wanted.shapes then
    local forms <const> = {}
    for _, each in ipairs(wanted.shapes) do table.insert(forms, form(each)) end
    return { anyOf = forms }
  end
  return scalars[wanted] or {}
end

--- The JSON Schemas of what a module's words take, by part and name; of Properties that are composex's own; of a section of another form.
local function forms_of(module)
  local made <const> = { properties = module.accepts.properties and form(module.accepts.properties) or nil }
  if type(module.accepts.section) == "table" then made.section = form(module.accepts.section) end
  for _, part in ipairs(words.parts) do
    made[part] = {}
    for _, kind in ipairs(module.kinds or { module }) do
      for name, word in pairs(kind.accepts[part]) do made[part][name] = word.is and form(word.is) or {} end
    end
  end
  return made
end

--- These of all built-in modules, by key.
schema.forms = function()
  local made <const> = {}
  for _, entry in ipairs(engine.use("manifest")) do
    if entry.file then made[entry.key] = forms_of(modules.complete(engine.use(entry.file))) end
  end
  return made
end

--- The JSON Schemas of the `x-` keys in records of compose: the name of the record to keys.
schema.sections = function()
  local service <const> = fields(sections.sections)
  for old, new in pairs(sections.spellings) do service[old] = service[new] end
  return {
    service = service,
    deploy = { ["x-aws-autoscaling"] = service["x-aws-autoscaling"] },
    logging = { ["x-secret_options"] = form(shape.map(shape.text)) },
  }
end

--- The JSON Schema of a Lookup.
schema.lookup = function()
  local own <const>, whole <const> = {}, {}
  for _, key in ipairs(lookup.known) do own[key], whole[key] = true, true end
  for _, key in ipairs(lookup.beside) do whole[key] = true end
  local inner <const> = { type = "object", properties = own, patternProperties = { ["^x-"] = true }, additionalProperties = false }
  for _, key in ipairs(lookup.levels) do whole[key] = inner end
  return { type = "object", properties = whole, patternProperties = { ["^x-"] = true }, additionalProperties = false }
end

--- The names of the fields of a module table.
schema.fields = engine.use("kinds/metaschema").names

--- The types of editors for module tables.
schema.types = function() return engine.use("reflect/types").text() end

return schema
