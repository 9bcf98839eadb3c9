--- Contracts of Amazon ECS: what services need beside them: roles, listeners that lead to them, registries and disks.
local values <const> = engine.use("contracts/values")

local api <const> = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/"
local guide <const> = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/"
local checked <const> = "2026-11-29"
local service <const>, task <const> = "AWS::ECS::Service", "AWS::ECS::TaskDefinition"
local own_role <const> = "leave x-iam ExecutionRoleArn to composex, or name a role there"

--- The task definition of a service, as the template has it; nil when another one is named.
local function task_of(properties, template)
  local made <const> = template.find(properties.TaskDefinition)
  return made and made.type == task and made.properties or nil
end

local function is_for_fargate(definition) return values.has(definition.RequiresCompatibilities, "FARGATE") end

--- A contract of task definitions without an execution role: `needs(container, definition)` says for what a container needs one.
local function with_role(row)
  local needs <const> = row.needs
  row.needs, row.on, row.at, row.given, row.checked, row.remedy = nil, task, "ExecutionRoleArn", "ContainerDefinitions", checked, own_role
  row.holds = function(definition)
    if definition.ExecutionRoleArn ~= nil then return true end
    for _, container in ipairs(values.items(definition.ContainerDefinitions)) do
      if needs(container, definition) then return false, nil, "for " .. tostring(container.Name) end
    end
    return true
  end
  return row
end

--- Calls `visit(id)` for each logical id that a value refers to.
local function each_reference(value, visit)
  if type(value) ~= "table" then return end
  local target <const> = values.target(value)
  if target then return visit(target) end
  for _, item in pairs(value) do each_reference(item, visit) end
end

--- By the id of a target group: the ids of the listeners and rules that lead to it. Read once for a template.
local function ways(template)
  if template.ways then return template.ways end
  local found <const> = {}
  for _, row in ipairs {
    { "AWS::ElasticLoadBalancingV2::Listener", "DefaultActions" }, { "AWS::ElasticLoadBalancingV2::ListenerRule", "Actions" },
  } do
    for _, each in ipairs(template.of(row[1])) do
      each_reference(each.properties[row[2]], function(id)
        found[id] = found[id] or {}
        found[id][each.id] = true
      end)
    end
  end
  template.ways = found
  return found
end

