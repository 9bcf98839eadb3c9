--- The definitions of the `x-` sections: each entry, the module that it belongs to, and the resource made for it.
local modules <const> = engine.use("kinds/modules")
local read <const> = engine.use("base/read")
local run <const> = engine.use("base/run")
local shape <const> = engine.use("base/shape")
local words <const> = engine.use("kinds/words")
local definitions <const> = { list = {}, by_key = {}, by_name = {} }

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

--- The body of a definition, and whether it is what it should be. One whose parts are of a wrong shape is reported, and counts as empty.
local function body_of(module, node, where, subject)
  local names <const> = module.stage and words.names(module, "definition") or { "Properties", "Services" }
  local body = read.as_mapping(node, where, subject, "write its parts below it: " .. table.concat(names, ", ", 1, math.min(#names, 2)) .. ", ...")
  local written <const> = body
  for key, remedy in pairs(parts) do
    local part <const> = written[key]
    local is_own <const> = key == "Lookup" and module.lookup and module.lookup.form
    if part ~= nil and not is_own and not read.is_mapping(part) then
      read.as_mapping(part, { node, key }, subject .. " " .. key, remedy or nil)
      body = {}
    elseif key ~= "Services" and not is_own and read.is_function(part) and part["Fn::Transform"] == nil then
      engine.error({ node, key }, subject .. " " .. key .. " cannot be a function of CloudFormation", remedy or "write it out")
      body = {}
    end
  end
  return body, body == written and (node == nil or read.is_mapping(node))
end

--- Checks what a definition says against the shapes of its module. Those of the first stage check what they use.
local function check(definition)
  local module <const>, body <const>, subject <const> = definition.module, definition.body, definition.subject
  if not module.stage then return words.check(definition, "definition", body, subject) end
  words.check_shapes(definition, "definition", body, subject)
  for key, part in pairs { Settings = "settings", MacroParameters = "macros" } do
    if body[key] ~= nil and next(module.accepts[part]) then words.check_shapes(definition, part, body[key], subject .. " " .. key) end
  end
  if module.accepts.properties then shape.check(module.accepts.properties, body, "Properties", subject .. " Properties") end
  local how <const> = module.lookup
  -- What is found by a name of its own is checked by kinds/lookup.
  if how and how.form and not how.by and not shape.check(how.form, body, "Lookup", subject .. " Lookup") then
    definition.body, definition.is_wrong = {}, true
  end
end

local function make(module, section, name)
  local node <const> = section[name]
  local subject <const> = module.key .. "::" .. name
  local body <const>, is_right <const> = body_of(module, node, { section, name }, subject)
  local kind <const> = modules.kind(module, body)
  local definition <const> = {
    module = kind, key = module.key, name = name, body = body, subject = subject, is_wrong = not is_right,
    at = read.is_mapping(node) and node or { section, name }, name_at = { section, name, "key" }, section = section,
    type = text(kind.type, body), noun = text(kind.noun, body),
    -- What linked keys encrypt it, so that who may use it may use them.
    encrypted_by = {},
  }
  check(definition)
  if module.deprecated then engine.warn({ section, name, "key" }, subject .. ": " .. module.key .. " is deprecated", module.deprecated) end
  return definition
end

--- A section that is one definition: its name is empty. `accepts.short` is what may stand instead of a mapping.
local function make_single(module)
  local key <const>, node <const>, where <const> = module.key, engine.root()[module.key], read.root(module.key)
  local definition <const> = {
    module = module, key = key, name = "", body = node, subject = key, at = where, section = {}, type = module.type, noun = module.noun,
    encrypted_by = {},
  }
  local form <const>, short <const> = module.accepts.section, module.accepts.short
  if form ~= "single" then
    definition.is_wrong = not shape.check(form, engine.root(), key, key)
  elseif not (short and short.fits(node)) then
    local is_right
    if short and not read.is_mapping(node) then
      engine.error(where, key .. " must be a mapping, " .. short.name, "write its parts below it: Properties, Lookup, ...")
      definition.body = {}
    else
      definition.body, is_right = body_of(module, node, where, key)
    end
    definition.is_wrong = not is_right
    if is_right then definition.at = node end
    check(definition)
  end
  return definition
end

--- The bodies as they were read, whatever a hook makes of its definition.
local bodies <const> = {}

--- The body of a definition as the file says it.
function definitions.body(definition) return bodies[definition] end

local function add(definition)
  bodies[definition] = definition.body
  table.insert(definitions.list, definition)
  table.insert(definitions.by_key[definition.key], definition)
  definitions.by_name[definition.key][definition.name] = definition
end

--- Reads the section of a module, in the order of the file.
local function load(module)
  definitions.by_name[module.key], definitions.by_key[module.key] = {}, {}
  if module.accepts.section then return add(make_single(module)) end
  local section <const> = read.as_mapping(engine.section(module.key), { engine.root(), module.key }, module.key,
    "write the name of each as a key: name: {}")
  for name in pairs(section) do
    if not (read.has(section_keys, name) and type(section[name]) == "string") then add(make(module, section, name)) end
  end
end

--- Reads the sections of all modules, in their order.
function definitions.load()
  for _, module in ipairs(modules.list) do
    if not definitions.by_name[module.key] then load(module) end
  end
end

--- The definitions of a key, in the order of the file.
function definitions.of(key) return definitions.by_key[key] or {} end

--- The definition that a section is which has one only; an empty one when the file does not have the section.
function definitions.single(key)
  -- Asked for before all sections are read: what a file says is judged without being generated.
  if not definitions.by_name[key] and engine.section(key) ~= nil then load(modules.of(key)) end
  return definitions.find(key, "") or { key = key, name = "", body = {}, subject = key, section = {}, encrypted_by = {} }
end

--- The definition of that key and name, or nil.
function definitions.find(key, name)
  local named <const> = definitions.by_name[key]
  return named and named[name]
end

--- The names of the definitions of a key, listed once: there may be thousands, and as many errors.
local names_of <const> = run.by_key(function(key) return read.names(definitions.by_name[key]) end)

--- The names of the definitions of a key.
function definitions.names(key) return definitions.by_name[key] and names_of(key) or {} end

--- Sections that are one definition, which has no name: what a template calls it.
local unnamed <const> = { ["x-vpc"] = "Vpc", ["x-cluster"] = "Cluster" }

--- The remedy for a name that nobody defines under `key`.
function definitions.near(key, name)
  return definitions.by_name[key] and engine.near(name, names_of(key), "there are")
    or not definitions.by_name[key] and not modules.is_known(key) and engine.near(key, read.names(definitions.by_name), "the file has")
    or unnamed[key] and key .. " has no values by name: write !Ref " .. unnamed[key] .. ", or the name of one that exists"
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

--- `step(definition, ...)`. What goes wrong with a module of a script is reported at its declaration.
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
