--- `Lookup`: a resource that exists already. Nothing is made for it; its values come from its ARN, and from what the
--- file states.
local read <const> = engine.use("base/read")
local shape <const> = engine.use("base/shape")
local lookup <const> = {}

--- Keys of a Lookup, or of what stands below one of `levels` in it; and those beside a level.
local known <const> = { "Arn", "Tags", "Name", "Identifier", "RoleArn", "Region", "ReturnValues" }
local levels <const>, beside <const> = { "cluster", "db", "instance" }, { "secret", "ReturnValues", "RoleArn" }

--- `arn:{partition}:sqs:{region}:{account}:{name}` as a Lua pattern, and the names of what it captures.
local function pattern(template)
  local names <const> = {}
  local escaped <const> = template:gsub("[%-%.%+%*%?%^%$%%%(%)%[%]]", "%%%0")
  local made <const> = escaped:gsub("{(%a+)}", function(name)
    table.insert(names, name)
    if name == "account" then return "(%d*)" end
    if name == "region" then return "([%w-]*)" end
    if name == "partition" then return "(aws[%w-]*)" end
    return "(.+)"
  end)
  return "^" .. made .. "$", names
end

--- The parts of an ARN by their names in the template, or nil when it does not match.
local function parts(template, arn)
  local expression <const>, names <const> = pattern(template)
  local found <const> = { arn:match(expression) }
  if #found == 0 then return nil end
  local made <const> = { arn = arn }
  for index, name in ipairs(names) do made[name] = found[index] end
  made.suffix = made.partition == "aws-cn" and "amazonaws.com.cn" or "amazonaws.com"
  return made
end

--- Keys below which the Lookup of a module may stand.
function lookup.levels_of(module) return module.lookup and module.lookup.levels or levels end

--- The keys of a Lookup: what it may be found by, what else the module takes, and what stands beside a level.
function lookup.words(module)
  local own <const>, outside <const> = { table.unpack(known) }, { table.unpack(beside) }
  local how <const> = module.lookup or {}
  for _, rows in ipairs { how.by or {}, how.accepts or {} } do
    for name in pairs(rows) do table.insert(own, name) end
  end
  for name in pairs(how.beside or {}) do table.insert(outside, name) end
  return own, outside
end

--- The Lookup mapping of a body: `Arn` itself, or what stands below a level (`cluster`, `db`).
local function stated(module, body)
  local node <const> = body.Lookup
  for _, key in ipairs(lookup.levels_of(module)) do
    if read.is_mapping(node[key]) then return node[key], key end
  end
  return node
end

--- Checks what the file states about a looked-up resource; a key that encrypts it is opened to whoever may use it.
local function check_stated(definition)
  local module <const>, values <const> = definition.module, definition.lookup.stated
  local names <const>, encrypting <const> = read.names(module.returns or {}), module.lookup and module.lookup.keys or {}
  for _, name in ipairs(encrypting) do table.insert(names, name) end
  for name, value in pairs(values) do
    if not read.has(names, name) then
      engine.error({ values, name, "key" }, module.key .. " has no return value \"" .. name .. "\"",
        engine.near(name, names, "it has"))
    elseif read.is_mapping(value) or read.is_list(value) then
      engine.error({ values, name }, definition.subject .. " Lookup.ReturnValues " .. name .. " must be a string",
        "write what AWS shows for it")
    elseif read.has(encrypting, name) and type(value) == "string" and value:find("^arn:[%w-]+:kms:.*:key/") then
      table.insert(definition.encrypted_by, { arn = engine.placed(value, { values, name }) })
    end
  end
end

--- What a resource of the module may be found by, for messages.
local function ways(module)
  local names <const> = {}
  if module.lookup.arn then names[1] = "Arn" end
  for name in pairs(module.lookup.by or {}) do table.insert(names, name) end
  return names
end

