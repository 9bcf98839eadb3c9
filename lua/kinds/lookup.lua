--- `Lookup`: a resource that exists already. Nothing is made for it; its values come from its ARN, and from what the
--- file states.
local read <const> = engine.use("base/read")
local lookup <const> = {}

--- Keys of a Lookup, or of what stands below one of `levels` in it; and those beside a level.
local known <const> = { "Arn", "Tags", "Name", "Identifier", "RoleArn", "Region", "ReturnValues" }
local levels <const>, beside <const> = { "cluster", "db", "instance" }, { "secret", "ReturnValues", "RoleArn" }
lookup.known, lookup.levels, lookup.beside = known, levels, beside

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

--- The Lookup mapping of a body: `Arn` itself, or what stands below `cluster` or `db`.
local function stated(body)
  local node <const> = body.Lookup
  for _, key in ipairs(levels) do
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

--- Reads the Lookup of a definition; false when there is none.
function lookup.read(definition)
  local node <const> = definition.body.Lookup
  if node == nil then return false end
  if not read.is_mapping(node) then
    engine.error({ definition.body, "Lookup" }, definition.subject .. " Lookup must be a mapping",
      "write Lookup: {Arn: ...}")
    definition.lookup = { parts = {}, stated = {}, lacks = {} }
    return true
  end
  local inner <const>, level <const> = stated(definition.body)
  read.keys(inner, not level and definition.module.secret and { "secret", table.unpack(known) } or known,
    definition.subject .. " Lookup")
  if level then read.keys(node, { level, table.unpack(beside) }, definition.subject .. " Lookup") end
  local arn <const> = inner.Arn
  local templates = definition.module.lookup and definition.module.lookup.arn
  definition.lookup = {
    parts = {}, lacks = {}, arn = arn, secret = node.secret,
    stated = read.as_mapping(inner.ReturnValues or node.ReturnValues, { inner, "ReturnValues" }, "Lookup.ReturnValues"),
  }
  check_stated(definition)
  for _, key in ipairs { "Properties", "MacroParameters" } do
    if definition.body[key] ~= nil then
      engine.warn({ definition.body, key, "key" }, definition.subject .. " is looked up: " .. key .. " has no effect")
    end
  end
  if not templates then
    engine.error({ definition.body, "Lookup", "key" }, definition.key .. " cannot be looked up",
      "write the ARN of what exists where it is needed")
  elseif type(arn) ~= "string" then
    engine.error({ definition.body, "Lookup", "key" }, definition.subject
      .. " is not looked up by its Arn, which alone works without AWS",
      "write Lookup: {Arn: ...}")
  else
    if type(templates) == "string" then templates = { templates } end
    for _, template in ipairs(templates) do
      definition.lookup.parts = parts(template, arn) or definition.lookup.parts
    end
    if not definition.lookup.parts.arn then
      engine.error({ inner, "Arn" }, definition.subject .. " Lookup.Arn is not the ARN of its kind", "it looks like "
        .. templates[1])
    end
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

--- What the ARN or the file says about a looked-up resource; what neither says is told, once, and is nil. `is_part` asks
--- for a text that can be joined with others.
function lookup.value(definition, name, is_part)
  local stated_value <const> = definition.lookup.stated[name]
  if stated_value ~= nil and is_part then return tostring(stated_value) end
  if stated_value ~= nil then return engine.placed(tostring(stated_value), { definition.lookup.stated, name }) end
  local row <const> = definition.module.lookup and (definition.module.lookup.returns or {})[name]
  if name == "Arn" and not row then return definition.lookup.arn end
  if type(row) == "function" then return definition.lookup.parts.arn and row(definition.lookup.parts) end
  if row then return filled(row, definition.lookup) end
  if name == "DBSecret" and definition.lookup.secret ~= nil then
    local placed <const>, text <const> = engine.use("kinds/credentials").arn(definition)
    return is_part and text or placed
  end
  if definition.lookup.parts.arn and not definition.lookup["told " .. name] then
    definition.lookup["told " .. name] = true
    engine.error({ definition.body, "Lookup", "key" }, definition.subject
      .. " is looked up by its Arn, which does not say its " .. name,
      "state it: Lookup: {Arn: ..., ReturnValues: {" .. name .. ": ...}}")
  end
  return nil
end

return lookup
