--- Families: which services share one task, in which order their containers start, and which of them may end.
--- A family is `{ name, services, by_name, main, conditions, essential, joined }`; see the functions below.
local health <const> = engine.use("project/health")
local ports <const> = engine.use("project/ports")
local read <const> = engine.use("base/read")
local run <const> = engine.use("base/run")
local families <const> = {}

--- The labels of `deploy.labels` that mean something to composex.
local labels <const> = {
  "ecs.task.family", "ecs.task.family.hostname", "ecs.depends.condition", "ecs.essential", "ecs.ephemeral.storage",
  "ecs.compute.platform",
}
--- Compose's conditions, and what a container of the same task waits for.
local conditions <const> = {
  service_started = "START", service_healthy = "HEALTHY", service_completed_successfully = "SUCCESS",
}
local waits <const> = { "START", "COMPLETE", "SUCCESS", "HEALTHY" }
local ends <const> = { COMPLETE = true, SUCCESS = true }

--- The value of a label, and where it stands.
function families.label(service, name)
  local all <const> = read.at(service, "deploy", "labels")
  if all == nil or all[name] == nil then return nil end
  return tostring(all[name]), { all, name }
end

local function check_labels(service)
  for name in pairs(read.at(service, "deploy", "labels") or {}) do
    if name:find("^ecs%.") and not read.index(labels, name) then
      engine.error({ service.deploy.labels, name, "key" }, "services::" .. service.name .. " has an unknown label \"" .. name .. "\"",
        engine.near(name, labels, "there are"))
    end
  end
end

-- Grouping ----------------------------------------------------------------------------------------------------------

--- The families that the label names, each once; nil when there is no label.
local function labelled(service)
  local text <const>, where <const> = families.label(service, "ecs.task.family")
  if not text then return nil end
  local names <const>, seen <const> = {}, {}
  for name in text:gmatch("[^,]+") do
    local trimmed <const> = read.trimmed(name)
    if trimmed ~= "" and not seen[trimmed] then table.insert(names, trimmed) end
    seen[trimmed] = true
  end
  if #names == 0 then
    engine.error(where, "ecs.task.family of services::" .. service.name .. " names no family", "write the name of one")
  end
  return names
end

--- The service whose network this one shares (`network_mode: service:vpn`), or nil.
local function shares(service)
  for _, key in ipairs { "network_mode", "pid", "ipc" } do
    local name <const> = type(service[key]) == "string" and service[key]:match("^service:(.+)$")
    if name then return name end
  end
end

local function add(index, name, item)
  index[name] = index[name] or {}
  table.insert(index[name], item)
end

--- The services that start after `name` has ended well; nil when somebody needs it to keep running.
local function followers(project, name)
  local dependents <const> = project.dependents[name]
  for _, other in ipairs(dependents or {}) do
    if other.depends_on[name].condition ~= "service_completed_successfully" then return nil end
  end
  return dependents
end

--- The names of a service's families. Without a label it has its own, unless it lives in another's network, or is a job that
--- others wait for: ECS has no services that end, so the job becomes a container of the tasks that wait. Jobs may wait for jobs that
--- wait for jobs.
local function names_of(project, service, visiting)
  local names <const> = project.family_names[service.name] or labelled(service)
  if names then return names end
  if visiting[service.name] then return { service.name } end
  visiting[service.name] = true
  local found <const>, seen <const> = {}, {}
  local function join(other)
    for _, name in ipairs(names_of(project, other, visiting)) do
      if not seen[name] then table.insert(found, name) end
      seen[name] = true
    end
  end
  local host <const> = project.services[shares(service)]
  local after <const> = not host and followers(project, service.name)
  if host then join(host) end
  for _, other in ipairs(after or {}) do join(other) end
  visiting[service.name] = nil
  if after then
    engine.warn(service, "services::" .. service.name .. " runs as a container of each task of " .. table.concat(found, ", ")
      .. ", whose start waits for its end", "ECS services do not end; name a family in deploy.labels ecs.task.family to say otherwise")
  end
  project.family_names[service.name] = #found > 0 and found or { service.name }
  return project.family_names[service.name]
end

--- The services of the project in families, with what is asked by a name: whoever asks for one must not walk the whole project.
local function group(services)
  local project <const> = {
    list = {},          -- the families, in the order of the file
    families = {},      -- by the name of a family: the family
    holders = {},       -- by the name of a service: the families that have it
    labelled = {},      -- by the name of a family: the names of the services that say themselves that they are in it
    services = {},      -- by the name of a service: the service
    dependents = {},    -- by the name of a service: the services that depend on it
    family_names = {},  -- by the name of a service: the names of its families, where no label says them
  }
  for _, service in ipairs(services) do
    project.services[service.name] = service
    for name in pairs(service.depends_on or {}) do add(project.dependents, name, service) end
  end
  for _, service in ipairs(services) do
    local is_labelled <const> = families.label(service, "ecs.task.family") ~= nil
    for _, name in ipairs(names_of(project, service, {})) do
      local family = project.families[name]
      if not family then
        family = { name = name, services = {}, by_name = {} }
        project.families[name] = family
        table.insert(project.list, family)
      end
      table.insert(family.services, service)
      family.by_name[service.name] = service
      add(project.holders, service.name, family)
      if is_labelled then add(project.labelled, name, service.name) end
    end
  end
  return project
