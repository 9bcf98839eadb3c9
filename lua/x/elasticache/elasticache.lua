--- x-elasticache: Valkey, Redis and Memcached: replication groups, single clusters, serverless caches.
local cache <const> = engine.use("x/elasticache/caches")
local config <const> = engine.use("x/elasticache/cache_config")
local kinds <const> = engine.use("x/elasticache/cache_kinds")

local group <const> = {
  type = "AWS::ElastiCache::SubnetGroup", property = "CacheSubnetGroupName", description = "Description",
}
local access <const> = {
  RO      = cache.describe,
  -- A login by IAM, as a user that the cache lets in so.
  connect = { { on = { "${Arn}", cache.users }, "elasticache:Connect" } },
}

return {
  key     = "x-elasticache",
  noun    = "Cache",
  keep    = "Snapshot",
  env     = { ["{NAME}"] = "Name", ["{NAME}_HOST"] = "Address", ["{NAME}_PORT"] = "Port" },
  kinds   = {
    {
      when     = kinds.is_serverless,
      type     = "AWS::ElastiCache::ServerlessCache",
      keep     = "Delete",
      defaults = {
        ServerlessCacheName = cache.name, Engine = "valkey", SnapshotRetentionLimit = cache.snapshots,
        FinalSnapshotName = cache.final_snapshot,
      },
      returns  = {
        Name = "Ref", Arn = "ARN", Address = "Endpoint.Address", Port = "Endpoint.Port",
        ["ReaderEndpoint.Address"] = "ReaderEndpoint.Address", ["ReaderEndpoint.Port"] = "ReaderEndpoint.Port",
        ["Endpoint.Address"] = "Endpoint.Address", ["Endpoint.Port"] = "Endpoint.Port",
      },
      network  = { ports = { cache.serverless_port, cache.reader_port }, groups = "SecurityGroupIds", into = "SubnetIds" },
      access   = access, lookup = cache.lookup("serverlesscache"),
      metrics  = {
        namespace = "AWS/ElastiCache", dimensions = { { "clusterId", "Name" } },
        charts = { { "ElastiCacheProcessingUnits", "Sum" }, { "CurrConnections", "Average" } },
        alarms = {
          Evictions = { "Evictions", "Sum", above = 1 },
          Throttled = { "ThrottledCmds", "Sum", above = 1 },
        },
      },
      accepts  = { macros = {
        Engine = { sets = "Engine" }, EngineVersion = { sets = "MajorEngineVersion" }, Serverless = "boolean",
      } },
    },
    {
      when     = kinds.is_cluster,
      type     = "AWS::ElastiCache::CacheCluster",
      keep     = cache.keep,
      defaults = {
        NumCacheNodes = 1, CacheNodeType = "cache.t3.small", Engine = "redis",
        TransitEncryptionEnabled = cache.memcached_only,
        SnapshotRetentionLimit = cache.snapshots,
      },
      returns  = cache.cluster_returns,
      network  = { ports = { cache.port }, groups = "VpcSecurityGroupIds", group = group },
      access   = access, lookup = cache.lookup("cluster"),
      metrics  = {
        namespace = "AWS/ElastiCache", dimensions = { { "CacheClusterId", "Name" } },
        charts = { { "CPUUtilization", "Average" }, { "CurrConnections", "Average" } },
        alarms = {
          HighCpuUsage = { "CPUUtilization", "Average", above = 80 },
          Evictions = { "Evictions", "Sum", above = 1 },
          LowMemory = { "DatabaseMemoryUsagePercentage", "Average", above = 80 },
          ManyConnections = { "CurrConnections", "Maximum", above = 50000 },
        },
      },
      accepts  = { macros = kinds.macros("NumCacheNodes") },
      hooks    = { after_make = config.make }, checks = cache.checks,
    },
    {
      type     = "AWS::ElastiCache::ReplicationGroup",
      defaults = {
        ReplicationGroupDescription = cache.description, Engine = "valkey", CacheNodeType = "cache.t3.small",
        AtRestEncryptionEnabled = true, TransitEncryptionEnabled = true, SnapshotRetentionLimit = 7,
        AutomaticFailoverEnabled = cache.failover, MultiAZEnabled = cache.failover, NumCacheClusters = cache.count,
      },
      returns  = cache.group_returns,
      network  = { ports = { cache.port }, groups = "SecurityGroupIds", group = group },
      access   = access, lookup = cache.lookup("replicationgroup"),
      -- It is the nodes that have metrics; the first one was made first, and is the primary of an unsharded group.
      metrics  = {
        namespace = "AWS/ElastiCache", dimensions = { { "CacheClusterId", "FirstNode" } },
        charts = { { "EngineCPUUtilization", "Average" }, { "CurrConnections", "Average" } },
        alarms = {
          HighCpuUsage = { "EngineCPUUtilization", "Average", above = 80 },
          Evictions = { "Evictions", "Sum", above = 1 },
          LowMemory = { "DatabaseMemoryUsagePercentage", "Average", above = 80 },
          ManyConnections = { "CurrConnections", "Maximum", above = 50000 },
        },
      },
      secret   = kinds.auth_token,
      accepts  = { macros = kinds.macros("NumCacheClusters") },
      hooks    = { after_make = config.make },
    },
  },
  hooks   = { serve = config.serve },
  links   = { ["KmsKeyId"] = "x-kms.Arn", ["NotificationTopicArn"] = "x-sns.TopicArn" },
}
