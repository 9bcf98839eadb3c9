--- Where commands that are executed in containers are logged: a log group, and on request a bucket and a key of its own.
--- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
local read <const> = engine.use("platform/read")
local cluster_logs <const> = {}

local macro_keys <const> = {
  "CreateExecLoggingLogGroup", "LogGroupRetentionInDays", "CreateExecLoggingBucket", "CreateExecLoggingKmsKey", "AllowKmsKeyReuse",
  "ContainerInsights",
}
--- What CloudWatch Logs takes.
local retentions <const> = {
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
}
local group_name <const> = "/ecs/execute-logs/${AWS::StackName}"
local made <const> = {}

local function add(type, noun, properties)
  return engine.add { type = type, noun = noun, key = "x-cluster", name = "", part = noun, properties = properties }
end

--- The nearest number of days that CloudWatch Logs takes.
local function retention(macros)
  local wanted <const> = macros.LogGroupRetentionInDays
  if wanted == nil then return 120 end
  local days <const> = read.number(macros, "LogGroupRetentionInDays", 1, 3653, "x-cluster")
  if not days then return 120 end
  local best = retentions[1]
  for _, each in ipairs(retentions) do
    if math.abs(each - days) < math.abs(best - days) then best = each end
  end
  if best ~= days then
    engine.warn({ macros, "LogGroupRetentionInDays" }, "x-cluster LogGroupRetentionInDays becomes " .. best,
      "CloudWatch Logs keeps for 1, 3, 5, 7, 14, 30, 60, 90, 120, ... days")
  end
  return engine.placed(best, { macros, "LogGroupRetentionInDays" })
end

