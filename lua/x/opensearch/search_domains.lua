--- OpenSearch domains: their disks, subnets and macros, the master user or role.
local database <const> = engine.use("kinds/database_clusters")
local definitions <const> = engine.use("kinds/definitions")
local instances <const> = engine.use("x/opensearch/search_instances")
local read <const> = engine.use("base/read")
local network <const> = engine.use("kinds/exposure")
local search <const> = {}

local function macro(definition, name) return read.path(definition.body, "MacroParameters." .. name) end

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

--- Whether the file makes a role of AWS for a service.
local function makes_linked_role()
  for _, body in pairs(engine.section("x-resources") or {}) do
    if read.at(body, "Type") == "AWS::IAM::ServiceLinkedRole" then return true end
  end
  return false
end

--- A domain in a VPC needs a role that an account has once. A template cannot make it where it is there, so that is said, for the first
--- domain.
--- https://docs.aws.amazon.com/opensearch-service/latest/developerguide/slr-aos.html, aws/copilot-cli#3006 (2026-11-29)
function search.linked_role(domain)
  local first
  for _, each in pairs(definitions.by_name[domain.key]) do
    if not first and each.resource and each.type == domain.type then first = each end
  end
  if first ~= domain then return end
  if domain.resource.Properties.VPCOptions == nil or makes_linked_role() then return end
  engine.note(domain.name_at, domain.subject .. " stands in a VPC: the account needs the role of OpenSearch Service for that, once",
    "make it where there is none: aws iam create-service-linked-role --aws-service-name opensearchservice.amazonaws.com")
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
