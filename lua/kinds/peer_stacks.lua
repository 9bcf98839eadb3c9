--- The nested stacks and logical ids of ECS ComposeX 1.1.9, for a project that keeps them (`x-composex: {compat: ecs-composex}`): a resource
--- of the same stack, id and type is updated, not made anew. Names stand in ids without their punctuation. What it has in no row has the
--- id of composex: it is new to the running stack. docs/from-ecs-composex.md has this table; a test holds that.
--- Read from templates that ECS ComposeX 1.1.9 wrote (2026-11-29).
local function of(key, rows)
  for _, row in ipairs(rows) do row.key = key end
  return rows
end

local ids <const> = {}

local function add(rows)
  for _, row in ipairs(rows) do table.insert(ids, row) end
end

add(of("services", {
  { part = "main", type = "AWS::ECS::Service", id = "EcsServiceDefinition" },
  { part = "task", type = "AWS::ECS::TaskDefinition", id = "EcsTaskDefinition" },
  { part = "log_group", type = "AWS::Logs::LogGroup", id = "ServicesLogGroup" },
  { part = "scalable_target", type = "AWS::ApplicationAutoScaling::ScalableTarget", id = "ServiceScalingTarget" },
  { part = "CpuTracking", type = "AWS::ApplicationAutoScaling::ScalingPolicy", id = "ServiceCpuTrackingPolicy" },
  { part = "MemoryTracking", type = "AWS::ApplicationAutoScaling::ScalingPolicy", id = "ServiceMemoryTrackingPolicy" },
  { part = "security_group", type = "AWS::EC2::SecurityGroup", id = "{family}SG" },
}))
add(of("x-cluster", {
  { part = "main", type = "AWS::ECS::Cluster", id = "EcsCluster" },
  { part = "ClusterExecLogGroup", type = "AWS::Logs::LogGroup", id = "EcsExecLogGroup" },
}))
add(of("x-sqs", {
  { part = "main", type = "AWS::SQS::Queue", id = "{name}" }, { part = "policy", type = "AWS::SQS::QueuePolicy", id = "{name}Policy" },
}))
add(of("x-s3", {
  { part = "main", type = "AWS::S3::Bucket", id = "{name}" }, { part = "policy", type = "AWS::S3::BucketPolicy", id = "{name}BucketPolicy" },
}))
add(of("x-kms", { { part = "main", type = "AWS::KMS::Key", id = "{name}" }, { part = "alias", type = "AWS::KMS::Alias", id = "{name}Alias" } }))
add(of("x-elasticache", {
  { part = "security_group", id = "{name}Sg" }, { part = "subnet_group", id = "{name}SubnetGroup" },
  { part = "parameter_group", id = "{name}ParameterGroup" }, { part = "config", type = "AWS::SSM::Parameter", id = "{name}Config" },
  { part = "main", id = "{name}" },
}))
add(of("x-opensearch", { { part = "main", id = "{name}" }, { part = "security_group", id = "{name}VPCSecurityGroup" } }))
add(of("x-elbv2", {
  { part = "main", type = "AWS::ElasticLoadBalancingV2::LoadBalancer", id = "{name}" },
  { part = "security_group", type = "AWS::EC2::SecurityGroup", id = "{name}SecurityGroup" },
  { part = "listener *", type = "AWS::ElasticLoadBalancingV2::Listener", id = "{name}{rest}" },
}))
for _, key in ipairs {
  "x-sns", "x-dynamodb", "x-kinesis", "x-kinesis_firehose", "x-ssm_parameter", "x-events", "x-alarms", "x-dashboards", "x-aps",
  "x-codeguru_profiler", "x-wafv2_webacl",
} do
  add(of(key, { { part = "main", id = "{name}" } }))
end
add(of("x-acm", { { part = "main", type = "AWS::CertificateManager::Certificate", id = "{name}AcmCert" } }))

return {
  --- Stacks that are not called like their key without punctuation.
  stacks = { volumes = "efs", networks = "ServicesNetworking", secrets = "secrets" },
  --- Parts of services that live elsewhere than in the stack of their family. Roles do not: theirs name nothing of the family, ours do.
  parts  = { security_group = "ServicesNetworking", target_group = "elbv2" },
  --- Types that stand beside what they belong to: anew in another stack they would meet the old ones, which are deleted afterwards.
  kept   = { "AWS::KMS::Alias", "AWS::S3::BucketPolicy", "AWS::SQS::QueuePolicy", "AWS::ServiceDiscovery::Service" },
  ids    = ids,
}
