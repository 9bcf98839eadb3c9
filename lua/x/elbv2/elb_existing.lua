--- Load balancers that exist: by ARN, with what else of them has to be known.
local read <const> = engine.use("base/read")
local elb_existing <const> = {}

local offline <const> = "rendering does not ask AWS: write Arn: arn:aws:elasticloadbalancing:..."

local function arn(node, kind, where, subject)
  local value <const> = node.Arn
  if read.is_function(value) then return value end
  if type(value) == "string" and value:find("^arn:[%w-]+:elasticloadbalancing:[%w-]+:%d+:" .. kind .. "/") then
    return read.placed(node, "Arn")
  end
  engine.error(value ~= nil and { node, "Arn" } or where, subject .. " Lookup needs the Arn of a " .. kind, offline)
end

--- Reads `Lookup` into the load balancer: `arn`, `kind`, `group` (nil when not said), `target` and `existing_listeners`.
function elb_existing.take(balancer, body)
  local subject <const> = balancer.subject
  local lookup <const> = read.mapping(body, "Lookup", subject .. " Lookup")
  read.keys(lookup, { "loadbalancer", "LoadBalancer", "Listeners", "RoleArn" }, subject .. " Lookup")
  local key <const> = lookup.LoadBalancer ~= nil and "LoadBalancer" or "loadbalancer"
  local own <const> = read.mapping(lookup, key, subject .. " Lookup." .. key)
  read.keys(own, { "Arn", "Tags", "SecurityGroup", "DNSName", "CanonicalHostedZoneID" }, subject .. " Lookup." .. key)
  balancer.arn = arn(own, "loadbalancer", { body, "Lookup" }, subject)
  balancer.kind = type(own.Arn) == "string" and own.Arn:find("loadbalancer/net/") and "network" or "application"
  balancer.group = read.placed(own, "SecurityGroup")
  if own.SecurityGroup == nil then
    engine.warn({ body, "Lookup" }, subject .. " Lookup does not say the security group: no port of a service is opened to it",
      "write SecurityGroup: sg-0a1b2c3d4e5f under Lookup." .. key)
  end
  if own.DNSName ~= nil and own.CanonicalHostedZoneID ~= nil then
    balancer.target = { dns = read.placed(own, "DNSName"), zone_id = read.placed(own, "CanonicalHostedZoneID") }
  end
  balancer.existing_listeners = {}
  local list <const> = read.mapping(lookup, "Listeners", subject .. " Lookup.Listeners")
  for port in pairs(list) do
    local node <const> = read.mapping(list, port, subject .. " Lookup.Listeners." .. port)
    read.keys(node, { "Arn", "Tags", "Targets", "Certificates", "Protocol" }, subject .. " Lookup.Listeners." .. port)
    table.insert(balancer.existing_listeners, {
      node = node, port = math.tointeger(tonumber(port)) or 443, where = { list, port, "key" },
      arn = arn(node, "listener", { list, port, "key" }, subject .. " Lookup.Listeners." .. port),
    })
  end
  if body.Listeners == nil and #balancer.existing_listeners == 0 then
    engine.error({ body, "Lookup" }, subject .. " has a load balancer and no listener", "write Listeners, or Lookup.Listeners with their Arn")
  end
end

return elb_existing
