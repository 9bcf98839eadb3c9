--- The book of contracts: which tables there are, by the part of resource types that they are about (`AWS::ECS::Service`: ECS),
--- and `also` further parts.
local files <const> = {
  { "ECS", "contracts/ecs" },
  { "ECS", "contracts/ecs_tasks" },
  { "ECS", "contracts/ecs_containers" },
  { "ECS", "contracts/ecs_fargate" },
  { "ECS", "contracts/ecs_services" },
  { "ECS", "contracts/ecs_connect" },
  { "ECS", "contracts/ecs_reach" },
  { "EC2", "contracts/ec2" },
  { "ElasticLoadBalancingV2", "contracts/elbv2" },
  { "ElasticLoadBalancingV2", "contracts/elbv2_rules" },
  { "AutoScaling", "contracts/autoscaling", also = { "ApplicationAutoScaling" } },
  { "ServiceDiscovery", "contracts/cloudmap" },
  { "Route53", "contracts/route53", also = { "CertificateManager" } },
  { "WAFv2", "contracts/wafv2" },
  { "Logs", "contracts/logs" },
  { "CloudWatch", "contracts/cloudwatch" },
  { "Events", "contracts/events", also = { "Scheduler" } },
  { "IAM", "contracts/iam_limits" },
  { "IAM", "contracts/iam", also = { "SQS", "SNS", "S3", "KMS", "SecretsManager", "EFS" } },
  { "RDS", "contracts/rds" },
  { "DocDB", "contracts/docdb" },
  { "Neptune", "contracts/neptune" },
  { "ElastiCache", "contracts/elasticache" },
  { "OpenSearchService", "contracts/opensearch" },
  { "OpenSearchServerless", "contracts/opensearch_serverless" },
  { "AmazonMQ", "contracts/mq" },
  { "MSK", "contracts/msk" },
  { "EFS", "contracts/efs" },
  { "S3", "contracts/s3" },
  { "SQS", "contracts/sqs" },
  { "SNS", "contracts/sns" },
  { "DynamoDB", "contracts/dynamodb" },
  { "Kinesis", "contracts/kinesis" },
  { "KinesisFirehose", "contracts/firehose" },
  { "KMS", "contracts/kms" },
  { "SecretsManager", "contracts/secrets" },
  { "SSM", "contracts/ssm" },
  { "Lambda", "contracts/lambda" },
  { "Cognito", "contracts/cognito" },
  { "ECR", "contracts/ecr" },
  { "APS", "contracts/monitoring", also = { "CodeGuruProfiler" } },
}

local book <const> = { files = files }

--- The tables that the types of a template need; the others are not loaded.
function book.tables(by_type)
  local used <const> = {}
  for name in pairs(by_type) do used[name:match("^AWS::(%w+)::") or ""] = true end
  local tables <const> = {}
  for _, row in ipairs(files) do
    local is_needed = used[row[1]]
    for _, part in ipairs(row.also or {}) do is_needed = is_needed or used[part] end
    if is_needed then table.insert(tables, engine.use(row[2])) end
  end
  return tables
end

return book
