--- Names for what must have one. A resource that is replaced is made before the old one goes, so a name that only AWS could keep apart
--- from its former self has a digest of the properties that replace it: it changes when they do.
--- https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html (2026-11-29)
local digest <const> = engine.use("base/digest")
local references <const> = engine.use("kinds/references")
local own_names <const> = {}

--- A plain value as one string, the same one whatever the order of its keys.
local function canonical(value)
  if type(value) ~= "table" then return tostring(value) end
  local keys <const>, parts <const> = {}, {}
  for key in pairs(value) do keys[#keys + 1] = key end
  table.sort(keys, function(one, other) return tostring(one) < tostring(other) end)
  for _, key in ipairs(keys) do parts[#parts + 1] = tostring(key) .. "=" .. canonical(value[key]) end
  return "{" .. table.concat(parts, ",") .. "}"
end

--- What stands at a path below a value; `*` is any item of a list.
local function at(value, path)
  local step <const>, rest <const> = path:match("^([^.]+)%.?(.*)$")
  if not step then return value end
  if type(value) ~= "table" then return nil end
  if step ~= "*" then return at(value[step], rest) end
  local items <const> = {}
  for index, item in ipairs(value) do items[index] = at(item, rest) or false end
  return items
end

--- What replaces a resource when it changes: its create-only properties but for `name`, and what replaces the resources that these name.
local function lasting(type_name, properties, name, by_id, seen)
  local kept <const> = {}
  for _, path in ipairs(engine.create_only(type_name)) do
    if path ~= name and path ~= "Tags" then kept[path] = at(properties, path) end
  end
  local text = canonical(kept)
  for _, id in ipairs(references.of(kept)) do
    local used <const> = by_id[id]
    if used and not seen[id] then
      seen[id] = true
      text = text .. ";" .. lasting(used.type, engine.plain(used.made).properties, nil, by_id, seen)
    end
  end
  return text
end

--- The digest of what replaces `made`, a resource whose name is the property `name`. `type_name` and `properties` stand for one that is
--- not made yet.
function own_names.digest(made, name, type_name, properties)
  properties = properties or engine.plain(made).properties
  return digest.hex(lasting(type_name or made.type, properties, name, references.by_id(), {}), 6)
end

--- The first eight letters of the stack's own id, in which two stacks of one project differ, and a stack from its predecessor.
function own_names.stack_part()
  local id <const> = { ["Fn::Select"] = { 2, { ["Fn::Split"] = { "/", composex.ref("AWS::StackId") } } } }
  return { ["Fn::Select"] = { 0, { ["Fn::Split"] = { "-", id } } } }
end

--- The letters of a name that such names may have: `shop_db` is `shop-db`.
local function lettered(name)
  return (name:gsub("[^%w]+", "-"):gsub("^%-", ""):gsub("%-$", ""))
end

--- `STACK-NAME-DIGEST`, for the property `property` of `made`, a resource of a definition, which takes `longest` letters: the definition's
--- own without `made`. A stack is called like its project as a rule. Where that and the name are too long, the name is cut, and a part of
--- the stack's id stands for the stack.
function own_names.of(definition, property, longest, made)
  local own <const>, name <const> = own_names.digest(made or definition.resource, property), lettered(definition.name)
  local mark <const> = name == definition.name and own or digest.hex(definition.name .. own, 6)
  local project <const> = engine.section("name")
  if #tostring(project) + #name + #mark + 2 <= longest then return composex.sub("${AWS::StackName}-" .. name .. "-" .. mark) end
  local cut <const> = lettered((name:find("^%a") and name or "n" .. name):sub(1, longest - #mark - 10))
  return { ["Fn::Join"] = { "-", { cut, digest.hex(definition.name .. own, 6), own_names.stack_part() } } }
end

return own_names
