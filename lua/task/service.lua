--- A family of compose services on ECS: the list of steps, each a resource or a few.
--- A step can be replaced: `composex.override("ecs.service.log_group", function(original, family, made) ... end)`. `project/family`
--- says what a family holds; `made` holds what the steps before returned, by their names.
local lazy <const> = engine.use("base/lazy")
local add <const> = engine.use("task/family_resource")
local alarms <const> = lazy("task/task_alarms")
local commands <const> = engine.use("task/execute_command")
local compute <const> = engine.use("x/cluster/compute")
local connect <const> = engine.use("task/service_connect")
local image <const> = engine.use("task/container_image")
local ecs_service <const> = engine.use("task/ecs_service")
local families <const> = engine.use("project/families")
local ingress <const> = engine.use("task/ingress")
local jobs <const> = engine.use("project/jobs")
local logging <const> = engine.use("task/logging")
local no_effect <const> = engine.use("task/no_effect")
local report_dependencies <const> = engine.use("task/dependencies")
local roles <const> = engine.use("task/roles")
local runtime_platform <const> = engine.use("task/runtime_platform")
local scaling <const> = lazy("task/scaling")
local sections <const> = engine.use("project/sections")
local sidecars <const> = lazy("task/sidecars")
local sizes <const> = engine.use("task/sizes")
local task <const> = engine.use("task/task_definition")
local task_group <const> = engine.use("task/task_group")
local task_roles <const> = engine.use("task/task_roles")
local volumes <const> = engine.use("task/volumes")

--- The log group, made when the first container asks for it.
local function log_group(family)
  local group
  function family.log_group()
    group = group or add(family, "log_group", "AWS::Logs::LogGroup", "LogGroup", logging.group(family))
    -- Sidecars may ask for it when the step has been made.
    family.made.log_group = group
    return group
  end
  for _, service in ipairs(family.services) do family.logs[service.name] = logging.of(service, family) end
  if connect.logs_to_own_group(family) then family.log_group() end
  return group
end

--- Volumes of the task, and the containers that write files into them.
local function mounts(family)
  for _, service in ipairs(family.services) do
    local found <const> = volumes.of(service, family)
    family.mounts[service.name], family.files[service.name], family.contents[service.name] = found.mounts, found.container, found.content
  end
end

--- Containers beside the services' own.
local function helpers(family)
  local is_asked = family.routes ~= nil
  for _, service in ipairs(family.services) do
    for _, key in ipairs(sections.of_sidecars) do is_asked = is_asked or sections.of(service, key) ~= nil end
  end
  if is_asked then sidecars.make(family) end
end

--- The container definitions are made before the roles, which are allowed what those need.
local function definition(family, made)
  local own <const> = roles.own(family, "TaskRoleArn")
  made.execution_role_arn, made.role_arn = composex.ref("AWS::NoValue"), own or composex.ref("AWS::NoValue")
  return task.properties(family, made)
end

local function task_definition(family, made)
  return (add(family, "task", "AWS::ECS::TaskDefinition", "TaskDefinition", made.definition))
end

local function scale(family, made) return made.service and family.scaling and scaling.make(family, made.service) or nil end

local function watch(family, made)
  if made.service and families.says(family, "x-alarms") then alarms.make(family, made.service) end
end

--- Made for one family after the other: a step, and what an override of it has to return (`Overriding`).
local steps <const> = {
  { "log_group",      log_group,            "AWS::Logs::LogGroup?" },
  { "volumes",        mounts,               "nothing" },
  { "sidecars",       helpers,              "nothing" },
  { "definition",     definition,           "AWS::ECS::TaskDefinition.Properties" },
  { "execution_role", task_roles.execution, "AWS::IAM::Role?" },
  { "role",           task_roles.task,      "AWS::IAM::Role?" },
  { "access",         task_roles.access,    "list" },
  { "security_group", task_group.make,      "AWS::EC2::SecurityGroup" },
  { "reach",          task_group.reach,     "nothing" },
  { "task",           task_definition,      "AWS::ECS::TaskDefinition" },
  { "service",        ecs_service,          "AWS::ECS::Service" },
  { "scaling",        scale,                "AWS::ApplicationAutoScaling::ScalableTarget?" },
  { "alarms",         watch,                "nothing" },
}

do
  local step_names <const> = {}
  for _, step in ipairs(steps) do table.insert(step_names, step[1]) end
  engine.steps("ecs.service", step_names)
end

local service <const> = {}

--- What is known of a family before its first step; `project/family` says what the fields mean.
local function prepare(family)
  family.runs = compute.of(family)
  family.has_log_section = families.says(family, "x-logging")
  family.fargate = family.runs.platform == "FARGATE"
  runtime_platform(family)
  family.names = families.names(family)
  table.insert(family.names, family.name)
  family.room = volumes.room
  family.volumes = volumes.list()
  for _, each in ipairs(family.services) do
    family.environment[each.name] = {}
    family.sizes[each.name] = sizes.of(each, family)
    no_effect.of_service(each, family)
    image.report(each)
  end
  commands.allow(family)
  -- There is no metadata to take the region from, or the agent blocks it. On Fargate AWS sets both, which SDKs read by turns.
  if family.runs.platform == "EXTERNAL" or family.runs.platform == "EC2" and family.runs.network_mode == "awsvpc" then
    for _, name in ipairs { "AWS_DEFAULT_REGION", "AWS_REGION" } do
      table.insert(family.variables, { name = name, value = composex.ref("AWS::Region") })
    end
  end
end

--- Makes all resources of a family.
function service.make(family)
  prepare(family)
  local made <const> = {}
  family.made = made
  for _, step in ipairs(steps) do
    local name <const>, original <const>, makes = step[1], step[2], step[3]
    -- Where tasks have no addresses of their own there is no security group.
    if name == "security_group" and family.runs.network_mode ~= "awsvpc" then makes = makes .. "?" end
    if name == "service" and jobs.is(family) then makes = makes .. "?" end
    local override <const> = engine.overriding("ecs.service." .. name, family.main, makes)
    if override then
      made[name] = override(original, family, made)
    else
      made[name] = original(family, made)
    end
  end
end

--- What needs all families: rules between them, and their order. A family is created after those that it depends on are stable.
function service.connect(family, service_names)
  report_dependencies(family)
  ingress.make(family, family.made, service_names)
  -- By the family itself: one service may stand for two families.
  local own <const> = family.made.service
  local waits <const> = {}
  local needs <const> = own and family.waits_for or {}
  for index = #needs, 1, -1 do
    local other <const> = needs[index].made.service
    if other then table.insert(waits, other:ref()) end
  end
  if #waits == 0 then return end
  for _, id in ipairs(own.DependsOn or {}) do table.insert(waits, id) end
  own.DependsOn = waits
end

return service