--- A key that the account may use, and the log group (any log group with AllowKmsKeyReuse).
local function key(macros)
  local logs <const> = composex.sub("arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:"
    .. (macros.AllowKmsKeyReuse and "*" or group_name))
  return add("AWS::KMS::Key", "ExecLogsKey", {
    Description = "What is logged of commands in containers", EnableKeyRotation = true,
    KeyPolicy = { Version = "2012-10-17", Statement = { {
      Sid = "Account", Effect = "Allow", Action = "kms:*", Resource = "*",
      Principal = { AWS = composex.sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:root") },
    }, {
      Sid = "Logs", Effect = "Allow", Resource = "*", Principal = { Service = composex.sub("logs.${AWS::Region}.${AWS::URLSuffix}") },
      Action = { "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*" },
      Condition = { ArnLike = { ["kms:EncryptionContext:aws:logs:arn"] = logs } },
    } } },
  })
end

local function bucket(of_key)
  local algorithm <const> = of_key and { SSEAlgorithm = "aws:kms", KMSMasterKeyID = of_key:att("Arn") } or { SSEAlgorithm = "AES256" }
  local it <const> = add("AWS::S3::Bucket", "ExecLogsBucket", {
    BucketEncryption = { ServerSideEncryptionConfiguration = { {
      ServerSideEncryptionByDefault = algorithm, BucketKeyEnabled = of_key and true or nil,
    } } },
    PublicAccessBlockConfiguration = {
      BlockPublicAcls = true, BlockPublicPolicy = true, IgnorePublicAcls = true, RestrictPublicBuckets = true,
    },
    OwnershipControls = { Rules = { { ObjectOwnership = "BucketOwnerEnforced" } } },
  })
  it.DeletionPolicy, it.UpdateReplacePolicy = "Retain", "Retain"
  add("AWS::S3::BucketPolicy", "ExecLogsBucketPolicy", {
    Bucket = it:ref(), PolicyDocument = { Version = "2012-10-17", Statement = { {
      Sid = "TransportIsEncrypted", Effect = "Deny", Principal = "*", Action = "s3:*",
      Resource = { it:att("Arn"), it:att("Arn") .. "/*" }, Condition = { Bool = { ["aws:SecureTransport"] = false } },
    } } },
  })
  return it
end

--- A value that points to a definition of the file (`x-kms::key`), or nil when it is none.
local function pointed(value, wanted_key, attribute, where)
  local name <const> = type(value) == "string" and value:match("^" .. wanted_key:gsub("%-", "%%-") .. "::([^:]+)")
  if not name then return nil end
  local it <const> = engine.find(wanted_key, name)
  if not it then
    engine.error(where, value .. " is not in the compose file", "add it to " .. wanted_key)
    return value
  end
  return attribute == "Ref" and it:ref() or it:att(attribute)
end

--- The Configuration that the file writes, with values for its pointers.
local function written(configuration)
  local copy <const> = {}
  for name in pairs(configuration) do copy[name] = read.placed(configuration, name) end
  local exec <const> = configuration.ExecuteCommandConfiguration
  if not read.is_mapping(exec) then return copy end
  local made_exec <const> = {}
  for name in pairs(exec) do made_exec[name] = read.placed(exec, name) end
  made.written = exec
  made_exec.KmsKeyId = pointed(exec.KmsKeyId, "x-kms", "Arn", { exec, "KmsKeyId" }) or made_exec.KmsKeyId
  if read.is_mapping(exec.LogConfiguration) then
    local logs <const> = {}
    for name in pairs(exec.LogConfiguration) do logs[name] = read.placed(exec.LogConfiguration, name) end
    logs.S3BucketName = pointed(exec.LogConfiguration.S3BucketName, "x-s3", "Ref", { exec.LogConfiguration, "S3BucketName" })
      or logs.S3BucketName
    made_exec.LogConfiguration = logs
  end
  copy.ExecuteCommandConfiguration = made_exec
  return copy
end

local function log_group(macros, of_key)
  return add("AWS::Logs::LogGroup", "ExecLogGroup", {
    LogGroupName = composex.sub(group_name), RetentionInDays = retention(macros), KmsKeyId = of_key and of_key:att("Arn"),
  })
end

--- The Configuration of the cluster. `body` is x-cluster or nil, `properties` what it writes.
function cluster_logs.configuration(body, properties)
  local macros <const> = body and read.mapping(body, "MacroParameters", "x-cluster MacroParameters") or {}
  read.keys(macros, macro_keys, "x-cluster MacroParameters")
  for _, name in ipairs { "CreateExecLoggingLogGroup", "CreateExecLoggingBucket", "CreateExecLoggingKmsKey", "AllowKmsKeyReuse" } do
    read.flag(macros, name, "x-cluster")
  end
  if read.is_mapping(properties.Configuration) then return written(properties.Configuration) end
  if macros.CreateExecLoggingKmsKey then made.key = key(macros) end
  if macros.CreateExecLoggingLogGroup ~= false then made.group = log_group(macros, made.key) end
  if macros.CreateExecLoggingBucket then made.bucket = bucket(made.key) end
  if not made.group and not made.bucket then return nil end
  return { ExecuteCommandConfiguration = {
    Logging = "OVERRIDE", KmsKeyId = made.key and made.key:att("Arn"),
    LogConfiguration = {
      CloudWatchLogGroupName = made.group and made.group:ref(), CloudWatchEncryptionEnabled = made.group and made.key and true or nil,
      S3BucketName = made.bucket and made.bucket:ref(), S3EncryptionEnabled = made.bucket and true or nil,
    },
  } }
end

--- `MacroParameters: {ContainerInsights: enabled}` as a setting of the cluster.
function cluster_logs.insights(body, properties)
  local macros <const> = body and read.mapping(body, "MacroParameters", "x-cluster MacroParameters") or {}
  if macros.ContainerInsights == nil then return end
  local values <const> = { [true] = "enabled", [false] = "disabled", enabled = "enabled", enhanced = "enhanced", disabled = "disabled" }
  local value <const> = values[macros.ContainerInsights]
  if not value then
    return engine.error({ macros, "ContainerInsights" }, "x-cluster ContainerInsights must be enabled, enhanced or disabled")
  end
  if properties.ClusterSettings ~= nil then
    return engine.error({ macros, "ContainerInsights", "key" }, "x-cluster has ContainerInsights beside ClusterSettings", "write one of them")
  end
  properties.ClusterSettings = { { Name = "containerInsights", Value = engine.placed(value, { macros, "ContainerInsights" }) } }
end

local key_actions <const> = { "kms:Decrypt", "kms:GenerateDataKey" }

--- The ARNs of the log group and the bucket that commands are logged to, each nil without one, and what the key needs.
local function destinations()
  local exec <const> = made.written
  if exec == nil then
    return made.group and made.group:att("Arn"), made.bucket and made.bucket:att("Arn"),
      made.key and { sid = "CommandKey", resources = { made.key:att("Arn") }, actions = key_actions }
  end
  local logs <const> = exec.LogConfiguration
  local group <const>, bucket_name <const> = read.at(logs, "CloudWatchLogGroupName"), read.at(logs, "S3BucketName")
  local group_arn <const> = type(group) == "string"
    and composex.sub("arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:" .. group .. ":*")
  local bucket_arn <const> = type(bucket_name) == "string" and (bucket_name:find("^x%-s3::")
    and engine.find("x-s3", bucket_name:match("::([^:]+)")):att("Arn") or composex.sub("arn:${AWS::Partition}:s3:::" .. bucket_name))
  for name, value in pairs { CloudWatchLogGroupName = group or "", S3BucketName = bucket_name or "" } do
    if type(value) ~= "string" then
      engine.warn({ logs, name }, "x-cluster " .. name .. " is no name: what its tasks may do there is for you to grant", "write the name")
    end
  end
  return group_arn, bucket_arn,
    exec.KmsKeyId ~= nil and engine.use("platform/keys").statement(exec, "KmsKeyId", "CommandKey", key_actions)
end

--- What a task has to be allowed so that commands in its containers are logged: `{ sid, actions, resources, condition }`.
function cluster_logs.statements()
  local list <const> = {}
  local group <const>, bucket_arn <const>, of_key <const> = destinations()
  if group then
    table.insert(list, {
      sid = "CommandLogs", resources = { group }, actions = { "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents" },
    })
    table.insert(list, { sid = "FindCommandLogs", resources = { "*" }, actions = { "logs:DescribeLogGroups" } })
  end
  if bucket_arn then
    table.insert(list, { sid = "CommandLogObjects", resources = { bucket_arn .. "/*" }, actions = { "s3:PutObject" } })
    table.insert(list, { sid = "CommandLogBucket", resources = { bucket_arn }, actions = { "s3:GetEncryptionConfiguration" } })
  end
  if of_key then table.insert(list, of_key) end
  return list
end

return cluster_logs
