--- Contracts of Amazon ElastiCache.
local databases <const> = engine.use("contracts/databases")
local passwords <const> = engine.use("contracts/passwords")
local values <const> = engine.use("contracts/values")

local api <const> = "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/"
local of_group <const>, of_cluster <const> = api .. "API_CreateReplicationGroup.html", api .. "API_CreateCacheCluster.html"
local checked <const> = "2026-11-29"
local group <const>, cluster <const>, user <const> = "AWS::ElastiCache::ReplicationGroup", "AWS::ElastiCache::CacheCluster", "AWS::ElastiCache::User"

local function as_many_zones(id, on, zones, nodes, page)
  return {
    id = id, on = on, at = zones, must = "must have as many " .. zones .. " as " .. nodes,
    holds = function(made)
      local count <const>, list <const> = values.number(made[nodes]), values.items(made[zones])
      return #list == 0 or not count or #list == count, nil, "not " .. #list .. " and " .. tostring(count)
    end,
    remedy = "name a zone for each node, the same one twice if it has two", page = page, checked = checked,
  }
end

--- What only one kind of cache has.
local function only(engine_name, property, engines)
  return {
    id = "elasticache-" .. engine_name .. "-" .. property:lower(), on = cluster, at = property, when = { Engine = engines },
    must = "must not have " .. property .. ": only " .. engine_name .. " has it", holds = function(made) return made[property] == nil end,
    remedy = "leave " .. property .. " out", page = of_cluster, checked = checked,
  }
end

local redis <const> = { "redis", "valkey" }

return {
  {
    id = "elasticache-group-name", on = group, at = "ReplicationGroupId", identifier = 40, remedy = "write ReplicationGroupId: shop-cache",
    page = of_group, checked = checked,
  },
  {
    id = "elasticache-cluster-name", on = cluster, at = "ClusterName", identifier = 50, remedy = "write ClusterName: shop-cache", page = of_cluster,
    checked = checked,
  },
  {
    id = "elasticache-token-tls", on = group, at = "AuthToken", must = "must have TransitEncryptionEnabled: true beside its AuthToken",
    holds = function(made)
      local tls <const> = made.TransitEncryptionEnabled
      return made.AuthToken == nil or tls ~= nil and not values.is_false(tls)
    end,
    remedy = "write TransitEncryptionEnabled: true", page = of_group, checked = checked,
  },
  passwords.length({
    id = "elasticache-token", on = group, at = "AuthToken", remedy = "write PasswordLength: 32 for the generated one", page = of_group,
  }, 16, 128),
  passwords.without({
    id = "elasticache-token-letters", on = group, at = "AuthToken", remedy = "take letters, digits and !&#$^<>- only", page = of_group,
  }, "[^%w!&#$^<>-]", "other characters than letters, digits and !&#$^<>-"),
  {
    id = "elasticache-failover", on = group, at = "NumCacheClusters", when = { AutomaticFailoverEnabled = true, NumCacheClusters = "1" },
    must = "must have 2 nodes or more to fail over (AutomaticFailoverEnabled)", holds = function() return false end,
    remedy = "write NumCacheClusters: 2, or AutomaticFailoverEnabled: false", page = of_group, checked = checked,
  },
  {
    id = "elasticache-shard-failover", on = group, at = "AutomaticFailoverEnabled", must = "must fail over by itself: it has several node groups",
    holds = function(made)
      local shards <const> = values.number(made.NumNodeGroups)
      return not shards or shards < 2 or not values.is_false(made.AutomaticFailoverEnabled)
    end,
    remedy = "write AutomaticFailoverEnabled: true", page = of_group, checked = checked,
  },
  as_many_zones("elasticache-group-zones", group, "PreferredCacheClusterAZs", "NumCacheClusters", of_group),
  as_many_zones("elasticache-cluster-zones", cluster, "PreferredAvailabilityZones", "NumCacheNodes", of_cluster),
  {
    id = "elasticache-memcached-nodes", on = cluster, at = "NumCacheNodes", when = { Engine = "memcached" }, range = { 1, 40 },
    remedy = "write NumCacheNodes: 40, or ask for a higher limit", page = of_cluster, checked = checked,
  },
  only("memcached", "AZMode", redis),
  only("memcached", "PreferredAvailabilityZones", redis),
  only("redis", "SnapshotRetentionLimit", "memcached"),
  only("redis", "SnapshotWindow", "memcached"),
  only("redis", "SnapshotName", "memcached"),
  {
    id = "elasticache-tiering", on = group, at = "DataTieringEnabled", must = "must have DataTieringEnabled: true with nodes of r6gd, and only with them",
    holds = function(made)
      local kind <const> = values.string(made.CacheNodeType)
      if not kind or values.is_computed(made.DataTieringEnabled) then return true end
      return (kind:find("r6gd", 1, true) ~= nil) == values.is_true(made.DataTieringEnabled), nil, "not " .. kind
    end,
    remedy = "write DataTieringEnabled: true and CacheNodeType: cache.r6gd.xlarge, or neither", page = of_group, checked = checked,
  },
  databases.maintenance_window("elasticache-maintenance-window", { group, cluster }, of_group, 60),
  {
    id = "elasticache-engine", on = group, at = "Engine", one_of = { "redis", "valkey" }, page = of_group, checked = checked,
    must = "Engine of a replication group must be redis or valkey",
  },
  {
    id = "elasticache-user-passwords", on = user, at = "Passwords", items = { 0, 2 }, remedy = "leave all but two of them out",
    page = api .. "API_CreateUser.html", checked = checked,
  },
  {
    id = "elasticache-token-users", on = "AWS::ElastiCache::ReplicationGroup", at = "AuthToken", excludes = "UserGroupIds",
    must = "must have an AuthToken or UserGroupIds, not both", remedy = "leave AuthToken out",
    page = "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html", checked = checked,
  },
  {
    id = "elasticache-users-tls", on = "AWS::ElastiCache::ReplicationGroup", at = "UserGroupIds", given = "UserGroupIds",
    must = "must have TransitEncryptionEnabled: true beside its UserGroupIds",
    holds = function(made) return values.is_true(made.TransitEncryptionEnabled) or type(made.TransitEncryptionEnabled) == "table" end,
    remedy = "write TransitEncryptionEnabled: true", page = "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html", checked = checked,
  },
  {
    id = "elasticache-zones-failover", on = "AWS::ElastiCache::ReplicationGroup", at = "MultiAZEnabled", when = { MultiAZEnabled = true },
    must = "must fail over by itself (AutomaticFailoverEnabled) to be in several zones (MultiAZEnabled)",
    holds = function(made) return values.is_true(made.AutomaticFailoverEnabled) or type(made.AutomaticFailoverEnabled) == "table" end,
    remedy = "write AutomaticFailoverEnabled: true", page = "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html", checked = checked,
  },
}
