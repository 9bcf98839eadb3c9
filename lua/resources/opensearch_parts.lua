--- What x-opensearch needs beside its table: subnets, logs, the master user, collections.
local access <const> = engine.use("composex/access")
local database <const> = engine.use("resources/database")
local definitions <const> = engine.use("composex/definitions")
local environment <const> = engine.use("composex/environment")
local keys <const> = engine.use("composex/keys")
local links <const> = engine.use("composex/links")
local network <const> = engine.use("composex/network")
local secrets <const> = engine.use("composex/secrets")
local search <const> = { noted = database.noted }

function search.is_serverless(body)
  return keys.at(body, "MacroParameters.Serverless") == true
    or tostring(keys.at(body, "Lookup.Arn") or ""):find(":aoss:", 1, true) ~= nil
end

function search.group(definition)
  local group <const> = definitions.part(definition, "security_group")
  return group and group:att("GroupId")
end

function search.secret_arn(definition) return secrets.arn(definition) end

local function macro(definition, name) return keys.at(definition.body, "MacroParameters." .. name) end

-- Domains -----------------------------------------------------------------------------------------------------------

--- Instances with disks of their own take no volumes.
local with_disks <const> = { "i3", "i3g", "i4g", "i4i", "i7i", "i8g", "im4gn", "r6gd" }

local function instance_family(properties)
  local kind <const> = keys.at(properties, "ClusterConfig.InstanceType")
  return type(kind) == "string" and kind:match("^([%w]+)%.") or nil
end

function search.storage(domain)
  if keys.has(with_disks, instance_family(domain.resource.Properties) or "") then return { EBSEnabled = false } end
  return { EBSEnabled = true, VolumeType = "gp3", VolumeSize = 20 }
end

--- A domain stands in one subnet, or in as many as it has zones.
function search.subnets(domain)
  local options <const> = domain.resource.Properties.VPCOptions
  if options.SubnetIds ~= nil then return end
  local config <const> = domain.resource.Properties.ClusterConfig
  local zones = 1
  if config ~= nil and config.ZoneAwarenessEnabled == true then
    zones = keys.at(config, "ZoneAwarenessConfig.AvailabilityZoneCount") or 2
  end
  local chosen <const> = {}
  for index = 1, math.min(zones, 3) do table.insert(chosen, network.subnet(domain, index)) end
  options.SubnetIds = chosen
end

local log_kinds <const> = { "SEARCH_SLOW_LOGS", "ES_APPLICATION_LOGS", "INDEX_SLOW_LOGS", "AUDIT_LOGS" }

--- `CreateLogGroups: true` or a list of kinds: a log group for each, and the policy that lets the service write to
--- them.
function search.logs(domain)
  local wanted <const> = macro(domain, "CreateLogGroups")
  if wanted == nil or wanted == false then return end
  local where <const> = { domain.body.MacroParameters, "CreateLogGroups" }
  local kinds = log_kinds
  if keys.is_list(wanted) then
    kinds = {}
    for index = 1, #wanted do
      if keys.has(log_kinds, wanted[index]) then
        table.insert(kinds, wanted[index])
      else
        engine.error({ wanted, index }, domain.subject .. " has no log \"" .. tostring(wanted[index]) .. "\"",
          engine.near(tostring(wanted[index]), log_kinds, "there are"))
      end
    end
  elseif wanted ~= true then
    return engine.error(where, domain.subject .. " CreateLogGroups must be true or a list of logs")
  end
  local retention <const> = macro(domain, "RetentionInDays")
  local options <const>, arns <const> = {}, {}
  for _, kind in ipairs(kinds) do
    local group <const> = definitions.add(domain, kind, "AWS::Logs::LogGroup", "Domain" .. engine.pascal(kind:lower()),
      {
      RetentionInDays = retention and engine.placed(retention, { domain.body.MacroParameters, "RetentionInDays" })
        or 30,
    })
    options[kind] = { CloudWatchLogsLogGroupArn = group:att("Arn"), Enabled = true }
    table.insert(arns, group:att("Arn"))
  end
  domain.resource.Properties.LogPublishingOptions = options
  local text = ""
  for index, arn in ipairs(arns) do text = text .. (index > 1 and "," or "") .. "\"" .. arn .. "\"" end
  local policy <const> = definitions.add(domain, "log_policy", "AWS::Logs::ResourcePolicy", "DomainLogsPolicy", {
    PolicyName = composex.sub("${AWS::StackName}-" .. domain.name .. "-logs"),
    PolicyDocument = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":"
      .. "\"es.amazonaws.com\"},\"Action\":[\"logs:PutLogEvents\",\"logs:CreateLogStream\"],\"Resource\":[" .. text
      .. "],\"Condition\":{\"StringEquals\":{\"aws:SourceAccount\":\"" .. composex.ref("AWS::AccountId") .. "\"}}}]}",
  })
  links.wait(domain.resource, policy)