end

-- Order -------------------------------------------------------------------------------------------------------------

local function member(family, name) return family.by_name[name] end

--- The services of a family, each after those that it depends on.
local function ordered(family)
  local list <const>, done <const> = {}, {}
  local function visit(service)
    if done[service.name] then return end
    done[service.name] = true
    for name in pairs(service.depends_on or {}) do
      local other <const> = member(family, name)
      if other then visit(other) end
    end
    table.insert(list, service)
  end
  for _, service in ipairs(family.services) do visit(service) end
  return list
end

--- What the container of `service` waits for on `other`, of the same family.
local function condition(service, other)
  local dependency <const> = service.depends_on[other.name]
  local wanted = conditions[dependency.condition] or "START"
  local label <const>, where <const> = families.label(other, "ecs.depends.condition")
  if label and not read.index(waits, label:upper()) then
    engine.error(where, "ecs.depends.condition has no value \"" .. label .. "\"", engine.near(label:upper(), waits, "it has"))
  elseif label and wanted == "START" then
    wanted = label:upper()
  end
  if wanted == "HEALTHY" and not health.command(other) then
    engine.warn({ service.depends_on, other.name }, "services::" .. service.name .. " waits for services::" .. other.name
      .. " to be healthy, which has no healthcheck: it waits for its start", "give services::" .. other.name
      .. " a healthcheck: ECS does not read the image's")
    wanted = "START"
  end
  return wanted
end

--- `family.conditions[service][other]` is what a container waits for.
local function connect(family)
  family.conditions, family.ending = {}, {}
  for _, service in ipairs(family.services) do
    family.conditions[service.name] = {}
    for name in pairs(service.depends_on or {}) do
      local other <const> = member(family, name)
      if other then
        local wanted <const> = condition(service, other)
        family.conditions[service.name][name] = wanted
        if ends[wanted] then family.ending[name] = true end
      end
    end
  end
end

local truth <const> = { ["true"] = true, yes = true, ["1"] = true, ["false"] = false, no = false, ["0"] = false }

--- `family.essential[service]`: whether the end of its container ends the task.
local function weigh(family)
  family.essential = {}
  local count = 0
  for _, service in ipairs(family.services) do
    local own <const> = (families.label(service, "ecs.depends.condition") or ""):upper()
    local essential = not (family.ending[service.name] or ends[own])
    local text <const>, where <const> = families.label(service, "ecs.essential")
    if text and truth[text:lower()] == nil then
      engine.error(where, "ecs.essential must be true or false, not " .. text)
    elseif text and truth[text:lower()] and family.ending[service.name] then
      engine.error(where, "services::" .. service.name .. " cannot be essential: others wait for its end",
        "leave ecs.essential out, or change the condition in depends_on")
    elseif text then
      essential = truth[text:lower()]
    end
    if essential then count = count + 1 end
    family.essential[service.name] = essential
  end
  if count == 0 then
    engine.error(family.services[1], "family " .. family.name .. " has no essential container, and a task needs one",
      "give one of its services the label ecs.essential: \"true\"")
  end
end

--- The service that stands for the family: the one of its name, else its first essential one.
local function main(family)
  local own <const> = member(family, family.name)
  if own then return own end
  for _, service in ipairs(family.services) do
    if family.essential[service.name] then return service end
  end
  return family.services[1]
end

--- The name that the family is discovered by (`ecs.task.family.hostname`); nil for its own.
local function hostname(family)
  for _, service in ipairs(family.services) do
    local text <const> = families.label(service, "ecs.task.family.hostname")
    if text then return (text:lower():gsub("_", "-")) end
  end
end

--- Whether a service of the family says itself which family it is in.
local function is_labelled(family)
  for _, service in ipairs(family.services) do
    if families.label(service, "ecs.task.family") then return true end
  end
  return false
end

--- The families of `holders` (by the names of their services) that must be stable before `family` is created.
local function needs(family, holders)
  local list <const>, seen <const> = {}, {}
  for _, service in ipairs(family.services) do
    for name in pairs(service.depends_on or {}) do
      if not member(family, name) then
        for _, other in ipairs(holders[name] or {}) do
          local waits_for <const> = not family.patient or family.patient[other.name] ~= false
          if waits_for and not seen[other] then table.insert(list, other) end
          seen[other] = true
        end
      end
    end
  end
  return list
end

