--- What x-opensearch needs beside its table: subnets, logs, the master user.
local database <const> = engine.use("kinds/database_clusters")
local definitions <const> = engine.use("kinds/definitions")
local instances <const> = engine.use("x/opensearch/search_instances")
local read <const> = engine.use("base/read")
local links <const> = engine.use("kinds/links")
local network <const> = engine.use("kinds/exposure")
local search <const> = { checks = instances.checks, cluster = instances.cluster }

local function macro(definition, name) return read.path(definition.body, "MacroParameters." .. name) end

-- Domains -----------------------------------------------------------------------------------------------------------

function search.storage(domain)
  if instances.has_disks(domain.resource.Properties) then return { EBSEnabled = false } end
  return { EBSEnabled = true, VolumeType = "gp3", VolumeSize = 20 }
end

--- A domain stands in one subnet, or in as many as it has zones.
function search.subnets(domain)
  local options <const> = domain.resource.Properties.VPCOptions
  if options.SubnetIds ~= nil then return end
  local config <const> = domain.resource.Properties.ClusterConfig
  local zones = 1
  if config ~= nil and config.ZoneAwarenessEnabled == true then
    zones = read.path(config, "ZoneAwarenessConfig.AvailabilityZoneCount") or 2
  end
  local all <const>, chosen <const> = network.subnets(domain), {}
  if type(all) == "table" and #all > 0 and zones > #all then
    engine.error({ config, "ZoneAwarenessConfig" }, domain.subject .. " asks for " .. zones .. " zones, and there are subnets in "
      .. #all .. " only", "say so in x-vpc: Properties: {Zones: " .. zones .. "}")
    zones = #all
  end
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
  if read.is_list(wanted) then
    kinds = {}
    for index = 1, #wanted do
      if read.has(log_kinds, wanted[index]) then
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
  return { custom = search.with_user, specials = "-_.~" }
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
  local role <const> = definitions.add(domain, "master_role", "AWS::IAM::Role", "DomainMasterUserRole", {
    AssumeRolePolicyDocument = { Version = "2012-10-17", Statement = { {
      Effect = "Allow", Action = "sts:AssumeRole",
      Principal = { AWS = composex.sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:root") },
    } } },
    PermissionsBoundary = domain.boundary,
  })
  local properties <const> = domain.resource.Properties
  if properties.AdvancedSecurityOptions == nil then properties.AdvancedSecurityOptions = { Enabled = true } end
  properties.AdvancedSecurityOptions.Enabled = true
  properties.AdvancedSecurityOptions.MasterUserOptions = { MasterUserARN = role:att("Arn") }
end

--- A macro that says something about what another one makes.
local function with(other)
  return function(domain, _, where, name)
    if macro(domain, other) == nil then
      engine.error(where, domain.subject .. " " .. name .. " needs " .. other, "write " .. other .. ": true")
    end
  end
end

search.macros = {
  CreateLogGroups = "any", RetentionInDays = { apply = with("CreateLogGroups") }, GenerateMasterUserSecret = "boolean",
  CreateMasterUserRole = "boolean", MasterUserRolePermissionsBoundary = database.boundary,
  CreateLogGroupsResourcePolicy = "boolean", Serverless = "boolean",
}

return search
