--- Reading of the compose file's own sections: kinds of values, keys, and errors that stand at the value.
local read <const> = {}

--- The value below `node` at the names that follow, or nil as soon as one is missing.
function read.at(node, ...)
  if type(node) == "userdata" then return engine.at(node, ...) end
  for _, key in ipairs { ... } do
    if not read.is_mapping(node) then return nil end
    node = node[key]
  end
  return node
end

--- The value below `node` at `path` (names between dots), or nil as soon as one is missing.
function read.path(node, path)
  for name in path:gmatch("[^.]+") do
    if not read.is_mapping(node) then return nil end
    node = node[name]
  end
  return node
end

--- The value under `name`; a name that the type of the node does not have is simply not there.
function read.get(node, name)
  for key, value in pairs(node) do
    if key == name then return value end
  end
end

--- `text` without the blanks around it.
function read.trimmed(text)
  local from <const> = text:match("^%s*()")
  return text:match(".*%S", from) or ""
end

--- The folders above `path`, from the root down; paths longer than Linux takes (PATH_MAX) are not looked at.
function read.folders_above(path)
  local next_slash <const> = #path <= 4096 and path:gmatch("()/") or function() end
  return function()
    local at <const> = next_slash()
    return at and path:sub(1, at - 1)
  end
end

--- The items of a list as the keys of a table.
function read.set(list)
  local set <const> = {}
  for _, item in ipairs(list) do set[item] = true end
  return set
end

--- The index of `wanted` in a short list, or nil.
function read.index(list, wanted)
  for index, item in ipairs(list) do
    if item == wanted then return index end
  end
end

--- Whether a short list holds `wanted`.
function read.has(list, wanted) return read.index(list, wanted) ~= nil end

--- Whether a value is a list or a mapping. Services and mappings of the compose file are userdata, ours are tables.
local function holds(value)
  return type(value) == "table" or type(value) == "userdata"
end

--- A list of the file is one whatever it holds: `[]` and `[null]` as well. A table of ours is one when it holds something.
function read.is_list(value)
  if type(value) == "table" then return value[1] ~= nil end
  return type(value) == "userdata" and engine.kind(value) == "list"
end

--- What has no keys, and is handed on as it is.
local keyless <const> = { list = true, reference = true, ["placed value"] = true }

function read.is_mapping(value)
  if type(value) == "table" then return value[1] == nil end
  return type(value) == "userdata" and not keyless[engine.kind(value)]
end

--- Whether a value of the compose file is a function of CloudFormation (`!Ref`, `Fn::ImportValue`, ...).
function read.is_function(value)
  if type(value) ~= "userdata" then return false end
  if not read.is_mapping(value) then return false end
  local names <const> = read.names(value)
  return #names == 1 and type(names[1]) == "string" and (names[1] == "Ref" or names[1]:find("^Fn::") ~= nil)
end

--- The value of an entry, at its place in the file.
function read.placed(node, key)
  local value <const> = node[key]
  if value == nil or holds(value) then return value end
  return engine.placed(value, { node, key })
end

--- A root section as a mapping of definitions; anything else but nothing is reported, and counts as empty.
function read.section(key)
  local section <const> = engine.section(key)
  if section == nil then return {} end
  if read.is_mapping(section) then return section end
  engine.error(read.root(key), key .. " must be a mapping", "write " .. key .. ": {NAME: {...}}")
  return {}
end

--- The place of a root section, whatever it holds.
function read.root(key) return { engine.root(), key } end

--- `value` when it is a mapping; anything else but nothing is reported, and counts as empty.
function read.mapping(node, key, subject)
  local value <const> = node[key]
  if value == nil then return {} end
  if read.is_mapping(value) then return value end
  engine.error({ node, key }, subject .. " must be a mapping", read.is_list(value) and "write names as keys: NAME: {...}" or "write keys and values below it")
  return {}
end