--- How a Lookup is written that says by what the resource is found.
local function form_of(definition)
  local module <const> = definition.module
  local name <const> = ways(module)[1]
  local row <const> = (module.lookup.by or {})[name]
  local found <const> = name .. ": " .. (row and row.example or "...")
  local level <const> = module.lookup.levels and module.lookup.levels[1]
  return "Lookup: {" .. (level and level .. ": {" .. found .. "}" or found) .. "}"
end

--- Takes the Arn of the Lookup apart; true when there is one.
local function by_arn(definition, inner)
  local found <const>, templates <const> = definition.lookup, definition.module.lookup.arn
  local arn <const> = inner.Arn
  if definition.module.stage and templates and read.is_function(arn) then
    found.id, found.by = arn, "Arn"
    return true
  end
  if type(arn) ~= "string" or not templates then return false end
  local list <const> = type(templates) == "string" and { templates } or templates
  for _, template in ipairs(list) do found.parts = parts(template, arn) or found.parts end
  if found.parts.arn then
    found.id, found.by = read.placed(inner, "Arn"), "Arn"
  else
    engine.error({ inner, "Arn" }, definition.subject .. " Lookup.Arn is not the ARN of its kind", "it looks like " .. list[1])
  end
  return true
end

--- Takes another name of the resource from the Lookup; true when there is one.
local function by_another_name(definition, inner)
  for name, row in pairs(definition.module.lookup.by or {}) do
    local value <const> = inner[name]
    if read.is_function(value) or type(value) == "string" and value:find(row.like) then
      definition.lookup.id, definition.lookup.by = read.placed(inner, name), name
      return true
    elseif value ~= nil then
      engine.error({ inner, name }, definition.subject .. " Lookup." .. name .. " is not what finds one", "it looks like " .. row.example)
      return true
    end
  end
  return false
end

local function check_keys(definition, node, inner, level)
  local module <const>, subject <const> = definition.module, definition.subject .. " Lookup"
  local own <const>, outside <const> = lookup.words(module)
  if not level then
    if module.secret then table.insert(own, 1, "secret") end
    for name in pairs(module.lookup and module.lookup.beside or {}) do table.insert(own, name) end
  end
  read.keys(inner, own, subject)
  if level then read.keys(node, { level, table.unpack(outside) }, subject) end
  for name, wanted in pairs(module.lookup and module.lookup.accepts or {}) do shape.check(wanted, inner, name, subject .. " " .. name) end
  for name, wanted in pairs(module.lookup and module.lookup.beside or {}) do shape.check(wanted, node, name, subject .. " " .. name) end
end

--- Reads the Lookup of a definition; false when there is none.
function lookup.read(definition)
  local node <const> = definition.body.Lookup
  local module <const> = definition.module
  if node == nil then return false end
  if node == true and module.lookup and module.lookup.by_name then
    definition.lookup = { parts = {}, stated = {}, lacks = {}, by = "name" }
    return true
  end
  if not read.is_mapping(node) then
    engine.error({ definition.body, "Lookup" }, definition.subject .. " Lookup must be a mapping",
      "write " .. (module.lookup and form_of(definition) or "Lookup: {Arn: ...}"))
    definition.lookup = { parts = {}, stated = {}, lacks = {} }
    return true
  end
  local inner <const>, level <const> = stated(module, definition.body)
  check_keys(definition, node, inner, level)
  definition.lookup = {
    parts = {}, lacks = {}, arn = inner.Arn, secret = node.secret, node = inner, level = level,
    stated = read.as_mapping(inner.ReturnValues or node.ReturnValues, { inner, "ReturnValues" }, "Lookup.ReturnValues"),
  }
  check_stated(definition)
  for _, key in ipairs { "Properties", "MacroParameters" } do
    if definition.body[key] ~= nil then
      engine.warn({ definition.body, key, "key" }, definition.subject .. " is looked up: " .. key .. " has no effect")
    end
  end
  if not module.lookup then
    engine.error({ definition.body, "Lookup", "key" }, definition.key .. " cannot be looked up",
      "write the ARN of what exists where it is needed")
  elseif not by_arn(definition, inner) and not by_another_name(definition, inner) then
    engine.error({ definition.body, "Lookup", "key" }, definition.subject .. " is not looked up by its "
      .. table.concat(ways(module), " or ") .. ", which alone works without AWS", "write " .. form_of(definition))
  end
  return true
