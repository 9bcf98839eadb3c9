--- A compose service on ECS: the list of steps below, each a resource of its own.
--- A step can be replaced: `composex.override("ecs.service.log_group", function(original, service, made) ... end)`.
local cluster <const> = engine.use("platform/cluster")
local compute <const> = engine.use("platform/compute")
local container <const> = engine.use("ecs/container")
local grants <const> = engine.use("composex/grants")
local names <const> = engine.use("platform/names")
local network <const> = engine.use("platform/network")
local roles <const> = engine.use("ecs/roles")
local sizes <const> = engine.use("ecs/sizes")
local attributes <const> = engine.use("ecs/attributes")

--- The family of a service that is one by itself.
local function family_of(service) return { name = service.name, services = { service }, main = service } end

--- Adds a resource of the service. `noun` is what it is, in its logical id.
local function add(service, part, type, noun, properties)
  return engine.add {
    type = type, noun = noun, key = "services", name = service.name, part = part, at = service, properties = properties,
  }
end

local function log_group(service)
  return add(service, "log_group", "AWS::Logs::LogGroup", "LogGroup", {
    LogGroupName = engine.name("log_group", service.name),
    RetentionInDays = 30,
  })
end

local function execution_role(service, made)
  return add(service, "execution_role", "AWS::IAM::Role", "ExecutionRole", roles.execution(service, made.log_group, grants.of(service.name).execution))
end

local function role(service)
  return add(service, "role", "AWS::IAM::Role", "TaskRole", roles.task())
end

local function access(service, made)
  local list <const> = {}
  for _, policy in ipairs(roles.policies(grants.of(service.name).statements, made.role)) do
    local noun <const> = engine.pascal(policy.kind) .. "Access"
    table.insert(list, add(service, "access", "AWS::IAM::Policy", noun, policy.properties))
  end
  return list
end

--- None where tasks use the addresses of their instance.
local function security_group(service)
  if compute.of(family_of(service)).network_mode ~= "awsvpc" then return nil end
  return add(service, "security_group", "AWS::EC2::SecurityGroup", "SecurityGroup", {
    GroupDescription = "Tasks of service " .. service.name,
    VpcId = network.vpc(),
  })
end

local function platform(service)
  local text <const> = service.platform
  if text == nil then return nil end
  local arm <const> = text:find("arm64", 1, true) or text:find("aarch64", 1, true)
  return { CpuArchitecture = engine.placed(arm and "ARM64" or "X86_64", { service, "platform" }), OperatingSystemFamily = "LINUX" }
end

local function task(service, made)
  local size <const> = sizes.of(service)
  local cpu <const>, memory <const> = sizes.task(service, size)
  local runs <const> = compute.of(family_of(service))
  return add(service, "task", "AWS::ECS::TaskDefinition", "TaskDefinition", {
    Family = engine.name("family", service.name),
    Cpu = cpu,
    Memory = memory,
    NetworkMode = runs.network_mode,
    RequiresCompatibilities = runs.requires,
    RuntimePlatform = platform(service),
    ExecutionRoleArn = made.execution_role:att("Arn"),
    TaskRoleArn = made.role:att("Arn"),
    ContainerDefinitions = { container(service, size, made.log_group) },
  })
end

--- `deploy.replicas`, else `scale`, else one.
local function desired_count(service)
  local deploy <const> = service.deploy
  if deploy ~= nil and deploy.replicas ~= nil then return engine.placed(deploy.replicas, { deploy, "replicas" }) end
  if service.scale ~= nil then return engine.placed(service.scale, { service, "scale" }) end
  return 1
end

--- Rules that let the service's tasks into what it was granted.
local function reach(service, made)
  if not made.security_group then return end
  for _, rule in ipairs(grants.of(service.name).reach) do
    add(service, "reach", "AWS::EC2::SecurityGroupIngress", rule.noun, {
      GroupId = rule.group,
      SourceSecurityGroupId = made.security_group:att("GroupId"),
      IpProtocol = rule.protocol, FromPort = rule.port, ToPort = rule.port,
      Description = rule.description or ("From service " .. service.name),
    })
  end
end

local function load_balancers(service)
  local list <const> = {}
  for _, target in ipairs(grants.of(service.name).targets) do
    table.insert(list, {
      TargetGroupArn = target.group, ContainerName = target.container or service.name, ContainerPort = target.port,
    })
  end
  return #list > 0 and list or nil
end

--- Where the tasks of a family get their addresses: nil where they use those of their instance.
local function addresses(family, made)
  if compute.of(family).network_mode ~= "awsvpc" then return nil end
  return { AwsvpcConfiguration = {
    AssignPublicIp = "DISABLED",
    SecurityGroups = { made.security_group:att("GroupId"), table.unpack(names.groups(family)) },
    Subnets = network.subnets_of(family),
  } }
end

local function main(service, made)
  local family <const> = family_of(service)
  local runs <const> = compute.of(family)
  local ecs_service <const> = add(service, "main", "AWS::ECS::Service", "Service", {
    Cluster = cluster.name(),
    TaskDefinition = made.task:ref(),
    DesiredCount = desired_count(service),
    LaunchType = runs.LaunchType,
    CapacityProviderStrategy = runs.CapacityProviderStrategy,
    PlacementStrategies = runs.PlacementStrategies,
    EnableECSManagedTags = true,
    PropagateTags = "SERVICE",
    DeploymentConfiguration = {
      DeploymentCircuitBreaker = { Enable = true, Rollback = true },
      MaximumPercent = 200,
      MinimumHealthyPercent = 100,
    },
    NetworkConfiguration = addresses(family, made),
    ServiceConnectConfiguration = names.configuration(family),
    LoadBalancers = load_balancers(service),
  })
  -- A task that starts before its policies are attached would run without them.
  local waits <const> = {}
  for _, policy in ipairs(made.access) do table.insert(waits, policy:ref()) end
  for _, resource in ipairs(grants.of(service.name).after) do table.insert(waits, resource:ref()) end
  if #waits > 0 then ecs_service.DependsOn = waits end
  return ecs_service
end

local steps <const> = {
  { "log_group",      log_group },
  { "execution_role", execution_role },
  { "role",           role },
  { "access",         access },
  { "security_group", security_group },
  { "reach",          reach },
  { "task",           task },
  { "service",        main },
}

local service <const> = {}

--- Makes all resources of a service.
function service.make(each)
  attributes.tell(each)
  local made <const> = {}
  for _, step in ipairs(steps) do
    local name <const>, original <const> = step[1], step[2]
    local override <const> = engine.overriding("ecs.service." .. name)
    if override then
      made[name] = override(original, each, made)
    else
      made[name] = original(each, made)
    end
  end
end

--- `depends_on`: the service is created after those that it needs are stable.
function service.order(each)
  local own <const> = engine.find("services", each.name)
  for name in pairs(each.depends_on or {}) do
    local other <const> = engine.find("services", name)
    if own and other then
      local waits <const> = { other:ref() }
      for _, id in ipairs(own.DependsOn or {}) do table.insert(waits, id) end
      own.DependsOn = waits
    end
  end
end

return service
