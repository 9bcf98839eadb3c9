--- The cluster that the services run on, of the stack's own or existing, and the instances that it may have.
local compat <const> = engine.use("project/compat")
local lazy <const> = engine.use("base/lazy")
local cluster_logs <const> = lazy("x/cluster/cluster_logs")
local definitions <const> = engine.use("kinds/definitions")
local insights <const> = engine.use("x/cluster/insights")
local instances <const> = lazy("x/cluster/instances")
local read <const> = engine.use("base/read")
local run <const> = engine.use("base/run")
local cluster <const> = {}

local fargate <const> = { "FARGATE", "FARGATE_SPOT" }

-- Reading --------------------------------------------------------------------------------------------------------------

--- The name in an ARN, or the name itself; nil for anything else.
local function name_of(value)
  if type(value) ~= "string" then return nil end
  return value:match("^arn:[%w-]+:ecs:[%w-]+:%d+:cluster/([%w_-]+)$") or value:match("^[%a][%w_-]*$")
end

local function strategy_of(list, where)
  local strategy <const> = {}
  for index, item in ipairs(list or {}) do
    if read.is_mapping(item) and type(item.CapacityProvider) == "string" then
      strategy[#strategy + 1] = item.CapacityProvider
    else
      engine.error({ list, index }, where .. " DefaultCapacityProviderStrategy needs a CapacityProvider",
        "write CapacityProvider: FARGATE")
    end
  end
  return strategy
end

--- An existing cluster, by name or ARN.
local function existing(holder, key, subject)
  local value <const> = holder[key]
  local node = value
  local at = { holder, key }
  local providers, strategy, has_insights
  if read.is_mapping(value) and not read.is_function(value) then
    at = { value, value.Arn ~= nil and "Arn" or "ClusterName" }
    node = value.Arn or value.ClusterName
    providers = value.CapacityProviders ~= nil and { table.unpack(read.items(value, "CapacityProviders")) } or nil
    strategy = strategy_of(read.items(value, "DefaultCapacityProviderStrategy"), subject)
    has_insights = value.ContainerInsights
  end
  if read.is_function(node) then return { reference = node, providers = providers, strategy = strategy, insights = has_insights } end
  local name <const> = name_of(node)
  if not name then
    engine.error(node ~= nil and at or { holder, key }, subject .. " names no cluster: rendering does not ask AWS",
      "write the name or the ARN of the cluster")
  end
  return { reference = engine.placed(name or "default", at), providers = providers, strategy = strategy, insights = has_insights }
end

--- Providers and default strategy of a cluster of our own.
local function check_properties(properties, subject)
  local names <const> = read.list(properties, "CapacityProviders", subject, "FARGATE")
  local providers <const> = properties.CapacityProviders ~= nil and { table.unpack(names) } or nil
  local strategy <const> = strategy_of(
    read.list(properties, "DefaultCapacityProviderStrategy", subject, "{CapacityProvider: FARGATE}"), subject)
  for index, name in ipairs(strategy) do
    if not read.index(providers or {}, name) then
      engine.error({ properties.DefaultCapacityProviderStrategy, index }, subject .. " DefaultCapacityProviderStrategy names " .. name
        .. ", which is not in CapacityProviders", "add it: CapacityProviders: [" .. name .. "]")
    end
  end
  return providers, strategy
end

local function own(definition)
  local body <const> = definition.body
  local written <const> = read.part(body, "Properties")
  local providers <const>, strategy <const> = check_properties(written, "x-cluster")
  return {
    at = definition.at, body = body, written = written, providers = providers or { table.unpack(fargate) }, strategy = strategy,
    has_own_providers = providers ~= nil, compute = body.Compute ~= nil and instances.read(body) or nil,
  }
end

--- What the file says: `{ reference, providers, strategy }` of an existing cluster, else what one is made of.
local said <const> = run.once(function()
  local definition <const> = definitions.single("x-cluster")
  local body <const> = definition.body
  if type(body) == "string" or read.is_function(body) then return existing(engine.root(), "x-cluster", "x-cluster") end
  local lookup <const> = body.Lookup ~= nil and "Lookup" or body.Use ~= nil and "Use" or nil
  if not lookup then return own(definition) end
  for _, key in ipairs { "Properties", "MacroParameters", "Compute" } do
    if body[key] ~= nil then
      engine.error({ body, key, "key" }, "x-cluster has " .. lookup .. " and " .. key, "an existing cluster is taken as it is")
    end
  end
  return existing(body, lookup, "x-cluster " .. lookup)
end)

-- Making ---------------------------------------------------------------------------------------------------------------

local function make(it)
  local properties <const> = {}
  for name in pairs(it.written) do properties[name] = read.placed(it.written, name) end
  it.command_logs = {}
  properties.Configuration = cluster_logs.configuration(it.body, it.written, it.command_logs)
  if it.spot and not it.has_own_providers and not it.compute then properties.CapacityProviders = fargate end
  insights.set(it.body, properties)
  -- A cluster with another name is another cluster, with all its services.
  if compat.is("ecs-composex") and properties.ClusterName == nil then properties.ClusterName = composex.ref("AWS::StackName") end
  return engine.add {
    type = "AWS::ECS::Cluster", noun = "Cluster", key = "x-cluster", name = "", at = it.at, properties = properties,
  }
end

--- What names the cluster in the properties of a service. A cluster of our own is made when it is asked for first.
function cluster.name()
  local it <const> = said()
  if it.reference then return it.reference end
  it.made = it.made or make(it)
  return it.made:ref()
end

--- Makes the instances that x-cluster asks for, for families that run on them.
function cluster.prepare()
  local it <const> = said()
  if it.reference then insights.report_existing(it.insights) end
  if not it.compute then return end
  local reference <const> = cluster.name()
  it.instances = instances.make(it.compute, reference)
end

--- The resource that services on instances wait for, or nil.
function cluster.ready() return said().instances and said().instances.ready or nil end

-- What families run on -------------------------------------------------------------------------------------------------

--- The names of the capacity providers that the cluster has; nil when nobody knows.
function cluster.providers()
  local it <const> = said()
  if it.reference then return it.providers end
  local names <const> = { table.unpack(it.providers) }
  if it.compute and it.compute.provider then table.insert(names, it.compute.provider) end
  return names
end

--- What names a capacity provider in a strategy; Fargate's own are added to the cluster when they are asked for.
function cluster.provider(name)
  local it <const> = said()
  if it.compute and name == it.compute.provider then return cluster.instances_provider() end
  it.spot = it.spot or read.index(fargate, name) ~= nil
  return name
end

--- The reference to the provider of the cluster's own instances.
function cluster.instances_provider()
  local it <const> = said()
  if not it.instances then cluster.prepare() end
  return it.instances.provider
end

--- The strategy of a family that asks for none, on the platform that its labels ask for (nil when they do not); nil for a launch type.
function cluster.strategy(platform)
  local it <const> = said()
  if not it.compute or not it.compute.provider or (platform and platform ~= it.compute.platform) then return nil end
  return { { CapacityProvider = cluster.instances_provider(), Weight = 1, name = it.compute.provider } }
end

--- Whether a family without strategy and launch type is placed by the cluster itself.
function cluster.has_default_strategy()
  local it <const> = said()
  return it.strategy ~= nil and #it.strategy > 0
end

--- What families run on that do not say: Fargate, unless the cluster has instances only.
function cluster.platform()
  local it <const> = said()
  if it.compute then return it.compute.platform end
  local names <const> = it.strategy and #it.strategy > 0 and it.strategy or it.providers
  if not names then return "FARGATE" end
  for _, name in ipairs(names) do
    if read.index(fargate, name) then return "FARGATE" end
  end
  return "EC2"
end

--- Whether the cluster has instances, as far as anybody knows: one of our own has those of Compute, and of providers of its own.
function cluster.may_have_instances()
  local it <const> = said()
  return it.reference ~= nil or it.compute ~= nil or it.has_own_providers
end

--- What tasks need that run on the cluster's own instances.
function cluster.platform_of_instances()
  local it <const> = said()
  return it.compute and it.compute.platform or "EC2"
end

--- What a task has to be allowed so that commands in its containers are logged where the cluster says: `{ sid, actions, resources }`.
function cluster.command_statements()
  local it <const> = said()
  return it.command_logs and cluster_logs.statements(it.command_logs) or {}
end

return cluster
