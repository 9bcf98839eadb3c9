--- What the role of a delivery stream may do: with what it reads from, what it writes to, and what it uses on the way.
local definitions <const> = engine.use("kinds/definitions")
local links <const> = engine.use("kinds/links")
local permits <const> = engine.use("kinds/permits")
local values <const> = engine.use("kinds/values")
local targets <const> = {}

targets.destinations = {
  "S3DestinationConfiguration", "ExtendedS3DestinationConfiguration", "RedshiftDestinationConfiguration",
  "ElasticsearchDestinationConfiguration", "AmazonopensearchserviceDestinationConfiguration",
  "AmazonOpenSearchServerlessDestinationConfiguration", "HttpEndpointDestinationConfiguration",
  "SnowflakeDestinationConfiguration", "IcebergDestinationConfiguration", "SplunkDestinationConfiguration",
}

--- Lets the stream's role do that; a stream whose roles are all the file's own has none here.
function targets.allow(stream, sid, actions, resources)
  if not stream.takes_role then return end
  local role <const> = permits.role(stream, "firehose.amazonaws.com", "DeliveryStreamRole")
  links.wait(stream.resource, permits.allow_role(stream, role, "DeliveryStreamAccess", sid, actions, resources))
end

local allow <const> = targets.allow

local function in_account(service, resource)
  return composex.sub("arn:${AWS::Partition}:" .. service .. ":${AWS::Region}:${AWS::AccountId}:" .. resource)
end

-- Beside the destinations -------------------------------------------------------------------------------------------

local beside <const> = {
  --- Network interfaces in the subnets of a domain.
  VpcConfiguration = function(stream)
    allow(stream, "FindNetwork", {
      "ec2:DescribeNetworkInterfaces", "ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcAttribute",
      "ec2:DescribeVpcs",
    }, { "*" })
    allow(stream, "JoinNetwork", {
      "ec2:CreateNetworkInterface", "ec2:CreateNetworkInterfacePermission", "ec2:DeleteNetworkInterface",
    }, { in_account("ec2", "network-interface/*"), in_account("ec2", "security-group/*"), in_account("ec2", "subnet/*") })
  end,
  SecretsManagerConfiguration = function(stream, node)
    if node.SecretARN ~= nil then
      allow(stream, "Secrets", { "secretsmanager:GetSecretValue" }, { node.SecretARN })
    end
  end,
  SchemaConfiguration = function(stream, node)
    local database <const>, name <const> = node.DatabaseName, node.TableName
    if type(database) ~= "string" or type(name) ~= "string" then return end
    allow(stream, "Schema", { "glue:GetTable", "glue:GetTableVersion", "glue:GetTableVersions" }, {
      in_account("glue", "catalog"), in_account("glue", "database/" .. database),
      in_account("glue", "table/" .. database .. "/" .. name),
    })
  end,
}

--- What the configuration of that name, below a destination, asks of the role.
function targets.beside(stream, name, node)
  if beside[name] then beside[name](stream, node) end
end

-- Links -------------------------------------------------------------------------------------------------------------

--- A link that grants by the ARN of what it names, a definition or none of the project.
local function to(target, grant, more)
  local link <const> = more or {}
  link[1], link.arn = target, true
  link.after = function(stream, linked, where, holder)
    grant(stream, values.of(linked, "Arn"), linked, holder, where)
  end
  link.foreign = function(stream, arn, holder) grant(stream, arn, nil, holder) end
  return link
end

local function to_bucket(stream, arn, bucket)
  allow(stream, "Buckets", { "s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads" }, { arn })
  allow(stream, "Objects", { "s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject" }, { arn .. "/*" })
  for _, key in ipairs(bucket and bucket.encrypted_by or {}) do
    allow(stream, "BucketKeys", { "kms:Decrypt", "kms:GenerateDataKey" }, { key.arn })
  end
end

local function from_stream(stream, arn, source)
  allow(stream, "Source", {
    "kinesis:DescribeStream", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards",
  }, { arn })
  for _, key in ipairs(source and source.encrypted_by or {}) do
    allow(stream, "SourceKeys", { "kms:Decrypt" }, { key.arn })
  end
end

