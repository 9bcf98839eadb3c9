--- What tells serverless caches, single clusters and replication groups of x-elasticache apart, and the macros of each.
local database <const> = engine.use("kinds/database_clusters")
local read <const> = engine.use("base/read")
local kinds <const> = {}

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

function kinds.engine_of(body)
  return read.path(body, "Properties.Engine") or read.path(body, "MacroParameters.Engine")
end

local function looked_up(body, kind)
  return tostring(read.path(body, "Lookup.Arn") or ""):find(":" .. kind .. ":", 1, true) ~= nil
end

function kinds.is_serverless(body)
  return looked_up(body, "serverlesscache") or read.path(body, "MacroParameters.Serverless") == true
    or has(body, of_serverless)
end

--- Memcached, and what counts one node and asks for nothing that only groups have. Everything else is a group, which
--- can be encrypted and can have more nodes than one.
function kinds.is_cluster(body)
  if looked_up(body, "cluster") then return true end
  if has(body, of_groups) or kinds.engine_of(body) == "valkey" then return false end
  return kinds.engine_of(body) == "memcached" or has(body, { "NumCacheNodes", "ClusterName" })
    or read.path(body, "MacroParameters.NumCacheNodes") == 1
end

--- Macros of clusters and groups; `count` is the property that says how many nodes there are.
function kinds.macros(count)
  return {
    Engine = { sets = "Engine" }, EngineVersion = { sets = "EngineVersion" }, CacheNodeType = { sets = "CacheNodeType" },
    NumCacheNodes = { sets = count },
    ParameterGroup = database.parameter_group(
      "AWS::ElastiCache::ParameterGroup", "CacheParameterGroupName", "ParameterGroup"),
    Config = "boolean", Serverless = "boolean", AuthToken = count == "NumCacheClusters" and "boolean" or nil,
  }
end

--- `MacroParameters: {AuthToken: true}`: a password for the clients, generated and delivered as a secret.
function kinds.auth_token(definition)
  if read.path(definition.body, "MacroParameters.AuthToken") ~= true and not definition.lookup then return nil end
  return { password = "AuthToken", token = true, lengths = { 16, 128 } }
end

return kinds
