--- The task definition of a family.
local container <const> = engine.use("task/container")
local fates <const> = engine.use("project/fates")
local merge <const> = engine.use("task/merge_properties")
local read <const> = engine.use("base/read")
local sizes <const> = engine.use("task/sizes")
local values <const> = engine.use("kinds/texts")
local task <const> = {}

-- Namespaces --------------------------------------------------------------------------------------------------------

--- `pid` and `ipc`: `host` is the instance's, `service:x` and `shareable` the task's.
local function namespace(family, key)
  for _, service in ipairs(family.services) do
    local text <const> = service[key]
    if type(text) == "string" then
      local where <const> = { service, key }
      local shared <const> = text:find("^service:") or text == "shareable" or text == "task"
      if shared then return engine.placed("task", where) end
      if text == "host" and not family.fargate then return engine.placed("host", where) end
      if text ~= "host" and text ~= "private" and text ~= "" then
        engine.warn(where, fates.without_effect(service, family, key .. " " .. text, "it knows host, and what its task shares"))
      elseif text == "host" then
        engine.warn(where, fates.without_effect(service, family, key .. " host", "a task does not see its host"))
      end
    end
  end
end

local function containers(family)
  local list <const> = {}
  for _, service in ipairs(family.services) do table.insert(list, container.of(service, family)) end
  for _, service in ipairs(family.services) do
    if family.contents[service.name] then table.insert(list, container.filler(service, family)) end
    if family.files[service.name] then table.insert(list, container.writer(service, family)) end
  end
  for _, sidecar in ipairs(family.sidecars) do
    table.insert(list, sidecar.container)
    if sidecar.writer then table.insert(list, sidecar.writer) end
  end
  return list
end

--- Containers that a task has at most.
--- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html
local most_containers <const> = 10

--- Two containers of a task cannot listen on one port, nor have one name.
local function check(family, list)
  if #list > most_containers then
    engine.error(family.main, "family " .. family.name .. " has " .. #list .. " containers, and a task has at most " .. most_containers,
      "put some of its services into a family of their own: deploy.labels ecs.task.family")
  end
  local names <const> = {}
  for _, each in ipairs(list) do
    if names[each.Name] then
      engine.error(family.main, "family " .. family.name .. " has two containers \"" .. each.Name .. "\"", "rename one of them")
    end
    names[each.Name] = true
  end
  local listening <const> = {}
  for _, service in ipairs(family.services) do
    for _, port in ipairs(not family.ending[service.name] and engine.use("project/ports").of_service(service) or {}) do
      local key <const> = port.target .. "/" .. port.protocol
      if listening[key] and listening[key] ~= service.name and family.runs.network_mode ~= "bridge" then
        engine.warn(port.where, "services::" .. service.name .. " and services::" .. listening[key] .. " share a task and listen on port "
          .. key .. ": only one of them can", "let one listen elsewhere, or put them into families of their own")
      end
      listening[key] = listening[key] or service.name
    end
  end
end

--- The properties of the family's task definition.
function task.properties(family, made)
  local cpu <const>, memory <const> = sizes.task(family)
  local list <const> = containers(family)
  check(family, list)
  local ipc <const> = not family.fargate and namespace(family, "ipc") or nil
  local properties = {
    Family = engine.name("family", values.name(family.name)),
    Cpu = cpu, Memory = memory,
    EphemeralStorage = sizes.storage(family),
    NetworkMode = family.runs.network_mode_value or family.runs.network_mode,
    RequiresCompatibilities = family.runs.requires,
    RuntimePlatform = family.platform,
    PidMode = namespace(family, "pid"), IpcMode = ipc,
    ExecutionRoleArn = made.execution_role_arn,
    TaskRoleArn = made.role_arn,
    Volumes = #family.volumes > 0 and { table.unpack(family.volumes) } or nil,
    ContainerDefinitions = list,
  }
  for _, service in ipairs(family.services) do properties = merge(properties, read.at(service, "x-ecs", "TaskDefinition")) end
  return properties
end

return task