end

--- `GenerateMasterUserSecret: true`: a user of the domain's own, whose credentials are generated.
function search.master_user(domain)
  if domain.lookup then return {} end
  if macro(domain, "GenerateMasterUserSecret") ~= true then return nil end
  return { custom = search.with_user }
end

function search.with_user(domain, username, password)
  local options <const> = domain.resource.Properties
  if options.AdvancedSecurityOptions == nil then options.AdvancedSecurityOptions = { Enabled = true } end
  local security <const> = options.AdvancedSecurityOptions
  security.Enabled = true
  security.InternalUserDatabaseEnabled = true
  -- The user's name and password are checked by the domain itself: requests that bear them are not signed by IAM.
  if options.AccessPolicies == nil then
    options.AccessPolicies = { Version = "2012-10-17", Statement = { {
      Effect = "Allow", Principal = { AWS = "*" }, Action = "es:ESHttp*",
      Resource = composex.sub("arn:${AWS::Partition}:es:${AWS::Region}:${AWS::AccountId}:domain/*"),
    } } }
  end
  security.MasterUserOptions = { MasterUserName = username, MasterUserPassword = password }
end

--- `CreateMasterUserRole: true`: a role of the account that is the domain's master user.
function search.master_role(domain)
  if macro(domain, "CreateMasterUserRole") ~= true then return end
  if macro(domain, "GenerateMasterUserSecret") == true then
    return engine.error({ domain.body.MacroParameters, "CreateMasterUserRole", "key" },
      domain.subject .. " has either a master user with a secret or a master role", "take one of them away")
  end
  local boundary <const> = macro(domain, "MasterUserRolePermissionsBoundary")
  local arn <const> = boundary and (boundary:find("^arn:") and boundary
    or composex.sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/" .. boundary))
  local role <const> = definitions.add(domain, "master_role", "AWS::IAM::Role", "DomainMasterUserRole", {
    AssumeRolePolicyDocument = { Version = "2012-10-17", Statement = { {
      Effect = "Allow", Action = "sts:AssumeRole",
      Principal = { AWS = composex.sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:root") },
    } } },
    PermissionsBoundary = arn,
  })
  local properties <const> = domain.resource.Properties
  properties.AdvancedSecurityOptions = { Enabled = true, MasterUserOptions = { MasterUserARN = role:att("Arn") } }
end

search.macros = {
  CreateLogGroups = database.noted, RetentionInDays = database.noted, GenerateMasterUserSecret = database.noted,
  CreateMasterUserRole = database.noted, MasterUserRolePermissionsBoundary = database.noted,
  CreateLogGroupsResourcePolicy = database.noted, Serverless = database.noted,
}

local function is_graviton(kind) return kind:find("^%a+%d+g") ~= nil end

search.checks = {
  ["must have either Graviton instances or none"] = function(made)
    local config <const> = made.Properties.ClusterConfig
    if config == nil then return true end
    local first
    for _, name in ipairs { "InstanceType", "DedicatedMasterType" } do
      local kind <const> = config[name]
      if type(kind) == "string" then
        if first ~= nil and first ~= is_graviton(kind) then return false end
        first = is_graviton(kind)
      end
    end
    return true
  end,
  ["must not have volumes: its instances have disks of their own"] = function(made)
    local has_disks <const> = keys.has(with_disks, instance_family(made.Properties) or "")
    return not has_disks or keys.at(made.Properties, "EBSOptions.EBSEnabled") ~= true
  end,
}

-- Collections -------------------------------------------------------------------------------------------------------

--- Names of collections and their policies have at most 32 letters.
function search.name(definition) return definition.name:lower():gsub("[^%l%d-]", "-"):sub(1, 32) end

local function short(definition) return search.name(definition):sub(1, 28) end

--- A collection needs a policy for its key and one for its network before it is made.
function search.policies(definition)
  local name <const> = keys.at(definition.body, "Properties.Name") or search.name(definition)
  local function policy(part, kind, noun, text)
    local made <const> = definitions.add(definition, part, "AWS::OpenSearchServerless::SecurityPolicy", "Collection"
      .. noun, {
      Name = short(definition) .. "-" .. part:sub(1, 3), Type = kind, Policy = text,
    })
    links.wait(definition.resource, made)
  end
  local rule <const> = "[{\"ResourceType\":\"collection\",\"Resource\":[\"collection/" .. name .. "\"]}]"
  policy("encryption", "encryption", "Encryption", "{\"Rules\":" .. rule .. ",\"AWSOwnedKey\":true}")
  local group <const> = definitions.add(definition, "security_group", "AWS::EC2::SecurityGroup",
    "CollectionSecurityGroup", {
    GroupDescription = "Who may connect to " .. definition.name .. " (" .. definition.key .. ")",
    VpcId = engine.use("platform/network").vpc(),
  })
  local endpoint <const> = definitions.add(definition, "endpoint", "AWS::OpenSearchServerless::VpcEndpoint",
    "CollectionEndpoint", {
      Name = short(definition) .. "-vpc", VpcId = engine.use("platform/network").vpc(),
      SubnetIds = engine.use("platform/network").subnets("app"), SecurityGroupIds = { group:att("GroupId") },
    })
  policy("network", "network", "Network", "[{\"Rules\":" .. rule .. ",\"AllowFromPublic\":false,\"SourceVPCEs\":[\""
    .. endpoint:ref() .. "\"]}]")
end

--- Services reach a collection over its endpoint in the VPC, and are named in its data access policy.
function search.serve_collection(definition, service, body)
  access.grant(definition, service, body)
  environment.grant(definition, service, body)
  local group <const> = definitions.part(definition, "security_group")
  if group then
    engine.use("composex/grants").reach(service, {
      noun = "To" .. engine.pascal(definition.name) .. "CollectionIngress", group = group:att("GroupId"), port = 443,
      description = "From service " .. service .. " to " .. definition.name,
    })
  end
  definition.readers = definition.readers or {}
  local profile <const> = keys.at(body, "Access.Http")
  if profile ~= nil then table.insert(definition.readers, { service = service, writes = profile == "RW" }) end
end

--- The data access policy, once the roles of the services are there.
function search.open_collection(definition)
  if not definition.resource or not definition.readers then return end
  local name <const> = keys.at(definition.body, "Properties.Name") or search.name(definition)
  local text
  for _, reader in ipairs(definition.readers) do
    local role <const> = engine.find("services", reader.service, "role")
    if role then
      local permissions <const> = "\"aoss:DescribeIndex\",\"aoss:ReadDocument\"" .. (reader.writes
        and ",\"aoss:CreateIndex\",\"aoss:UpdateIndex\",\"aoss:WriteDocument\"" or "")
      local entry <const> = "{\"Rules\":[{\"ResourceType\":\"index\",\"Resource\":[\"index/" .. name
        .. "/*\"],\"Permission\":["
        .. permissions .. "]}],\"Principal\":[\"" .. role:att("Arn") .. "\"]}"
      text = text and text .. "," .. entry or entry
    end
  end
  if not text then return end
  definitions.add(definition, "data", "AWS::OpenSearchServerless::AccessPolicy", "CollectionData", {
    Name = short(definition) .. "-dat", Type = "data", Policy = "[" .. text .. "]",
  })
end

return search
