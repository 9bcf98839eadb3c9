--- A family of compose services on ECS: the list of steps at the end, each a resource or a few.
--- A step can be replaced: `composex.override("ecs.service.log_group", function(original, family, made) ... end)`. A family is
--- `{ name, services, main, ... }` (`project/families`); `made` holds what the steps before returned, by their names.
local lazy <const> = engine.use("base/lazy")
local alarms <const> = lazy("task/task_alarms")
local attributes <const> = engine.use("project/attributes")
local cluster <const> = engine.use("x/cluster/cluster")
local compute <const> = engine.use("x/cluster/compute")
local container <const> = engine.use("task/container")
local deployment <const> = engine.use("task/deployment")
local efs <const> = lazy("task/efs_volumes")
local families <const> = engine.use("project/families")
local ingress <const> = engine.use("task/ingress")
local logging <const> = engine.use("task/logging")
local merge <const> = engine.use("task/merge")
local names <const> = engine.use("task/service_connect")
local network <const> = engine.use("x/vpc/network")
local read <const> = engine.use("base/read")
local roles <const> = engine.use("task/roles")
local scaling <const> = lazy("task/scaling")
local sections <const> = engine.use("project/sections")
local sidecars <const> = lazy("task/sidecars")
local sizes <const> = engine.use("task/sizes")
local task <const> = engine.use("task/task_definition")
local values <const> = engine.use("kinds/texts")
local volumes <const> = engine.use("task/volumes")

--- Adds a resource of the family. `noun` is what it is, in its logical id; every service of the family finds it.
local function add(family, part, type, noun, properties)
  return engine.add {
    type = type, noun = noun, family = family.name, key = "services", name = family.main.name, others = family.names,
    part = part, at = family.main, properties = properties, up = 1,
  }
end

-- Steps -------------------------------------------------------------------------------------------------------------

--- The log group, made when the first container asks for it.
local function log_group(family)
  local group
  function family.log_group()
    group = group or add(family, "log_group", "AWS::Logs::LogGroup", "LogGroup", logging.group(family))
    return group
  end
  for _, service in ipairs(family.services) do family.logs[service.name] = logging.of(service, family) end
  if names.logs_to_own_group(family) then family.log_group() end
  return group
end

--- Volumes of the task, and the containers that write files into them.
local function mounts(family)
  for _, service in ipairs(family.services) do
    local found <const> = volumes.of(service, family)
    family.mounts[service.name], family.files[service.name] = found.mounts, found.container
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

local function execution_role(family, made)
  local own <const> = roles.own(family, "ExecutionRoleArn")
  if own then
    made.definition.ExecutionRoleArn = own
    return nil
  end
  local groups <const> = {}
  for _, service in ipairs(family.services) do
    local group <const> = engine.find("services", service.name, "log_group")
    if group and #groups == 0 then table.insert(groups, group:att("Arn")) end
  end
  local role <const> = add(family, "execution_role", "AWS::IAM::Role", "ExecutionRole", roles.execution(family, groups))
  made.definition.ExecutionRoleArn = role:att("Arn")
  return role
end

local function role(family, made)
  local own <const>, where <const> = roles.own(family, "TaskRoleArn")
  if own then
    made.definition.TaskRoleArn = own
    if #roles.granted(family, "statements") + #family.managed_policies > 0 then
      engine.warn(where, "services::" .. family.main.name .. " has a role of its own: what resources grant it is for you to attach")
    end
    return nil
  end
  local made_role <const> = add(family, "role", "AWS::IAM::Role", "TaskRole", roles.task(family))
  made.definition.TaskRoleArn = made_role:att("Arn")
  return made_role
end

local function access(family, made)
  local list <const> = {}
  if not made.role then return list end
  for _, policy in ipairs(roles.policies(roles.granted(family, "statements"), made.role)) do
    local noun <const> = engine.pascal(policy.kind) .. "Access"
    table.insert(list, add(family, "access", "AWS::IAM::Policy", noun, policy.properties))
  end
  return list
end

local function limits_egress(family)
  for _, service in ipairs(family.services) do
    if read.at(service, "x-network", "Egress") ~= nil then return true end
  end
  return false
end

local function security_group(family)
  if family.runs.network_mode ~= "awsvpc" then return nil end
  return add(family, "security_group", "AWS::EC2::SecurityGroup", "SecurityGroup", {
    GroupDescription = "Tasks of service " .. family.name,
    SecurityGroupEgress = limits_egress(family) and engine.use("task/egress").rules(family) or nil,
    VpcId = network.vpc(),
  })
end

