--- What becomes of compose attributes, for `config --fidelity`, the JSON Schema and docs/compose-support.md: the answers of
--- `project/fates` for the services of a project, and the whole table as plain data.
local attributes <const> = engine.use("project/attributes")
local compute <const> = engine.use("x/cluster/compute")
local families <const> = engine.use("project/families")
local fates <const> = engine.use("project/fates")
local jobs <const> = engine.use("project/jobs")
local runtime_platform <const> = engine.use("task/runtime_platform")
local support <const> = {}

-- For a project -----------------------------------------------------------------------------------------------------

--- What services run on that nobody asked about.
local usual_platform <const> = { platform = "FARGATE", network_mode = "awsvpc" }

--- What each service runs on, by its name, and what the project's first family runs on.
local platforms <const> = {}
local first = usual_platform

--- Finds out what the services of the project run on; a service of several families is answered for by the first.
function support.prepare()
  for index, family in ipairs(families.all()) do
    local runs <const> = compute.of(family)
    family.runs = runs
    runtime_platform(family)
    local runs_on <const> = { platform = runs.platform, network_mode = runs.network_mode, windows = family.windows, job = jobs.is(family) }
    for _, service in ipairs(family.services) do platforms[service.name] = platforms[service.name] or runs_on end
    if index == 1 then first = runs_on end
  end
end

local services <const> = {}

local function service_of(name)
  if #services == 0 then
    for _, service in ipairs(engine.services()) do
      table.insert(services, service)
      services[service.name] = service
    end
  end
  return services[name]
end

--- Whether all platforms have one answer, so that none need be named.
local function is_everywhere(row, answer)
  return answer == row.always or answer.fate == "exact"
end

--- The answer for the attribute `name` of `mapping`, which the table at `path` describes; nil when there is none. `service` and
--- `entry` are names, empty where there is none.
function support.answer(path, name, mapping, subject, service, entry)
  local rows <const> = fates.table(path)
  local row <const> = rows and rows.rows[name]
  if not row then return nil end
  local on <const> = service ~= "" and platforms[service] or first
  local about <const> = { service = service ~= "" and service_of(service) or nil, name = entry, definition = mapping }
  local answer <const>, where <const>, remedy <const> = fates.of(row, on, mapping[name], about)
  local is_reported <const> = fates.is_reported(answer)
  return {
    fate = answer.fate, note = row[2], reason = answer.reason, platform = not is_everywhere(row, answer) and where or nil,
    sentence = is_reported and fates.sentence(subject, row, mapping[name], answer, where) or nil, remedy = fates.remedy(row, on, answer, remedy),
  }
end

-- All of it ---------------------------------------------------------------------------------------------------------

--- The reason of an answer, with the page that says so.
local function cited(answer)
  local page <const> = answer.page and attributes.pages[answer.page]
  return page and "[" .. answer.reason .. "](" .. page[1] .. ")" or answer.reason
end

--- The answer on a platform where nothing else is chosen: an address for each task, but for external instances.
local function fate_on(row, platform)
  local answer <const> = row[platform.key] or row.always
  if answer and answer.fate then return answer.fate end
  if row.values then return "restricted" end
  if row.awsvpc and not row[platform.key] then
    if platform.key == "external" then return "exact" end
    return platform.key == "ec2" and "restricted" or row.awsvpc.fate
  end
  return "exact"
end

local function remarks(row, list, prefix)
  if row.always and row.always.reason then table.insert(list, prefix .. cited(row.always)) end
  for _, platform in ipairs(fates.platforms) do
    local answer <const> = row[platform.key]
    if answer and answer.reason then table.insert(list, prefix .. platform.name .. ": " .. cited(answer)) end
  end
  if row.awsvpc then table.insert(list, prefix .. "without network_mode bridge or host: " .. cited(row.awsvpc)) end
  if row.windows then table.insert(list, prefix .. "Windows: " .. cited(row.windows)) end
  if row.job and row.job.reason then table.insert(list, prefix .. "jobs: " .. cited(row.job)) end
  if row.usual then table.insert(list, "`" .. table.concat(row.usual, "`, `") .. "`: as it is anyway") end
  if row.known then table.insert(list, "`" .. table.concat(row.known, "`, `") .. "`") end
  local names <const> = {}
  for name in pairs(row.values or {}) do table.insert(names, name) end
  table.sort(names)
  for _, name in ipairs(names) do remarks(row.values[name], list, "`" .. name .. "`: ") end
  return list
end

--- The tables: `{ path, title, all, rows = { { name, fates, remarks } } }`, with a fate for each platform.
function support.sections()
  local list <const> = {}
  for _, each in ipairs(attributes.tables) do
    local rows <const> = {}
    for _, row in ipairs(each.rows or {}) do
      local on <const> = {}
      for _, platform in ipairs(fates.platforms) do table.insert(on, fate_on(row, platform)) end
      table.insert(rows, { name = row[1], fates = on, remarks = remarks(row, row[2] ~= "" and { row[2] } or {}, "") })
    end
    table.insert(list, { path = each.path, title = each.title, rows = rows, all = each.all and each.all.fate })
  end
  return list
end

function support.platforms() return fates.platforms end

--- The paths of mappings that have no effect as a whole.
function support.as_holder()
  local list <const> = {}
  for _, path in ipairs(attributes.as_holder) do table.insert(list, { path = path }) end
  return list
end

--- The pages of AWS that the table cites, and when they were read.
function support.sources()
  local list <const> = {}
  for _, page in pairs(attributes.pages) do table.insert(list, { address = page[1], checked = page[2] }) end
  table.sort(list, function(a, b) return a.address < b.address end)
  return list
end

return support
