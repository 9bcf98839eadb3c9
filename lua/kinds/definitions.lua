--- The definitions of the `x-` sections: each entry, the module that it belongs to, and the resource made for it.
local modules <const> = engine.use("kinds/modules")
local read <const> = engine.use("base/read")
local shape <const> = engine.use("base/shape")
local words <const> = engine.use("kinds/words")
local definitions <const> = { list = {}, by_name = {} }

--- Keys of a section that are no names of definitions.
local section_keys <const> = { "DeletionPolicy" }

--- A text that the module gives, or that it makes of the definition's body.
local function text(field, body)
  if type(field) == "function" then return field(body) end
  return field
end

--- What the parts of a body look like, for those who wrote something else.
local parts <const> = {
  Properties = "write the properties of its CloudFormation type below it, Name: value",
  Services = "write the name of each service as a key: web: { Access: ... }",
  Lookup = "write Lookup: {Arn: ...}",
  MacroParameters = false, Settings = false,
}

--- The body of a definition. One whose parts are of a wrong shape is told, and counts as empty.
local function body_of(node, where, subject)
  local body = read.as_mapping(node, where, subject, "write its parts below it: Properties, Services, ...")
  local written <const> = body
  for key, remedy in pairs(parts) do
    local part <const> = written[key]
    if part ~= nil and not read.is_mapping(part) then
      read.as_mapping(part, { node, key }, subject .. " " .. key, remedy or nil)
      body = {}
    elseif key ~= "Services" and read.is_function(part) and part["Fn::Transform"] == nil then
      engine.error({ node, key }, subject .. " " .. key .. " cannot be a function of CloudFormation", remedy or "write it out")
      body = {}
    end
  end
  return body
end

--- The definition that stands at `holder[key]`.
local function make(module, holder, key, name, section)
  local node <const> = holder[key]
  local subject <const> = name == "" and module.key or module.key .. "::" .. name
  local body <const> = body_of(node, { holder, key }, subject)
  local kind <const> = modules.kind(module, body)
  read.keys(body, words.names(kind, "definition"), subject)
  return {
    module = kind, key = module.key, name = name, body = body, subject = subject,
    at = read.is_mapping(node) and node or { holder, key }, section = section, type = text(kind.type, body), noun = text(kind.noun, body),
    -- What linked keys encrypt it, so that who may use it may use them.
    encrypted_by = {},
  }
end

local function add(definition)
  table.insert(definitions.list, definition)
  definitions.by_name[definition.key][definition.name] = definition
end

--- A section that is one definition, without a name; of another form than a mapping of its parts, it is the body as it is.
local function load_whole(module, form)
  local root <const> = engine.root()
  if form == "single" then return add(make(module, root, module.key, "", {})) end
  if not shape.check(form, root, module.key, module.key) then return end
  local section <const>, kind <const> = root[module.key], modules.kind(module, root[module.key])
  add {
    module = kind, key = module.key, name = "", body = section, subject = module.key, at = { root, module.key }, section = {},
    type = text(kind.type, section), noun = text(kind.noun, section), encrypted_by = {},
  }
end

--- Reads the sections of all modules, in the order of the modules and of the file.
function definitions.load()
  for _, module in ipairs(modules.list) do
    definitions.by_name[module.key] = {}
    if module.accepts.section then
      load_whole(module, module.accepts.section)
    else
      local section <const> = read.as_mapping(engine.section(module.key), { engine.root(), module.key }, module.key,
        "write the name of each as a key: name: {}")
      for name in pairs(section) do
        local is_policy <const> = read.has(section_keys, name) and type(section[name]) == "string"
        if not is_policy then add(make(module, section, name, name, section)) end
      end
    end
  end
end

--- The definition of that key and name, or nil.
function definitions.find(key, name)
  local named <const> = definitions.by_name[key]
  return named and named[name]
end

--- The names of the definitions of a key, listed once: there may be thousands, and as many errors.
local listed <const> = {}

local function names_of(key)
  listed[key] = listed[key] or read.names(definitions.by_name[key])
  return listed[key]
end

--- The remedy for a name that nobody defines under `key`.
function definitions.near(key, name)
  return definitions.by_name[key] and engine.near(name, names_of(key), "there are")
    or not definitions.by_name[key] and engine.near(key, read.names(definitions.by_name), "the file has")
    or "define it: " .. key .. ": {" .. name .. ": {}}"
end

--- Adds a resource that comes with a definition. `part` is what it is to it; `noun` follows the definition's own.
function definitions.add(definition, part, type, noun, properties, attributes)
  return engine.add {
    type = type, noun = noun, key = definition.key, name = definition.name, part = part,
    at = definition.resource or definition.at, properties = properties, attributes = attributes,
    this = definition.resource, from = definition.module and definition.module.at,
  }
end

--- `step(definition, ...)`. What goes wrong with a module of a script is told at its declaration.
function definitions.within(definition, step, ...)
  local module <const> = definition.module
  if type(module.at) == "string" then return step(definition, ...) end
  return engine.within({ "resource(\"" .. definition.key .. "\")", module.at }, { definition.subject, definition.at }, step, definition, ...)
end

--- Remembers a resource that comes with a definition and has properties of the file: its links are resolved as the definition's are.
function definitions.written(definition, made)
  definition.further = definition.further or {}
  table.insert(definition.further, { resource = made, links = definition.module.links })
  return made
end

--- The resource of that part, or nil.
function definitions.part(definition, part)
  return engine.find(definition.key, definition.name, part)
end

return definitions
