--- What CloudWatch calls the metrics of a definition: their namespace and dimensions.
local values <const> = engine.use("kinds/values")
local metrics <const> = {}

--- Namespace, then each dimension and the value of the definition that it has.
local rows <const> = {
  ["x-sqs"]              = { "AWS/SQS", { "QueueName", "QueueName" } },
  ["x-sns"]              = { "AWS/SNS", { "TopicName", "TopicName" } },
  ["x-dynamodb"]         = { "AWS/DynamoDB", { "TableName", "TableName" } },
  ["x-kinesis"]          = { "AWS/Kinesis", { "StreamName", "StreamName" } },
  ["x-kinesis_firehose"] = { "AWS/Firehose", { "DeliveryStreamName", "DeliveryStreamName" } },
  ["x-s3"]               = { "AWS/S3", { "BucketName", "BucketName" }, { "StorageType", text = "AllStorageTypes" } },
  ["x-rds"]              = {
    of = {
      ["AWS::RDS::DBCluster"]  = { "AWS/RDS", { "DBClusterIdentifier", "DBCluster" } },
      ["AWS::RDS::DBInstance"] = { "AWS/RDS", { "DBInstanceIdentifier", "DBInstance" } },
    },
  },
  ["x-docdb"]            = { "AWS/DocDB", { "DBClusterIdentifier", "DBClusterName" } },
  ["x-neptune"]          = { "AWS/Neptune", { "DBClusterIdentifier", "DBCluster" } },
  ["x-elasticache"]      = {
    of = {
      ["AWS::ElastiCache::CacheCluster"]     = { "AWS/ElastiCache", { "CacheClusterId", "Name" } },
      -- Of a group it is the nodes that have metrics; the first one was made first, and is the primary of an unsharded one.
      ["AWS::ElastiCache::ReplicationGroup"] = { "AWS/ElastiCache", { "CacheClusterId", "FirstNode" } },
      ["AWS::ElastiCache::ServerlessCache"]  = { "AWS/ElastiCache", { "clusterId", "Name" } },
    },
  },
  ["x-opensearch"]       = {
    of = {
      ["AWS::OpenSearchService::Domain"]        = {
        "AWS/ES", { "DomainName", "DomainName" }, { "ClientId", text = "${AWS::AccountId}" },
      },
      ["AWS::OpenSearchServerless::Collection"] = {
        "AWS/AOSS", { "CollectionName", "CollectionName" }, { "CollectionId", "CollectionId" },
        { "ClientId", text = "${AWS::AccountId}" },
      },
    },
  },
  ["x-efs"]              = { "AWS/EFS", { "FileSystemId", "FileSystemId" } },
  ["x-mq"]               = { "AWS/AmazonMQ", { "Broker", "BrokerMetrics" } },
  ["x-msk"]              = { "AWS/Kafka", { "Cluster Name", "ClusterName" } },
}

local function row_of(definition)
  local row <const> = rows[definition.key]
  return row and row.of and row.of[definition.type] or row
end

--- The namespace of the definition's metrics, and their dimensions as `{ Name, Value }`; nil when there are none.
function metrics.of(definition)
  local row <const>, dimensions <const> = row_of(definition), {}
  if not row then return nil end
  for index = 2, #row do
    local dimension <const> = row[index]
    table.insert(dimensions, {
      Name = dimension[1], Value = dimension.text and values.expand(definition, dimension.text) or values.of(definition, dimension[2]),
    })
  end
  return row[1], dimensions
end

--- The same of a load balancer that the file defines: `x-elbv2` is no module.
function metrics.of_balancer(balancer)
  local is_network <const> = balancer.Properties.Type == "network"
  return is_network and "AWS/NetworkELB" or "AWS/ApplicationELB",
    { { Name = "LoadBalancer", Value = balancer:att("LoadBalancerFullName") } }
end

return metrics
