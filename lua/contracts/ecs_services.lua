--- Contracts of Amazon ECS: services, with their task definitions, target groups and volumes.
local values <const> = engine.use("contracts/values")

local api <const> = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/"
local guide <const> = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/"
local create <const>, ebs_page <const> = api .. "API_CreateService.html", api .. "API_ServiceManagedEBSVolumeConfiguration.html"
local checked <const> = "2026-11-29"
local service <const>, vpc <const> = "AWS::ECS::Service", "NetworkConfiguration.AwsvpcConfiguration"
local ebs <const> = "VolumeConfigurations[].ManagedEBSVolume"

--- The task definition of a service, as the template has it; nil when another one is named.
local function task_of(properties, template)
  local made <const> = template.find(properties.TaskDefinition)
  return made and made.type == "AWS::ECS::TaskDefinition" and made.properties or nil
end

--- Calls `visit(mapping, container)` for each port of a task until it gives something.
local function any_port(task, visit)
  for _, container in ipairs(values.items(task.ContainerDefinitions)) do
    if values.is_computed(container) then return true end
    for _, mapping in ipairs(values.items(container.PortMappings)) do
      local found <const> = visit(mapping, container)
      if found then return found end
    end
  end
end

--- Holds a contract for each load balancer of a service: `fault(balancer, task, template)` gives a property and a detail.
local function of_balancers(fault)
  return function(properties, _, template)
    local task <const>, found <const> = task_of(properties, template), {}
    for index, balancer in ipairs(task and values.items(properties.LoadBalancers) or {}) do
      local property <const>, detail <const> = fault(balancer, task, template)
      if property then found[#found + 1] = { path = { "LoadBalancers", index, property }, detail = detail } end
    end
    return found
  end
end

--- What a property of a strategy of deployment is for.
local function of_strategy(id, property, name)
  return {
    id = id, on = service, each = "DeploymentConfiguration", at = property, beside = { "Strategy", { name } },
    must = "must have a " .. property .. " with the strategy " .. name .. " only", remedy = "write Strategy: " .. name .. ", or leave it out",
    page = api .. "API_DeploymentConfiguration.html", checked = checked,
  }
end

return {
  {
    id = "ecs-service-name", on = service, at = "ServiceName", name = { 1, 255, "^[%w_-]+$", "letters, digits, _ and -" },
    must = "must have a ServiceName of 1 to 255 letters, digits, _ and -", remedy = "write ServiceName: web", page = create, checked = checked,
  },
  {
    id = "ecs-security-groups", on = service, at = vpc .. ".SecurityGroups", items = { 0, 5 },
    must = "must have at most 5 security groups, for its network interfaces take no more",
    remedy = "leave some of AdditionalSecurityGroups out, or put services onto fewer networks", page = api .. "API_AwsVpcConfiguration.html",
    checked = checked,
  },
  {
    id = "ecs-subnets", on = service, at = vpc .. ".Subnets", items = { 1, 16 }, must = "must have 1 to 16 subnets",
    remedy = "leave some of the subnets out", page = api .. "API_AwsVpcConfiguration.html", checked = checked,
  },
  {
    id = "ecs-service-network", on = service, must = "must have a NetworkConfiguration where its tasks have the network mode awsvpc, and only there",
    holds = function(properties, _, template)
      local task <const> = task_of(properties, template)
      if not task or type(task.NetworkMode) == "table" then return true end
      if task.NetworkMode == "awsvpc" then return properties.NetworkConfiguration ~= nil, "TaskDefinition", "and has none" end
      return properties.NetworkConfiguration == nil, "NetworkConfiguration", "not with " .. (task.NetworkMode or "bridge")
    end,
    remedy = "write network_mode: awsvpc at the service, or leave NetworkConfiguration out", page = create, checked = checked,
  },
  {
    id = "ecs-strategy-providers", on = service, at = "CapacityProviderStrategy", items = { 0, 20 },
    must = "must have at most 20 capacity providers in a strategy", remedy = "leave some of them out", page = create, checked = checked,
  },
  {
    id = "ecs-strategy-base", on = service, at = "CapacityProviderStrategy", given = "CapacityProviderStrategy",
    must = "must have a Base at one capacity provider only",
    holds = function(properties)
      local count = 0
      for _, item in ipairs(values.items(properties.CapacityProviderStrategy)) do
        if (values.number(item.Base) or 0) > 0 then count = count + 1 end
      end
      return count < 2
    end,
    remedy = "leave Base out at the others", page = api .. "API_CapacityProviderStrategyItem.html", checked = checked,
  },
  {
    id = "ecs-strategy-weight", on = service, at = "CapacityProviderStrategy", given = "CapacityProviderStrategy",
    must = "must have a capacity provider of a Weight above 0",
    holds = function(properties)
      local list <const> = values.items(properties.CapacityProviderStrategy)
      for _, item in ipairs(list) do
        local weight <const> = item.Weight
        if type(weight) == "table" or values.is_computed(item) or (values.number(weight) or 0) > 0 then return true end
      end
      return #list < 2
    end,
    remedy = "write Weight: 1 at one of them", page = api .. "API_CapacityProviderStrategyItem.html", checked = checked,
  },
  {
    id = "ecs-placement-constraints", on = service, at = "PlacementConstraints", items = { 0, 10 },
    must = "must have at most 10 placement constraints", remedy = "join some of them with and", page = create, checked = checked,
  },
  {
    id = "ecs-placement-strategies", on = service, at = "PlacementStrategies", items = { 0, 5 },
    must = "must have at most 5 placement strategies", remedy = "leave some of them out", page = create, checked = checked,
  },
  {
    id = "ecs-distinct-instance", on = service, each = "PlacementConstraints[]", at = "Expression", beside = { "Type", { "memberOf" } },
    must = "must have an Expression in a placement constraint of the type memberOf only", remedy = "write Type: memberOf, or leave Expression out",
    page = api .. "API_PlacementConstraint.html", checked = checked,
  },
  {
    id = "ecs-registries", on = service, at = "ServiceRegistries", items = { 0, 1 }, must = "must have at most one service registry",
    remedy = "leave the others out", page = create, checked = checked,
  },
  {
    id = "ecs-daemon-fargate", on = service, at = "SchedulingStrategy", when = { SchedulingStrategy = "DAEMON", LaunchType = "FARGATE" },
    must = "must not run as DAEMON on Fargate, which has no instances", holds = function() return false end,
    remedy = "leave mode: global out, or write deploy: {labels: {ecs.compute.platform: EC2}}", page = create, checked = checked,
  },
  {
    id = "ecs-platform-version", on = service, at = "PlatformVersion", beside = { "LaunchType", { "FARGATE" } },
    must = "must have a PlatformVersion on Fargate only", remedy = "leave PlatformVersion out", page = create, checked = checked,
  },
  {
    id = "ecs-target-groups", on = service, at = "LoadBalancers", items = { 0, 5 }, must = "must have at most 5 target groups",
    remedy = "name fewer of them in x-elbv2", page = guide .. "register-multiple-targetgroups.html", checked = checked,
  },
  {
    id = "ecs-balanced-container", on = service, given = "LoadBalancers", must = "must have load balancers that reach a port of its containers",
    faults = of_balancers(function(balancer, task)
      local port <const>, name <const> = values.number(balancer.ContainerPort), balancer.ContainerName
      if not port or type(name) ~= "string" then return nil end
      local is_there <const> = any_port(task, function(mapping, container)
        return container.Name == name and (mapping.ContainerPortRange ~= nil or type(mapping.ContainerPort) == "table"
          or values.number(mapping.ContainerPort) == port)
      end)
      if not is_there then return "ContainerPort", name .. " has no port " .. math.tointeger(port) end
    end),
    remedy = "write the port under ports or expose of that service", page = api .. "API_LoadBalancer.html", checked = checked,
  },
  {
    id = "ecs-balanced-port", on = service, given = "LoadBalancers", must = "must have load balancers that reach a port which its container maps once",
    faults = of_balancers(function(balancer, task)
      local port <const>, count = values.number(balancer.ContainerPort), 0
      any_port(task, function(mapping, container)
        if port and container.Name == balancer.ContainerName and values.number(mapping.ContainerPort) == port then count = count + 1 end
      end)
      if count > 1 then return "ContainerPort", balancer.ContainerName .. " maps port " .. math.tointeger(port) .. " in " .. count .. " mappings" end
    end),
    remedy = "publish that port with one protocol", page = "https://github.com/aws/amazon-ecs-agent/issues/3428", checked = checked,
  },
  {
    id = "ecs-target-type", on = service, given = "LoadBalancers", must = "must have target groups of the type ip where its tasks have the network mode awsvpc",
    faults = of_balancers(function(balancer, task, template)
      local group <const> = template.find(balancer.TargetGroupArn)
      if task.NetworkMode ~= "awsvpc" or not group or group.type ~= "AWS::ElasticLoadBalancingV2::TargetGroup" then return nil end
      local kind <const> = group.properties.TargetType
      if kind == nil or type(kind) == "string" and kind ~= "ip" then return "TargetGroupArn", group.id .. " has " .. (kind or "instance") end
    end),
    remedy = "write TargetType: ip at the target group", page = api .. "API_LoadBalancer.html", checked = checked,
  },
  of_strategy("ecs-linear-configuration", "LinearConfiguration", "LINEAR"),
  of_strategy("ecs-canary-configuration", "CanaryConfiguration", "CANARY"),
  {
    id = "ecs-shifted-traffic", on = service, given = "DeploymentConfiguration",
    must = "must have a load balancer or Service Connect, whose traffic is shifted in parts",
    holds = function(properties)
      local strategy <const> = values.at(properties, "DeploymentConfiguration.Strategy")
      if strategy ~= "LINEAR" and strategy ~= "CANARY" then return true end
      local has_names <const> = values.is_true(values.at(properties, "ServiceConnectConfiguration.Enabled"))
      return has_names or properties.LoadBalancers ~= nil, "DeploymentConfiguration.Strategy"
    end,
    remedy = "write Strategy: BLUE_GREEN, or x-elbv2: {edge: {Services: {web: {}}}}",
    page = guide .. "linear-deployment-implementation.html", checked = checked,
  },
  {
    id = "ecs-breaker-rolling", on = service, given = "DeploymentConfiguration",
    must = "must have a deployment circuit breaker with rolling updates only",
    holds = function(properties)
      local strategy <const> = values.at(properties, "DeploymentConfiguration.Strategy")
      local is_on <const> = values.is_true(values.at(properties, "DeploymentConfiguration.DeploymentCircuitBreaker.Enable"))
      return not is_on or strategy == nil or strategy == "ROLLING" or type(strategy) == "table", "DeploymentConfiguration.DeploymentCircuitBreaker"
    end,
    remedy = "leave DeploymentCircuitBreaker out, and write Alarms that roll back", page = api .. "API_DeploymentCircuitBreaker.html", checked = checked,
  },
  {
    id = "ecs-shifted-balancer", on = service, at = "LoadBalancers", given = "LoadBalancers",
    must = "must have a second target group and a rule at each load balancer (AdvancedConfiguration) where traffic is shifted",
    holds = function(properties)
      local strategy <const> = values.at(properties, "DeploymentConfiguration.Strategy")
      if strategy ~= "BLUE_GREEN" and strategy ~= "LINEAR" and strategy ~= "CANARY" then return true end
      for index, balancer in ipairs(values.items(properties.LoadBalancers)) do
        if balancer.TargetGroupArn ~= nil and balancer.AdvancedConfiguration == nil then return false, { "LoadBalancers", index } end
      end
      return true
    end,
    remedy = "write Strategy: ROLLING, or AdvancedConfiguration with AlternateTargetGroupArn, ProductionListenerRule and RoleArn",
    page = api .. "API_AdvancedConfiguration.html", checked = checked,
  },
  {
    id = "ecs-ebs-size", on = service, each = ebs, must = "must have a size or a snapshot for its EBS volume",
    holds = function(volume) return values.is_computed(volume) or volume.SizeInGiB ~= nil or volume.SnapshotId ~= nil end,
    remedy = "write SizeInGiB: 20", page = ebs_page, checked = checked,
  },
  {
    id = "ecs-ebs-throughput", on = service, each = ebs, at = "Throughput", beside = { "VolumeType", { "gp3" } },
    must = "must have a Throughput at an EBS volume of the type gp3 only", remedy = "write VolumeType: gp3, or leave Throughput out",
    page = ebs_page, checked = checked,
  },
  {
    id = "ecs-ebs-iops", on = service, each = ebs, at = "Iops", beside = { "VolumeType", { "gp3", "io1", "io2", "gp2" } },
    must = "must not have Iops at an EBS volume of the types st1, sc1 and standard", remedy = "leave Iops out", page = ebs_page, checked = checked,
  },
  {
    id = "ecs-ebs-provisioned", on = service, each = ebs, at = "VolumeType", when = { VolumeType = { "io1", "io2" } }, needs = "Iops",
    must = "must have Iops at an EBS volume of the types io1 and io2", remedy = "write Iops: 3000", page = ebs_page, checked = checked,
  },
  {
    id = "ecs-ebs-initialization", on = service, each = ebs, at = "VolumeInitializationRate", needs = "SnapshotId",
    must = "must have a VolumeInitializationRate at an EBS volume from a snapshot only", remedy = "leave VolumeInitializationRate out",
    page = ebs_page, checked = checked,
  },
}