--- Rules that let the family's tasks into what it was granted, each once: EC2 refuses a second one that says the same.
local function reach(family, made)
  local done <const> = {}
  local group <const> = made.security_group or compute.group_of_instances()
  local rules <const> = roles.granted(family, "reach")
  if not group and #rules > 0 then
    engine.warn(family.main, "services::" .. family.main.name .. " connects from the address of its instance: no resource that it may use has a rule for it",
      "open the security groups of those resources to your instances")
  end
  if made.security_group and limits_egress(family) then engine.use("task/egress").open(family, group, rules) end
  for _, rule in ipairs(rules) do
    local way <const> = tostring(rule.group) .. " " .. rule.protocol .. " " .. tostring(rule.port)
    if group and not done[rule.noun] and not done[way] then
      done[rule.noun], done[way] = true, true
      add(family, "reach", "AWS::EC2::SecurityGroupIngress", rule.noun, {
        GroupId = rule.group,
        SourceSecurityGroupId = group:att("GroupId"),
        IpProtocol = rule.protocol, FromPort = rule.port, ToPort = rule.port,
        Description = rule.description or ("From service " .. family.name),
      })
    end
  end
end

local function task_definition(family, made)
  return add(family, "task", "AWS::ECS::TaskDefinition", "TaskDefinition", made.definition)
end

local function load_balancers(family)
  local list <const> = {}
  for _, service in ipairs(family.services) do
    for _, target in ipairs(roles.granted({ services = { service } }, "targets")) do
      table.insert(list, {
        TargetGroupArn = target.group, ContainerName = values.name(target.container or service.name), ContainerPort = target.port,
      })
    end
  end
  return #list > 0 and list or nil
end

--- Where the tasks of a family get their addresses: nil where they use those of their instance.
local function addresses(family, made)
  if family.runs.network_mode ~= "awsvpc" then return nil end
  local groups <const> = { made.security_group:att("GroupId") }
  for _, group in ipairs(names.groups(family)) do table.insert(groups, group) end
  for _, group in ipairs(ingress.further_groups(family)) do table.insert(groups, group) end
  local joined <const> = {}
  for _, group in ipairs(roles.granted(family, "groups")) do
    if not joined[tostring(group)] then table.insert(groups, group) end
    joined[tostring(group)] = true
  end
  return { AwsvpcConfiguration = {
    AssignPublicIp = ingress.public_ip(family),
    SecurityGroups = groups,
    Subnets = family.uses_efs and efs.subnets(family) or network.subnets_of(family),
  } }
end

--- Tags of the ECS service: the labels of `deploy.labels` that are not composex's own.
local function tags(family)
  local list <const>, seen <const> = {}, {}
  for _, service in ipairs(family.services) do
    local labels <const> = read.at(service, "deploy", "labels")
    for name, value in pairs(labels or {}) do
      local is_tag <const> = not name:find("^ecs%.") and not name:find("^aws:") and not seen[name] and #name <= 128
      if is_tag and value ~= nil and #tostring(value) <= 256 then
        seen[name] = true
        local text <const> = tostring(value):gsub("[^%w%s_.:/=+@\128-\255-]", "-")
        table.insert(list, { Key = engine.placed((name:gsub("[^%w%s_.:/=+@-]", "-")), { labels, name, "key" }), Value = engine.placed(text, { labels, name }) })
      elseif not name:find("^ecs%.") and not seen[name] then
        engine.warn({ labels, name, "key" }, "services::" .. service.name .. " deploy.labels " .. name
          .. " is no tag: keys have 128 characters at most, values 256, and no key begins with aws:")
      end
    end
  end
  return #list > 0 and list or nil
end

local function executes_commands(family)
  for _, service in ipairs(family.services) do
    local section <const> = service["x-ecs"]
    if read.at(section, "EnableExecuteCommand") == true then return engine.placed(true, { section, "EnableExecuteCommand" }) end
  end
end

local function service_name(family)
  for _, service in ipairs(family.services) do
    local section <const> = service["x-ecs"]
    if read.at(section, "ServiceName") ~= nil then return values.text(section.ServiceName, { section, "ServiceName" }, service) end
  end
end

--- Whether the number of the family's tasks follows something, which then says how many run.
local function scales(family)
  local is_asked <const> = families.says(family, "x-scaling") or families.says(family, "x-aws-autoscaling")
    or families.says(family, "deploy", "x-aws-autoscaling") or #roles.granted(family, "scaling") > 0
  return is_asked and scaling.is_wanted(family)
end

