--- JSON texts of plain tables, keys in the order of their letters.
local json <const> = {}

--- An object without entries; an empty table alone is a list.
json.object = {}

local escapes <const> = { ["\""] = "\\\"", ["\\"] = "\\\\", ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t" }

local function text(value)
  return "\"" .. value:gsub("[%c\"\\]", function(character)
    return escapes[character] or ("\\u%04x"):format(character:byte())
  end) .. "\""
end

local write

local function list(value)
  local parts <const> = {}
  for _, item in ipairs(value) do table.insert(parts, write(item)) end
  return "[" .. table.concat(parts, ",") .. "]"
end

local function object(value)
  local parts <const> = {}
  for key, entry in pairs(value) do table.insert(parts, text(key) .. ":" .. write(entry)) end
  return "{" .. table.concat(parts, ",") .. "}"
end

function write(value)
  if type(value) == "string" then return text(value) end
  if type(value) ~= "table" then return tostring(value) end
  if value == json.object or next(value) ~= nil and value[1] == nil then return object(value) end
  return list(value)
end

--- The text of a value: tables, texts, numbers and booleans.
function json.write(value) return write(value) end

return json
