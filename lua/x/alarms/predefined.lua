--- Ready-made alarms: `MacroParameters: {Predefined: OldMessages, For: x-sqs::jobs}`; Properties of the file are
--- stronger.

--- An alarm of a metric that is at its threshold or above for five minutes.
local function above(metric, statistic, threshold, more)
  local row <const> = {
    MetricName = metric, Statistic = statistic, Threshold = threshold, Period = 60, EvaluationPeriods = 5,
    ComparisonOperator = "GreaterThanOrEqualToThreshold",
  }
  for name, entry in pairs(more or {}) do row[name] = entry end
  return row
end

local function below(metric, statistic, threshold, more)
  local row <const> = above(metric, statistic, threshold, more)
  row.ComparisonOperator = "LessThanOrEqualToThreshold"
  return row
end

--- An alarm of a metric of the service's own namespace that is usual for a while only.
local function slowly(namespace, metric)
  return above(metric, "Average", 75, { Namespace = namespace, EvaluationPeriods = 10, DatapointsToAlarm = 5 })
end

local mebibytes <const> = 1024 * 1024

local database <const> = {
  HighCpuUsage    = above("CPUUtilization", "Average", 80),
  LowMemory       = below("FreeableMemory", "Minimum", 256 * mebibytes),
  ManyConnections = above("DatabaseConnections", "Maximum", 500),
}

local function with(rows, more)
  local all <const> = {}
  for name, row in pairs(rows) do all[name] = row end
  for name, row in pairs(more) do all[name] = row end
  return all
end

local nodes <const> = {
  HighCpuUsage    = above("EngineCPUUtilization", "Average", 80), Evictions = above("Evictions", "Sum", 1),
  LowMemory       = above("DatabaseMemoryUsagePercentage", "Average", 80),
  ManyConnections = above("CurrConnections", "Maximum", 50000),
}

--- By section; `of` tells the kinds of one apart by their types.
return {
  services               = {
    HighCpuUsage   = slowly("AWS/ECS", "CPUUtilization"),
    HighRamUsage   = slowly("AWS/ECS", "MemoryUtilization"),
    NoRunningTasks = below("RunningTaskCount", "Minimum", 0, { Namespace = "ECS/ContainerInsights" }),
  },
  ["x-sqs"]              = {
    OldMessages  = above("ApproximateAgeOfOldestMessage", "Maximum", 900),
    ManyMessages = above("ApproximateNumberOfMessagesVisible", "Maximum", 1000),
    AnyMessage   = above("ApproximateNumberOfMessagesVisible", "Maximum", 1, { EvaluationPeriods = 1 }),
  },
  ["x-sns"]              = { FailedDeliveries = above("NumberOfNotificationsFailed", "Sum", 1) },
  ["x-dynamodb"]         = {
    ReadThrottled  = above("ReadThrottleEvents", "Sum", 1),
    WriteThrottled = above("WriteThrottleEvents", "Sum", 1),
  },
  ["x-kinesis"]          = {
    LateConsumers  = above("GetRecords.IteratorAgeMilliseconds", "Maximum", 60000),
    WriteThrottled = above("WriteProvisionedThroughputExceeded", "Sum", 1),
  },
  ["x-kinesis_firehose"] = { LateDeliveries = above("DeliveryToS3.DataFreshness", "Maximum", 900) },
  ["x-rds"]              = { of = {
    ["AWS::RDS::DBCluster"]  = database,
    ["AWS::RDS::DBInstance"] = with(database, { LowStorage = below("FreeStorageSpace", "Minimum", 2048 * mebibytes) }),
  } },
  ["x-docdb"]            = database,
  ["x-neptune"]          = {
    HighCpuUsage = above("CPUUtilization", "Average", 80), LowMemory = below("FreeableMemory", "Minimum", 256 * mebibytes),
  },
  ["x-elasticache"]      = { of = {
    ["AWS::ElastiCache::CacheCluster"]     = with(nodes, { HighCpuUsage = above("CPUUtilization", "Average", 80) }),
    ["AWS::ElastiCache::ReplicationGroup"] = nodes,
    ["AWS::ElastiCache::ServerlessCache"]  = {
      Evictions = above("Evictions", "Sum", 1), Throttled = above("ThrottledCmds", "Sum", 1),
    },
  } },
  ["x-opensearch"]       = { of = {
    ["AWS::OpenSearchService::Domain"] = {
      Red          = above("ClusterStatus.red", "Maximum", 1, { EvaluationPeriods = 1 }),
      HighCpuUsage = above("CPUUtilization", "Average", 80),
      LowMemory    = above("JVMMemoryPressure", "Maximum", 85),
      LowStorage   = below("FreeStorageSpace", "Minimum", 2048),
    },
    ["AWS::OpenSearchServerless::Collection"] = {
      Errors = above("SearchRequestErrors", "Sum", 1), SlowSearches = above("SearchRequestLatency", "Average", 1000),
    },
  } },
  ["x-efs"]              = {
    HighIoUsage = above("PercentIOLimit", "Maximum", 95), LowCredits = below("BurstCreditBalance", "Minimum", 192 * 1024 * mebibytes),
  },
  ["x-mq"]               = {
    HighCpuUsage = above("SystemCpuUtilization", "Average", 80), ManyMessages = above("MessageCount", "Maximum", 1000),
  },
  ["x-msk"]              = { OfflinePartitions = above("OfflinePartitionsCount", "Maximum", 1) },
}
