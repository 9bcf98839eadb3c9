--- The ECS service of a family.
local lazy <const> = engine.use("base/lazy")
local add <const> = engine.use("task/family_resource")
local alternates <const> = lazy("x/elbv2/elb_alternates")
local cluster <const> = engine.use("x/cluster/project_cluster")
local commands <const> = engine.use("task/execute_command")
local connect <const> = engine.use("task/service_connect")
local deployment <const> = engine.use("task/deployment")
local efs <const> = lazy("task/efs_volumes")
local families <const> = engine.use("project/families")
local ingress <const> = engine.use("task/ingress")
local jobs <const> = engine.use("project/jobs")
local merge <const> = engine.use("task/merge_properties")
local network <const> = engine.use("x/vpc/network")
local network_rules <const> = engine.use("task/network_rules")
local read <const> = engine.use("base/read")
local roles <const> = engine.use("task/roles")
local scaling <const> = lazy("task/scaling")
local traffic_shifting <const> = lazy("task/traffic_shifting")
local values <const> = engine.use("kinds/texts")

local function load_balancers(family)
  local list <const> = {}
  local function role() return traffic_shifting.role(family) end
  for _, service in ipairs(family.services) do
    for _, target in ipairs(roles.granted_to(service, family, "targets")) do
      table.insert(list, {
        TargetGroupArn = target.group, ContainerName = values.name(target.container or service.name), ContainerPort = target.port,
        AdvancedConfiguration = target.shifted and alternates.advanced(target, role) or nil,
      })
    end
  end
  return #list > 0 and list or nil
end

--- Where the tasks of a family get their addresses: nil where they use those of their instance.
local function addresses(family, made)
  if family.runs.network_mode ~= "awsvpc" then return nil end
  local groups <const> = { made.security_group:att("GroupId") }
  for _, group in ipairs(network_rules.groups(family)) do table.insert(groups, group) end
  for _, group in ipairs(ingress.further_groups(family)) do table.insert(groups, group) end
  local joined <const> = {}
  for _, group in ipairs(roles.granted(family, "groups")) do
    if not joined[tostring(group.id)] then table.insert(groups, group.id) end
    joined[tostring(group.id)] = true
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

--- The name that the file gives the service. One in several families is several, of which the first has the name alone.
local function service_name(family)
  for _, service in ipairs(family.services) do
    local section <const> = service["x-ecs"]
    if read.at(section, "ServiceName") ~= nil then
      local name <const>, is_first <const> = section.ServiceName, families.of(service.name)[1] == family
      local is_alone <const> = is_first or type(name) ~= "string"
      return values.text(is_alone and name or name .. "-" .. family.name, { section, "ServiceName" }, service)
    end
  end
end

--- Whether the number of the family's tasks follows something, which then says how many run.
local function scales(family)
  if jobs.is(family) then return false end
  local is_asked <const> = families.says(family, "x-scaling") or #roles.granted(family, "scaling") > 0
  return is_asked and scaling.is_wanted(family)
end

--- The properties that a service writes as they are, but those that say what it runs on, which have been read (`x/cluster/compute`).
local function own_properties(service)
  local section <const> = read.at(service, "x-ecs", "Service")
  if read.at(section, "CapacityProviderStrategy") == nil and read.at(section, "LaunchType") == nil then return section end
  local made <const> = {}
  for name in pairs(section) do
    if name ~= "CapacityProviderStrategy" and name ~= "LaunchType" then made[name] = read.placed(section, name) end
  end
  return made
end

--- The ECS service. Tasks that would start before their policies are attached would run without them, so it waits for those.
return function(family, made)
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
    EnableExecuteCommand = commands.wanted(family),
    PropagateTags = "SERVICE",
    DeploymentConfiguration = deployment.configuration(family, is_daemon),
    NetworkConfiguration = addresses(family, made),
    ServiceConnectConfiguration = connect.configuration(family),
    LoadBalancers = load_balancers(family),
    VolumeConfigurations = family.disks,
    Tags = tags(family),
  }
  for _, service in ipairs(family.services) do properties = merge(properties, own_properties(service)) end
  if families.says(family, "x-ecs", "Service", "DeploymentConfiguration") then
    traffic_shifting.hooks(family, properties)
    engine.use("task/deployment_alarms")(family, properties)
  end
  -- Whoever runs a job asks for its network and its capacity.
  if jobs.is(family) then
    family.run_as = properties
    engine.run_as(family.main.name, properties)
    return nil
  end
  local ecs_service <const> = add(family, "main", "AWS::ECS::Service", "Service", properties)
  local waits <const> = {}
  for _, policy in ipairs(made.access) do table.insert(waits, policy:ref()) end
  for _, each in ipairs(roles.granted(family, "after")) do table.insert(waits, each.resource:ref()) end
  if #waits > 0 then ecs_service.DependsOn = waits end
  return ecs_service
end
