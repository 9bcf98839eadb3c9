--- x-route53: hosted zones, of the stack's own or existing, and records in them.
local network <const> = engine.use("platform/network")
local read <const> = engine.use("platform/read")
local route53 <const> = {}

local keys <const> = { "ZoneName", "Name", "Properties", "Lookup", "Records", "Private", "Services" }
local record_keys <const> = {
  "Name", "Type", "TTL", "ResourceRecords", "AliasTarget", "Weight", "Region", "Failover", "SetIdentifier", "HealthCheckId",
  "MultiValueAnswer", "GeoLocation", "Comment",
}

local zones <const> = {}

local function zone_name(definition, subject)
  local key <const> = definition.ZoneName ~= nil and "ZoneName" or "Name"
  if definition.ZoneName ~= nil and definition.Name ~= nil then
    engine.error({ definition, "Name", "key" }, subject .. " has both ZoneName and Name", "write one of them")
  end
  local properties <const> = read.mapping(definition, "Properties", subject .. " Properties")
  local name <const> = definition[key] or properties.Name
  if type(name) == "string" and name:find("^[%w_%-%.]+$") then
    return name:gsub("%.$", ""), definition[key] ~= nil and { definition, key } or { properties, "Name" }
  end
  engine.error(name ~= nil and { definition, key } or definition, subject .. " needs a ZoneName", "write ZoneName: example.com")
  return "example.com", definition
end

--- An existing zone: by its id, or by its name where CloudFormation can look it up itself.
local function existing(definition, name, where, subject)
  local lookup <const> = definition.Lookup
  if lookup == true then return { name = name, by = { HostedZoneName = engine.placed(name .. ".", where) } } end
  if read.is_mapping(lookup) then
    read.keys(lookup, { "HostedZoneId", "IsPrivateZone", "RoleArn" }, subject .. " Lookup")
    local id <const> = lookup.HostedZoneId
    if read.is_function(id) or type(id) == "string" and id:find("^Z[%u%d]+$") then
      local placed <const> = read.placed(lookup, "HostedZoneId")
      return { name = name, id = placed, by = { HostedZoneId = placed } }
    end
  end
  engine.error({ definition, "Lookup" }, subject .. " Lookup needs the id of the zone", "write Lookup: {HostedZoneId: Z0123456789ABC}")
  return { name = name, id = "Z0000000000000", by = { HostedZoneId = "Z0000000000000" } }
end

local function own(key, definition, name, where, subject)
  local written <const> = read.mapping(definition, "Properties", subject .. " Properties")
  local properties <const> = {}
  for each in pairs(written) do properties[each] = read.placed(written, each) end
  properties.Name = engine.placed(name, where)
  if read.flag(definition, "Private", subject) then
    properties.VPCs = { { VPCId = network.vpc(), VPCRegion = composex.ref("AWS::Region") } }
  end
  local made <const> = engine.add {
    type = "AWS::Route53::HostedZone", noun = "Zone", key = "x-route53", name = key, at = definition, properties = properties,
  }
  return { name = name, id = made:ref(), by = { HostedZoneId = made:ref() } }
end

