--- Which services share a task: those of one family. A label says so (`ecs.task.family`); without one a service has a family of its
--- own, unless it lives in the network of another, or is a job that others wait for.
local family <const> = engine.use("project/family")
local labels <const> = engine.use("project/family_labels")
local one_off <const> = engine.use("project/one_off")

local function add(index, name, item)
  index[name] = index[name] or {}
  table.insert(index[name], item)
end

--- The service whose network this one shares (`network_mode: service:vpn`), or nil.
local function shares(service)
  for _, key in ipairs { "network_mode", "pid", "ipc" } do
    local name <const> = type(service[key]) == "string" and service[key]:match("^service:(.+)$")
    if name then return name end
  end
end

--- The services that start after `name` has ended well, or after it has begun when it ends by itself; nil when somebody needs it to keep
--- running.
local function followers(project, name)
  local dependents <const> = project.dependents[name]
  local ends
  for _, other in ipairs(dependents or {}) do
    local condition <const> = other.depends_on[name].condition
    if condition ~= "service_completed_successfully" then
      if ends == nil then ends = one_off.is(project.services[name]) end
      if condition == "service_healthy" or not ends then return nil end
    end
  end
  return dependents
end

--- The names of a service's families. ECS has no services that end, so a job becomes a container of the tasks that wait for it; jobs
--- may wait for jobs that wait for jobs.
local function names_of(project, service, visiting)
  local names <const> = project.family_names[service.name] or labels.families(service)
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
    engine.note(service, "services::" .. service.name .. " runs as a container of each task of " .. table.concat(found, ", ")
      .. ", whose start waits for its end", "ECS services do not end; name a family in deploy.labels ecs.task.family to say otherwise")
  end
  project.family_names[service.name] = #found > 0 and found or { service.name }
  return project.family_names[service.name]
end

--- The services of the project in families, with what is asked by a name: whoever asks for one must not walk the whole project.
return function(services)
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
    local is_labelled <const> = labels.of(service, "ecs.task.family") ~= nil
    for _, name in ipairs(names_of(project, service, {})) do
      local own = project.families[name]
      if not own then
        own = family.new(name)
        project.families[name] = own
        table.insert(project.list, own)
      end
      table.insert(own.services, service)
      own.by_name[service.name] = service
      add(project.holders, service.name, own)
      -- What a script puts beside a service of that name is not meant where the file gives something to the service.
      local is_beside <const> = name ~= service.name and project.services[name] ~= nil and engine.of_script(service)
      if is_labelled and not is_beside then add(project.labelled, name, service.name) end
    end
  end
  return project
end
