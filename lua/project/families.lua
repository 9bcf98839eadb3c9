--- The families of the project: which services share one task, and which families a service is in. They are made when they are first
--- asked for; `project/family` says what a family holds.
local creation_order <const> = engine.use("project/creation_order")
local grouping <const> = engine.use("project/grouping")
local labels <const> = engine.use("project/family_labels")
local read <const> = engine.use("base/read")
local run <const> = engine.use("base/run")
local start_order <const> = engine.use("project/start_order")
local families <const> = {}

--- The name that the family is discovered by (`ecs.task.family.hostname`); nil for its own.
local function hostname(family)
  for _, service in ipairs(family.services) do
    local name <const> = labels.of(service, "ecs.task.family.hostname")
    if name then return (name:lower():gsub("_", "-")) end
  end
end

local project <const> = run.once(function()
  local services <const> = engine.services()
  for _, service in ipairs(services) do labels.check(service) end
  local found <const> = grouping(services)
  for _, family in ipairs(found.list) do
    start_order(family)
    family.hostname = hostname(family)
  end
  creation_order(found)
  return found
end)

--- All families of the project, in the order of the file.
function families.all() return project().list end

--- The family of that name, or nil.
function families.named(name) return project().families[name] end

--- The families that have the service of that name, in the order of the file.
function families.of(service_name) return project().holders[service_name] or {} end

--- The service of that name, or nil.
function families.service(name) return project().services[name] end

--- The names of the services that `Services: {NAME: ...}` of a resource names: those that say by their label that they are in the
--- family of that name, else the service itself; nil when there is neither.
function families.services_named(name)
  return project().labelled[name] or project().services[name] and { name } or nil
end

--- Whether a service of the family says something at that path.
function families.says(family, ...)
  for _, service in ipairs(family.services) do
    if read.at(service, ...) ~= nil then return true end
  end
  return false
end

--- The families that a name stands for: the one of that name, else those that have the service of that name.
function families.named_by(name)
  local own <const> = families.named(name)
  return own and { own } or families.of(name)
end

--- The family that a name stands for where there can be one only; `where` is the place of the name. A service of several families stands
--- for the first of them, which is reported.
function families.one(name, where, subject)
  local list <const>, names <const> = families.named_by(name), {}
  for _, family in ipairs(list) do table.insert(names, family.name) end
  if #list > 1 then
    engine.warn(where, subject .. " names services::" .. name .. ", which is in the families " .. table.concat(names, ", ") .. ": it means "
      .. names[1], "write the name of the family: " .. table.concat(names, ", or "))
  end
  return list[1]
end

--- What a container is called in the ids of resources: by its service, and by its family as well where it has several.
function families.id_name(family, service_name)
  if #families.of(service_name) < 2 or family.name == service_name then return service_name end
  return family.name .. "-" .. service_name
end

--- The names of a family's services.
function families.names(family)
  local names <const> = {}
  for _, service in ipairs(family.services) do table.insert(names, service.name) end
  return names
end

return families
