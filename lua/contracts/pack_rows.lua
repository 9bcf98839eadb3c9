--- Contracts of packs: the same table as those of AWS, held against a metaschema when the pack is loaded.
local forms <const> = engine.use("contracts/forms")
local holding <const> = engine.use("contracts/holding")
local read <const> = engine.use("base/read")
local values <const> = engine.use("contracts/values")
local rows <const> = {}

local function is_text(value) return type(value) == "string" and value ~= "" end

local function is_type(value) return is_text(value) and value:find("^[%w]+::[%w]+::[%w:]+$") ~= nil end

local function is_list_of(value, fits)
  if type(value) ~= "table" or #value == 0 then return false end
  for key, item in pairs(value) do
    if math.type(key) ~= "integer" or not fits(item) then return false end
  end
  return true
end

local function is_number(value) return type(value) == "number" end

local function is_pair(value) return is_list_of(value, is_number) and #value == 2 end

local function is_worded(value) return is_list_of(value, is_text) and #value == 2 end

local function is_conditions(value)
  if type(value) ~= "table" then return false end
  for path, wanted in pairs(value) do
    if not is_text(path) or not (is_text(wanted) or type(wanted) == "boolean" or is_list_of(wanted, is_text)) then return false end
  end
  return true
end

local function is_function(value) return type(value) == "function" end

local function text_or(fits)
  return function(value) return is_text(value) or fits(value) end
end

local function like(pattern)
  return function(value) return is_text(value) and value:find(pattern) ~= nil end
end

--- Each field: whether a value fits, and what it must be.
local fields <const> = {
  id = { like("^%l[%l%d]*%-?[%l%d%-]*$"), "a name in lower-case letters, digits and -", 'write id = "acme-log-days"' },
  on = { function(value) return is_type(value) or is_list_of(value, is_type) end, "a resource type or a list of them", 'write on = "AWS::SQS::Queue"' },
  at = { is_text, "a path", 'write at = "VisibilityTimeout"' },
  each = { is_text, "a path", 'write each = "ContainerDefinitions[]"' },
  given = { is_text, "a path", 'write given = "KmsMasterKeyId"' },
  when = { is_conditions, "a mapping of paths to strings, lists of strings or booleans", "write when = { FifoQueue = true }" },
  must = { like("^must "), "a sentence that begins with \"must\"", 'write must = "must ..."' },
  holds = { is_function, "a function", "write holds = function(properties) return ... end" },
  faults = { is_function, "a function", "write faults = function(properties) return {} end" },
  remedy = { text_or(is_function), "a string or a function", 'write remedy = "write ..."' },
  severity = { function(value) return value == "error" or value == "warning" end, "\"error\" or \"warning\"", 'write severity = "warning"' },
  page = { like("^https://"), "an address", 'write page = "https://..."' },
  checked = { like("^%d%d%d%d%-%d%d%-%d%d$"), "a day", 'write checked = "2026-01-31"' },
  length = { is_pair, "two numbers", "write length = { 1, 64 }" },
  range = { is_pair, "two numbers", "write range = { 1, 10 }" },
  items = { is_pair, "two numbers", "write items = { 1, 5 }" },
  pattern = { is_worded, "a pattern and its words", 'write pattern = { "^acme%-", "names of acme-" }' },
  without = { is_worded, "a pattern and its words", 'write without = { "/", "/" }' },
  name = {
    function(value)
      return type(value) == "table" and is_number(value[1]) and is_number(value[2]) and is_text(value[3]) and is_text(value[4])
    end,
    "two numbers, a pattern and its words", 'write name = { 1, 64, "^[%w-]+$", "letters, digits and -" }',
  },
  identifier = { is_number, "a number", "write identifier = 63" },
  one_of = { function(value) return is_list_of(value, is_text) end, "a list of strings", 'write one_of = { "a", "b" }' },
  excludes = { is_text, "a path", 'write excludes = "Other"' },
  needs = { is_text, "a path", 'write needs = "Other"' },
  at_most = { is_text, "a path", 'write at_most = "Other"' },
  unique = { is_text, "a path", 'write unique = "Name"' },
  beside = {
    function(value) return type(value) == "table" and is_text(value[1]) and is_list_of(value[2], is_text) end,
    "a path and a list of strings", 'write beside = { "VolumeType", { "gp3" } }',
  },
}

local function is_pattern(text) return (pcall(string.find, "", text)) end

--- What a contract asks: its function or its form, of which it has one.
local function asked(row)
  local found <const> = {}
  for _, name in ipairs { "holds", "faults", table.unpack(forms.names) } do
    if row[name] ~= nil then found[#found + 1] = name end
  end
  return found
end

--- Why a row is no contract, and a remedy; nil when it is one.
local function fault_of(row)
  if type(row) ~= "table" then return "must be a table, not a " .. type(row), 'write { id = "...", on = "...", ... }' end
  for name, value in pairs(row) do
    local field <const> = fields[name]
    if not field then return "has no field \"" .. tostring(name) .. "\"", engine.near(tostring(name), read.names(fields), "its fields") end
    if not field[1](value) then return "must have " .. field[2] .. " as " .. name, field[3] end
  end
  for _, name in ipairs { "id", "on" } do
    if row[name] == nil then return "needs " .. name .. ", " .. fields[name][2], fields[name][3] end
  end
  local ask <const> = asked(row)
  if #ask ~= 1 then
    return #ask == 0 and "asks nothing" or "asks " .. table.concat(ask, " and "), "write one of holds, faults, " .. table.concat(forms.names, ", ")
  end
  local form <const> = ask[1] ~= "holds" and ask[1] ~= "faults"
  if form and row.at == nil then return "needs at, " .. fields.at[2], fields.at[3] end
  if not form and row.must == nil then return "needs must, " .. fields.must[2], fields.must[3] end
  for _, name in ipairs { "pattern", "without", "name" } do
    local text <const> = row[name] and row[name][name == "name" and 3 or 1]
    if text and not is_pattern(text) then return "has a pattern that Lua cannot read, \"" .. text .. "\"", "mend " .. name end
  end
end

--- The contracts of a file: `{ id, must, types, message, remedy }` each; `message` where one is none.
function rows.read(list)
  local found <const> = {}
  for index, row in ipairs(list) do
    local message <const>, remedy <const> = fault_of(row)
    local id <const> = type(row) == "table" and type(row.id) == "string" and row.id or nil
    found[index] = { id = id, message = message, remedy = remedy }
    if not message then
      found[index].must = forms.sentence(row)
      found[index].types = type(row.on) == "table" and row.on or { row.on }
    end
  end
  return found
end

--- What of `contracts/values` packs get: no list that others read is handed out.
local shared <const> = { "is_computed", "string", "number", "is_true", "is_false", "items", "target", "at", "has" }

local function own_values()
  local made <const> = {}
  for _, name in ipairs(shared) do made[name] = values[name] end
  function made.visit(value, path, visit)
    values.visit(value, path, function(found, steps) visit(found, { table.unpack(steps) }) end)
  end
  return made
end

--- The template that the contracts of a file see, made once: files share nothing, since what one changes in it nobody else may see.
local templates <const> = {}

local function template_for(list)
  if not templates[list] then
    templates[list] = holding.template_of(engine.template())
    templates[list].values = own_values()
  end
  return templates[list]
end

--- Holds one contract of a file; whether there is a resource of its types.
function rows.hold(list, index)
  local row <const>, template <const> = list[index], template_for(list)
  holding.hold(row, template)
  for _, type_name in ipairs(type(row.on) == "table" and row.on or { row.on }) do
    if template.by_type[type_name] then return true end
  end
  return false
end

return rows
