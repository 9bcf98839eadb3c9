--- What a family runs on: Fargate unless a label (`ecs.compute.platform`), a capacity provider strategy (`x-ecs`) or the cluster
--- says otherwise.
local cluster <const> = engine.use("x/cluster/project_cluster")
local families <const> = engine.use("project/families")
local read <const> = engine.use("base/read")
local run <const> = engine.use("base/run")
local compute <const> = {}

--- The platforms, the strongest first: a family runs on the first that one of its services asks for.
local platforms <const> = { "EXTERNAL", "EC2", "MANAGED_INSTANCES", "FARGATE" }

--- Where a service asks for a platform, as `holder, key`: a label, or the word of ECS (`x-ecs: {Service: {LaunchType: EC2}}`).
local function asked(service)
  local labels <const> = read.at(service, "deploy", "labels")
  if labels ~= nil and labels["ecs.compute.platform"] ~= nil then return labels, "ecs.compute.platform" end
  local own <const> = read.at(service, "x-ecs", "Service")
  if own ~= nil and type(own.LaunchType) == "string" then return own, "LaunchType" end
end

--- The platform that the services of the family ask for, or nil.
local function labelled(family)
  local wanted
  for _, service in ipairs(family.services) do
    local holder <const>, key <const> = asked(service)
    local text <const> = holder and holder[key]
    if text ~= nil then
      local rank <const> = read.index(platforms, text)
      if not rank then
        engine.error({ holder, key }, "services::" .. service.name .. " asks for a platform \""
          .. tostring(text) .. "\"", engine.near(tostring(text), platforms, "there are"))
      elseif not wanted or rank < wanted then
        wanted = rank
      end
    end
  end
  return wanted and platforms[wanted]
end

--- One item of a strategy; Base and Weight are numbers when given.
local function provider(item, list, index, seen, strategy)
  local subject <const> = "CapacityProviderStrategy"
  if not read.is_mapping(item) then
    return engine.error({ list, index }, "an item of " .. subject .. " must be a mapping", "write CapacityProvider: FARGATE_SPOT")
  end
  read.keys(item, { "CapacityProvider", "Base", "Weight" }, subject)
  local name <const> = item.CapacityProvider
  if name == nil then return engine.error({ list, index }, subject .. " needs a CapacityProvider") end
  if type(name) == "string" and seen[name] then return end
  if type(name) == "string" then seen[name] = true end
  local known <const> = cluster.providers()
  if type(name) == "string" and known and not read.index(known, name) then
    return engine.error({ item, "CapacityProvider" }, "the cluster has no capacity provider \"" .. name .. "\"",
      engine.near(name, known, "it has"))
  end
  table.insert(strategy, {
    CapacityProvider = type(name) == "string" and engine.placed(cluster.provider(name), { item, "CapacityProvider" }) or name,
    Base = read.placed(item, "Base"), Weight = read.placed(item, "Weight"), name = name,
    where = { item, "CapacityProvider" }, base_at = { item, "Base" },
  })
end

--- ECS takes the Base of one provider: the first that has one keeps it, as in ECS ComposeX.
--- https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html (2026-11-29)
local function keep_one_base(strategy)
  local first
  for _, item in ipairs(strategy) do
    local base <const> = math.tointeger(tonumber(item.Base ~= nil and tostring(item.Base) or nil)) or item.Base ~= nil and 1 or 0
    if base ~= 0 and first then
      engine.warn(item.base_at, "Base of " .. tostring(item.name) .. " has no effect: ECS takes one Base in a strategy, and "
        .. tostring(first.name) .. " has one", "leave Base out here")
      item.Base = nil
    elseif base ~= 0 then
      first = item
    end
  end
end

--- Where a service writes a strategy: in x-ecs, or among the properties of its ECS service.
local function strategies_of(service)
  local section <const> = service["x-ecs"]
  local holders <const> = {}
  for _, holder in ipairs(section ~= nil and { section, read.at(section, "Service") } or {}) do
    if read.at(holder, "CapacityProviderStrategy") ~= nil then table.insert(holders, holder) end
  end
  return holders
end

--- The strategy that the services of a family ask for: the first of each provider; nil when none does.
local function strategy_of(family)
  local strategy <const>, seen <const> = {}, {}
  for _, service in ipairs(family.services) do
    for _, holder in ipairs(strategies_of(service)) do
      local list <const> = holder.CapacityProviderStrategy
      if read.is_list(list) then
        for index, item in ipairs(list) do provider(item, list, index, seen, strategy) end
      else
        engine.error({ holder, "CapacityProviderStrategy" }, "CapacityProviderStrategy must be a list",
          "write a list of CapacityProvider, Base and Weight")
      end
    end
  end
  keep_one_base(strategy)
  return #strategy > 0 and strategy or nil
end

local function is_fargate(name) return name == "FARGATE" or name == "FARGATE_SPOT" end

--- Where a strategy names the first provider that is not of the kind of those before; nil when the file does not write it.
local function odd_one(strategy)
  for _, item in ipairs(strategy) do
    if is_fargate(item.name) ~= is_fargate(strategy[1].name) then return item.where end
  end
end

--- What a strategy asks of a task: FARGATE for Fargate's own providers, EC2 for Auto Scaling groups.
local function platform_of(strategy, where)
  local fargate, other = 0, 0
  for _, item in ipairs(strategy) do
    if is_fargate(item.name) then fargate = fargate + 1 else other = other + 1 end
  end
  if fargate > 0 and other > 0 then
    engine.error(odd_one(strategy) or where, "a capacity provider strategy cannot mix Fargate and instances",
      "name FARGATE and FARGATE_SPOT only, or none of them")
  end
  return fargate > 0 and "FARGATE" or cluster.platform_of_instances()
