--- Where commands that are executed in containers are logged: a log group, and on request a bucket and a key of its own.
--- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
local compat <const> = engine.use("project/compat")
local lazy <const> = engine.use("base/lazy")
local keys <const> = lazy("kinds/kms_keys")
local pointers <const> = lazy("kinds/pointers")
local read <const> = engine.use("base/read")
local returned <const> = lazy("kinds/values")
local units <const> = engine.use("base/units")
local cluster_logs <const> = {}

--- ECS ComposeX wrote it without the first slash.
local group_name <const> = (compat.is("ecs-composex") and "" or "/") .. "ecs/execute-logs/${AWS::StackName}"

local function add(type, noun, properties)
  return engine.add { type = type, noun = noun, key = "x-cluster", name = "", part = noun, properties = properties }
end

--- The nearest number of days that CloudWatch Logs takes.
local function retention(macros)
  local wanted <const> = macros.LogGroupRetentionInDays
  if wanted == nil then return 120 end
  local days <const> = math.tointeger(tonumber(wanted))
  if not days then return 120 end
  local best = units.retentions[1]
  for _, each in ipairs(units.retentions) do
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
  local it <const> = add("AWS::KMS::Key", "ExecLogsKey", {
    Description = "What is logged of commands in containers", EnableKeyRotation = true,
    KeyPolicy = { Version = "2012-10-17", Statement = { {
      Sid = "Account", Effect = "Allow", Action = "kms:*", Resource = "*",
      Principal = { AWS = composex.sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:root") },
    }, keys.for_logs(macros.AllowKmsKeyReuse and "*" or group_name) } },
  })
  -- What the bucket keeps is of use as long as its key is there.
  it.DeletionPolicy, it.UpdateReplacePolicy = "RetainExceptOnCreate", "Retain"
  return it
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
  it.DeletionPolicy, it.UpdateReplacePolicy = "RetainExceptOnCreate", "Retain"
  add("AWS::S3::BucketPolicy", "ExecLogsBucketPolicy", {
    Bucket = it:ref(), PolicyDocument = { Version = "2012-10-17", Statement = { {
      Sid = "TransportIsEncrypted", Effect = "Deny", Principal = "*", Action = "s3:*",
      Resource = { it:att("Arn"), it:att("Arn") .. "/*" }, Condition = { Bool = { ["aws:SecureTransport"] = false } },
    } } },
  })
  return it
end

-- What the file writes -------------------------------------------------------------------------------------------------

--- The definition that a value points to (`x-kms::key`); nil when it is no pointer, or when there is none, which is told.
local function pointed(holder, name, wanted_key)
  local value <const> = holder[name]
  local pointed_key <const> = type(value) == "string" and pointers.parse(value)
  if not pointed_key then return nil end
  if pointed_key ~= wanted_key then
    return engine.error({ holder, name }, "x-cluster " .. name .. " takes a pointer to " .. wanted_key .. ", not to " .. pointed_key,
      "write " .. wanted_key .. "::NAME")
  end
  return (pointers.definition(value, { holder, name }))
end

--- A text of the file with what stands around it; a function of CloudFormation is joined by CloudFormation.
local function around(before, value, after)
  if type(value) == "string" then return composex.sub(before) .. value .. after end
  return { ["Fn::Join"] = { "", { composex.sub(before), value, after } } }
end

--- Tells what is neither a text nor a function; true for those.
local function is_text(holder, name)
  local value <const> = holder[name]
  if type(value) == "string" or read.is_function(value) then return true end
  if value ~= nil then engine.error({ holder, name }, "x-cluster " .. name .. " must be a string", "write a name, or a pointer") end
  return false
end

--- The bucket that the file names: its ARN and that of its objects, which lie below `prefix`.
local function note_bucket(logs, copy, noted)
  if not is_text(logs, "S3BucketName") then return end
  local prefix <const> = type(logs.S3KeyPrefix) == "string" and "/" .. logs.S3KeyPrefix or ""
  local store <const> = pointed(logs, "S3BucketName", "x-s3")
  if store then
    noted.bucket_arn, noted.bucket_keys = returned.of(store, "Arn"), store.encrypted_by
    noted.objects_arn = noted.bucket_arn .. prefix .. "/*"
    copy.S3BucketName = engine.placed(returned.of(store, "BucketName"), { logs, "S3BucketName" })
  else
    noted.bucket_arn = around("arn:${AWS::Partition}:s3:::", logs.S3BucketName, "")
    noted.objects_arn = around("arn:${AWS::Partition}:s3:::", logs.S3BucketName, prefix .. "/*")
  end
end

--- What a task has to be allowed with the key of commands.
local key_actions <const> = { "kms:Decrypt", "kms:GenerateDataKey" }

local function allow_key(noted, arn)
  noted.key = { sid = "CommandKey", resources = { arn }, actions = key_actions }
  return arn
end

--- The key that the file names: by a pointer, an ARN, an id or an alias.
local function note_key(exec, copy, noted)
  if not is_text(exec, "KmsKeyId") then return end
  local key_of_file <const> = pointed(exec, "KmsKeyId", "x-kms")
  if key_of_file then
    copy.KmsKeyId = engine.placed(allow_key(noted, returned.of(key_of_file, "Arn")), { exec, "KmsKeyId" })
  elseif type(exec.KmsKeyId) ~= "string" or not exec.KmsKeyId:find("^x%-") then
    noted.key = keys.statement(exec, "KmsKeyId", "CommandKey", key_actions)
  end
end

--- The log configuration of the file; what it names is remembered for the rights of tasks.
local function written_logs(logs, noted)
  if read.is_function(logs) then return logs end
  local copy <const> = {}
  for name in pairs(logs) do copy[name] = read.placed(logs, name) end
  note_bucket(logs, copy, noted)
  if is_text(logs, "CloudWatchLogGroupName") then
    noted.group_arn = around("arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:", logs.CloudWatchLogGroupName, ":*")
  end
  return copy
end

--- The ExecuteCommandConfiguration that the file writes, with values for its pointers.
local function written(exec, noted)
  if read.is_function(exec) then return exec end
  local copy <const> = {}
  for name in pairs(exec) do copy[name] = read.placed(exec, name) end
  note_key(exec, copy, noted)
  if read.is_mapping(exec.LogConfiguration) then
    copy.LogConfiguration = engine.placed(written_logs(exec.LogConfiguration, noted), { exec, "LogConfiguration" })
  end
  return copy
end

-- What macros make -----------------------------------------------------------------------------------------------------

local function log_group(macros, of_key)
  return add("AWS::Logs::LogGroup", "ClusterExecLogGroup", {
    LogGroupName = composex.sub(group_name), RetentionInDays = retention(macros), KmsKeyId = of_key and of_key:att("Arn"),
  })
end

--- A mapping of the file with the ARNs of keys in the place of pointers to them.
local function with_keys(holder, name)
  if not read.is_mapping(holder[name]) or read.is_function(holder[name]) then return read.placed(holder, name) end
  local copy <const> = {}
  for each in pairs(holder[name]) do
    local definition <const> = pointed(holder[name], each, "x-kms")
    copy[each] = definition and engine.placed(returned.of(definition, "Arn"), { holder[name], each }) or read.placed(holder[name], each)
  end
  return engine.placed(copy, { holder, name })
end

--- The first macro that asks for command logs of a form of their own, or nil.
local function asked_of(macros)
  for _, name in ipairs { "CreateExecLoggingLogGroup", "CreateExecLoggingBucket", "CreateExecLoggingKmsKey" } do
    if macros[name] == true then return name end
  end
end

local function from_macros(macros, noted)
  local of_key <const> = macros.CreateExecLoggingKmsKey and key(macros) or nil
  local group <const> = macros.CreateExecLoggingLogGroup ~= false and log_group(macros, of_key) or nil
  local store <const> = macros.CreateExecLoggingBucket and bucket(of_key) or nil
  local key_arn <const> = of_key and allow_key(noted, of_key:att("Arn"))
  noted.group_arn, noted.bucket_arn = group and group:att("Arn"), store and store:att("Arn")
  noted.objects_arn = store and store:att("Arn") .. "/*"
  if not group and not store then return nil end
  return {
    Logging = "OVERRIDE", KmsKeyId = key_arn,
    LogConfiguration = {
      CloudWatchLogGroupName = group and group:ref(), CloudWatchEncryptionEnabled = group and of_key and true or nil,
      S3BucketName = store and store:ref(), S3EncryptionEnabled = store and true or nil,
    },
  }
end

--- The Configuration of the cluster. `body` is x-cluster, `properties` what it writes; `noted` gets what tasks need rights for.
function cluster_logs.configuration(body, properties, noted)
  local macros <const> = read.part(body, "MacroParameters")
  local configuration <const> = read.mapping(properties, "Configuration", "x-cluster Configuration")
  if read.is_function(configuration) then return configuration end
  local exec <const> = configuration.ExecuteCommandConfiguration
  read.mapping(configuration, "ExecuteCommandConfiguration", "x-cluster ExecuteCommandConfiguration")
  local asked <const> = asked_of(macros)
  local copy <const> = {}
  for name in pairs(configuration) do copy[name] = read.placed(configuration, name) end
  copy.ManagedStorageConfiguration = with_keys(configuration, "ManagedStorageConfiguration")
  if read.is_mapping(exec) and not asked then
    copy.ExecuteCommandConfiguration = engine.placed(written(exec, noted), { configuration, "ExecuteCommandConfiguration" })
  else
    if exec ~= nil and asked then
      engine.warn({ configuration, "ExecuteCommandConfiguration", "key" }, "x-cluster ExecuteCommandConfiguration gives way to "
        .. asked .. " of MacroParameters", "write one of them")
    end
    copy.ExecuteCommandConfiguration = from_macros(macros, noted)
  end
  return next(copy) ~= nil and copy or nil
end

--- What a task has to be allowed so that commands in its containers are logged as `noted`: `{ sid, actions, resources, condition }`.
function cluster_logs.statements(noted)
  local list <const> = {}
  local function allow(sid, resource, ...)
    table.insert(list, { sid = sid, resources = { resource }, actions = { ... } })
  end
  if noted.group_arn then
    allow("CommandLogs", noted.group_arn, "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents")
    allow("FindCommandLogs", "*", "logs:DescribeLogGroups")
  end
  if noted.bucket_arn then
    allow("CommandLogObjects", noted.objects_arn, "s3:PutObject")
    allow("CommandLogBucket", noted.bucket_arn, "s3:GetEncryptionConfiguration")
  end
  for index, each in ipairs(noted.bucket_keys or {}) do
    allow("CommandLogKey" .. (index > 1 and index or ""), each.arn, "kms:GenerateDataKey")
  end
  if noted.key then table.insert(list, noted.key) end
  return list
end

return cluster_logs
