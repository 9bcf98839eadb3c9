--- Pointers: texts such as `x-sqs::jobs::Arn` that name a value of a definition, or of AWS (`x-aws::AWS::Region`).
local definitions <const> = engine.use("composex/definitions")
local values <const> = engine.use("composex/values")
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

--- The definition that a pointer names; when there is none that is told at `where`.
function pointers.definition(text, where)
  local key <const>, name <const>, returned <const> = pointers.parse(text)
  if not key then return nil end
  local found <const> = definitions.find(key, name)
  if not found then
    engine.error(where, text .. " is not in the compose file", definitions.near(key, name))
    return nil
  end
  return found, returned
end

--- A value of a definition by the name in a pointer; an unknown name is told at `where`.
function pointers.value(definition, returned, where)
  if not values.has(definition, returned) and not definition.module.open then
    engine.error(where, definition.key .. " has no return value \"" .. returned .. "\"",
      engine.near(returned, values.names(definition), "it has"))
    return nil
  end
  return values.of(definition, returned)
end

local function resolve(text, where)
  local pseudo <const> = text:match("^x%-aws::(AWS::%a+)$")
  if pseudo then return composex.ref(pseudo) end
  local found <const>, returned <const> = pointers.definition(text, where)
  return found and returned and pointers.value(found, returned, where)
end

--- `text` with every pointer in it replaced, for a variable, a command or a label; a text without one is returned as it is.
--- A key that no module knows is left alone: it is the user's own text.
function pointers.text(text, where)
  if type(text) ~= "string" or not text:find("x-", 1, true) then return text end
  local made, rest = nil, text
  local function join(value) made = made == nil and value or made .. value end
  while true do
    local from, to = rest:find("x%-aws::AWS::%a+")
    local start <const>, stop <const> = rest:find("x%-[%w_-]+::[%w._-]*%w::%a[%w._]*")
    if start and (not from or start < from) then from, to = start, stop end
    if not from then break end
    local pointer = rest:sub(from, to)
    while pointer:sub(-1) == "." or pointer:sub(-1) == "_" do pointer = pointer:sub(1, -2) end
    local key <const> = pointer:match("^x%-[%w_-]+")
    if from > 1 then join(rest:sub(1, from - 1)) end
    local known <const> = key == "x-aws" or definitions.by_name[key] ~= nil
    join(known and (resolve(pointer, where) or pointer) or pointer)
    rest = rest:sub(from + #pointer)
  end
  if made == nil then return text end
  if rest ~= "" then join(rest) end
  return made
end

return pointers
