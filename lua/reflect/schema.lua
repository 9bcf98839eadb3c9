--- What is known of the built-in resource modules, as plain data: for the JSON Schema and for editors.
local read <const> = engine.use("base/read")
local docker <const> = engine.use("project/docker_spellings")
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
    local module <const> = modules.complete(engine.use(entry.file))
    local kinds <const> = module.kinds or { module }
    table.insert(list, {
      key = module.key, types = types(kinds), keys = all(kinds, "definition"),
      access = not module.hooks.serve and names(kinds, "access") or nil,
      returns = not module.returns["*"] and names(kinds, "returns") or nil,
      settings = all(kinds, "settings"), macros = all(kinds, "macros"), services = all(kinds, "service"),
      item_types = module.accepts.item_types, is_single = module.accepts.section == "single",
    })
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
  if wanted == shape.cloudformation then
    return { type = "object", minProperties = 1, maxProperties = 1, patternProperties = { ["^(Ref|Fn::.*)$"] = true }, additionalProperties = false }
  end
  if wanted.least then return { anyOf = { { type = "integer", minimum = wanted.least, maximum = wanted.most }, interpolated } } end
  if wanted.above then
    return { anyOf = { { type = "number", exclusiveMinimum = wanted.above, maximum = wanted.up_to }, interpolated } }
  end
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

--- The JSON Schemas of the `x-` keys in records of compose: the name of the record to keys.
schema.sections = function()
  local service <const> = fields(sections.sections)
  for old, new in pairs(sections.spellings) do service[old] = service[new] end
  local deploy <const> = {}
  for _, row in ipairs(docker.rows) do
    local holder <const>, key <const> = row.from:match("^(.-)%.?([^.]+)$")
    local record <const> = holder == "services.*" and service or holder == "services.*.deploy" and deploy or {}
    record[key] = form(row.shape)
  end
  return {
    service = service,
    deploy = deploy,
    logging = { ["x-secret_options"] = form(shape.map(shape.text)) },
  }
end

-- Modules ------------------------------------------------------------------------------------------------------------

--- A mapping of these keys and of the user's own.
local function closed(properties)
  return { type = "object", properties = properties, patternProperties = { ["^x-"] = true }, additionalProperties = false }
end

local function set(list, shapes)
  local made <const> = {}
  for _, name in ipairs(list) do made[name] = shapes and shapes[name] and form(shapes[name]) or true end
  return made
end

--- The JSON Schema of the Lookup of a module, or of one that says nothing of its own.
local function lookup_of(module)
  local how <const> = module.lookup or {}
  if how.form and not how.by then return form(how.form) end
  local own <const>, outside <const> = lookup.words(module)
  local inner <const>, every <const> = set(own, how.accepts), set(own, how.accepts)
  for name, each in pairs(set(outside, how.beside)) do every[name] = each end
  for _, key in ipairs(lookup.levels_of(module)) do every[key] = closed(inner) end
  return how.form and { anyOf = { closed(every), { type = "boolean" } } } or closed(every)
end

--- The JSON Schema of the Lookup of modules that say nothing of their own.
schema.lookup = function() return lookup_of {} end

--- Words of a part that have a shape, as JSON Schemas.
local function words_of(kinds, part)
  local made <const> = {}
  for _, kind in ipairs(kinds) do
    for name, word in pairs(kind.accepts[part]) do made[name] = made[name] or word.is and form(word.is) or nil end
  end
  return made
end

--- Properties that may have another form than their type has, as a JSON Schema of what holds one in that form.
local function also(shapes)
  local list <const> = {}
  for name, each in pairs(shapes or {}) do table.insert(list, { type = "object", required = { name }, properties = { [name] = form(each) } }) end
  return #list > 0 and list or nil
end

--- JSON Schemas of what modules state as shapes, by key: `definition`, `settings`, `macros` and `service` (name to schema),
--- `properties`, `also`, `lookup`, `section` (what stands for the whole section, or may stand instead of one that is one definition).
schema.forms = function()
  local made <const> = {}
  for _, entry in ipairs(engine.use("manifest")) do
    local module <const> = modules.complete(engine.use(entry.file))
    local kinds <const>, accepts <const> = module.kinds or { module }, module.accepts
    local how <const> = module.lookup or {}
    local section <const> = accepts.section ~= "single" and accepts.section or accepts.short
    made[module.key] = {
      properties = accepts.properties and form(accepts.properties) or nil, also = also(accepts.also),
      lookup = (how.by or how.form or how.accepts or how.beside) and lookup_of(module) or nil,
      section = section and form(section) or nil,
    }
    for _, part in ipairs(words.parts) do made[module.key][part] = words_of(kinds, part) end
  end
  return made
end

--- The names of the fields of a module table.
schema.fields = engine.use("kinds/metaschema").names

--- The types of editors for module tables.
schema.types = function() return engine.use("reflect/types").text() end

return schema
