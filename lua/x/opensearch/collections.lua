--- What x-opensearch needs for serverless collections: their policies, and the endpoint that they are reached by.
local access <const> = engine.use("kinds/access")
local definitions <const> = engine.use("kinds/definitions")
local digest <const> = engine.use("base/digest")
local environment <const> = engine.use("kinds/variables")
local families <const> = engine.use("project/families")
local grants <const> = engine.use("kinds/grants")
local links <const> = engine.use("kinds/links")
local network <const> = engine.use("kinds/exposure")
local own_names <const> = engine.use("kinds/own_names")
local read <const> = engine.use("base/read")
local run <const> = engine.use("base/run")
local vpcs <const> = engine.use("x/vpc/network")
local collection <const> = {}

function collection.is_serverless(body)
  return read.path(body, "MacroParameters.Serverless") == true
    or tostring(read.path(body, "Lookup.Arn") or ""):find(":aoss:", 1, true) ~= nil
end

--- What names of a definition begin with.
local function beginning(definition)
  local name = definition.name:lower():gsub("[^%l%d-]", "-")
  if not name:find("^%l") then name = "c-" .. name end
  return name:sub(1, 14)
end

--- Names of collections and their policies have 3 to 32 letters, of which the first is one, and are the account's: 14 letters of the
--- definition's name, a digest of all of it and of what replaces the collection, and a part of the stack's id.
--- https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-create.html (2026-11-29)
local function base(definition)
  if not definition.collection_name then
    local lasting <const> = definition.name .. own_names.digest(definition.resource, "Name")
    definition.collection_name = beginning(definition) .. "-" .. digest.hex(lasting, 4)
  end
  return definition.collection_name
end

--- A name with a part of the stack's id, and an ending of at most three letters.
local function named(definition, ending)
  return { ["Fn::Join"] = { "-", { base(definition), own_names.stack_part(), ending } } }
end

function collection.name(definition) return named(definition) end

--- A string with the name of a collection inside, which CloudFormation works out.
local function around(before, name, after)
  if type(name) == "string" then return before .. name .. after end
  return { ["Fn::Join"] = { "", { before, name, after } } }
end

function collection.own_name(definition)
  return read.get(definition.resource.Properties, "Name") or collection.name(definition)
end

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
      VpcId = vpc, SubnetIds = network.subnets(definition, "app"), SecurityGroupIds = { definition.endpoint_group:att("GroupId") },
    })
  definition.endpoint.Properties.Name = { ["Fn::Join"] = { "-", {
    beginning(definition), own_names.digest(definition.endpoint, "Name"):sub(1, 4), own_names.stack_part(), "vpc",
  } } }
  return definition.endpoint
end

--- A collection needs a policy for its key and one for its network before it is made.
function collection.policies(definition)
  local name <const> = read.path(definition.body, "Properties.Name") or collection.name(definition)
  local function policy(part, kind, noun, text)
    local made <const> = definitions.add(definition, part, "AWS::OpenSearchServerless::SecurityPolicy", "Collection"
      .. noun, {
      Name = named(definition, part:sub(1, 3)), Type = kind, Policy = text,
    })
    links.wait(definition.resource, made)
  end
  local start <const>, stop <const> = "[{\"ResourceType\":\"collection\",\"Resource\":[\"collection/", "\"]}]"
  if definition.resource.Properties.EncryptionConfig == nil then
    policy("encryption", "encryption", "Encryption", around("{\"Rules\":" .. start, name, stop .. ",\"AWSOwnedKey\":true}"))
  end
  local endpoint <const> = way_in(definition)
  policy("network", "network", "Network", around("[{\"Rules\":" .. start, name,
    stop .. ",\"AllowFromPublic\":false,\"SourceVPCEs\":[\"" .. endpoint:ref() .. "\"]}]"))
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
  local parts <const> = {}
  for _, reader in ipairs(definition.readers) do
    for _, role in ipairs(roles_of(reader)) do
      local permissions <const> = "\"aoss:DescribeIndex\",\"aoss:ReadDocument\"" .. (reader.writes
        and ",\"aoss:CreateIndex\",\"aoss:UpdateIndex\",\"aoss:WriteDocument\"" or "")
      local head <const> = (#parts > 0 and "," or "[") .. "{\"Rules\":[{\"ResourceType\":\"index\",\"Resource\":[\"index/"
      for _, part in ipairs { head, name, "/*\"],\"Permission\":[" .. permissions .. "]}],\"Principal\":[\"" .. role:att("Arn") .. "\"]}" } do
        table.insert(parts, part)
      end
    end
  end
  if #parts == 0 then return end
  table.insert(parts, "]")
  definitions.add(definition, "data", "AWS::OpenSearchServerless::AccessPolicy", "CollectionData", {
    Name = named(definition, "dat"), Type = "data", Policy = { ["Fn::Join"] = { "", parts } },
  })
end

return collection
