--- Spellings of ECS ComposeX that are older than its schemas, or that its documentation has and its code does not read: what composex
--- says for them. https://docs.compose-x.io (1.1.9, read 2026-11-29)
local read <const> = engine.use("base/read")

--- The keys whose sections are definitions by name, each with `Services`.
local modules <const> = {
  "x-kms", "x-sqs", "x-sns", "x-s3", "x-dynamodb", "x-kinesis", "x-kinesis_firehose", "x-rds", "x-docdb", "x-neptune", "x-elasticache",
  "x-opensearch", "x-efs", "x-ssm_parameter", "x-aps", "x-codeguru_profiler", "x-cognito_userpool", "x-events", "x-alarms", "x-dashboards",
  "x-elbv2", "x-acm", "x-wafv2_webacl", "x-route53", "x-cloudmap",
}

-- What stands under a key -------------------------------------------------------------------------------------------------

local function is_empty(value) return (read.is_mapping(value) or read.is_list(value)) and #read.names(value) == 0 end
local function is_full_list(value) return read.is_list(value) and #value > 0 end
local function is_arn(value) return type(value) == "string" and value:find("^arn:") ~= nil end

--- Keys below the name of a service that were in small letters. The `access` of a load balancer is a path and has no other spelling.
local small <const> = { access = "Access", scaling = "Scaling" }
local function small_of(key) return key == "x-elbv2" and {} or small end

--- Keys of a Scaling, and of its steps, that were in small letters.
local steps <const> = {
  steps = "Steps", scaling_in_cooldown = "ScaleInCooldown", scaling_out_cooldown = "ScaleOutCooldown", scale_in_cooldown = "ScaleInCooldown",
  scale_out_cooldown = "ScaleOutCooldown",
}
local bounds <const> = { lower_bound = "LowerBound", upper_bound = "UpperBound", count = "Count" }

--- `Services: [{name: web, access: RO}, api]` as a mapping by name, whose keys are called anew by `renamed`.
local function by_name(list, at, renamed)
  local made <const> = {}
  for index = 1, #list do
    local item <const> = list[index]
    local name <const> = read.is_mapping(item) and (item.name or item.Name) or item
    if type(name) ~= "string" then
      return engine.error({ list, index }, at.subject .. ": an item needs a name", "write web: {Access: RO}")
    end
    local body <const> = {}
    for key, value in pairs(read.is_mapping(item) and item or {}) do
      if key ~= "name" and key ~= "Name" then body[renamed[key] or key] = value end
    end
    made[name] = body
  end
  return made
end

--- A setting that is on or off, or an algorithm, as the property of a bucket.
local function encryption(value)
  local algorithm <const> = type(value) == "string" and value:lower():find("kms") and "aws:kms" or "AES256"
  return { ServerSideEncryptionConfiguration = { { ServerSideEncryptionByDefault = { SSEAlgorithm = algorithm } } } }
end

local function is_off(value) return value == false or tostring(value):lower() == "false" end

-- Rows --------------------------------------------------------------------------------------------------------------------

local rows <const> = {}

local function add(row) table.insert(rows, row) end

for _, key in ipairs(modules) do
  local definition <const> = key .. ".*."
  add { from = definition .. "Services", when = is_empty, drops = true, quietly = true }
  add { from = definition .. "Services", to = definition .. "Services", when = is_full_list,
    as = function(list, at) return by_name(list, at, small_of(key)) end, today = "Services: {web: {Access: RO}}" }
  for old, current in pairs(small_of(key)) do
    add { from = definition .. "Services.*." .. old, to = definition .. "Services.*." .. current }
  end
  add { from = definition .. "Settings.EnvNames", drops = true, today = "ReturnValues: {Arn: NAME} at the service, which names the variable" }
  for old, current in pairs(steps) do add { from = definition .. "Services.*.Scaling." .. old, to = definition .. "Services.*.Scaling." .. current } end
  for old, current in pairs(bounds) do
    add { from = definition .. "Services.*.Scaling.Steps.*." .. old, to = definition .. "Services.*.Scaling.Steps.*." .. current }
  end
  add { from = definition .. "Lookup", when = is_empty, drops = true, quietly = true }
  add { from = definition .. "Use", to = definition .. "Lookup", when = is_arn, as = function(arn) return { Arn = arn } end }
end
for _, holder in ipairs { "volumes.*.x-efs", "secrets.*.x-secrets" } do
  add { from = holder .. ".Lookup", when = is_empty, drops = true, quietly = true }
end

--- As a page of the documentation has it.
add { from = "x-sqs.*.Services.*.ReturnValues.QueueUrl", to = "x-sqs.*.Services.*.ReturnValues.Url", yields = true }

--- Of the two ways to say a certificate, the skeletons of the documentation leave one empty.
for _, part in ipairs { "Properties", "MacroParameters" } do
  add { from = "x-acm.*." .. part, when = is_empty, drops = true, quietly = true }
end

for _, name in ipairs { "timeout_seconds", "desync_mitigation_mode", "drop_invalid_header_fields", "http2", "cross_zone" } do
  add { from = "x-elbv2.*.Settings." .. name, to = "x-elbv2.*.MacroParameters." .. name }
end
for _, name in ipairs { "ExpandAccountIdToBucket", "ExpandRegionToBucket", "NameSeparator" } do
  add { from = "x-s3.*.Settings." .. name, to = "x-s3.*.MacroParameters." .. name }