--- Holds a contract for each target group of a service that the template makes: `fault(ids, made)` of what leads there is a detail.
local function of_groups(fault)
  return function(properties, made, template)
    local found <const> = {}
    for index, balancer in ipairs(values.items(properties.LoadBalancers)) do
      local group <const> = template.find(type(balancer) == "table" and balancer.TargetGroupArn or "")
      local detail <const> = group and group.type == "AWS::ElasticLoadBalancingV2::TargetGroup" and fault(ways(template)[group.id], made, group)
      if detail then found[#found + 1] = { path = { "LoadBalancers", index, "TargetGroupArn" }, detail = detail } end
    end
    return found
  end
end

--- The ids that a resource waits for: those of DependsOn, and those that it refers to.
local function awaited(made)
  local found <const> = {}
  local stated <const> = made.attributes and made.attributes.DependsOn
  for _, each in ipairs(type(stated) == "string" and { stated } or values.items(stated)) do
    local id <const> = type(each) == "string" and each or values.target(each)
    if id then found[id] = true end
  end
  each_reference(made.properties, function(id) found[id] = true end)
  return found
end

return {
  with_role {
    id = "ecs-secrets-role", must = "must have an ExecutionRoleArn, by which ECS reads the secrets of its containers",
    needs = function(container) return #values.items(container.Secrets) > 0 or #values.items(values.at(container, "LogConfiguration.SecretOptions")) > 0 end,
    page = api .. "API_Secret.html",
  },
  with_role {
    id = "ecs-fargate-log-role", must = "must have an ExecutionRoleArn, by which Fargate writes logs (awslogs)",
    needs = function(container, definition)
      return is_for_fargate(definition) and values.at(container, "LogConfiguration.LogDriver") == "awslogs"
    end,
    page = "https://github.com/virtual-kubelet/virtual-kubelet/issues/193",
  },
  with_role {
    id = "ecs-fargate-image-role", must = "must have an ExecutionRoleArn, by which Fargate reads images from ECR",
    needs = function(container, definition)
      local image <const> = values.string(container.Image)
      return is_for_fargate(definition) and image ~= nil and image:find("^%d+%.dkr[.-]ecr%.") ~= nil
    end,
    page = "https://github.com/hashicorp/terraform-provider-aws/issues/3051",
  },
  {
    id = "ecs-exec-role", on = service, at = "EnableExecuteCommand", when = { EnableExecuteCommand = true },
    must = "must run tasks with a TaskRoleArn for commands in its containers",
    holds = function(properties, _, template)
      local definition <const> = task_of(properties, template)
      return not definition or definition.TaskRoleArn ~= nil
    end,
    remedy = "leave EnableExecuteCommand out, or name a TaskRoleArn", page = guide .. "ecs-exec.html", checked = checked,
  },
  {
    id = "ecs-exec-read-only", on = service, at = "EnableExecuteCommand", when = { EnableExecuteCommand = true }, severity = "warning",
    must = "must have containers that can be written to for commands in them",
    holds = function(properties, _, template)
      local definition <const> = task_of(properties, template)
      for _, container in ipairs(definition and values.items(definition.ContainerDefinitions) or {}) do
        if values.is_true(container.ReadonlyRootFilesystem) then return false, nil, "and " .. tostring(container.Name) .. " is read-only" end
      end
      return true
    end,
    remedy = "leave read_only or EnableExecuteCommand out", page = guide .. "ecs-exec.html", checked = checked,
  },
  {
    id = "ecs-grace-period", on = service, at = "HealthCheckGracePeriodSeconds", given = "HealthCheckGracePeriodSeconds",
    must = "must have a load balancer for its HealthCheckGracePeriodSeconds",
    holds = function(properties) return properties.LoadBalancers ~= nil and (values.is_computed(properties.LoadBalancers) or #properties.LoadBalancers > 0) end,
    remedy = "leave HealthCheckGracePeriodSeconds out", page = api .. "API_CreateService.html", checked = checked,
  },
  {
    id = "ecs-percents", on = service, at = "DeploymentConfiguration.MinimumHealthyPercent",
    must = "must have a MinimumHealthyPercent below its MaximumPercent: between them is room for a deployment",
    holds = function(properties)
      local least <const> = values.number(values.at(properties, "DeploymentConfiguration.MinimumHealthyPercent"))
      local most <const> = values.number(values.at(properties, "DeploymentConfiguration.MaximumPercent"))
      return not least or not most or least < most, nil, "not " .. tostring(math.tointeger(least)) .. " and " .. tostring(math.tointeger(most))
    end,
    remedy = "write MinimumHealthyPercent: 50", page = "https://github.com/aws/aws-cdk/pull/7814", checked = checked,
  },
  {
    id = "ecs-target-group-way", on = service, given = "LoadBalancers", must = "must have target groups that a listener leads to",
    faults = of_groups(function(ids, _, group) return ids == nil and "nothing leads to " .. group.id end),
    remedy = "name the target in Listeners of the load balancer", page = "https://github.com/aws/aws-cdk/issues/1160", checked = checked,
  },
  {
    id = "ecs-target-group-order", on = service, given = "LoadBalancers",
    must = "must be made after what leads to its target groups (DependsOn)",
    faults = of_groups(function(ids, made, group)
      if not ids then return nil end
      local first = nil
      for id in pairs(awaited(made)) do
        if ids[id] then return nil end
      end
      for id in pairs(ids) do first = (first == nil or id < first) and id or first end
      return "it does not wait for " .. first .. ", which leads to " .. group.id
    end),
    remedy = "add it to DependsOn of the service", page = "https://github.com/aws/aws-cdk/issues/1160", checked = checked,
  },
  {
    id = "ecs-registry-container", on = service, given = "ServiceRegistries",
    must = "must name a container and its port in a service registry with the network modes bridge and host",
    faults = function(properties, _, template)
      local definition <const>, found <const> = task_of(properties, template), {}
      local mode <const> = definition and definition.NetworkMode
      if mode ~= "bridge" and mode ~= "host" then return found end
      for index, registry in ipairs(values.items(properties.ServiceRegistries)) do
        if registry.ContainerName == nil or registry.ContainerPort == nil then
          found[#found + 1] = { path = { "ServiceRegistries", index }, detail = "its network mode is " .. mode }
        end
      end
      return found
    end,
    remedy = "write ContainerName: web, ContainerPort: 80", page = api .. "API_ServiceRegistry.html", checked = checked,
  },
  {
    id = "ecs-registry-port", on = service, each = "ServiceRegistries[]", at = "Port", excludes = "ContainerPort",
    must = "must have a Port or a container with its port in a service registry, not both", remedy = "leave Port out",
    page = api .. "API_ServiceRegistry.html", checked = checked,
  },
  {
    id = "ecs-ebs-volume", on = service, given = "VolumeConfigurations",
    must = "must have volume configurations for volumes that are configured at launch",
    faults = function(properties, _, template)
      local definition <const>, found <const> = task_of(properties, template), {}
      if not definition then return found end
      for index, volume in ipairs(values.items(properties.VolumeConfigurations)) do
        local name <const>, is_there = values.string(volume.Name), values.is_computed(definition.Volumes)
        for _, each in ipairs(values.items(definition.Volumes)) do
          local at_launch <const> = each.ConfiguredAtLaunch ~= nil and not values.is_false(each.ConfiguredAtLaunch)
          is_there = is_there or values.is_computed(each.Name) or each.Name == name and at_launch
        end
        if name and not is_there then
          local detail <const> = "its task has no volume " .. name .. " with ConfiguredAtLaunch: true"
          found[#found + 1] = { path = { "VolumeConfigurations", index, "Name" }, detail = detail }
        end
      end
      return found
    end,
    remedy = "write Volumes: [{Name: data, ConfiguredAtLaunch: true}] in the task definition", page = api .. "API_ServiceVolumeConfiguration.html",
    checked = checked,
  },
  {
    id = "ecs-ebs-one", on = service, at = "VolumeConfigurations", items = { 0, 1 }, must = "must have one EBS volume for each of its tasks",
    remedy = "leave all but one out", page = guide .. "ebs-volumes.html", checked = checked,
  },
  {
    id = "ecs-service-names", on = service, at = "ServiceName", must = "must have a ServiceName that no other service of its cluster has",
    holds = function(properties, made, template)
      local name <const> = values.string(properties.ServiceName)
      local of <const> = values.target(properties.Cluster) or values.string(properties.Cluster)
      for _, other in ipairs(name and of and template.of(service) or {}) do
        if other.id == made.id then return true end
        local its <const> = values.target(other.properties.Cluster) or values.string(other.properties.Cluster)
        if its == of and other.properties.ServiceName == name then return false, nil, other.id .. " is " .. name end
      end
      return true
    end,
    remedy = "write another ServiceName, or leave it out", page = api .. "API_CreateService.html", checked = checked,
  },
}
