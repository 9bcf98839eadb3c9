--- The domain names of load balancers, and the records that lead to them.
local read <const> = engine.use("base/read")
local records <const> = engine.use("x/route53/records")
local shape <const> = engine.use("base/shape")
local zones <const> = engine.use("x/route53/zones")
local domains <const> = {}

--- DnsAliases of a load balancer.
domains.shape = shape.list(shape.record {
  Names = shape.any, Route53Zone = shape.any, Routing = shape.one_of { "simple", "latency" },
}, "{Names: [www.example.com]}")

--- The domain names of a load balancer, in DomainName and DnsAliases: `{ text, value, where, zone, latency }`.
function domains.of(body, subject)
  local list <const> = {}
  local function add(holder, key, zone, latency)
    local text <const> = holder[key]
    if type(text) ~= "string" or not text:find("^[%w%-%.%*]+$") then
      return engine.error({ holder, key }, subject .. " needs a domain name", "write it like www.example.com")
    end
    table.insert(list, { text = text, value = read.placed(holder, key), where = { holder, key }, zone = zone, latency = latency })
  end
  if read.is_list(body.DomainName) and #body.DomainName > 0 then
    for index in ipairs(body.DomainName) do add(body.DomainName, index) end
  elseif body.DomainName ~= nil then
    add(body, "DomainName")
  end
  for index, alias in ipairs(read.items(body, "DnsAliases")) do
    if read.is_mapping(alias) and (not read.is_list(alias.Names) or #alias.Names == 0) then
      engine.error({ body.DnsAliases, index }, subject .. " DnsAliases needs Names", "write Names: [www.example.com] and Route53Zone")
    elseif read.is_mapping(alias) then
      local zone <const> = alias.Route53Zone ~= nil
        and zones.find(alias.Route53Zone, { alias, "Route53Zone" }, subject .. " DnsAliases") or nil
      if zone or alias.Route53Zone == nil then
        for each in ipairs(alias.Names) do add(alias.Names, each, zone, alias.Routing == "latency") end
      end
    end
  end
  return list
end

--- Makes the records that lead to the load balancer by its names.
function domains.make_records(balancer)
  for _, name in ipairs(balancer.domains) do
    local zone <const> = name.zone or zones.of(name.text)
    if zone then
      records.alias(zone, name.text, balancer.target, name.latency, name.where, balancer.subject .. " DnsAliases")
    elseif not balancer.is_reported then
      engine.error(name.where, balancer.subject .. ": no zone of x-route53 holds " .. name.text,
        "add x-route53: {zone: {ZoneName: ..., Lookup: {HostedZoneId: ...}}}")
    end
  end
end

return domains
