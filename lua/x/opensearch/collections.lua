--- What x-opensearch needs for serverless collections: their policies, and the endpoint that they are reached by.
local access <const> = engine.use("kinds/access")
local definitions <const> = engine.use("kinds/definitions")
local environment <const> = engine.use("kinds/variables")
local families <const> = engine.use("project/families")
local grants <const> = engine.use("kinds/grants")
local links <const> = engine.use("kinds/links")
local network <const> = engine.use("kinds/exposure")
local read <const> = engine.use("base/read")
local run <const> = engine.use("base/run")
local vpcs <const> = engine.use("x/vpc/network")
local collection <const> = {}

function collection.is_serverless(body)
  return read.path(body, "MacroParameters.Serverless") == true
    or tostring(read.path(body, "Lookup.Arn") or ""):find(":aoss:", 1, true) ~= nil
end

--- Names of collections and their policies have 3 to 32 letters, of which the first is one.
function collection.name(definition)
  local name = definition.name:lower():gsub("[^%l%d-]", "-")
  if not name:find("^%l") then name = "c-" .. name end
  return (#name < 3 and name .. "-collection" or name):sub(1, 32)
end

function collection.own_name(definition)
  return read.get(definition.resource.Properties, "Name") or collection.name(definition)
end

local function short(definition) return collection.name(definition):sub(1, 28) end

--- It is AWS that uses the key of a collection: services need no right to it.
function collection.keyed(definition) table.remove(definition.encrypted_by) end

--- The definition with the endpoint of the VPC that all collections are reached by: a VPC has one, because it gives their names.
local function holder_of_endpoint(key)
  for _, each in pairs(definitions.by_name[key]) do
    if each.endpoint then return each end
  end
end

--- That endpoint, and the group that guards it; the first collection makes them.
local function way_in(definition)
  local holder <const> = holder_of_endpoint(definition.key)
  if holder then return holder.endpoint end
  local vpc <const> = vpcs.vpc()
  definition.endpoint_group = definitions.add(definition, "security_group", "AWS::EC2::SecurityGroup",
    "CollectionSecurityGroup", { GroupDescription = "Who may connect to collections (" .. definition.key .. ")", VpcId = vpc })
  definition.endpoint = definitions.add(definition, "endpoint", "AWS::OpenSearchServerless::VpcEndpoint",
    "CollectionEndpoint", {
      Name = short(definition) .. "-vpc", VpcId = vpc, SubnetIds = network.subnets(definition, "app"),
      SecurityGroupIds = { definition.endpoint_group:att("GroupId") },
    })
  return definition.endpoint
end

--- A collection needs a policy for its key and one for its network before it is made.
function collection.policies(definition)
  local name <const> = read.path(definition.body, "Properties.Name") or collection.name(definition)
  local function policy(part, kind, noun, text)
    local made <const> = definitions.add(definition, part, "AWS::OpenSearchServerless::SecurityPolicy", "Collection"
      .. noun, {
      Name = short(definition) .. "-" .. part:sub(1, 3), Type = kind, Policy = text,
    })
    links.wait(definition.resource, made)
  end
  local rule <const> = "[{\"ResourceType\":\"collection\",\"Resource\":[\"collection/" .. name .. "\"]}]"
  if definition.resource.Properties.EncryptionConfig == nil then
    policy("encryption", "encryption", "Encryption", "{\"Rules\":" .. rule .. ",\"AWSOwnedKey\":true}")
  end
  local endpoint <const> = way_in(definition)
  policy("network", "network", "Network", "[{\"Rules\":" .. rule .. ",\"AllowFromPublic\":false,\"SourceVPCEs\":[\""
    .. endpoint:ref() .. "\"]}]")
end

--- Whether `Access` names a profile, as itself or below Http.
local function names_profile(wanted, profile)
  if wanted == profile then return true end
  for _, each in pairs((read.is_mapping(wanted) or read.is_list(wanted)) and wanted or {}) do
    if names_profile(each, profile) then return true end
  end
  return false
end

--- Services reach a collection over its endpoint in the VPC, and are named in its data access policy.
function collection.serve_collection(definition, service, body, where)
  access.grant(definition, service, body)
  environment.grant(definition, service, body)
  local holder <const> = holder_of_endpoint(definition.key)
  if holder and run.is_first("ingress of collections", service .. " " .. where[2]) then
    grants.reach(service, {
      noun = "ToCollectionsIngress", group = holder.endpoint_group:att("GroupId"), port = 443,
      description = "From service " .. service .. " to collections",
    })
  end
  definition.readers = definition.readers or {}
  local writes <const> = names_profile(body.Access, "RW")
  if writes or names_profile(body.Access, "RO") then
    table.insert(definition.readers, { service = service, name = where[2], writes = writes })
  end
end

--- The task roles of what a reader names, those of roles that the file names left out.
local function roles_of(reader)
  local list <const> = {}
  for _, family in ipairs(reader.name == reader.service and families.of(reader.service) or families.named_by(reader.name)) do
    if family.by_name[reader.service] and family.made.role then table.insert(list, family.made.role) end
  end
  return list
end

--- The data access policy, once the roles of the services are there.
function collection.open_collection(definition)
  if not definition.resource or not definition.readers then return end
  local name <const> = read.path(definition.body, "Properties.Name") or collection.name(definition)
  local text
  for _, reader in ipairs(definition.readers) do
    for _, role in ipairs(roles_of(reader)) do
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

return collection
