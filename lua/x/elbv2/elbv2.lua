--- x-elbv2: application and network load balancers in front of services.
local acm <const> = engine.use("x/acm")
local attributes <const> = engine.use("x/elbv2/elb_attributes")
local compute <const> = engine.use("x/cluster/compute")
local existing <const> = engine.use("x/elbv2/elb_existing")
local ingress <const> = engine.use("x/elbv2/elb_ingress")
local listeners <const> = engine.use("x/elbv2/elb_listeners")
local logs <const> = engine.use("x/elbv2/elb_logs")
local network <const> = engine.use("x/vpc/network")
local read <const> = engine.use("base/read")
local returns <const> = engine.use("kinds/returns")
local route53 <const> = engine.use("x/route53")
local targets <const> = engine.use("x/elbv2/target_groups")
local elbv2 <const> = {}

local keys <const> = {
  "Properties", "MacroParameters", "Settings", "Listeners", "Services", "TargetGroups", "DnsAliases", "DomainName", "Certificates", "Lookup",
}
local macro_keys <const> = {
  "timeout_seconds", "desync_mitigation_mode", "drop_invalid_header_fields", "http2", "cross_zone", "deletion_protection", "Ingress",
}
local setting_keys <const> = { "Subnets", "NoAllocateEips", "RetainEips", "S3Logs" }
--- Macro, and the attribute that it stands for.
local macros <const> = {
  { "timeout_seconds",            "idle_timeout.timeout_seconds" },
  { "desync_mitigation_mode",     "routing.http.desync_mitigation_mode" },
  { "drop_invalid_header_fields", "routing.http.drop_invalid_header_fields.enabled" },
  { "http2",                      "routing.http2.enabled" },
  { "cross_zone",                 "load_balancing.cross_zone.enabled" },
  { "deletion_protection",        "deletion_protection.enabled" },
}

local balancers <const> = {}

-- Reading --------------------------------------------------------------------------------------------------------------

--- The domain names of a load balancer, in DomainName and DnsAliases: `{ text, value, where, zone, latency }`.
local function names_of(body, subject)
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
  for index, alias in ipairs(read.list(body, "DnsAliases", subject, "{Names: [www.example.com]}")) do
    if not read.is_mapping(alias) or not read.is_list(alias.Names) or #alias.Names == 0 then
      engine.error({ body.DnsAliases, index }, subject .. " DnsAliases needs Names", "write Names: [www.example.com] and Route53Zone")
    else
      read.keys(alias, { "Names", "Route53Zone", "Routing" }, subject .. " DnsAliases")
      local zone <const> = alias.Route53Zone ~= nil
        and route53.zone(alias.Route53Zone, { alias, "Route53Zone" }, subject .. " DnsAliases") or nil
      local routing <const> = read.choice(alias, "Routing", { "simple", "latency" }, subject .. " DnsAliases")
      if zone or alias.Route53Zone == nil then
        for each in ipairs(alias.Names) do add(alias.Names, each, zone, routing == "latency") end
      end
    end
  end
  return list
end

--- The certificates of a load balancer that writes no listeners: its own, else one for its domain names; none without both.
local function usual_certificates(balancer, body, at)
  if body.Certificates ~= nil then return acm.certificates(body, balancer.subject) end
  if #balancer.domains == 0 then return {} end
  local certificate <const> = acm.covering(balancer.domains, balancer.name, at, balancer.subject)
  balancer.is_told = not certificate
  return { certificate }
end

--- A network load balancer listens on the ports of its services.
local function usual_network_listeners(balancer, certificates, at)
  local list <const>, seen <const> = {}, {}
  for _, group in ipairs(balancer.groups) do
    local port <const> = group.members[1].port
    local is_encrypted <const> = #certificates > 0 and port.protocol ~= "udp"
    local protocol <const> = group.protocol == "TCP_UDP" and "TCP_UDP" or port.protocol == "udp" and "UDP" or nil
    local number <const> = is_encrypted and #balancer.groups == 1 and 443 or port.target
    if seen[number] then
      engine.error(group.at, balancer.subject .. " has two services on port " .. number, "write Listeners, with a port for each")
    else
      seen[number] = true
      table.insert(list, {
        node = { Targets = { { name = group.name } }, Protocol = protocol },
        certificates = is_encrypted and certificates or nil, port = number, where = at,
      })
    end
  end
  return list
end