end
for _, holder in ipairs { "x-s3.*.Settings.", "x-s3.*.MacroParameters." } do
  add { from = holder .. "EnableEncryption", when = is_off, drops = true }
  add { from = holder .. "EnableEncryption", to = "x-s3.*.Properties.BucketEncryption", as = encryption, yields = true }
  add { from = holder .. "EnableAcceleration", when = is_off, drops = true, quietly = true }
  add { from = holder .. "EnableAcceleration", to = "x-s3.*.Properties.AccelerateConfiguration", yields = true,
    as = function() return { AccelerationStatus = "Enabled" } end }
end
add { from = "x-s3.*.Services.*.Access", to = "x-s3.*.Services.*.Access", when = function(value) return value == "RWObjects" end,
  as = function() return { objects = "RW" } end }
--- Topics stood one level deeper.
add { from = "x-sns.Topics", to = "x-sns", spreads = true, today = "the topics below x-sns itself",
  when = function(value) return read.is_mapping(value) and not read.has(read.names(value), "Properties") and not read.has(read.names(value), "Services") end }
add { from = "x-kms.*.Settings.Alias", to = "x-kms.*.MacroParameters.Alias", yields = true }

for _, key in ipairs { "x-elasticache", "x-rds", "x-docdb", "x-neptune" } do
  for _, part in ipairs { ".*.Properties.", ".*.MacroParameters." } do
    add { from = key .. part .. "EngineName", to = key .. part .. "Engine", yields = true }
  end
end
add { from = "x-rds.*.Properties.DBAllocatedStorage", to = "x-rds.*.Properties.AllocatedStorage", yields = true }
for _, key in ipairs { "x-rds", "x-docdb", "x-neptune" } do
  -- A cluster has the storage, and its instances none: what an instance said of it meant nothing.
  add { from = key .. ".*.MacroParameters.Instances.*.DBAllocatedStorage", drops = true }
end
add { from = "x-rds.*.MacroParameters.UseServerless", when = is_off, drops = true, quietly = true }
add { from = "x-rds.*.MacroParameters.UseServerless", to = "x-rds.*.Properties.ServerlessV2ScalingConfiguration", yields = true,
  as = function() return { MinCapacity = 0.5, MaxCapacity = 4 } end }

--- Instances of a cluster are in several zones as they are; a database alone has a property for it.
local function is_of_cluster(_, at) return tostring(at.holder.Engine):find("aurora") ~= nil end
add { from = "x-rds.*.MacroParameters.UseMultiAz", when = is_of_cluster, drops = true }
add { from = "x-rds.*.MacroParameters.UseMultiAz", to = "x-rds.*.Properties.MultiAZ", yields = true }
--- One level too high, as files of its examples have it, where it had no effect.
add { from = "volumes.*.x-efs.Properties.TransitionToIA", to = "volumes.*.x-efs.Properties.LifecyclePolicies", yields = true,
  as = function(value) return { { TransitionToIA = value } } end }
add { from = "x-vpc.Create", to = "x-vpc.Properties", yields = true }
add { from = "services.*.x-networking", to = "services.*.x-network" }
for name, row in pairs(engine.use("project/peer_configs")) do
  add { from = "services.*.x-configs." .. name, when = is_empty, drops = true, quietly = true }
  add {
    from = "services.*.x-configs." .. name, to = "services.*." .. row.to, as = row.as, yields = true, today = row.today or row.to .. ": {...}",
  }
end
add { from = "services.*.x-configs", when = is_empty, drops = true, quietly = true }
add { from = "services.*.x-network.IsPublic", to = "services.*.x-network.AssignPublicIp", yields = true }
add { from = "services.*.x-network.is_public", to = "services.*.x-network.AssignPublicIp", yields = true }
add { from = "services.*.x-network.UseCloudmap", drops = true, quietly = true }
add { from = "services.*.x-network.x-ecs_connect.MacroParameters.services_ports",
  to = "services.*.x-network.x-ecs_connect.MacroParameters.service_ports", yields = true }
--- Each task has a log group of its own in any case.
add { from = "services.*.x-logging.CreateLogGroup", when = function(value) return not is_off(value) end, drops = true, quietly = true }
add { from = "services.*.x-logging.CreateLogGroup", drops = true }
add { from = "services.*.x-logging.FireLens.Advanced.ComposeXManagedAwsDestinations.*.Parser", drops = true }
add { from = "services.*.x-logging.FireLens.ShortHands", to = "services.*.x-logging.FireLens.Shorthands", yields = true }
add { from = "services.*.x-scaling.TargetScaling.RamTarget", to = "services.*.x-scaling.TargetScaling.MemoryTarget", yields = true }
for _, name in ipairs { "In", "Out" } do
  add { from = "services.*.x-scaling.TargetScaling.Scaling" .. name .. "Cooldown",
    to = "services.*.x-scaling.TargetScaling.Scale" .. name .. "Cooldown", yields = true }
end

--- At the top of a file, as some pages of the documentation write them: for every service that does not say it itself.
for _, name in ipairs { "PermissionsBoundary", "ManagedPolicyArns", "Policies" } do
  add { from = "x-iam." .. name, to = "services.*.x-iam." .. name, yields = true, place = "at each service" }
end
add { from = "x-iam", when = is_empty, drops = true, quietly = true }
for _, name in ipairs { "x-scaling", "x-monitoring" } do
  add { from = name, to = "services.*." .. name, yields = true, place = "at each service" }
end

return { whose = "ECS ComposeX", rows = rows, kept = {}, other_words = {} }
