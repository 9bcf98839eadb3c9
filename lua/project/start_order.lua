--- The order within a task: in which order its containers start, what each waits for, and whose end ends the task.
local compat <const> = engine.use("project/compat")
local health <const> = engine.use("project/health")
local labels <const> = engine.use("project/family_labels")
local one_off <const> = engine.use("project/one_off")

--- Compose's conditions, and what a container of the same task waits for.
local conditions <const> = {
  service_started = "START", service_healthy = "HEALTHY", service_completed_successfully = "SUCCESS",
}
local ends <const> = { COMPLETE = true, SUCCESS = true }

--- The services of a family, each after those that it depends on.
local function ordered(family)
  local list <const>, done <const> = {}, {}
  local function visit(service)
    if done[service.name] then return end
    done[service.name] = true
    for name in pairs(service.depends_on or {}) do
      local other <const> = family.by_name[name]
      if other then visit(other) end
    end
    table.insert(list, service)
  end
  for _, service in ipairs(family.services) do visit(service) end
  return list
end

--- A dependency that says nothing of its condition waits for the start of a container. ECS ComposeX waited for its health, where it has a
--- healthcheck: in a project of its own it still does. https://docs.compose-x.io/syntax/compose/deploy.html (2026-11-29)
local function of_health(service, other)
  if compat.is("ecs-composex") then return "HEALTHY" end
  engine.note({ service.depends_on, other.name }, "services::" .. service.name .. " waits for the start of services::" .. other.name
    .. ", not for its health, which ECS ComposeX waited for", "write depends_on: {" .. other.name .. ": {condition: service_healthy}}")
  return "START"
end

--- What the container of `service` waits for on `other`, of the same family.
local function condition(service, other)
  local dependency <const> = service.depends_on[other.name]
  local wanted = conditions[dependency.condition] or "START"
  -- Whoever waits for the start of what ends by itself waits for its end: a container that ends would end the task.
  if wanted == "START" and labels.of(other, "ecs.essential") == nil and one_off.is(other) then wanted = "COMPLETE" end
  local label <const> = labels.of(other, "ecs.depends.condition")
  if label and labels.waits[label:upper()] and wanted == "START" then
    wanted = label:upper()
  elseif not label and wanted == "START" and health.command(other) and not engine.has_key { dependency, "condition" } then
    wanted = of_health(service, other)
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
  for _, service in ipairs(family.services) do
    family.conditions[service.name] = {}
    for name in pairs(service.depends_on or {}) do
      local other <const> = family.by_name[name]
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
  local count = 0
  for _, service in ipairs(family.services) do
    local own <const> = (labels.of(service, "ecs.depends.condition") or ""):upper()
    local essential = not (family.ending[service.name] or ends[own])
    local text <const>, where <const> = labels.of(service, "ecs.essential")
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
  local own <const> = family.by_name[family.name]
  if own then return own end
  for _, service in ipairs(family.services) do
    if family.essential[service.name] then return service end
  end
  return family.services[1]
end

--- Puts the services of a family in order, and notes what their containers wait for.
return function(family)
  family.services = ordered(family)
  connect(family)
  weigh(family)
  family.main = main(family)
end
