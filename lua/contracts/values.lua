--- Values of the final template as contracts see them: plain tables, in which what CloudFormation computes stands as the mapping
--- of its function. What is not known is nil to all that is asked here, so that no contract refuses what it cannot see.
local values <const> = {}

--- Whether a value is a function of CloudFormation (`Ref`, `Fn::...`): known when the stack is deployed, not now.
function values.is_computed(value)
  if type(value) ~= "table" then return false end
  local name <const> = next(value)
  return type(name) == "string" and next(value, name) == nil and (name == "Ref" or name:find("^Fn::") ~= nil)
end

--- The string of a value that is known; a number or boolean as it is written.
function values.string(value)
  if type(value) == "table" or value == nil then return nil end
  return tostring(value)
end

--- The number that a value is, in quotes or not.
function values.number(value)
  return type(value) ~= "table" and tonumber(value) or nil
end

--- Whether a value is true, in quotes or not.
function values.is_true(value) return value == true or value == "true" end

--- Whether a value is false, in quotes or not.
function values.is_false(value) return value == false or value == "false" end

--- The items of a list that is known; an empty list for anything else.
function values.items(value)
  if type(value) ~= "table" or value[1] == nil then return {} end
  return value
end

--- The logical id that a value refers to (`Ref`, or `Fn::GetAtt` of it), and the attribute.
function values.target(value)
  if type(value) ~= "table" then return nil end
  if value.Ref then return value.Ref end
  local pair <const> = value["Fn::GetAtt"]
  if type(pair) == "table" then return pair[1], pair[2] end
end

--- The value below `value` at a path of names (`NetworkConfiguration.AwsvpcConfiguration`); nil where one is missing or not known.
function values.at(value, path)
  for name in path:gmatch("[^.]+") do
    if type(value) ~= "table" then return nil end
    value = value[name]
  end
  return value
end

--- The names of a path, as a list.
function values.steps(path)
  local steps <const> = {}
  for name in path:gmatch("[^.]+") do steps[#steps + 1] = name end
  return steps
end

--- Whether one of the items of a list that is known is `wanted`.
function values.has(list, wanted)
  for _, item in ipairs(values.items(list)) do
    if item == wanted then return true end
  end
  return false
end

--- Calls `visit(value, steps)` for every value at `path` (`ContainerDefinitions[].Memory`) that is there; `steps` are names and
--- numbers of items.
function values.visit(value, path, visit, steps)
  steps = steps or {}
  if path == "" then return visit(value, steps) end
  if type(value) ~= "table" then return end
  local head <const>, rest <const> = path:match("^([^.]+)%.?(.*)$")
  local name <const>, is_list <const> = head:match("^([^%[]*)(%[?%]?)$")
  local inner <const> = name == "" and value or value[name]
  if inner == nil then return end
  local below <const> = { table.unpack(steps) }
  if name ~= "" then below[#below + 1] = name end
  if is_list == "" then return values.visit(inner, rest, visit, below) end
  for index, item in ipairs(values.items(inner)) do
    local at <const> = { table.unpack(below) }
    at[#at + 1] = index
    values.visit(item, rest, visit, at)
  end
end

return values
