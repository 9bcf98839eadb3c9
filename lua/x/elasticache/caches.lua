--- Caches of x-elasticache: defaults by engine, addresses, return values.
local definitions <const> = engine.use("kinds/definitions")
local kinds <const> = engine.use("x/elasticache/cache_kinds")
local own_names <const> = engine.use("kinds/own_names")
local read <const> = engine.use("base/read")
local cache <const> = {}

--- The most letters of a serverless cache's name.
--- https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateServerlessCache.html (2026-11-29)
local longest_name <const> = 40

local function property(definition, name) return read.get(definition.resource.Properties, name) end

function cache.is_memcached(definition) return property(definition, "Engine") == "memcached" end

function cache.name(definition) return own_names.of(definition, "ServerlessCacheName", longest_name) end

function cache.description(definition) return "Cache " .. definition.name end

function cache.memcached_only(definition) return cache.is_memcached(definition) and true or nil end

function cache.snapshots(definition) return not cache.is_memcached(definition) and 7 or nil end

--- Only Redis and Valkey leave a snapshot behind.
function cache.keep(definition) return kinds.engine_of(definition.body) == "memcached" and "Delete" or "Snapshot" end

--- The snapshot that a cache leaves behind has a name that no other deletion gives: neither of this stack, nor of its predecessor.
function cache.final_snapshot(definition)
  if cache.is_memcached(definition) then return nil end
  return { ["Fn::Join"] = { "-", { cache.name(definition), "final", own_names.stack_part() } } }
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

--- The port of the module's kind, unless the file says another; serverless caches have no other.
function cache.port(definition)
  if definition.lookup then return "Port" end
  return property(definition, "Port") or (cache.is_memcached(definition) and 11211 or 6379)
end

function cache.serverless_port(definition)
  if definition.lookup then return "Port" end
  return cache.is_memcached(definition) and 11211 or 6379
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

function cache.is_sharded(definition)
  local groups <const> = property(definition, "NumNodeGroups")
  return property(definition, "ClusterMode") == "enabled" or (type(groups) == "number" and groups > 1)
    or property(definition, "NodeGroupConfiguration") ~= nil
end

--- `attribute` of a cluster's own endpoint.
local function endpoint(memcached, redis)
  return function(definition) return definition.resource:att(cache.is_memcached(definition) and memcached or redis) end
end

local function primary(name)
  return function(definition)
    return definition.resource:att((cache.is_sharded(definition) and "ConfigurationEndPoint." or "PrimaryEndPoint.") .. name)
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
  Name = "Ref", ClusterName = "Ref", Arn = arn("cluster"), Address = endpoint("ConfigurationEndpoint.Address", "RedisEndpoint.Address"),
  Port = endpoint("ConfigurationEndpoint.Port", "RedisEndpoint.Port"), Config = config,
  ["RedisEndpoint.Address"] = "RedisEndpoint.Address", ["RedisEndpoint.Port"] = "RedisEndpoint.Port",
  ["ConfigurationEndpoint.Address"] = "ConfigurationEndpoint.Address",
  ["ConfigurationEndpoint.Port"] = "ConfigurationEndpoint.Port",
}

--- The node that a group is made with.
local function first_node(definition)
  return definition.resource:ref() .. (cache.is_sharded(definition) and "-0001-001" or "-001")
end

cache.group_returns = {
  Name = "Ref", ClusterName = "Ref", FirstNode = first_node, Arn = arn("replicationgroup"), Address = primary("Address"), Port = primary("Port"),
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
    returns = { Name = "{name}", ClusterName = "{name}", FirstNode = kind == "replicationgroup" and "{name}-001" or nil },
  }
end

return cache