--- Whether a name lies in a zone.
local function is_in(name, zone)
  return name == zone or name:sub(-#zone - 1) == "." .. zone
end

--- Tells a name that does not lie in a zone.
local function check_name(name, zone, where, subject)
  if is_in(name:gsub("%.$", ""), zone.name) then return true end
  engine.error(where, subject .. ": " .. name .. " is not in the zone " .. zone.name, "write a name that ends with ." .. zone.name)
  return false
end

--- `www.example.com` -> `www-example-com`, `*.example.com` -> `wildcard-example-com`.
local function noun_of(name)
  return engine.pascal((name:gsub("%*", "wildcard"):gsub("[^%w]", "-")))
end

local function record(zone, node, index, list)
  local subject <const> = "x-route53::" .. zone.key .. " Records"
  if not read.is_mapping(node) then return engine.error({ list, index }, subject .. " takes mappings", "write Name, Type and ResourceRecords") end
  read.keys(node, record_keys, subject)
  local name <const> = node.Name
  if type(name) ~= "string" or type(node.Type) ~= "string" then
    return engine.error({ list, index }, subject .. " needs a Name and a Type", "write Name: www." .. zone.name .. " and Type: CNAME")
  end
  if not check_name(name, zone, { node, "Name" }, subject) then return end
  local properties <const> = {}
  for each in pairs(node) do properties[each] = read.placed(node, each) end
  for key, value in pairs(zone.by) do properties[key] = value end
  if node.TTL ~= nil then properties.TTL = engine.placed(tostring(node.TTL), { node, "TTL" }) end
  if node.TTL == nil and node.AliasTarget == nil then properties.TTL = "300" end
  engine.add {
    type = "AWS::Route53::RecordSet", key = "x-route53", name = zone.key, part = "record " .. index, at = { list, index },
    noun = noun_of(name) .. node.Type .. (node.SetIdentifier ~= nil and engine.pascal(node.SetIdentifier) or "") .. "Record",
    properties = properties,
  }
end

--- Reads the section.
function route53.prepare()
  for key, node in pairs(read.section("x-route53")) do
    local subject <const> = "x-route53::" .. key
    local definition <const> = read.mapping(engine.section("x-route53"), key, subject)
    read.keys(definition, keys, subject)
    local name <const>, where <const> = zone_name(definition, subject)
    local zone <const> = definition.Lookup ~= nil and existing(definition, name, where, subject)
      or own(key, definition, name, where, subject)
    zone.key = key
    if definition.Lookup ~= nil and definition.Properties ~= nil then
      engine.error({ definition, "Properties", "key" }, subject .. " has Lookup and Properties", "Lookup takes a zone, Properties makes one")
    end
    table.insert(zones, zone)
    for index, each in ipairs(node ~= nil and node.Records or {}) do record(zone, each, index, node.Records) end
  end
end

local function names_of_zones()
  local names <const> = {}
  for _, zone in ipairs(zones) do table.insert(names, zone.key) end
  return names
end

--- The zone that `x-route53::NAME` (or a bare name) names: `{ key, name, id, by }`; nil when it is told at `where`.
function route53.zone(text, where, subject)
  local key <const> = tostring(text):gsub("^x%-route53::", "")
  for _, zone in ipairs(zones) do
    if zone.key == key then return zone end
  end
  engine.error(where, subject .. " names the zone " .. tostring(text) .. ", which is not in x-route53",
    engine.near(key, names_of_zones(), "there are"))
end

--- The zone that a name lies in: the longest that fits, or nil.
function route53.zone_of(name)
  local best
  for _, zone in ipairs(zones) do
    if is_in(name:gsub("^%*%.", ""), zone.name) and (not best or #zone.name > #best.name) then best = zone end
  end
  return best
end

--- A zone's id as a value; a zone that only its name is known of is told at `where`.
function route53.id(zone, where, subject)
  if zone.id then return zone.id end
  engine.error(where, subject .. " needs the id of the zone " .. zone.name,
    "write Lookup: {HostedZoneId: Z0123456789ABC} in x-route53::" .. zone.key)
end

--- Alias records for a target `{ zone_id, dns, is_dual }`: A, and AAAA when it has IPv6 addresses. `latency` chooses by region.
function route53.alias(zone, name, target, latency, where, subject)
  if not check_name(name, zone, where, subject) then return end
  for _, type in ipairs { "A", "AAAA" } do
    if type == "A" or target.is_dual then
      local properties <const> = {
        Name = engine.placed(name, where), Type = type,
        AliasTarget = { DNSName = target.dns, HostedZoneId = target.zone_id, EvaluateTargetHealth = true },
        Region = latency and composex.ref("AWS::Region") or nil, SetIdentifier = latency and composex.ref("AWS::StackName") or nil,
      }
      for key, value in pairs(zone.by) do properties[key] = value end
      engine.add {
        type = "AWS::Route53::RecordSet", key = "x-route53", name = zone.key, part = "alias " .. name .. " " .. type, at = where,
        noun = noun_of(name) .. type .. "Record", properties = properties,
      }
    end
  end
end

return route53
