--- Pointers: texts such as `x-sqs::jobs::Arn` that name a value of a definition.
local definitions <const> = engine.use("kinds/definitions")
local values <const> = engine.use("kinds/values")
local pointers <const> = {}

--- Key, name and return value of a text that is a pointer and nothing else; the return value is nil when it has none.
function pointers.parse(text)
  local key <const>, rest <const> = text:match("^(x%-[%w_-]+)::(.+)$")
  if not key then return nil end
  local name <const>, returned <const> = rest:match("^([%w._-]+)::([%w._-]+)$")
  if name then return key, name, returned end
  if rest:find("^[%w._-]+$") then return key, rest, nil end
  return nil
end

--- The definition that a pointer names; when there is none that is reported at `where`.
function pointers.definition(text, where)
  local key <const>, name <const>, returned <const> = pointers.parse(text)
  if not key then return nil end
  local found <const> = definitions.find(key, name)
  if not found then
    engine.error(where, text .. " is not in the compose file", definitions.near(key, name) or "add it to " .. key)
    return nil
  end
  return found, returned
end

--- The names of the values that a pointer to the definition may end in.
pointers.names = values.names

--- Reports that `text` names a definition where one of its values belongs.
function pointers.needs_value(text, definition, where)
  local names <const> = values.names(definition)
  local others <const> = {}
  for index = 2, math.min(#names, 4) do table.insert(others, "::" .. names[index]) end
  engine.error(where, text .. " names a resource, not a value", "write " .. text .. "::" .. (names[1] or "Ref")
    .. (#others > 0 and " (or " .. table.concat(others, ", ") .. (#names > 4 and ", ..." or "") .. ")" or ""))
end

--- A value of a definition by the name in a pointer; an unknown name is reported at `where`.
function pointers.value(definition, returned, where)
  if not values.has(definition, returned) then
    engine.error(where, definition.key .. " has no return value \"" .. returned .. "\"",
      engine.near(returned, values.names(definition), "it has"))
    return nil
  end
  return values.of(definition, returned)
end

return pointers
