--- Properties that the compose file writes as they are (`x-ecs: {Container, TaskDefinition, Service}`), over those that were made.
--- Mappings are merged, lists of named items are matched by their names, everything else is replaced.
local read <const> = engine.use("base/read")

local keys <const> = { "Name", "Key", "ContainerName", "ContainerPort", "ContainerPath", "Namespace" }

--- The key that all items of both lists have, or nil.
local function key_of(...)
  for _, key in ipairs(keys) do
    local has_all = true
    for _, list in ipairs { ... } do
      for _, item in ipairs(list) do has_all = has_all and read.is_mapping(item) and item[key] ~= nil end
    end
    if has_all then return key end
  end
end

--- Whether a value of ours can be merged into: a plain table, and no reference.
local function is_open(value) return type(value) == "table" end

--- A function of CloudFormation stands for a value: nothing is merged into it.
local function is_function(value)
  local names <const> = read.names(value)
  return #names == 1 and (names[1] == "Ref" or names[1]:find("^Fn::") ~= nil)
end

local merge

local function merge_items(made, wanted)
  local key <const> = key_of(made, wanted)
  if not key then return wanted end
  for index, item in ipairs(wanted) do
    local found = false
    for place, old in ipairs(made) do
      if is_open(old) and old[key] == item[key] then
        made[place] = merge(old, item)
        found = true
      end
    end
    if not found then table.insert(made, wanted[index]) end
  end
  return made
end

--- `made` with the entries of `wanted`, a mapping of the compose file or nil.
function merge(made, wanted)
  if wanted == nil then return made end
  for name in pairs(wanted) do
    local old <const>, new <const> = made[name], wanted[name]
    if is_open(old) and read.is_mapping(new) and read.is_mapping(old) and not is_function(new) then
      made[name] = merge(old, new)
    elseif is_open(old) and read.is_list(new) and read.is_list(old) then
      made[name] = merge_items(old, new)
    elseif new == nil then
      made[name] = nil
    else
      made[name] = read.placed(wanted, name)
    end
  end
  return made
end

return merge