--- The listeners that a load balancer has which writes none: HTTPS with a redirect for one with a domain name or a certificate, else
--- HTTP; a network load balancer listens on the ports of its services.
local function usual_listeners(balancer, body)
  local at <const> = { engine.section("x-elbv2"), balancer.name, "key" }
  local open <const> = {}
  for _, group in ipairs(balancer.groups) do
    if group.body.access == nil then table.insert(open, group) end
  end
  if #open > 1 and balancer.kind == "application" then
    engine.error(open[2].at, balancer.subject .. " has two services for everything", "give one an access: host, /path or host/path")
    return {}
  end
  local certificates <const> = usual_certificates(balancer, body, at)
  if balancer.kind == "network" then return usual_network_listeners(balancer, certificates, at) end
  local reached <const> = {}
  for _, group in ipairs(balancer.groups) do
    table.insert(reached, { name = group.name, access = group.body.access, Priority = group.body.Priority })
  end
  if #reached == 0 then
    engine.error(at, balancer.subject .. " leads nowhere", "write Services: {NAME: {}}")
  end
  if #balancer.domains == 0 and #certificates == 0 then return { { node = { Targets = reached }, port = 80, where = at } } end
  return {
    { node = { DefaultActions = { { Redirect = "HTTP_TO_HTTPS" } } }, port = 80, where = at },
    { node = { Targets = reached }, certificates = certificates, port = 443, where = at },
  }
end

-- Making ---------------------------------------------------------------------------------------------------------------

local function add(balancer, type, noun, part, properties)
  return engine.add {
    type = type, noun = noun, key = "x-elbv2", name = balancer.name, part = part, at = balancer.at, properties = properties,
  }
end

local function security_group(balancer, body, list)
  local macro <const> = read.mapping(body, "MacroParameters", balancer.subject .. " MacroParameters")
  local ports <const>, rules = {}, nil
  for _, listener in ipairs(list) do
    for _, protocol in ipairs(listeners.transports(listener)) do
      table.insert(ports, { port = listener.port, protocol = protocol })
    end
  end
  if macro.Ingress ~= nil then
    rules = ingress.rules(read.mapping(macro, "Ingress", balancer.subject .. " Ingress"), ports, balancer.subject)
  elseif balancer.is_usual and balancer.scheme == "internet-facing" then
    rules = ingress.anybody(ports)
  end
  if not rules or #rules == 0 then
    engine.warn(balancer.at, balancer.subject .. " has no ingress rule: nothing can connect",
      "write MacroParameters: {Ingress: {ExtSources: [{IPv4: 0.0.0.0/0}]}}, or whoever should come in")
  end
  return add(balancer, "AWS::EC2::SecurityGroup", "LoadBalancerSecurityGroup", "security_group", {
    GroupDescription = "Load balancer " .. balancer.name, VpcId = network.vpc(),
    SecurityGroupIngress = rules and #rules > 0 and rules or nil,
  })
end

--- The attributes that stand for macros, and those that we stand for.
local function all_attributes(balancer, body, properties)
  local macro <const> = read.mapping(body, "MacroParameters", balancer.subject .. " MacroParameters")
  local more <const> = {}
  for _, row in ipairs(macros) do
    if macro[row[1]] ~= nil then
      attributes.check_balancer(row[2], macro[row[1]], balancer.kind, { macro, row[1] }, balancer.subject)
      table.insert(more, { row[2], engine.placed(tostring(macro[row[1]]), { macro, row[1] }) })
    end
  end
  local settings <const> = read.mapping(body, "Settings", balancer.subject .. " Settings")
  for _, pair in ipairs(logs.attributes(balancer, settings)) do table.insert(more, pair) end
  if balancer.kind == "application" and macro.drop_invalid_header_fields == nil then
    table.insert(more, { "routing.http.drop_invalid_header_fields.enabled", "true" })
  end
  return logs.resolve(balancer, attributes.of_balancer(properties, balancer.kind, more, balancer.subject))
end

--- Fixed addresses for a network load balancer on the internet: one for each subnet, as far as the number of those is known.
local function addresses(balancer, settings, subnets)
  if balancer.kind ~= "network" or balancer.scheme ~= "internet-facing" then return nil end
  if read.flag(settings, "NoAllocateEips", balancer.subject) or type(subnets) ~= "table" then return nil end
  local retained <const> = read.flag(settings, "RetainEips", balancer.subject)
  local mappings <const> = {}
  for index, subnet in ipairs(subnets) do
    local letter <const> = ("ABCDEF"):sub(index, index)
    local made <const> = add(balancer, "AWS::EC2::EIP", "Address" .. letter, "address " .. letter, { Domain = "vpc" })
    if network.way_in() then made.DependsOn = network.way_in():ref() end
    if retained then made.DeletionPolicy, made.UpdateReplacePolicy = "Retain", "Retain" end
    table.insert(mappings, { SubnetId = subnet, AllocationId = made:att("AllocationId") })
  end
  return mappings