--- A topic or a consumer group of a cluster: `arn:...:cluster/NAME/ID` -> `arn:...:topic/NAME/ID/...`.
local function of_cluster(arn, kind, name)
  return { ["Fn::Join"] = { "", {
    { ["Fn::Select"] = { 0, { ["Fn::Split"] = { ":cluster/", arn } } } }, ":" .. kind .. "/",
    { ["Fn::Select"] = { 1, { ["Fn::Split"] = { ":cluster/", arn } } } }, "/" .. name,
  } } }
end

--- A private connection is for the cluster to allow.
local function from_cluster(stream, arn, cluster, holder)
  local topic <const> = type(holder.TopicName) == "string" and holder.TopicName or "*"
  allow(stream, "Cluster", {
    "kafka:DescribeCluster", "kafka:DescribeClusterV2", "kafka:GetBootstrapBrokers", "kafka-cluster:Connect",
  }, { arn })
  allow(stream, "Topic", {
    "kafka-cluster:DescribeTopic", "kafka-cluster:DescribeTopicDynamicConfiguration", "kafka-cluster:ReadData",
  }, { of_cluster(arn, "topic", topic) })
  allow(stream, "Group", { "kafka-cluster:DescribeGroup" }, { of_cluster(arn, "group", "*") })
  if not (cluster and cluster.resource) or definitions.part(cluster, "policy") then return end
  local policy <const> = definitions.add(cluster, "policy", "AWS::MSK::ClusterPolicy", cluster.noun .. "Policy", {
    ClusterArn = arn, Policy = { Version = "2012-10-17", Statement = { {
      Sid = "Firehose", Effect = "Allow", Principal = { Service = "firehose.amazonaws.com" },
      Action = "kafka:CreateVpcConnection", Resource = arn,
      Condition = { StringEquals = { ["aws:SourceAccount"] = composex.ref("AWS::AccountId") } },
    } } },
  })
  links.wait(stream.resource, policy)
end

local function with_key(stream, arn)
  allow(stream, "Keys", { "kms:Decrypt", "kms:GenerateDataKey" }, { arn })
end

local function own_key(stream, arn, _, holder)
  holder.KeyType = "CUSTOMER_MANAGED_CMK"
  with_key(stream, arn)
end

local function to_domain(stream, arn)
  allow(stream, "Domain", {
    "es:DescribeDomain", "es:DescribeDomainConfig", "es:DescribeDomains", "es:ESHttpGet", "es:ESHttpPost",
    "es:ESHttpPut",
  }, { arn, arn .. "/*" })
end

--- A function that changes the records on their way. `$LATEST` and versions are the function's as well.
local function through_function(stream, arn, _, holder)
  if holder.ParameterName ~= "LambdaArn" then return end
  allow(stream, "Functions", { "lambda:GetFunctionConfiguration", "lambda:InvokeFunction" }, { arn, arn .. ":*" })
end

targets.links = {
  ["KinesisStreamSourceConfiguration.KinesisStreamARN"] = to("x-kinesis.Arn", from_stream),
  ["MSKSourceConfiguration.MSKClusterARN"] = to("x-msk.Arn", from_cluster),
  ["DeliveryStreamEncryptionConfigurationInput.KeyARN"] = to("x-kms.Arn", own_key),
  ["AmazonopensearchserviceDestinationConfiguration.DomainARN"] = to("x-opensearch.Arn", to_domain),
  ["ElasticsearchDestinationConfiguration.DomainARN"] = to("x-opensearch.Arn", to_domain),
}
for _, name in ipairs(targets.destinations) do
  for _, path in ipairs { "", ".S3BackupConfiguration", ".S3Configuration" } do
    targets.links[name .. path .. ".BucketARN"] = to("x-s3.Arn", to_bucket)
    targets.links[name .. path .. ".EncryptionConfiguration.KMSEncryptionConfig.AWSKMSKeyARN"] = to("x-kms.Arn", with_key)
  end
  local function_link <const> = to("x-resources.Arn", through_function)
  function_link.arn = nil
  targets.links[name .. ".ProcessingConfiguration.Processors[].Parameters[].ParameterValue"] = function_link
end

return targets