--- `node[key]` when it is a list; anything else but nothing is reported, and counts as empty. `form` shows an item.
function read.list(node, key, subject, form)
  local value <const> = node[key]
  if value == nil or type(value) == "table" then return value or {} end
  if engine.kind(value) == "list" then
    for index = 1, #value do
      if value[index] == nil then
        engine.error({ value, index }, subject .. " " .. key .. " has an empty item", "write " .. form .. ", or leave it out")
        return {}
      end
    end
    return value
  end
  engine.error({ node, key }, subject .. " " .. key .. " must be a list", "write " .. key .. ": [" .. form .. "]")
  return {}
end

--- `value` when it is a mapping; anything else but nothing is reported at `where`, and counts as empty.
function read.as_mapping(value, where, subject, remedy)
  if read.is_mapping(value) then return value end
  if value ~= nil then
    engine.error(where, subject .. " must be a mapping", remedy or "write names and values below it, name: value")
  end
  return {}
end

--- `value` when it is a list; anything else but nothing is reported at `where`, and counts as empty. An empty mapping may be a list.
function read.as_list(value, where, subject, remedy)
  if read.is_list(value) or read.is_mapping(value) and #read.names(value) == 0 then return value end
  if value ~= nil then engine.error(where, subject .. " must be a list", remedy or "write [ ... ]") end
  return {}
end

--- `node[key]` when it is a mapping, else an empty one: what is wrong with it has been reported.
function read.part(node, key)
  local value <const> = node[key]
  return read.is_mapping(value) and value or {}
end

--- `node[key]` when it is a list, else an empty one: what is wrong with it has been reported.
function read.items(node, key)
  local value <const> = node[key]
  return read.is_list(value) and value or {}
end

--- The keys of a mapping, in their order.
function read.names(mapping)
  local names <const> = {}
  for name in pairs(mapping) do table.insert(names, name) end
  return names
end

--- Reports the keys of `node` that are not in `known`; those that begin with `x-` are the user's own. `meant` are other words that people
--- write, with the key that each stands for; it may be nil.
function read.keys(node, known, subject, meant)
  for key in pairs(node) do
    if not read.index(known, key) and not tostring(key):find("^x%-") then
      local word <const> = meant and meant[key]
      engine.error({ node, key, "key" }, subject .. " has no key \"" .. tostring(key) .. "\"",
        word and "did you mean \"" .. word .. "\"?" or engine.near(tostring(key), known, "it has") or "leave it out")
    end
  end
end

--- One of `values`, or nil; anything else is reported.
function read.choice(node, key, values, subject)
  local value <const> = node[key]
  if value == nil then return nil end
  if read.index(values, value) then return value end
  local near <const> = type(value) == "string" and engine.near(value, values, "") or nil
  engine.error({ node, key }, subject .. " " .. key .. " must be one of " .. table.concat(values, ", "),
    near and near:find("^did you mean") and near or "write " .. key .. ": " .. values[1])
end

--- True or false, or nil; anything else is reported.
function read.flag(node, key, subject)
  local value <const> = node[key]
  if value == nil or type(value) == "boolean" then return value end
  engine.error({ node, key }, subject .. " " .. key .. " must be true or false", "write " .. key .. ": true")
end

--- A string, a number as one, or a function, at its place; nil for nothing. Anything else is reported.
function read.text(node, key, subject)
  local value <const> = node[key]
  if value == nil then return nil end
  if type(value) == "string" or read.is_function(value) then return read.placed(node, key) end
  if type(value) == "number" then return engine.placed(tostring(value), { node, key }) end
  engine.error({ node, key }, subject .. " " .. key .. " must be a string", "write " .. key .. ": ...")
end

--- An integer from `least` to `most`, or nil; anything else is reported.
function read.number(node, key, least, most, subject)
  local value <const> = node[key]
  if value == nil then return nil end
  local number <const> = math.tointeger(tonumber(value))
  if number and number >= least and number <= most then return number end
  engine.error({ node, key }, subject .. " " .. key .. " must be an integer from " .. least .. " to " .. most,
    "write " .. key .. ": " .. math.max(least, 1))
end

return read
