--- The task definition of a family.
local container <const> = engine.use("task/container")
local fates <const> = engine.use("project/fates")
local merge <const> = engine.use("task/merge_properties")
local read <const> = engine.use("base/read")
local sizes <const> = engine.use("task/sizes")
local values <const> = engine.use("kinds/texts")
local task <const> = {}

-- Platform ----------------------------------------------------------------------------------------------------------

--- `linux/arm64/v8` and x-ecs say what the containers run on.
local function architecture_of(service, family)
  local text <const> = service.platform ~= "" and service.platform or nil
  local own <const> = read.at(service, "x-ecs", "CpuArchitecture")
  if own ~= nil then return own, { service["x-ecs"], "CpuArchitecture" } end
  if type(text) ~= "string" then return nil end
  if text:find("arm64", 1, true) or text:find("aarch64", 1, true) then return "ARM64", { service, "platform" } end
  if text:find("amd64", 1, true) or text:find("x86_64", 1, true) or not text:find("/", 1, true) then return "X86_64", { service, "platform" } end
  engine.warn({ service, "platform" }, fates.without_effect(service, family, "platform " .. text, "it runs amd64 and arm64"))
end

local function system_of(service)
  local own <const> = read.at(service, "x-ecs", "OperatingSystemFamily")
  if own ~= nil then return own, { service["x-ecs"], "OperatingSystemFamily" } end
  local text <const> = service.platform ~= "" and service.platform or nil
  if type(text) == "string" and text:find("^windows") then return "WINDOWS_SERVER_2022_CORE", { service, "platform" } end
  if type(text) == "string" then return "LINUX", { service, "platform" } end
end

--- What all services of a family agree on; a second answer is an error.
local function agreed(family, answer_of, what)
  local found, found_at
  for _, service in ipairs(family.services) do
    local answer <const>, where <const> = answer_of(service, family)
    if answer and found and answer ~= found then
      engine.error(where, "services of family " .. family.name .. " run on different " .. what .. ": " .. found .. " and " .. answer,
        "containers of one task share it")
    elseif answer and not found then
      found, found_at = answer, where
    end
  end
  return found, found_at
end

--- The RuntimePlatform of a family, or nil when nobody says.
function task.platform(family)
  local architecture <const>, at <const> = agreed(family, architecture_of, "CPU architectures")
  local system <const>, system_at <const> = agreed(family, system_of, "operating systems")
  if not architecture and not system then return nil end
  return {
    CpuArchitecture = engine.placed(architecture or "X86_64", at),
    OperatingSystemFamily = engine.placed(system or "LINUX", system_at),
  }, system ~= nil and system:find("^WINDOWS") ~= nil
end

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
    for _, port in ipairs(engine.use("project/ports").of_service(service)) do
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