end

function lookup.states(definition, name) return definition.lookup.stated[name] ~= nil end

--- Whether the ARN or the file says that value of a looked-up resource.
function lookup.says(definition, name)
  local from <const>, row <const> = definition.lookup, definition.module.lookup
  if from.stated[name] ~= nil or name == "Arn" or name == "DBSecret" and from.secret ~= nil then return true end
  local template <const> = row and (row.returns or {})[name]
  if type(template) ~= "string" then return template ~= nil and from.parts.arn ~= nil end
  for part in template:gmatch("{(%a+)}") do
    if (from.parts[part] or from.stated[part]) == nil then return false end
  end
  return true
end

--- The same; a value that neither says is noted, for `tell`.
function lookup.knows(definition, name)
  local from <const> = definition.lookup
  if lookup.says(definition, name) then return true end
  if from.parts.arn and not read.has(from.lacks, name) then table.insert(from.lacks, name) end
  return false
end

--- Tells, once, what services would have got of a looked-up resource if its ARN said it.
function lookup.tell(definition)
  local lacks <const> = definition.lookup and definition.lookup.lacks or {}
  if #lacks == 0 then return end
  local rows <const> = {}
  for _, name in ipairs(lacks) do table.insert(rows, name .. ": ...") end
  engine.warn({ definition.body, "Lookup", "key" }, definition.subject .. " is looked up by its Arn, which does not say its "
    .. table.concat(lacks, ", ") .. (read.has(lacks, "GroupId") and ": it must let its services in by itself" or ""),
    "state it: Lookup: {Arn: ..., ReturnValues: {" .. table.concat(rows, ", ") .. "}}")
end

local function filled(template, from)
  local missing = false
  local text <const> = template:gsub("{(%a+)}", function(name)
    local value <const> = from.parts[name] or from.stated[name]
    if value == nil then missing = true end
    return value ~= nil and tostring(value) or ""
  end)
  return not missing and text or nil
end

--- What the ARN or the file says about a looked-up resource; what neither says is reported, once, and is nil. `is_part` asks
--- for a text that can be joined with others.
function lookup.value(definition, name, is_part)
  local stated_value <const> = definition.lookup.stated[name]
  if stated_value ~= nil and is_part then return tostring(stated_value) end
  if stated_value ~= nil then return engine.placed(tostring(stated_value), { definition.lookup.stated, name }) end
  local row <const> = definition.module.lookup and (definition.module.lookup.returns or {})[name]
  if name == "Arn" and not row then return definition.lookup.arn end
  if type(row) == "function" then
    local value <const> = definition.lookup.by and row(definition.lookup.parts, definition)
    if value ~= nil then return value end
  elseif row then
    return filled(row, definition.lookup)
  end
  if name == "DBSecret" and definition.lookup.secret ~= nil then
    local placed <const>, text <const> = engine.use("kinds/credentials").arn(definition)
    return is_part and text or placed
  end
  local by <const> = definition.lookup.by
  if by and not definition.lookup["reported " .. name] then
    definition.lookup["reported " .. name] = true
    engine.error({ definition.body, "Lookup", "key" }, definition.subject
      .. " is looked up by its " .. by .. ", which does not say its " .. name,
      "state it: Lookup: {" .. (definition.lookup.level and definition.lookup.level .. ": {" or "") .. by .. ": ..., ReturnValues: {" .. name
        .. ": ...}}" .. (definition.lookup.level and "}" or ""))
  end
  return nil
end

return lookup
