--- Texts of the compose file as values of the template: what names a resource (`x-sqs::jobs::Url`) or a pseudo parameter
--- (`${AWS::Region}`, `x-aws::AWS::Region`) inside them becomes a reference.
local lazy <const> = engine.use("base/lazy")
local definitions <const> = engine.use("kinds/definitions")
local families <const> = engine.use("project/families")
local pointers <const> = lazy("kinds/pointers")
local read <const> = engine.use("base/read")
local own_values <const> = engine.use("kinds/values")
local values <const> = {}

local pseudo <const> = { "AccountId", "NotificationARNs", "Partition", "Region", "StackId", "StackName", "URLSuffix" }

--- A key that no module knows is the user's own text.
local function is_known(key)
  if definitions.by_name[key] then return true end
  for _, entry in ipairs(engine.use("manifest")) do
    if entry.key == key then return true end
  end
  return false
end

--- Whether a resource is of a kind that services are given and do not ask for: groups, policies, log groups.
local function is_given(definition)
  local type_name <const> = tostring(read.at(definition, "Type") or "")
  return type_name:find("^AWS::EC2::") ~= nil or type_name:find("^AWS::IAM::") ~= nil or type_name == "AWS::Logs::LogGroup"
end

--- Reports that the service reads a value of a resource that it gets no access to.
local function check_grant(service, key, name, where)
  local definition <const> = read.at(engine.section(key), name)
  if not service or read.at(definition, "Services", service.name) ~= nil or is_given(definition) then return end
  -- The containers of a task have one role: what one of them is granted, all are.
  for _, family in ipairs(families.of(service.name)) do
    for _, other in ipairs(family.services) do
      if read.at(definition, "Services", other.name) ~= nil then return end
    end
    if read.at(definition, "Services", family.name) ~= nil then return end
  end
  engine.warn(where, "services::" .. service.name .. " reads " .. key .. "::" .. name
    .. " but is not under its Services, so it gets no access",
    "name the service under Services of " .. key .. "::" .. name)
end

--- The reference that `key::name::attribute` names. Nil when it is none: what is wrong with it is reported.
function values.of(key, name, attribute, service, where)
  local definition <const> = definitions.find(key, name)
  if not definition then
    engine.error(where, key .. "::" .. name .. " is not in the compose file", definitions.near(key, name) or "add it to " .. key)
    return nil
  end
  if not definition.module.stage then check_grant(service, key, name, where) end
  return pointers.value(definition, attribute, where)
end

--- As much of `attribute` as is a value of the definition: what follows a dot may be the text's own (`...::BucketName.s3.example.com`).
local function fitting(key, name, attribute)
  local definition <const> = attribute:find(".", 1, true) and definitions.find(key, name)
  local part = definition and attribute or nil
  while part do
    if own_values.has(definition, part) then return part end
    part = part:match("^(.+)%.[^.]*$")
  end
  return attribute
end

