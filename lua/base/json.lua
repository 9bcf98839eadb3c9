--- JSON text of a Lua table, with references inside: what dashboards and policies of some types are written in.
local json <const> = {}

--- An object without entries; an empty table alone is a list.
json.object = {}

local write

local function entries(value, add, depth)
  local first = true
  local function comma()
    if not first then add(",") end
    first = false
  end
  if value ~= json.object and (value[1] ~= nil or next(value) == nil) then
    add("[")
    for _, item in ipairs(value) do
      comma()
      write(item, add, depth)
    end
    return add("]")
  end
  add("{")
  for key, item in pairs(value) do
    comma()
    add(engine.json_string(key) .. ":")
    write(item, add, depth)
  end
  add("}")
end

function write(value, add, depth)
  if depth > 32 then return add("null") end
  local name <const> = type(value) == "table" and value[1] == nil and next(value) or nil
  if type(name) == "string" and name:find("^Fn::") then
    add("\"")
    add(value)
    return add("\"")
  end
  if type(value) == "table" then return entries(value, add, depth + 1) end
  if type(value) == "string" then return add(engine.json_string(value)) end
  if type(value) == "userdata" then
    add("\"")
    add(value)
    return add("\"")
  end
  add(tostring(value))
end

--- The JSON of `value`: lists, mappings in the order of their keys, texts, numbers; a reference stands inside a text.
function json.write(value)
  local parts <const> = {}
  write(value, function(part) parts[#parts + 1] = part end, 0)
  return engine.joined(parts)
end

return json
