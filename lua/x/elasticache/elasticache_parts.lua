--- What the kinds of x-elasticache have in common: how one tells them apart, their addresses, macros and the
--- configuration.
local database <const> = engine.use("kinds/database_clusters")
local definitions <const> = engine.use("kinds/definitions")
local environment <const> = engine.use("kinds/variables")
local grants <const> = engine.use("kinds/grants")
local read <const> = engine.use("base/read")
local values <const> = engine.use("kinds/values")
local serving <const> = engine.use("kinds/serving")
local cache <const> = {}

local of_serverless <const> = {
  "CacheUsageLimits", "DailySnapshotTime", "MajorEngineVersion", "ServerlessCacheName", "UserGroupId",
}
local of_groups <const> = {
  "AutomaticFailoverEnabled", "AtRestEncryptionEnabled", "ClusterMode", "MultiAZEnabled", "NodeGroupConfiguration",
  "NumCacheClusters", "NumNodeGroups", "PrimaryClusterId", "ReplicasPerNodeGroup", "ReplicationGroupDescription",
  "ReplicationGroupId", "UserGroupIds",
}

local function has(body, names)
  for name in pairs(read.path(body, "Properties") or {}) do
    if read.has(names, name) then return true end
  end
  return false
end

local function engine_of(body)
  return read.path(body, "Properties.Engine") or read.path(body, "MacroParameters.Engine")
end

local function looked_up(body, kind)
  return tostring(read.path(body, "Lookup.Arn") or ""):find(":" .. kind .. ":", 1, true) ~= nil
end

function cache.is_serverless(body)
  return looked_up(body, "serverlesscache") or read.path(body, "MacroParameters.Serverless") == true
    or has(body, of_serverless)
end

--- Memcached, and what counts one node and asks for nothing that only groups have. Everything else is a group, which
--- can be encrypted and can have more nodes than one.
function cache.is_cluster(body)
  if looked_up(body, "cluster") then return true end
  if has(body, of_groups) or engine_of(body) == "valkey" then return false end
  return engine_of(body) == "memcached" or has(body, { "NumCacheNodes", "ClusterName" })
    or read.path(body, "MacroParameters.NumCacheNodes") == 1
end

local function property(definition, name) return read.get(definition.resource.Properties, name) end

local function is_memcached(definition) return property(definition, "Engine") == "memcached" end

-- Defaults ----------------------------------------------------------------------------------------------------------

function cache.name(definition) return composex.sub("${AWS::StackName}-" .. definition.name) end

function cache.description(definition) return "Cache " .. definition.name end

function cache.memcached_only(definition) return is_memcached(definition) and true or nil end

function cache.snapshots(definition) return not is_memcached(definition) and 7 or nil end

--- Only Redis and Valkey leave a snapshot behind.
function cache.keep(definition) return engine_of(definition.body) == "memcached" and "Delete" or "Snapshot" end

function cache.final_snapshot(definition)
  return not is_memcached(definition) and composex.sub("${AWS::StackName}-" .. definition.name .. "-final") or nil
end

--- Two nodes, of which one takes over when the other fails, unless the file says how many there are.
function cache.count(definition)
  for _, name in ipairs { "NumNodeGroups", "ReplicasPerNodeGroup", "NodeGroupConfiguration", "PrimaryClusterId" } do
    if property(definition, name) ~= nil then return nil end
  end
  return 2
end

function cache.failover(definition)
  local count <const> = property(definition, "NumCacheClusters")
  return (count == nil or count ~= 1) and property(definition, "ReplicasPerNodeGroup") ~= 0
end

-- Addresses ---------------------------------------------------------------------------------------------------------

--- The port of the module's kind, unless the file says another; serverless caches have no other.
function cache.port(definition)
  if definition.lookup then return "Port" end
  return property(definition, "Port") or (is_memcached(definition) and 11211 or 6379)
end

function cache.serverless_port(definition)
  if definition.lookup then return "Port" end
  return is_memcached(definition) and 11211 or 6379
end

--- Serverless caches are read on a port of their own, the next one.
function cache.reader_port(definition)
  return not definition.lookup and cache.serverless_port(definition) + 1 or nil
end

cache.checks = {
  ["must have one node only: more of Redis are a replication group (NumCacheClusters)"] = function(made)
    local count <const> = made.Properties.NumCacheNodes
    return made.Properties.Engine == "memcached" or type(count) ~= "number" or count == 1
  end,
}

local function is_sharded(definition)
  local groups <const> = property(definition, "NumNodeGroups")
  return property(definition, "ClusterMode") == "enabled" or (type(groups) == "number" and groups > 1)
    or property(definition, "NodeGroupConfiguration") ~= nil
end

--- `attribute` of a cluster's own endpoint.
local function endpoint(memcached, redis)
  return function(definition) return definition.resource:att(is_memcached(definition) and memcached or redis) end
end

local function primary(name)
  return function(definition)
    return definition.resource:att((is_sharded(definition) and "ConfigurationEndPoint." or "PrimaryEndPoint.") .. name)
  end
end

local function config(definition)
  local parameter <const> = definitions.part(definition, "config")
  return parameter and parameter:ref()
end