--- The longest reference that begins at `from` in `text`, as its three names and where it ends; nil when there is none.
local function reference_at(text, from)
  -- No key is as long. What a long text is looked at for does not grow with it.
  local key <const> = text:sub(from, from + 127):match("^(x%-[%w_-]+)::")
  if not key or not is_known(key) then return nil end
  local name <const>, tail <const> = text:match("^([%w._-]+)::()", from + #key + 2)
  local attribute <const> = tail and (text:match("^%a%w*[%w.]*%w", tail) or text:match("^%a", tail))
  if not attribute then return nil end
  local fits <const> = fitting(key, name, attribute)
  return key, name, fits, tail + #fits
end

--- The pseudo parameter that begins at `from` in `text`, and where it ends; nil when there is none.
local function pseudo_at(text, from)
  local head <const> = text:sub(from, from + 127)
  local name <const>, length <const> = head:match("^%${AWS::(%a+)}()")
  if name then return name, from + length - 1 end
  local other <const>, other_length <const> = head:match("^x%-aws::AWS::(%a+)()")
  if other then return other, from + other_length - 1 end
end

--- The next place in `text`, from `from`, where a reference may begin.
local function candidate(text, from) return text:find("[x$][-{]", from) end

--- Reports a text that is a pointer and nothing else, whose section composex does not know: nobody will ever resolve it.
function values.check_unknown_section(text, where, subject)
  local key <const> = text:match("^(x%-[%w_-]+)::[%w._-]+::[%w._-]+$")
  if not key or key == "x-aws" or is_known(key) then return end
  local names <const>, nearest = {}, nil
  for _, entry in ipairs(engine.use("manifest")) do
    if key:sub(1, #entry.key + 1) == entry.key .. "_" then nearest = "did you mean \"" .. entry.key .. "\"?" end
    table.insert(names, entry.key)
  end
  engine.warn(where, subject .. " is the text " .. text .. ": composex has no " .. key .. ", so it stays a text",
    nearest or engine.near(key, names, "there are"))
end

--- Reports a string that names a definition of the project, but none of its values.
function values.check_names_value(text, where)
  local key <const>, name <const> = text:match("^(x%-[%w_-]+)::([%w._-]+)$")
  local definition <const> = key and definitions.find(key, name)
  if definition then pointers.needs_value(text, definition, where) end
end

--- `text` with its references, and with those to pseudo parameters when `takes_pseudo`.
local function resolved(text, where, service, takes_pseudo)
  -- What stands before `from` and is no reference begins at `plain`.
  local parts <const>, plain, from = {}, 1, 1
  local function add(at, reference, after)
    if plain < at then parts[#parts + 1] = text:sub(plain, at - 1) end
    parts[#parts + 1] = reference
    plain, from = after, after
  end
  while true do
    local at <const> = candidate(text, from)
    if not at then break end
    local name <const>, after_pseudo <const> = pseudo_at(text, at)
    local key <const>, definition <const>, attribute <const>, after <const> = reference_at(text, at)
    if name and (takes_pseudo or text:sub(at, at) == "x") and read.index(pseudo, name) then
      add(at, composex.ref("AWS::" .. name), after_pseudo)
    elseif key then
      add(at, values.of(key, definition, attribute, service, where), after)
    else
      from = at + 1
    end
  end
  if plain == 1 then return engine.placed(text, where) end
  if plain <= #text then parts[#parts + 1] = text:sub(plain) end
  return engine.placed(engine.joined(parts), where)
end

--- Whether a definition of the project is named in `text` with one of its values.
local function reference_in(text)
  local from = 1
  while true do
    local at <const> = text:find("x-", from, true)
    if not at then return false end
    if reference_at(text, at) or pseudo_at(text, at) then return true end
    from = at + 1
  end
end

--- `text` with its references: a plain text when it has none. `where` is its place, `service` who reads it.
function values.text(text, where, service)
  if type(text) ~= "string" then return engine.placed(tostring(text), where) end
  if not text:find("::", 1, true) then return engine.placed(text, where) end
  return resolved(text, where, service, true)
end

--- A string of the final template with its references to definitions, wherever it stands: nil when it has none. `${...}` in it is
--- somebody's own by then.
function values.remaining(text, where)
  values.check_names_value(text, where)
  if not reference_in(text) then return nil end
  return resolved(text, where, nil, false)
end
--- Each text of a list of the compose file; nil for no list.
function values.list(holder, key, service)
  local list <const> = holder[key]
  if list == nil then return nil end
  if type(list) == "string" then return { values.text(list, { holder, key }, service) } end
  local made <const> = {}
  for index, text in ipairs(list) do table.insert(made, values.text(text, { list, index }, service)) end
  if #made == 0 then return composex.list {} end
  return made
end

--- The value of an entry of the compose file, at its place; lists and mappings as they are.
function values.plain(holder, key)
  return read.placed(holder, key)
end

--- Names that CloudFormation would take for a function of its own are reported, and left out: `Fn::GetAtt`, or `Ref` where it stands alone.
function values.is_own_name(node, name, subject)
  local is_alone <const> = (name == "Ref" or name == "Condition") and #node == 1
  if not is_alone and not name:find("^Fn::") then return true end
  engine.error({ node, name, "key" }, subject .. " cannot have the name \"" .. name .. "\": CloudFormation takes it for a function",
    "write another name")
  return false
end

--- A name that AWS takes for containers, volumes and families: letters, digits, `_` and `-`, with room for what is added to it.
function values.name(text)
  return (text:gsub("[^%w_-]", "-"):sub(1, 200))
end

return values