end

local function load_balancer(balancer, body, properties)
  local settings <const> = read.mapping(body, "Settings", balancer.subject .. " Settings")
  read.keys(settings, setting_keys, balancer.subject .. " Settings")
  local group <const> = settings.Subnets or (balancer.scheme == "internet-facing" and "PublicSubnets" or "AppSubnets")
  local made <const> = {}
  for name in pairs(properties) do made[name] = read.placed(properties, name) end
  if made.Subnets == nil and made.SubnetMappings == nil then
    local subnets <const> = network.subnets(group, settings.Subnets ~= nil and { settings, "Subnets" } or balancer.at)
    made.SubnetMappings = addresses(balancer, settings, subnets)
    if not made.SubnetMappings then made.Subnets = subnets end
  end
  made.Type, made.Scheme = balancer.kind, balancer.scheme
  made.LoadBalancerAttributes = all_attributes(balancer, body, properties)
  local groups <const> = { balancer.group }
  for index, id in ipairs(read.list(properties, "SecurityGroups", balancer.subject, "sg-0a1b2c3d4e5f")) do
    groups[#groups + 1] = type(id) == "string" and engine.placed(id, { properties.SecurityGroups, index }) or id
  end
  made.SecurityGroups = groups
  local resource <const> = add(balancer, "AWS::ElasticLoadBalancingV2::LoadBalancer", "LoadBalancer", "main", made)
  if properties.Tags == nil then resource:tag { Name = composex.sub("${AWS::StackName}-" .. balancer.name) } end
  local way_in <const> = balancer.scheme == "internet-facing" and network.way_in()
  local waits <const> = {}
  if way_in then waits[#waits + 1] = way_in:ref() end
  if balancer.waits_for then waits[#waits + 1] = balancer.waits_for:ref() end
  if #waits > 0 then resource.DependsOn = waits end
  return resource
end

local function aliases(balancer)
  for _, name in ipairs(balancer.domains) do
    local zone <const> = name.zone or route53.zone_of(name.text)
    if zone then
      route53.alias(zone, name.text, balancer.target, name.latency, name.where, balancer.subject .. " DnsAliases")
    elseif not balancer.is_told then
      engine.error(name.where, balancer.subject .. ": no zone of x-route53 holds " .. name.text,
        "add x-route53: {zone: {ZoneName: ..., Lookup: {HostedZoneId: ...}}}")
    end
  end
end

local function outputs(balancer, made)
  local name <const> = engine.pascal(balancer.name) .. "LoadBalancer"
  engine.output(name .. "Arn", { Value = made:ref() })
  for _, attribute in ipairs { "DNSName", "CanonicalHostedZoneID", "LoadBalancerName", "LoadBalancerFullName" } do
    engine.output(name .. attribute:gsub("^LoadBalancer", ""), { Value = made:att(attribute) })
  end
  engine.output(name .. "GroupId", { Value = balancer.group })
end

local function create(balancer, body)
  if body.Listeners ~= nil and body.Certificates ~= nil then
    engine.error({ body, "Certificates", "key" }, balancer.subject .. " has Certificates beside Listeners", "write them at the listeners")
  end
  local properties <const> = read.mapping(body, "Properties", balancer.subject .. " Properties")
  balancer.kind = read.choice(properties, "Type", { "application", "network" }, balancer.subject) or "application"
  balancer.is_usual = body.Listeners == nil
  balancer.scheme = read.choice(properties, "Scheme", { "internet-facing", "internal" }, balancer.subject)
    or (balancer.is_usual and "internet-facing" or "internal")
  targets.make(balancer, body)
  local list <const> = balancer.is_usual and usual_listeners(balancer, body) or listeners.read(balancer, body)
  balancer.group = security_group(balancer, body, list):att("GroupId")
  local made <const> = load_balancer(balancer, body, properties)
  local ip_type <const> = properties.IpAddressType
  balancer.arn = made:ref()
  balancer.target = {
    dns = made:att("DNSName"), zone_id = made:att("CanonicalHostedZoneID"),
    is_dual = type(ip_type) == "string" and ip_type:find("^dualstack") ~= nil,
  }
  returns.set("x-elbv2", balancer.name, {
    { "elbv2Arn", made:ref() }, { "Arn", made:ref() }, { "DNSName", made:att("DNSName") },
    { "CanonicalHostedZoneID", made:att("CanonicalHostedZoneID") }, { "LoadBalancerName", made:att("LoadBalancerName") },
    { "LoadBalancerFullName", made:att("LoadBalancerFullName") }, { "GroupId", balancer.group },
  })
  listeners.make(balancer, list)
  aliases(balancer)
  outputs(balancer, made)
end

local function take(balancer, body)
  existing.take(balancer, body)
  local target <const> = balancer.target or {}
  returns.set("x-elbv2", balancer.name, {
    { "elbv2Arn", balancer.arn }, { "Arn", balancer.arn }, { "DNSName", target.dns }, { "CanonicalHostedZoneID", target.zone_id },
    { "GroupId", balancer.group },
  })
  targets.make(balancer, body)
  if body.Listeners ~= nil then listeners.make(balancer, listeners.read(balancer, body)) end
  for _, listener in ipairs(balancer.existing_listeners) do listeners.extend(balancer, listener) end
  if #balancer.domains > 0 and not balancer.target then
    engine.error(balancer.domains[1].where, balancer.subject .. " Lookup does not say the load balancer's own name",
      "write DNSName and CanonicalHostedZoneID under Lookup.loadbalancer")
  elseif balancer.target then
    aliases(balancer)
  end
end

--- Makes the load balancers. Runs before the services are made: they get their target groups.
function elbv2.prepare()
  for name in pairs(read.section("x-elbv2")) do
    local subject <const> = "x-elbv2::" .. name
    local section <const> = engine.section("x-elbv2")
    local body <const> = read.mapping(section, name, subject)
    read.keys(body, keys, subject)
    local macro <const> = read.mapping(body, "MacroParameters", subject .. " MacroParameters")
    read.keys(macro, macro_keys, subject .. " MacroParameters")
    local balancer <const> = { name = name, subject = subject, at = { section, name, "key" }, groups = {}, doors = {} }
    balancer.domains, balancer.names = names_of(body, subject), {}
    for _, domain in ipairs(balancer.domains) do table.insert(balancer.names, domain.text) end
    if body.Lookup ~= nil then take(balancer, body) else create(balancer, body) end
    table.insert(balancers, balancer)
  end
end

--- The load balancer of that name, with the resource that it is: `{ name, kind, arn }`, or nil.
function elbv2.find(name)
  for _, balancer in ipairs(balancers) do
    if balancer.name == name then return balancer end
  end
end

--- The names of the load balancers.
function elbv2.names()
  local names <const> = {}
  for _, balancer in ipairs(balancers) do table.insert(names, balancer.name) end
  return names
end

--- The ports behind a door, first and last: the container's, or those that its instance has for it: a published one, else any.
local function ports_of(door)
  local port <const> = door.port
  local target <const> = engine.placed(port.target, port.where)
  if compute.of(door.family).network_mode ~= "bridge" then return target, target end
  local published <const> = port.published
  if published and published.first == published.last then return published.first, published.last end
  return 32768, 65535
end

--- Opens the ports of target groups to their load balancers, and gives services time to answer. Runs when the services are made.
function elbv2.open()
  for _, balancer in ipairs(balancers) do
    local seen <const> = {}
    for _, door in ipairs(balancer.doors) do
      local made <const> = door.family.made
      local own <const> = made.security_group or compute.group_of_instances()
      local first <const>, last <const> = ports_of(door)
      for _, protocol in ipairs(door.protocols) do
        local key <const> = door.family.name .. " " .. door.port.target .. "/" .. protocol
        if own and balancer.group and not seen[key] then
          seen[key] = true
          engine.add {
            type = "AWS::EC2::SecurityGroupIngress", key = "services", name = door.family.main.name,
            part = "ingress from " .. balancer.name .. " " .. door.port.target .. protocol, at = balancer.at,
            noun = "From" .. engine.pascal(balancer.name) .. "On" .. door.port.target .. (protocol == "udp" and "Udp" or "") .. "Ingress",
            properties = {
              GroupId = own:att("GroupId"), SourceSecurityGroupId = balancer.group, IpProtocol = protocol,
              FromPort = first, ToPort = last, Description = "From load balancer " .. balancer.name,
            },
          }
        end
      end
      local service <const> = made.service
      if service and service.Properties.HealthCheckGracePeriodSeconds == nil then
        service.Properties.HealthCheckGracePeriodSeconds = 300
      end
    end
  end
end

--- Whether a load balancer leads to a service.
elbv2.leads_to = targets.leads_to

return elbv2
