--- x-route53: hosted zones, of the stack's own or existing, and records in them.
local network <const> = engine.use("x/vpc/network")
local read <const> = engine.use("base/read")
local returns <const> = engine.use("kinds/returns")
local values <const> = engine.use("kinds/texts")
local route53 <const> = {}

local keys <const> = { "ZoneName", "Name", "Properties", "Lookup", "Records", "Private", "Services" }
local record_keys <const> = {
  "Name", "Type", "TTL", "ResourceRecords", "AliasTarget", "Weight", "Region", "Failover", "SetIdentifier", "HealthCheckId",
  "MultiValueAnswer", "GeoLocation", "Comment",
}

--- https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html
local record_types <const> = {
  "A", "AAAA", "CAA", "CNAME", "DS", "HTTPS", "MX", "NAPTR", "NS", "PTR", "SOA", "SPF", "SRV", "SSHFP", "SVCB", "TLSA", "TXT",
}

local zones <const> = {}

local function zone_name(definition, at, subject)
  local key <const> = definition.ZoneName ~= nil and "ZoneName" or "Name"
  if definition.ZoneName ~= nil and definition.Name ~= nil then
    engine.error({ definition, "Name", "key" }, subject .. " has both ZoneName and Name", "write one of them")
  end
  local properties <const> = read.mapping(definition, "Properties", subject .. " Properties")
  local name <const> = definition[key] or properties.Name
  if type(name) == "string" and name:find("^[%w_%-%.]+$") then
    return name:gsub("%.$", ""), definition[key] ~= nil and { definition, key } or { properties, "Name" }
  end
  engine.error(name ~= nil and { definition, key } or at, subject .. " needs a ZoneName", "write ZoneName: example.com")
  return "example.com", at
end

--- An existing zone: by its id, or by its name where CloudFormation can look it up itself.
local function existing(definition, name, where, subject)
  local lookup <const> = definition.Lookup
  if lookup == true then return { name = name, by = { HostedZoneName = engine.placed(name .. ".", where) } } end
  if read.is_mapping(lookup) then
    read.keys(lookup, { "HostedZoneId", "IsPrivateZone", "RoleArn" }, subject .. " Lookup")
    read.flag(lookup, "IsPrivateZone", subject .. " Lookup")
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

--- The target of an alias: `x-elbv2::NAME`, or what the file writes, with values for its pointers.
local function alias_target(node, subject)
  local value <const> = node.AliasTarget
  if type(value) == "string" then
    local name <const> = value:match("^x%-elbv2::([^:]+)$")
    if not name then
      return engine.error({ node, "AliasTarget" }, subject .. " AliasTarget \"" .. value .. "\" is no load balancer", "write x-elbv2::NAME")
    end
    local where <const> = { node, "AliasTarget" }
    local dns <const> = returns.knows("x-elbv2") and returns.value("x-elbv2", name, "DNSName", where)
    if not returns.knows("x-elbv2") then engine.error(where, value .. " is not in the compose file", "add it to x-elbv2") end
    if not dns then return nil end
    return {
      DNSName = dns, HostedZoneId = returns.value("x-elbv2", name, "CanonicalHostedZoneID", where), EvaluateTargetHealth = true,
    }
  end
  if not read.is_mapping(value) or read.is_function(value) then return read.placed(node, "AliasTarget") end
  local made <const> = {}
  for name in pairs(value) do
    made[name] = type(value[name]) == "string" and values.text(value[name], { value, name }) or read.placed(value, name)
  end
  for _, name in ipairs { "DNSName", "HostedZoneId" } do
    if made[name] == nil then
      engine.error({ node, "AliasTarget" }, subject .. " AliasTarget needs a " .. name, "write AliasTarget: x-elbv2::NAME, or both of its names")
    end
  end
  return made
end

--- The values of a record: a list, or a single one; pointers in them are values.
local function records_of(node)
  local value <const> = node.ResourceRecords
  if type(value) ~= "userdata" then return { values.text(value, { node, "ResourceRecords" }) } end
  if not read.is_list(value) then return read.placed(node, "ResourceRecords") end
  local list <const> = {}
  for index, each in ipairs(value) do
    list[index] = type(each) == "userdata" and each or values.text(each, { value, index })
  end
  return list
end

