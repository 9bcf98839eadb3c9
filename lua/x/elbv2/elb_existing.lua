--- Load balancers that exist: by ARN, with what else of them has to be known.
local read <const> = engine.use("base/read")
local elb_existing <const> = {}

--- The ARN of an existing listener, as a value.
local function arn_of_listener(node, where, subject)
  local value <const> = node.Arn
  if read.is_function(value) then return value end
  if type(value) == "string" and value:find("^arn:[%w-]+:elasticloadbalancing:[%w-]+:%d+:listener/") then return read.placed(node, "Arn") end
  engine.error(value ~= nil and { node, "Arn" } or where, subject .. " needs the Arn of a listener",
    "rendering does not ask AWS: write Arn: arn:aws:elasticloadbalancing:...")
end

--- Puts what the Lookup says into the load balancer: `arn`, `full_name`, `kind`, `group` (nil when not said), `target` and `existing_listeners`.
function elb_existing.take(definition, balancer)
  local body <const>, subject <const>, lookup <const> = definition.body, definition.subject, definition.lookup
  local own <const> = lookup.node
  balancer.arn = lookup.id
  balancer.kind = type(own.Arn) == "string" and own.Arn:find("loadbalancer/net/") and "network" or "application"
  -- `app/NAME/ID`: what its ARN ends in.
  balancer.full_name = type(own.Arn) == "string" and own.Arn:match(":loadbalancer/(app/[^/]+/%x+)$") or nil
  balancer.group = read.placed(own, "SecurityGroup")
  if own.SecurityGroup == nil and lookup.by then
    engine.warn({ body, "Lookup" }, subject .. " Lookup does not say the security group: no port of a service is opened to it",
      "write SecurityGroup: sg-0a1b2c3d4e5f under Lookup." .. (lookup.level or "LoadBalancer"))
  end
  local function value_of(name) return own[name] ~= nil and read.placed(own, name) or lookup.stated[name] end
  local dns <const>, zone_id <const> = value_of("DNSName"), value_of("CanonicalHostedZoneID")
  if dns ~= nil and zone_id ~= nil then balancer.target = { dns = dns, zone_id = zone_id } end
  balancer.existing_listeners = {}
  local list <const> = read.part(body.Lookup, "Listeners")
  for port in pairs(list) do
    table.insert(balancer.existing_listeners, {
      node = read.part(list, port), port = math.tointeger(tonumber(port)) or 443, where = { list, port, "key" },
      arn = arn_of_listener(read.part(list, port), { list, port, "key" }, subject .. " Lookup.Listeners." .. port),
    })
  end
  if lookup.by and body.Listeners == nil and #balancer.existing_listeners == 0 then
    engine.error({ body, "Lookup" }, subject .. " has a load balancer and no listener", "write Listeners, or Lookup.Listeners with their Arn")
  end
end

return elb_existing
