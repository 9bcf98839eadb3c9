--- Hosted zones: what each is called, its id as a value, and which of them a name lies in. A zone is
--- `{ key, name, id, by, is_private }`: `by` are the properties that name it in a record, `id` is nil where only its name is known.
local definitions <const> = engine.use("kinds/definitions")
local network <const> = engine.use("x/vpc/network")
local read <const> = engine.use("base/read")
local zones <const> = {}

local function zone_name(definition)
  local body <const>, subject <const> = definition.body, definition.subject
  local key <const> = body.ZoneName ~= nil and "ZoneName" or "Name"
  if body.ZoneName ~= nil and body.Name ~= nil then
    engine.error({ body, "Name", "key" }, subject .. " has both ZoneName and Name", "write one of them")
  end
  local properties <const> = read.part(body, "Properties")
  local name <const> = body[key] or properties.Name
  if type(name) == "string" and name:find("^[%w_%-%.]+$") then
    return name:gsub("%.$", ""), body[key] ~= nil and { body, key } or { properties, "Name" }
  end
  local at <const> = definition.name_at
  engine.error(name ~= nil and { body, key } or at, subject .. " needs a ZoneName", "write ZoneName: example.com")
  return "example.com", at
end

--- An existing zone: by its id, or by its name where CloudFormation can look it up itself.
local function existing(definition, name, where)
  if definition.body.Lookup == true then return { name = name, by = { HostedZoneName = engine.placed(name .. ".", where) } } end
  local id <const> = definition.lookup.id or "Z0000000000000"
  return { name = name, id = id, by = { HostedZoneId = id } }
end

local function own(definition, name, where)
  local body <const>, properties <const> = definition.body, {}
  for each in pairs(read.part(body, "Properties")) do properties[each] = read.placed(body.Properties, each) end
  properties.Name = engine.placed(name, where)
  if body.Private == true then properties.VPCs = { { VPCId = network.vpc(), VPCRegion = composex.ref("AWS::Region") } } end
  definition.resource = engine.add {
    type = definition.type, noun = definition.noun, key = "x-route53", name = definition.name, at = definition.at, properties = properties,
  }
  local id <const> = definition.resource:ref()
  return { name = name, id = id, by = { HostedZoneId = id }, is_own = body.Private ~= true }
end

--- Whether a name lies in a zone.
local function is_in(name, zone)
  return name == zone or name:sub(-#zone - 1) == "." .. zone
end

--- Reports a name that does not lie in a zone.
function zones.check_name(name, zone, where, subject)
  if is_in(name:gsub("%.$", ""), zone.name) then return true end
  engine.error(where, subject .. ": " .. name .. " is not in the zone " .. zone.name, "write a name that ends with ." .. zone.name)
  return false
end

--- Makes the zone of a definition.
function zones.make(definition)
  local name <const>, where <const> = zone_name(definition)
  local body <const> = definition.body
  local zone <const> = body.Lookup ~= nil and existing(definition, name, where) or own(definition, name, where)
  zone.key, zone.is_private = definition.name, body.Private == true or read.at(body, "Lookup", "IsPrivateZone") == true
  definition.zone = zone
end

--- The zone that `x-route53::NAME` (or a bare name) names; nil when there is none, which is reported at `where`.
function zones.find(text, where, subject)
  local key <const> = tostring(text):gsub("^x%-route53::", "")
  local definition <const> = definitions.find("x-route53", key)
  if definition then return definition.zone end
  engine.error(where, subject .. " names the zone " .. tostring(text) .. ", which is not in x-route53",
    engine.near(key, definitions.names("x-route53"), "there are") or "add it to x-route53")
end

--- The zone that a name lies in: the longest that fits, or nil.
function zones.of(name)
  local best
  for _, definition in ipairs(definitions.of("x-route53")) do
    local zone <const> = definition.zone
    if zone and is_in(name:gsub("^%*%.", ""), zone.name) and (not best or #zone.name > #best.name) then best = zone end
  end
  return best
end

--- Reports a name that a record in the zone cannot prove: one that lies elsewhere, or in a zone that the internet does not see.
function zones.check_public(zone, name, where, subject)
  if zone.name == "" then return end
  if zone.is_private then
    engine.error(where, subject .. ": " .. name .. " is in the private zone x-route53::" .. zone.key .. ", which proves nothing to ACM",
      "name the public zone")
  else
    zones.check_name(name:gsub("^%*%.", ""), zone, where, subject)
  end
end

--- A zone's id as a value; a zone that only its name is known of is reported at `where`.
function zones.id(zone, where, subject)
  if zone.id then return zone.id end
  engine.error(where, subject .. " needs the id of the zone " .. zone.name,
    "ask AWS: composex lookup (or write Lookup: {HostedZoneId: Z0123456789ABC} in x-route53::" .. zone.key .. ")")
end

return zones