end

local function properties_of(strategy)
  local list <const> = {}
  for _, item in ipairs(strategy) do
    table.insert(list, { CapacityProvider = item.CapacityProvider, Base = item.Base, Weight = item.Weight })
  end
  return list
end

--- The network mode of tasks on instances: an address of their own (`awsvpc`), unless the services of the family say
--- `network_mode: bridge`, `host` or `none` alike.
local function network_mode_of(family)
  local found, found_at
  for _, service in ipairs(family.services) do
    local mode <const>, where <const> = service.network_mode, { service, "network_mode" }
    local is_mode <const> = mode == "bridge" or mode == "host" or mode == "none"
    if is_mode and found and mode ~= found then
      engine.error(where, "services of family " .. family.name .. " have different network modes: " .. found .. " and " .. mode,
        "containers of one task share their network")
    elseif is_mode and not found then
      found, found_at = mode, where
    end
  end
  return found and engine.placed(found, found_at) or "awsvpc", found or "awsvpc"
end

--- Where a service asks for one task on each instance (`deploy.mode: global`, or the word of ECS for it), or nil.
function compute.daemon_at(service)
  if read.at(service, "deploy", "mode") == "global" then return { service.deploy, "mode" } end
  local own <const> = read.at(service, "x-ecs", "Service")
  if own ~= nil and own.SchedulingStrategy == "DAEMON" then return { own, "SchedulingStrategy" } end
end

--- The same for a family, and the service that asks; jobs may ask too.
local function global_at(family)
  for _, service in ipairs(family.services) do
    local where = compute.daemon_at(service)
    if read.at(service, "deploy", "mode") == "global-job" then where = { service.deploy, "mode" } end
    if where then return where, service end
  end
end

--- Instances by launch type for a DAEMON service: ECS refuses a strategy beside it ("Specifying a capacity provider strategy is not
--- supported when you create a service using the DAEMON scheduling strategy", aws/containers-roadmap#692, read 2026-11-29), and the
--- default strategy of the cluster where neither stands. Managed Instances have no launch type.
local function daemon(answer, family, where, service)
  for _, each in ipairs(family.services) do
    for _, holder in ipairs(strategies_of(each)) do
      engine.warn({ holder, "CapacityProviderStrategy", "key" }, "services::" .. each.name
        .. " CapacityProviderStrategy has no effect: mode global runs one task on each instance of the cluster", "leave it out")
    end
  end
  answer.CapacityProviderStrategy = nil
  if answer.platform == "EC2" then
    answer.LaunchType = "EC2"
  else
    engine.error(where, "services::" .. service.name .. " mode global has no counterpart on Managed Instances: ECS runs no DAEMON service there",
      "write mode: replicated, or run it on instances of the cluster: x-cluster: {Compute: EC2}")
  end
end

local function make(family)
  local platform <const> = labelled(family)
  if (platform or cluster.platform()) == "EXTERNAL" then
    return { platform = "EXTERNAL", LaunchType = "EXTERNAL", requires = { "EXTERNAL" }, network_mode = "bridge" }
  end
  local strategy <const> = strategy_of(family) or cluster.strategy(platform)
  local runs_on <const> = strategy and platform_of(strategy, family.main) or platform or cluster.platform()
  local answer <const> = { platform = runs_on, requires = { runs_on }, network_mode = "awsvpc" }
  if strategy then
    answer.CapacityProviderStrategy = properties_of(strategy)
  elseif runs_on == "MANAGED_INSTANCES" then
    engine.error(family.main, "services::" .. family.main.name .. " asks for managed instances, which the cluster has not",
      "write x-cluster: {Compute: ManagedInstances}")
  elseif not cluster.has_default_strategy() or platform then
    answer.LaunchType = runs_on
    if runs_on == "EC2" and not cluster.may_have_instances() then
      engine.warn(family.main, "services::" .. family.main.name .. " runs on EC2, and the cluster has no instances",
        "write x-cluster: {Compute: EC2}")
    end
  end
  if runs_on == "EC2" then
    answer.network_mode_value, answer.network_mode = network_mode_of(family)
    answer.PlacementStrategies = {
      { Type = "spread", Field = "attribute:ecs.availability-zone" }, { Type = "spread", Field = "instanceId" },
    }
  end
  local global <const>, service <const> = global_at(family)
  if global and runs_on ~= "FARGATE" then daemon(answer, family, global, service) end
  return answer
end

--- What a family runs on: `{ platform, LaunchType, CapacityProviderStrategy, PlacementStrategies, requires, network_mode,
--- network_mode_value }`, the last at its place when the file has one.
--- `platform` is FARGATE, EC2, EXTERNAL or MANAGED_INSTANCES; `requires` is RequiresCompatibilities; the capitals are properties
--- of `AWS::ECS::Service`, each nil when it is not to be written.
compute.of = run.by_name(make)

--- Makes the cluster, and the instances that it has, once it is known what families run on.
function compute.make_cluster()
  for _, family in ipairs(families.all()) do compute.of(family) end
  cluster.name()
  cluster.prepare()
end

--- The security group of the cluster's instances, which tasks without an address of their own connect from; nil when they are not
--- of this template.
function compute.group_of_instances()
  return engine.find("x-cluster", "", "InstancesSecurityGroup")
end

return compute
