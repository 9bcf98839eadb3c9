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

--- The text of a `Fn::Sub`, with its variables in it; a string that is known as it is.
function values.text(value)
  local sub <const> = type(value) == "table" and value["Fn::Sub"]
  if not sub then return values.string(value) end
  return type(sub) == "table" and sub[1] or sub
end

--- Whether a value ends in `ending`; nil where a variable stands at its end.
function values.ends_in(value, ending)
  local text <const> = values.text(value)
  if type(text) ~= "string" then return nil end
  if text:sub(-#ending) == ending then return true end
  if text:find("%${[^{}]*}$") then return nil end
  return false
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

--- The steps of paths, each read once: contracts ask for the same few of every resource.
local read_paths <const> = {}

--- A path (`ContainerDefinitions[].Memory`) as `{ names, lists, steps }`: the name of each step, whether it is a list whose items are
--- meant, and the names alone; not to be changed.
local function read_path(path)
  local known <const> = read_paths[path]
  if known then return known end
  local made <const> = { names = {}, lists = {}, steps = {} }
  for head in path:gmatch("[^.]+") do
    local name <const>, brackets <const> = head:match("^([^%[]*)(%[?%]?)$")
    made.names[#made.names + 1] = name
    made.lists[#made.names] = brackets ~= ""
    if name ~= "" then made.steps[#made.steps + 1] = name end
  end
  read_paths[path] = made
  return made
end

--- The value below `value` at a path of names (`NetworkConfiguration.AwsvpcConfiguration`); nil where one is missing or not known.
function values.at(value, path)
  for _, name in ipairs(read_path(path).names) do
    if type(value) ~= "table" then return nil end
    value = value[name]
  end
  return value
end

--- The names of a path, as a list; not to be changed.
function values.steps(path) return read_path(path).steps end

--- Whether one of the items of a list that is known is `wanted`.
function values.has(list, wanted)
  for _, item in ipairs(values.items(list)) do
    if item == wanted then return true end
  end
  return false
end

--- The names of the first `count` steps of a path, with the number of an item after each list.
local function steps_to(path, count, numbers)
  if #numbers == 0 then return path.steps end
  local steps <const>, seen = {}, 0
  for index = 1, count do
    if path.names[index] ~= "" then steps[#steps + 1] = path.names[index] end
    if path.lists[index] then
      seen = seen + 1
      steps[#steps + 1] = numbers[seen]
    end
  end
  return steps
end

--- Visits what stands below `value` from the step `from` of a path on; `numbers` are those of the items on the way.
local function visit_below(value, path, from, numbers, visit)
  for index = from, #path.names do
    if type(value) ~= "table" then return end
    local name <const> = path.names[index]
    if name ~= "" then value = value[name] end
    if value == nil then return end
    if path.lists[index] then
      for number, item in ipairs(values.items(value)) do
        local further <const> = { table.unpack(numbers) }
        further[#further + 1] = number
        visit_below(item, path, index + 1, further, visit)
      end
      return
    end
  end
  visit(value, steps_to(path, #path.names, numbers))
end

local none <const> = {}

--- Calls `visit(value, steps)` for every value at `path` (`ContainerDefinitions[].Memory`) that is there; `steps` are names and
--- numbers of items, not to be changed.
function values.visit(value, path, visit)
  if path == "" then return visit(value, none) end
  visit_below(value, read_path(path), 1, none, visit)
end

return values
