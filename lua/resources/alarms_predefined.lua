--- Ready-made alarms: `MacroParameters: {Predefined: OldMessages, For: x-sqs::jobs}`; Properties of the file are
--- stronger.

local function above(namespace, metric, statistic, threshold, dimension, value, more)
  local row <const> = {
    Namespace = namespace, MetricName = metric, Statistic = statistic, Threshold = threshold, Period = 60,
    EvaluationPeriods = 5, ComparisonOperator = "GreaterThanOrEqualToThreshold", Dimension = dimension, Value = value,
  }
  for name, entry in pairs(more or {}) do row[name] = entry end
  return row
end

local slowly <const> = { EvaluationPeriods = 10, DatapointsToAlarm = 5 }
local below <const> = { ComparisonOperator = "LessThanOrEqualToThreshold" }

local function database(namespace, dimension, value)
  return {
    HighCpuUsage       = above(namespace, "CPUUtilization", "Average", 80, dimension, value),
    LowMemory          = above(namespace, "FreeableMemory", "Minimum", 256 * 1024 * 1024, dimension, value, below),
    ManyConnections    = above(namespace, "DatabaseConnections", "Maximum", 500, dimension, value),
  }
end

return {
  services             = {
    HighCpuUsage       = above("AWS/ECS", "CPUUtilization", "Average", 75, nil, nil, slowly),
    HighRamUsage       = above("AWS/ECS", "MemoryUtilization", "Average", 75, nil, nil, slowly),
    NoRunningTasks     = above("ECS/ContainerInsights", "RunningTaskCount", "Minimum", 0, nil, nil, below),
  },
  ["x-sqs"]            = {
    OldMessages        = above("AWS/SQS", "ApproximateAgeOfOldestMessage", "Maximum", 900, "QueueName", "QueueName"),
    ManyMessages       = above("AWS/SQS", "ApproximateNumberOfMessagesVisible", "Maximum", 1000, "QueueName",
      "QueueName"),
    AnyMessage         = above("AWS/SQS", "ApproximateNumberOfMessagesVisible", "Maximum", 1, "QueueName", "QueueName",
      { EvaluationPeriods = 1 }),
  },
  ["x-sns"]            = {
    FailedDeliveries   = above("AWS/SNS", "NumberOfNotificationsFailed", "Sum", 1, "TopicName", "TopicName"),
  },
  ["x-dynamodb"]       = {
    Throttled          = above("AWS/DynamoDB", "ThrottledRequests", "Sum", 1, "TableName", "TableName"),
  },
  ["x-kinesis"]        = {
    LateConsumers      = above("AWS/Kinesis", "GetRecords.IteratorAgeMilliseconds", "Maximum", 60000, "StreamName",
      "StreamName"),
  },
  ["x-rds"]            = database("AWS/RDS", "DBClusterIdentifier", "DBCluster"),
  ["x-docdb"]          = database("AWS/DocDB", "DBClusterIdentifier", "DBClusterName"),
  ["x-neptune"]        = {
    HighCpuUsage       = above("AWS/Neptune", "CPUUtilization", "Average", 80, "DBClusterIdentifier", "DBCluster"),
  },
  ["x-elasticache"]    = {
    HighCpuUsage       = above("AWS/ElastiCache", "EngineCPUUtilization", "Average", 80, "ReplicationGroupId", "Name"),
    Evictions          = above("AWS/ElastiCache", "Evictions", "Sum", 1, "ReplicationGroupId", "Name"),
  },
}