--- Families that wait for each other cannot be created, one after the other. Where the file grouped them that is an error; where
--- services met by themselves (a shared network), the family that closes the cycle does not wait.
local function check_order(project)
  local state <const> = {}
  local function visit(family, path)
    state[family.name] = "open"
    table.insert(path, family)
    for _, other in ipairs(needs(family, project.holders)) do
      if state[other.name] == "open" then
        local names <const>, from, grouped = {}, nil, false
        for index, each in ipairs(path) do
          if each == other then from = index end
          if from then
            table.insert(names, each.name)
            grouped = grouped or is_labelled(each)
          end
        end
        local text <const> = table.concat(names, " -> ") .. " -> " .. other.name
        if grouped then
          engine.error(other.main, "families wait for each other: " .. text, "put the services into one family, or take a depends_on out")
        else
          engine.warn(family.main, "families wait for each other: " .. text .. ": " .. family.name .. " does not wait for " .. other.name,
            "put the services into one family, or take a depends_on out")
        end
        family.patient = family.patient or {}
        family.patient[other.name] = false
      elseif not state[other.name] then
        visit(other, path)
      end
    end
    table.remove(path)
    state[family.name] = "done"
  end
  for _, family in ipairs(project.list) do
    if not state[family.name] then visit(family, {}) end
  end
end

--- The project's services in families, checked, in the order of the file; `services` of a family are in starting order.
local project <const> = run.once(function()
  local services <const> = engine.services()
  for _, service in ipairs(services) do check_labels(service) end
  local found <const> = group(services)
  for _, family in ipairs(found.list) do
    family.services = ordered(family)
    connect(family)
    weigh(family)
    family.main = main(family)
    family.hostname = hostname(family)
  end
  check_order(found)
  return found
end)

--- All families of the project, in the order of the file.
function families.all() return project().list end

--- The family of that name, or nil.
function families.named(name) return project().families[name] end

--- The families that have the service of that name, in the order of the file.
function families.of(service_name) return project().holders[service_name] or {} end

--- The names of the services that `Services: {NAME: ...}` of a resource means: those that say by their label that they are in the
--- family of that name, else the service itself; nil when there is neither.
function families.services_named(name)
  return project().labelled[name] or project().services[name] and { name } or nil
end

--- The families that must be stable before `family` is created.
function families.needs(family) return needs(family, project().holders) end

--- Tells that a service has no port by which those that depend on it could reach it.
local function check_ports(service)
  if #ports.of_service(service) > 0 or not run.is_first("has no ports", service.name) then return end
  engine.warn(service, "services::" .. service.name .. " has no ports: the services that depend on it cannot reach it by its name",
    "write expose: [\"8080\"] with the port that it listens on")
end

--- A link is a dependency as well, which restarts; nobody wrote that.
local function is_linked(service, name)
  for _, link in ipairs(service.links or {}) do
    if link:match("^[^:]+") == name then return true end
  end
  return false
end

--- Whether two services are containers of one task, in one of their families.
local function are_together(service, name)
  for _, family in ipairs(families.of(name)) do
    if member(family, service.name) then return true end
  end
  return false
end

--- Tells what ECS cannot do of the dependency of a service on one of another family.
local function tell_dependency(family, service, name, dependency, needed)
  local subject <const>, where <const> = "services::" .. service.name, { service.depends_on, name }
  local together <const> = "put both into one family: deploy.labels ecs.task.family: " .. family.name
  if dependency.condition == "service_completed_successfully" then
    engine.warn(where, subject .. " waits for the end of services::" .. name
      .. ", which ECS cannot do across families: it starts when the other is running", together)
  elseif dependency.condition == "service_healthy" and not health.command(needed) then
    engine.warn(where, subject .. " waits for services::" .. name .. " to be healthy, which has no healthcheck: it waits until its tasks run",
      "give services::" .. name .. " a healthcheck: ECS does not read the image's")
  end
  if dependency.restart == true and not is_linked(service, name) then
    engine.warn({ dependency, "restart" }, subject .. " depends_on " .. name .. " restart has no effect on ECS across families: each restarts alone",
      together)
  end
end

--- Tells what ECS cannot do of the dependencies on services of other families.
function families.tell(family)
  for _, service in ipairs(family.services) do
    for name, dependency in pairs(service.depends_on or {}) do
      local needed <const> = not are_together(service, name) and project().services[name]
      if needed and dependency.condition ~= "service_completed_successfully" then check_ports(needed) end
      if needed then tell_dependency(family, service, name, dependency, needed) end
    end
  end
end

--- Whether a service of the family says something at that path.
function families.says(family, ...)
  for _, service in ipairs(family.services) do
    if read.at(service, ...) ~= nil then return true end
  end
  return false
end

--- The names of a family's services.
function families.names(family)
  local names <const> = {}
  for _, service in ipairs(family.services) do table.insert(names, service.name) end
  return names
end

return families
