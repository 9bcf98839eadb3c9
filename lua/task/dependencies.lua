--- Dependencies on services of other families: what `depends_on` asks for and ECS cannot do.
local compute <const> = engine.use("x/cluster/compute")
local families <const> = engine.use("project/families")
local health <const> = engine.use("project/health")
local jobs <const> = engine.use("project/jobs")
local networks <const> = engine.use("project/networks")
local ports <const> = engine.use("project/ports")
local read <const> = engine.use("base/read")
local run <const> = engine.use("base/run")
local used_names <const> = engine.use("project/used_names")

--- Reports that a service has no port by which those that depend on it could reach it.
local function check_ports(service)
  if #ports.of_service(service) > 0 or not run.is_first("has no ports", service.name) then return end
  engine.warn(service, "services::" .. service.name .. " has no ports: the services that depend on it cannot reach it by its name",
    "name the port that it listens on in its expose", { consequence = "reach" })
end

--- Whether two services are containers of one task, in one of their families.
local function are_together(service, name)
  for _, family in ipairs(families.of(name)) do
    if family.by_name[service.name] then return true end
  end
  return false
end

--- Whether a service lets another in by name (`x-network.Ingress.Services`).
local function lets_in(needed, service)
  for _, source in ipairs(read.at(needed, "x-network", "Ingress", "Services") or {}) do
    if read.is_mapping(source) and source.Name == service.name then return true end
  end
  return false
end

--- Whether one of the families of a service holds what `holds` asks.
local function some_family(name, holds)
  for _, family in ipairs(families.of(name)) do
    if holds(family) then return true end
  end
  return false
end

local function has_address(family) return compute.of(family).network_mode == "awsvpc" end

--- Reports a dependency on a service that cannot be reached by its name: Service Connect names the tasks that have addresses of their
--- own, for the members of their networks.
local function check_way(family, service, name, needed)
  if #ports.of_service(needed) == 0 or read.at(engine.section("x-composex"), "discovery") == "none" or lets_in(needed, service) then return end
  local where <const>, subject <const> = { service.depends_on, name }, "services::" .. service.name .. " depends on services::" .. name
  if not has_address(family) or not some_family(name, has_address) then
    local outside <const> = has_address(family) and name or service.name
    engine.warn(where, subject .. ", which has no name there: services::" .. outside .. " runs without an address of its own (awsvpc)",
      "put both into one family: deploy.labels ecs.task.family: " .. family.name, { consequence = "reach" })
  elseif not some_family(name, function(other) return networks.shared(family, other) end) then
    engine.warn(where, subject .. " and shares no network with it: nothing leads there",
      "name a network in both: networks: [" .. (networks.of(families.of(name)[1])[1] or "default") .. "]")
  end
end

local function is_job(name)
  local family <const> = families.of(name)[1]
  return family ~= nil and jobs.is(family)
end

--- Reports what ECS cannot do of the dependency of a service on one of another family.
local function report_dependency(family, service, name, dependency, needed)
  local subject <const>, where <const> = "services::" .. service.name, { service.depends_on, name }
  if is_job(name) then
    engine.warn(where, subject .. " depends on services::" .. name .. ", a job, which nothing runs before it",
      "write condition: service_completed_successfully: it runs at the start of each task then")
    return
  end
  local together <const> = "put both into one family: deploy.labels ecs.task.family: " .. family.name
  if dependency.condition == "service_completed_successfully" then
    engine.warn(where, subject .. " waits for the end of services::" .. name
      .. ", which ECS cannot do across families: it starts when the other is running", together)
  elseif dependency.condition == "service_healthy" and not health.command(needed) then
    engine.warn(where, subject .. " waits for services::" .. name .. " to be healthy, which has no healthcheck: it waits until its tasks run",
      "give services::" .. name .. " a healthcheck: ECS does not read the image's")
  end
end

--- Reports the services that others call by name, and of which nobody knows a port.
local function check_names(family, service)
  for _, used in ipairs(used_names.of(service)) do
    local needed <const> = not family.by_name[used.name] and families.service(used.name)
    if needed and #ports.of_service(needed) == 0 and run.is_first("has no ports", used.name) then
      engine.warn(used.where, "services::" .. service.name .. " names services::" .. used.name .. ", of which no port is known: nothing leads there",
        "name the port that it listens on in its expose", { consequence = "reach" })
    end
  end
end

--- Reports what ECS cannot do of the dependencies on services of other families.
return function(family)
  for _, service in ipairs(family.services) do
    check_names(family, service)
    for name, dependency in pairs(service.depends_on or {}) do
      local needed <const> = not are_together(service, name) and families.service(name)
      if needed and dependency.condition ~= "service_completed_successfully" and not is_job(name) then
        check_ports(needed)
        check_way(family, service, name, needed)
      end
      if needed then report_dependency(family, service, name, dependency, needed) end
    end
  end
end