--- What is wrong with a record and its remedy, or nil.
local function fault(node, zone)
  local records <const> = node.ResourceRecords
  local is_written <const> = type(records) ~= "userdata" or read.is_function(records) or read.is_list(records) and #records > 0
  local is_empty <const> = records == nil or not is_written
  if is_empty and node.AliasTarget == nil then
    return "has no values", "write ResourceRecords: [...], or AliasTarget: x-elbv2::NAME"
  elseif node.ResourceRecords ~= nil and node.AliasTarget ~= nil then
    return "has ResourceRecords and AliasTarget", "write one of them"
  elseif node.TTL ~= nil and not math.tointeger(tonumber(node.TTL)) then
    return "has a TTL that is no number of seconds", "write TTL: 300"
  end
  local key <const> = node.Name:lower() .. " " .. node.Type .. " " .. tostring(node.SetIdentifier or "")
  if zone.seen[key] then return "is there twice", "write one with all its ResourceRecords, or give each a SetIdentifier" end
  zone.seen[key] = true
end

local function record(zone, node, index, list)
  local subject <const> = "x-route53::" .. zone.key .. " Records"
  if not read.is_mapping(node) then return engine.error({ list, index }, subject .. " takes mappings", "write Name, Type and ResourceRecords") end
  read.keys(node, record_keys, subject)
  local name <const> = node.Name
  if type(name) ~= "string" or type(node.Type) ~= "string" then
    return engine.error({ list, index }, subject .. " needs a Name and a Type", "write Name: www." .. zone.name .. " and Type: CNAME")
  end
  if not read.choice(node, "Type", record_types, subject) or not check_name(name, zone, { node, "Name" }, subject) then return end
  local wrong <const>, remedy <const> = fault(node, zone)
  if wrong then return engine.error({ list, index }, subject .. ": " .. name .. " " .. node.Type .. " " .. wrong, remedy) end
  local properties <const> = {}
  for each in pairs(node) do properties[each] = read.placed(node, each) end
  for key, value in pairs(zone.by) do properties[key] = value end
  if node.AliasTarget ~= nil then
    properties.AliasTarget = alias_target(node, subject)
  else
    properties.ResourceRecords = records_of(node)
    properties.TTL = node.TTL ~= nil and engine.placed(tostring(node.TTL), { node, "TTL" }) or "300"
  end
  engine.add {
    type = "AWS::Route53::RecordSet", key = "x-route53", name = zone.key, part = "record " .. index, at = { list, index },
    noun = noun_of(name) .. node.Type .. (node.SetIdentifier ~= nil and engine.pascal(node.SetIdentifier) or "") .. "Record",
    properties = properties,
  }
end

--- Makes the records of the file. Runs when load balancers are there, for records that lead to them.
function route53.make_records()
  for _, zone in ipairs(zones) do
    for index, each in ipairs(zone.records) do record(zone, each, index, zone.records) end
  end
end

--- Reads the section.
function route53.prepare()
  for key, node in pairs(read.section("x-route53")) do
    local subject <const> = "x-route53::" .. key
    local definition <const> = read.mapping(engine.section("x-route53"), key, subject)
    read.keys(definition, keys, subject)
    local name <const>, where <const> = zone_name(definition, { engine.section("x-route53"), key, "key" }, subject)
    local zone <const> = definition.Lookup ~= nil and existing(definition, name, where, subject)
      or own(key, definition, name, where, subject)
    zone.key = key
    if definition.Lookup ~= nil and definition.Properties ~= nil then
      engine.error({ definition, "Properties", "key" }, subject .. " has Lookup and Properties", "Lookup takes a zone, Properties makes one")
    end
    table.insert(zones, zone)
    zone.records, zone.seen = node ~= nil and read.list(definition, "Records", subject, "{Name: www.example.com, Type: CNAME}") or {}, {}
    zone.is_private = definition.Private == true or read.at(definition, "Lookup", "IsPrivateZone") == true
    returns.set("x-route53", key, {
      { "Id", zone.id }, { "HostedZoneId", zone.id }, { "HostedZoneName", zone.name }, { "ZoneName", zone.name },
    })
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
    engine.near(key, names_of_zones(), "there are") or "add it to x-route53")
end

--- The zone that a name lies in: the longest that fits, or nil.
function route53.zone_of(name)
  local best
  for _, zone in ipairs(zones) do
    if is_in(name:gsub("^%*%.", ""), zone.name) and (not best or #zone.name > #best.name) then best = zone end
  end
  return best
end

--- Tells a name that a record in the zone cannot prove: one that lies elsewhere, or in a zone that the internet does not see.
function route53.check_public(zone, name, where, subject)
  if zone.name == "" then return end
  if zone.is_private then
    engine.error(where, subject .. ": " .. name .. " is in the private zone x-route53::" .. zone.key .. ", which proves nothing to ACM",
      "name the public zone")
  else
    check_name(name:gsub("^%*%.", ""), zone, where, subject)
  end
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