--- The ARN of a cache that has none among its attributes.
local function arn(kind) return "arn:${AWS::Partition}:elasticache:${AWS::Region}:${AWS::AccountId}:" .. kind
  .. ":${Name}" end

cache.users = "arn:${AWS::Partition}:elasticache:${AWS::Region}:${AWS::AccountId}:user:*"
cache.describe = {
  "elasticache:DescribeCacheClusters", "elasticache:DescribeReplicationGroups", "elasticache:DescribeServerlessCaches",
  "elasticache:ListTagsForResource",
}

cache.cluster_returns = {
  Name = "Ref", Arn = arn("cluster"), Address = endpoint("ConfigurationEndpoint.Address", "RedisEndpoint.Address"),
  Port = endpoint("ConfigurationEndpoint.Port", "RedisEndpoint.Port"), Config = config,
  ["RedisEndpoint.Address"] = "RedisEndpoint.Address", ["RedisEndpoint.Port"] = "RedisEndpoint.Port",
  ["ConfigurationEndpoint.Address"] = "ConfigurationEndpoint.Address",
  ["ConfigurationEndpoint.Port"] = "ConfigurationEndpoint.Port",
}

--- The node that a group is made with.
local function first_node(definition)
  return definition.resource:ref() .. (is_sharded(definition) and "-0001-001" or "-001")
end

cache.group_returns = {
  Name = "Ref", FirstNode = first_node, Arn = arn("replicationgroup"), Address = primary("Address"), Port = primary("Port"),
  ["PrimaryEndPoint.Address"] = "PrimaryEndPoint.Address", ["PrimaryEndPoint.Port"] = "PrimaryEndPoint.Port",
  ["ReadEndPoint.Addresses"] = "ReadEndPoint.Addresses", ["ReadEndPoint.Ports"] = "ReadEndPoint.Ports",
  ["ReaderEndPoint.Address"] = "ReaderEndPoint.Address", ["ReaderEndPoint.Port"] = "ReaderEndPoint.Port",
  ["ConfigurationEndPoint.Address"] = "ConfigurationEndPoint.Address",
  ["ConfigurationEndPoint.Port"] = "ConfigurationEndPoint.Port",
  Config = config,
}

function cache.lookup(kind)
  return {
    arn = "arn:{partition}:elasticache:{region}:{account}:" .. kind .. ":{name}",
    returns = { Name = "{name}", FirstNode = kind == "replicationgroup" and "{name}-001" or nil },
  }
end

-- Macros ------------------------------------------------------------------------------------------------------------

--- Macros of clusters and groups; `count` is the property that says how many nodes there are.
function cache.macros(count)
  return {
    Engine = { sets = "Engine" }, EngineVersion = { sets = "EngineVersion" }, CacheNodeType = { sets = "CacheNodeType" },
    NumCacheNodes = { sets = count },
    ParameterGroup = database.parameter_group(
      "AWS::ElastiCache::ParameterGroup", "CacheParameterGroupName", "ParameterGroup"),
    Config = "boolean", Serverless = "boolean", AuthToken = count == "NumCacheClusters" and "boolean" or nil,
  }
end

--- `MacroParameters: {AuthToken: true}`: a password for the clients, generated and delivered as a secret.
function cache.auth_token(definition)
  if read.path(definition.body, "MacroParameters.AuthToken") ~= true and not definition.lookup then return nil end
  return { password = "AuthToken", token = true, lengths = { 16, 128 } }
end

--- A parameter with the addresses as JSON, unless `MacroParameters: {Config: false}`.
function cache.config(definition)
  if read.path(definition.body, "MacroParameters.Config") == false then return end
  local address <const>, port <const> = values.of(definition, "Address"), values.of(definition, "Port")
  local text = "{\"endpoint\":\"" .. address .. "\",\"port\":" .. port
  if not is_memcached(definition) then
    local is_encrypted = property(definition, "TransitEncryptionEnabled")
    if is_encrypted == nil then is_encrypted = definition.type == "AWS::ElastiCache::ReplicationGroup" end
    local scheme <const> = is_encrypted == false and "redis://" or "rediss://"
    text = text .. ",\"url\":\"" .. scheme .. address .. ":" .. port .. "\""
  end
  if definition.type == "AWS::ElastiCache::ReplicationGroup" and not is_sharded(definition) then
    text = text .. ",\"readendpoint\":\"" .. definition.resource:att("ReaderEndPoint.Address") .. "\",\"readport\":"
      .. definition.resource:att("ReaderEndPoint.Port")
  end
  definitions.add(definition, "config", "AWS::SSM::Parameter", "CacheConfig", {
    Name = composex.sub("${AWS::StackName}-" .. definition.name .. "-config"), Type = "String", Value = text .. "}",
  })
end

--- A service that is named may read that parameter, and gets its name as `NAME_CONFIG`.
function cache.serve(definition, service, body)
  serving.usual(definition, service, body)
  local parameter <const> = not definition.lookup and definitions.part(definition, "config")
  if not parameter then return end
  grants.allow(service, definition.key, "Config", { "ssm:GetParameter", "ssm:GetParameters" }, {
    composex.sub("arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/") .. parameter:ref(),
  })
  local variable <const> = environment.name("{NAME}_CONFIG", definition.name)
  environment.give(definition, service, variable, parameter:ref(), definition.at)
end

return cache
