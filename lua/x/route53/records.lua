--- Records in hosted zones: those of the file, and aliases for load balancers.
local pointers <const> = engine.use("kinds/pointers")
local read <const> = engine.use("base/read")
local shape <const> = engine.use("base/shape")
local texts <const> = engine.use("kinds/texts")
local zones <const> = engine.use("x/route53/zones")
local records <const> = {}

--- https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html
local types <const> = shape.one_of {
  "A", "AAAA", "CAA", "CNAME", "DS", "HTTPS", "MX", "NAPTR", "NS", "PTR", "SOA", "SPF", "SRV", "SSHFP", "SVCB", "TLSA", "TXT",
}

records.shape = shape.record {
  Name = shape.any, Type = types, TTL = shape.any, ResourceRecords = shape.any, AliasTarget = shape.any, Weight = shape.any,
  Region = shape.any, Failover = shape.any, SetIdentifier = shape.any, HealthCheckId = shape.any, MultiValueAnswer = shape.any,
  GeoLocation = shape.any, Comment = shape.any,
}

--- `www.example.com` -> `www-example-com`, `*.example.com` -> `wildcard-example-com`.
local function noun_of(name)
  return engine.pascal((name:gsub("%*", "wildcard"):gsub("[^%w]", "-")))
end

--- The target of an alias: `x-elbv2::NAME`, or what the file writes, with values for its pointers.
local function alias_target(node, subject)
  local value <const> = node.AliasTarget
  local where <const> = { node, "AliasTarget" }
  if type(value) == "string" then
    local key <const>, name <const> = pointers.parse(value)
    if key ~= "x-elbv2" or not name then
      return engine.error(where, subject .. " AliasTarget \"" .. value .. "\" is no load balancer", "write x-elbv2::NAME")
    end
    local balancer <const> = pointers.definition("x-elbv2::" .. name, where)
    if not balancer then return nil end
    return {
      DNSName = pointers.value(balancer, "DNSName", where), HostedZoneId = pointers.value(balancer, "CanonicalHostedZoneID", where),
      EvaluateTargetHealth = true,
    }
  end
  if not read.is_mapping(value) or read.is_function(value) then return read.placed(node, "AliasTarget") end
  local made <const> = {}
  for name in pairs(value) do
    made[name] = type(value[name]) == "string" and texts.text(value[name], { value, name }) or read.placed(value, name)
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
  if type(value) ~= "userdata" then return { texts.text(value, { node, "ResourceRecords" }) } end
  if not read.is_list(value) then return read.placed(node, "ResourceRecords") end
  local list <const> = {}
  for index, each in ipairs(value) do
    list[index] = type(each) == "userdata" and each or texts.text(each, { value, index })
  end
  return list
end

--- What is wrong with a record and its remedy, or nil.
local function fault(node, seen)
  local written <const> = node.ResourceRecords
  local is_written <const> = type(written) ~= "userdata" or read.is_function(written) or read.is_list(written) and #written > 0
  local is_empty <const> = written == nil or not is_written
  if is_empty and node.AliasTarget == nil then
    return "has no values", "write ResourceRecords: [...], or AliasTarget: x-elbv2::NAME"
  elseif node.ResourceRecords ~= nil and node.AliasTarget ~= nil then
    return "has ResourceRecords and AliasTarget", "write one of them"
  elseif node.TTL ~= nil and not math.tointeger(tonumber(node.TTL)) then
    return "has a TTL that is no number of seconds", "write TTL: 300"
  end
  local key <const> = node.Name:lower() .. " " .. node.Type .. " " .. tostring(node.SetIdentifier or "")
  if seen[key] then return "is there twice", "write one with all its ResourceRecords, or give each a SetIdentifier" end
  seen[key] = true
end

local function record(zone, node, index, list, seen)
  local subject <const> = "x-route53::" .. zone.key .. " Records"
  if not read.is_mapping(node) then return end
  local name <const> = node.Name
  if type(name) ~= "string" or type(node.Type) ~= "string" then
    return engine.error({ list, index }, subject .. " needs a Name and a Type", "write Name: www." .. zone.name .. " and Type: CNAME")
  end
  if not shape.of(types, node, "Type") or not zones.check_name(name, zone, { node, "Name" }, subject) then return end
  local wrong <const>, remedy <const> = fault(node, seen)
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

--- Makes the records of a zone. Runs when load balancers are there, for records that lead to them.
function records.make(definition)
  local list <const>, seen <const> = read.items(definition.body, "Records"), {}
  for index, each in ipairs(list) do record(definition.zone, each, index, list, seen) end
end

--- Alias records for a target `{ zone_id, dns, is_dual }`: A, and AAAA when it has IPv6 addresses. `latency` chooses by region.
function records.alias(zone, name, target, latency, where, subject)
  if not zones.check_name(name, zone, where, subject) then return end
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

return records
