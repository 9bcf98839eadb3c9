--- Words that the user may write in a definition, as its module states them in `accepts`: keys of the definition itself, of its Settings
--- and MacroParameters, and below the name of a service. A word is a shape, the name of a plain one, or
--- `{ is = shape, sets = "Property" }`, `{ is = shape, apply = function }`.
local lazy <const> = engine.use("base/lazy")
local read <const> = engine.use("base/read")
local secrets <const> = lazy("kinds/secret_values")
local shape <const> = engine.use("base/shape")
local words <const> = {}

--- The parts of `accepts` that hold words.
words.parts = { "definition", "settings", "macros", "service" }

--- Shapes that a table may call by their names.
words.shapes = {
  any = shape.any, string = shape.text, number = shape.number, boolean = shape.flag, list = shape.list(shape.any), mapping = shape.map(shape.any),
}

--- Words of every definition, beside its module's own.
words.common = {
  definition = { "Properties", "MacroParameters", "Settings", "Services", "Lookup", "DeletionPolicy", "UpdateReplacePolicy" },
  settings = { "x-cloudmap" }, macros = {}, service = { "Access", "ReturnValues" },
}

local function word(value)
  if type(value) == "string" then return { is = words.shapes[value] } end
  if value.fits then return { is = value } end
  return { is = words.shapes[value.is] or value.is, sets = value.sets, apply = value.apply }
end

--- The words of a part as the engine reads them: name to `{ is, sets, apply }`. A list are names whose values may be anything.
function words.complete(part)
  local made <const> = {}
  for name, value in pairs(part or {}) do
    if math.type(name) == "integer" then made[value] = {} else made[name] = word(value) end
  end
  return made
end

--- What the field or the words are that a word of every definition needs, in a module of a stage of its own: those make what they name
--- themselves, and give nothing to services.
local needs <const> = {
  Properties = function(module) return module.type or module.accepts.properties end,
  MacroParameters = function(module) return next(module.accepts.macros) end,
  Settings = function(module) return next(module.accepts.settings) end,
  Lookup = function(module) return module.lookup end,
}

--- The words of every definition that a module knows.
local function common(module, part)
  local names <const> = {}
  for _, name in ipairs(words.common[part]) do
    local need <const> = part == "definition" and needs[name]
    if not module.stage or need and need(module) then table.insert(names, name) end
  end
  return names
end

--- The names of all words of a part: those of every definition, the module's own, and what its network and its secret bring.
function words.names(module, part)
  local names <const> = common(module, part)
  for name in pairs(module.accepts[part]) do
    if not read.has(names, name) then table.insert(names, name) end
  end
  if part == "settings" and module.network then table.insert(names, "Subnets") end
  for _, name in ipairs(module.secret and secrets.words[part] or {}) do table.insert(names, name) end
  return names
end

--- Reports what of `body`, which holds that part, is no word of the module.
function words.check(definition, part, body, subject)
  read.keys(body, words.names(definition.module, part), subject)
end

--- Reports what of `body` is no word of the module, or has another shape than that has.
function words.check_shapes(definition, part, body, subject)
  words.check(definition, part, body, subject)
  for name, each in pairs(definition.module.accepts[part]) do
    if each.is then shape.check(each.is, body, name, subject .. " " .. name) end
  end
end

--- What the words that stand in `body` do. `subject` is what their shapes are checked for; `...` stands before the value: the service.
function words.apply(definition, part, body, subject, ...)
  local own <const> = definition.module.accepts[part]
  for name, value in pairs(body) do
    local each <const>, where <const> = own[name], { body, name }
    local fits <const> = each and (not each.is or shape.check(each.is, body, name, subject .. " " .. name))
    if fits and each.sets then
      definition.resource.Properties[each.sets] = engine.placed(value, where)
    elseif fits and each.apply then
      local arguments <const> = table.pack(...)
      table.insert(arguments, value)
      table.insert(arguments, where)
      table.insert(arguments, name)
      each.apply(definition, table.unpack(arguments))
    end
  end
end

return words
