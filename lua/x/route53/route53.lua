--- x-route53: hosted zones, of the stack's own or existing, and records in them.
local records <const> = engine.use("x/route53/records")
local shape <const> = engine.use("base/shape")
local zones <const> = engine.use("x/route53/zones")

local function id(zone) return zone.zone.id end
local function name(zone) return zone.zone.name end

--- The same of a zone that is looked up.
local function existing(value)
  return function(_, zone) return value(zone) end
end

return {
  key     = "x-route53",
  type    = "AWS::Route53::HostedZone",
  noun    = "Zone",
  returns = { Id = id, HostedZoneId = id, HostedZoneName = name, ZoneName = name },
  lookup  = {
    by      = { HostedZoneId = { like = "^Z[%u%d]+$", example = "Z0123456789ABC" } },
    accepts = { IsPrivateZone = shape.flag },
    by_name = true, form = shape.either(shape.map(shape.any), shape.flag),
    returns = { Id = existing(id), HostedZoneId = existing(id), HostedZoneName = existing(name), ZoneName = existing(name) },
  },
  accepts = { definition = {
    ZoneName = shape.any, Name = shape.any, Private = shape.flag, Services = shape.unused("Records and load balancers use zones, services do not"),
    Records = shape.list(records.shape, "{Name: www.example.com, Type: CNAME}"),
  } },
  hooks   = { make = zones.make, after_make = records.make },
}