local function main(family, made)
  local runs <const> = family.runs
  local is_daemon <const> = deployment.is_daemon(family)
  local constraints <const>, strategies <const> = deployment.placement(family, runs.PlacementStrategies, is_daemon)
  local count <const>, count_at <const> = deployment.count(family)
  -- A daemon runs once on each instance: nothing scales it.
  local is_scaled <const> = not is_daemon and scales(family)
  if not is_scaled then family.scaling = family.scaling or false end
  for _, service in ipairs(is_daemon and family.services or {}) do
    if service["x-scaling"] ~= nil then
      engine.warn({ service, "x-scaling", "key" }, "services::" .. service.name .. " x-scaling has no effect: mode global runs one task on each instance")
    end
  end
  if count_at and is_scaled then
    engine.warn(count_at, "services::" .. family.main.name .. " replicas has no effect: x-scaling says how many tasks run")
  end
  local properties = {
    ServiceName = service_name(family),
    Cluster = cluster.name(),
    TaskDefinition = made.task:ref(),
    DesiredCount = not is_daemon and not is_scaled and engine.placed(count, count_at) or nil,
    SchedulingStrategy = is_daemon and "DAEMON" or nil,
    LaunchType = runs.LaunchType,
    CapacityProviderStrategy = runs.CapacityProviderStrategy,
    PlacementStrategies = not is_daemon and strategies or nil, PlacementConstraints = constraints,
    EnableECSManagedTags = true,
    EnableExecuteCommand = executes_commands(family),
    PropagateTags = "SERVICE",
    DeploymentConfiguration = deployment.configuration(family, is_daemon),
    NetworkConfiguration = addresses(family, made),
    ServiceConnectConfiguration = names.configuration(family),
    LoadBalancers = load_balancers(family),
    VolumeConfigurations = family.disks,
    Tags = tags(family),
  }
  for _, service in ipairs(family.services) do properties = merge(properties, read.at(service, "x-ecs", "Service")) end
  local ecs_service <const> = add(family, "main", "AWS::ECS::Service", "Service", properties)
  -- A task that starts before its policies are attached would run without them.
  local waits <const> = {}
  for _, policy in ipairs(made.access) do table.insert(waits, policy:ref()) end
  for _, resource in ipairs(roles.granted(family, "after")) do table.insert(waits, resource:ref()) end
  if #waits > 0 then ecs_service.DependsOn = waits end
  return ecs_service
end

local function scale(family, made) return family.scaling and scaling.make(family, made.service) or nil end

local function watch(family, made)
  if families.says(family, "x-alarms") then alarms.make(family, made.service) end
end

--- Made for one family after the other: a step, and what an override of it has to return (`Overriding`).
local steps <const> = {
  { "log_group",      log_group,       "AWS::Logs::LogGroup?" },
  { "volumes",        mounts,          "nothing" },
  { "sidecars",       helpers,         "nothing" },
  { "definition",     definition,      "AWS::ECS::TaskDefinition.Properties" },
  { "execution_role", execution_role,  "AWS::IAM::Role?" },
  { "role",           role,            "AWS::IAM::Role?" },
  { "access",         access,          "list" },
  { "security_group", security_group,  "AWS::EC2::SecurityGroup" },
  { "reach",          reach,           "nothing" },
  { "task",           task_definition, "AWS::ECS::TaskDefinition" },
  { "service",        main,            "AWS::ECS::Service" },
  { "scaling",        scale,           "AWS::ApplicationAutoScaling::ScalableTarget?" },
  { "alarms",         watch,           "nothing" },
}

do
  local step_names <const> = {}
  for _, step in ipairs(steps) do table.insert(step_names, step[1]) end
  engine.steps("ecs.service", step_names)
end

local service <const> = {}

--- What ECS needs for `EnableExecuteCommand`: a channel to the Systems Manager.
local function allow_commands(family)
  if not executes_commands(family) then return end
  table.insert(family.statements, {
    key = "exec", sid = "ExecuteCommand", resources = { "*" }, actions = {
      "ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel", "ssmmessages:OpenControlChannel",
      "ssmmessages:OpenDataChannel",
    },
  })
  for _, statement in ipairs(cluster.command_statements()) do
    table.insert(family.statements, {
      key = "exec", sid = statement.sid, resources = statement.resources, actions = statement.actions, condition = statement.condition,
    })
  end
end

--- What the steps fill: see `task/roles` for statements and execution, `task/volumes` for volumes.
local function prepare(family)
  family.runs = compute.of(family)
  family.has_log_section = families.says(family, "x-logging")
  family.fargate = family.runs.platform == "FARGATE"
  family.platform, family.windows = task.platform(family)
  family.names = families.names(family)
  table.insert(family.names, family.name)
  family.room = volumes.room
  family.volumes = volumes.list()
  for _, list in ipairs { "statements", "execution", "reach", "after", "managed_policies", "variables", "sidecars", "outputs" } do family[list] = {} end
  for _, mapping in ipairs { "environment", "sizes", "logs", "mounts", "files", "port_names" } do family[mapping] = {} end
  for _, each in ipairs(family.services) do
    family.environment[each.name] = {}
    family.sizes[each.name] = sizes.of(each, family)
    attributes.tell(each, family)
    container.tell(each)
  end
  allow_commands(family)
  -- There is no metadata to take the region from.
  if family.runs.platform == "EXTERNAL" then
    table.insert(family.variables, { name = "AWS_DEFAULT_REGION", value = composex.ref("AWS::Region") })
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
  families.tell(family)
  ingress.make(family, family.made, service_names)
  -- By the family itself: one service may stand for two families.
  local own <const> = family.made.service
  local waits <const> = {}
  local needs <const> = own and families.needs(family) or {}
  for index = #needs, 1, -1 do
    local other <const> = needs[index].made.service
    if other then table.insert(waits, other:ref()) end
  end
  if #waits == 0 then return end
  for _, id in ipairs(own.DependsOn or {}) do table.insert(waits, id) end
  own.DependsOn = waits
end

return service
