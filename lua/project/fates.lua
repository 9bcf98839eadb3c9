--- What becomes of a compose attribute on what a service runs on: the questions that the table of `project/attributes` answers.
local attributes <const> = engine.use("project/attributes")
local gpus <const> = engine.use("project/gpus")
local networks <const> = engine.use("project/networks")
local read <const> = engine.use("base/read")
local fates <const> = {}

--- The platforms: the word of the compute labels, the key of a row, and the name for people.
fates.platforms = {
  { id = "FARGATE",           key = "fargate",  name = "Fargate" },
  { id = "EC2",               key = "ec2",      name = "EC2" },
  { id = "MANAGED_INSTANCES", key = "managed",  name = "Managed Instances" },
  { id = "EXTERNAL",          key = "external", name = "external instances" },
}

local platform_of <const> = {}
for _, platform in ipairs(fates.platforms) do platform_of[platform.id] = platform end

--- The name of the platform that a family runs on.
function fates.platform(family) return platform_of[family.runs.platform].name end

-- The table ---------------------------------------------------------------------------------------------------------

local function is_reported(entry)
  return entry ~= nil and (entry.fate == "ignored" or entry.fate == "refused")
end

local function may_report(row)
  local found = is_reported(row.always) or is_reported(row.job) or is_reported(row.windows) or is_reported(row.awsvpc)
  for _, platform in ipairs(fates.platforms) do found = found or is_reported(row[platform.key]) end
  for _, entry in pairs(row.values or {}) do found = found or may_report(entry) end
  return found
end

--- The tables by path: `{ rows, by_name, all, reports }`, where `rows` has each row by its name, and `reports` says whether one of
--- them, or of a mapping below, may have no effect.
local tables <const> = {}
for _, each in ipairs(attributes.tables) do
  local made <const> = { rows = {}, by_name = each.by_name, all = each.all, reports = false }
  for _, row in ipairs(each.rows or {}) do
    made.rows[row[1]] = row
    made.reports = made.reports or may_report(row)
  end
  tables[each.path] = made
  local above = made.reports and each.path:match("^(.*)%.[^.]*$")
  while above do
    if tables[above] then tables[above].reports = true end
    above = above:match("^(.*)%.[^.]*$")
  end
end

--- The table of a mapping, or nil.
function fates.table(path) return tables[path] end

-- The answers -------------------------------------------------------------------------------------------------------

--- Whether a dependency is one that the loader adds for an attribute: nobody wrote that it restarts.
local function is_implied(about)
  for _, link in ipairs(about.service.links or {}) do
    if link:match("^[^:]+") == about.name then return true end
  end
  for _, key in ipairs { "network_mode", "pid", "ipc", "uts", "cgroup" } do
    if about.service[key] == "service:" .. about.name then return true end
  end
  return false
end

--- Whether a name is the one that the loader gives.
local function is_default(value, _, about)
  return value == about.name or value == tostring(engine.root().name) .. "_" .. about.name
end

--- Values that ask for what is so anyway, where that depends on more than the value. `about` is `{ service, name, definition }`: the
--- service, the name of the entry, and the mapping that holds the value.
local usual <const> = {
  network_mode = function(value, on) return value:find("^service:") ~= nil or value == "default" or value == on.network_mode end,
  default_network = function(value) return #value == 1 and value.default == nil and read.names(value)[1] == "default" end,
  linked = function(_, _, about) return is_implied(about) end,
  gpus = function(value, on) return on.platform ~= "FARGATE" and gpus.are(value) end,
  never = function(value) return read.at(value, "condition") == "none" end,
  default_name = is_default,
  network_name = function(value, _, about) return is_default(value, nil, about) or networks.existing_group(about.definition) ~= nil end,
  group = function(_, _, about) return networks.existing_group(about.definition) ~= nil end,
  external_name = function(value, _, about) return about.definition.external == true or is_default(value, nil, about) end,
  volume_name = function(value, _, about)
    return about.definition.external == true or value:find("^fs%-%x+") ~= nil or value:find("fs%-%x+%.efs%.") ~= nil
      or is_default(value, nil, about)
  end,
}

local function is_one_of(list, value)
  if not read.is_list(value) then return read.index(list, value) ~= nil end
  for _, item in ipairs(value) do
    if not read.index(list, item) then return false end
  end
  return true
end

--- Whether a value asks for nothing that a task does not have anyway.
local function is_usual(row, on, value, about)
  if row.says_false then return value ~= false end
  if value == nil or value == false or (read.is_mapping(value) and #value == 0) then return true end
  if is_one_of(row.usual or row.known or {}, value) then return true end
  return row.is_usual ~= nil and usual[row.is_usual](value, on, about)
end

local exact <const> = { fate = "exact" }

--- What holds of the answers of a row, and the name of what it holds for.
local function choose(row, on)
  local platform <const> = platform_of[on.platform]
  if on.job and row.job then return row.job, "jobs" end
  if on.windows and row.windows then return row.windows, "Windows" end
  local answer = row[platform.key] or (on.network_mode == "awsvpc" and row.awsvpc) or row.always or exact
  if answer.fate == nil then answer = exact end
  return answer, platform.name
end

--- What becomes of an attribute: the answer of its row, and the name of the platform that it holds for. `on` is what the service
--- runs on, `{ platform, windows, network_mode, job }`; see `usual` for `about`.
function fates.of(row, on, value, about)
  local by_value <const> = row.values and type(value) == "string" and row.values[value] or nil
  if by_value then
    local answer <const>, where <const> = choose(by_value, on)
    return answer, where, by_value.remedy
  end
  local answer <const>, where <const> = choose(row, on)
  if is_reported(answer) and is_usual(row, on, value, about) then return exact, where end
  return answer, where, row.remedy
end

--- Whether an answer is one that users must hear of.
fates.is_reported = is_reported

--- The remedy of an answer: the row's own, else instances where those would have it.
function fates.remedy(row, on, answer, remedy)
  if remedy or on.platform ~= "FARGATE" or answer ~= row.fargate then return remedy end
  return attributes.on_instances
end

--- The sentence that says it, about the attribute that `subject` names; where values differ, with this one.
function fates.sentence(subject, row, value, answer, where)
  local effect <const> = answer.fate == "refused" and " is refused on " or " has no effect on "
  local has_words <const> = (row.values or row.usual or row.known or row.is_usual) and type(value) == "string"
  return subject .. (has_words and " " .. value or "") .. effect .. where .. ": " .. answer.reason
end

--- The same for what a step reports about a service: `what` of it has no effect, for that reason.
function fates.without_effect(service, family, what, reason)
  return "services::" .. service.name .. " " .. what .. " has no effect on " .. fates.platform(family) .. ": " .. reason
end

return fates
