--- Sources and destinations of delivery streams: the role, its policies, the logs, and the keys.
local definitions <const> = engine.use("composex/definitions")
local keys <const> = engine.use("composex/keys")
local links <const> = engine.use("composex/links")
local permits <const> = engine.use("composex/permits")
local values <const> = engine.use("composex/values")
local delivery <const> = {}

--- Properties that hold a destination, each with a role of its own.
local destinations <const> = {
  "S3DestinationConfiguration", "ExtendedS3DestinationConfiguration", "RedshiftDestinationConfiguration",
  "ElasticsearchDestinationConfiguration", "AmazonopensearchserviceDestinationConfiguration",
  "AmazonOpenSearchServerlessDestinationConfiguration", "HttpEndpointDestinationConfiguration",
  "SnowflakeDestinationConfiguration", "IcebergDestinationConfiguration", "SplunkDestinationConfiguration",
}

--- Those that take no RoleARN themselves: only what is below them does.
local without_role <const> = { "SplunkDestinationConfiguration" }
local below <const> = { "S3BackupConfiguration", "S3Configuration" }

--- The property that holds the stream's destination, or nil.
function delivery.destination(properties)
  for _, name in ipairs(destinations) do
    if properties[name] ~= nil then return name end
  end
end

function delivery.source_type(stream)
  return stream.resource.Properties.KinesisStreamSourceConfiguration ~= nil and "KinesisStreamAsSource" or "DirectPut"
end

--- A stream that reads from another one takes over its encryption; one that is written to is encrypted.
function delivery.encryption(stream)
  if stream.resource.Properties.KinesisStreamSourceConfiguration ~= nil then return nil end
  return { KeyType = "AWS_OWNED_CMK" }
end

local function role(stream)
  return permits.role(stream, "firehose.amazonaws.com", "DeliveryStreamRole")
end

local function allow(stream, sid, actions, resources)
  local policy <const> = permits.allow_role(stream, role(stream), "DeliveryStreamAccess", sid, actions, resources)
  links.wait(stream.resource, policy)
end

--- Whether the file keeps the role of that configuration to itself (`MacroParameters: {DoNotOverrideIamRole: ...}`).
local function is_own(stream, name, node)
  if stream.own_roles == true then return true end
  for _, entry in ipairs(keys.is_list(stream.own_roles) and stream.own_roles or {}) do
    if entry == name or entry .. "Configuration" == name then return true end
  end
  return node.RoleARN ~= nil and stream.own_roles == nil and type(node.RoleARN) == "string"
    and node.RoleARN:find("^arn:") ~= nil
end

function delivery.own_roles(stream, value, where)
  if type(value) ~= "boolean" and not keys.is_list(value) then
    return engine.error(where, stream.subject .. " DoNotOverrideIamRole must be true, false or a list of destinations")
  end
  stream.own_roles = value
end

function delivery.boundary(stream, value, where)
  local body <const> = keys.mapping(value, where, stream.subject .. " x-iam")
  keys.check(body, { "PermissionsBoundary" }, stream.subject .. " x-iam")
  local boundary <const> = body.PermissionsBoundary
  if type(boundary) ~= "string" then return end
  local arn <const> = boundary:find("^arn:") and boundary
    or composex.sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/" .. boundary)
  stream.boundary = engine.placed(arn, { body, "PermissionsBoundary" })
end

--- A log stream for each configuration that can log, unless the file says how it logs.
local function log(stream, node, name)
  if node.CloudWatchLoggingOptions ~= nil then return end
  local group <const> = definitions.part(stream, "log_group") or definitions.add(stream, "log_group",
    "AWS::Logs::LogGroup", "DeliveryStreamLogGroup", { RetentionInDays = 30 })
  local log_stream <const> = definitions.add(stream, name .. "_log", "AWS::Logs::LogStream",
    "DeliveryStream" .. name:gsub("Configuration$", "") .. "LogStream", { LogGroupName = group:ref() })
  node.CloudWatchLoggingOptions = { Enabled = true, LogGroupName = group:ref(), LogStreamName = log_stream:ref() }
  if not stream.is_logging then
    stream.is_logging = true
    allow(stream, "Logs", { "logs:CreateLogStream", "logs:PutLogEvents" }, { group:att("Arn") })
  end
end

local function configure(stream, node, name, logs)
  if not keys.has(without_role, name) and not is_own(stream, name, node) then
    node.RoleARN = role(stream):att("Arn")
  end
  if logs then log(stream, node, name) end
end

--- Gives every configuration its role and its logs.
function delivery.prepare(stream)
  local properties <const> = stream.resource.Properties
  local source <const> = properties.KinesisStreamSourceConfiguration
  if source ~= nil then configure(stream, source, "KinesisStreamSourceConfiguration", false) end
  for _, name in ipairs(destinations) do
    local node <const> = properties[name]
    if node ~= nil then
      configure(stream, node, name, true)
      for _, inner in ipairs(below) do
        links.visit(node, inner, function(holder, key)
          configure(stream, holder[key], key, key == "S3BackupConfiguration")
        end)
      end
    end
  end
end

-- Links -------------------------------------------------------------------------------------------------------------

local function to_bucket(stream, bucket)
  local arn <const> = values.of(bucket, "Arn")
  allow(stream, "Buckets", { "s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads" }, { arn })
  allow(stream, "Objects", { "s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject" }, { arn .. "/*" })
  for _, key in ipairs(bucket.encrypted_by) do
    allow(stream, "BucketKeys", { "kms:Decrypt", "kms:GenerateDataKey" }, { key.arn })
  end
end

local function from_stream(stream, source)
  allow(stream, "Source", {
    "kinesis:DescribeStream", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards",
  }, { values.of(source, "Arn") })
  for _, key in ipairs(source.encrypted_by) do allow(stream, "SourceKeys", { "kms:Decrypt" }, { key.arn }) end
end

local function with_key(stream, key)
  allow(stream, "Keys", { "kms:Decrypt", "kms:GenerateDataKey" }, { values.of(key, "Arn") })
end

local function to_domain(stream, domain)
  local arn <const> = values.of(domain, "Arn")
  allow(stream, "Domain", {
    "es:DescribeDomain", "es:DescribeDomainConfig", "es:DescribeDomains", "es:ESHttpGet", "es:ESHttpPost",
    "es:ESHttpPut",
  }, { arn, arn .. "/*" })
end

delivery.links = {
  ["KinesisStreamSourceConfiguration.KinesisStreamARN"] = { "x-kinesis.Arn", after = from_stream },
  ["DeliveryStreamEncryptionConfigurationInput.KeyARN"] = {
    "x-kms.Arn", after = function(stream, key, _, holder)
      holder.KeyType = "CUSTOMER_MANAGED_CMK"
      with_key(stream, key)
    end,
  },
  ["AmazonopensearchserviceDestinationConfiguration.DomainARN"] = { "x-opensearch.Arn", after = to_domain },
  ["ElasticsearchDestinationConfiguration.DomainARN"] = { "x-opensearch.Arn", after = to_domain },
}
for _, name in ipairs(destinations) do
  for _, path in ipairs { "", ".S3BackupConfiguration", ".S3Configuration" } do
    delivery.links[name .. path .. ".BucketARN"] = { "x-s3.Arn", after = to_bucket }
    delivery.links[name .. path .. ".EncryptionConfiguration.KMSEncryptionConfig.AWSKMSKeyARN"] = {
      "x-kms.Arn", after = with_key,
    }
  end
end

return delivery
