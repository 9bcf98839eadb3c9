--- Load balancers, of the stack's own or existing. One is a value of its definition: `{ name, subject, at, kind, scheme, arn, group, target,
--- domains, groups, doors }`, where `group` is its security group, `target` where its names lead, `groups` its target groups.
local attributes <const> = engine.use("x/elbv2/elb_attributes")
local definitions <const> = engine.use("kinds/definitions")
local domains <const> = engine.use("x/elbv2/elb_domains")
local existing <const> = engine.use("x/elbv2/elb_existing")
local ingress <const> = engine.use("x/elbv2/elb_ingress")
local listeners <const> = engine.use("x/elbv2/elb_listeners")
local logs <const> = engine.use("x/elbv2/elb_logs")
local network <const> = engine.use("x/vpc/network")
local read <const> = engine.use("base/read")
local shorthand <const> = engine.use("x/elbv2/elb_shorthand")
local targets <const> = engine.use("x/elbv2/target_groups")
local load_balancers <const> = {}

--- Macro, and the attribute that it stands for.
local macros <const> = {
  { "timeout_seconds",            "idle_timeout.timeout_seconds" },
  { "desync_mitigation_mode",     "routing.http.desync_mitigation_mode" },
  { "drop_invalid_header_fields", "routing.http.drop_invalid_header_fields.enabled" },
  { "http2",                      "routing.http2.enabled" },
  { "cross_zone",                 "load_balancing.cross_zone.enabled" },
  { "deletion_protection",        "deletion_protection.enabled" },
}

-- Making ---------------------------------------------------------------------------------------------------------------

local function add(balancer, type, noun, part, properties)
  return engine.add {
    type = type, noun = noun, key = "x-elbv2", name = balancer.name, part = part, at = balancer.at, properties = properties,
  }
end

--- Who the services behind a network load balancer let in themselves: clients come by the load balancer, so it lets them in too.
local function sources_of_services(balancer, list)
  local sources <const> = {}
  for _, listener in ipairs(list) do
    for _, target in ipairs(read.items(listener.node, "Targets")) do
      local group <const> = read.is_mapping(target) and type(target.name) == "string" and targets.find(balancer, target.name)
      for _, member in ipairs(group and group.members or {}) do
        local section <const> = read.at(member.service, "x-network", "Ingress")
        for _, protocol in ipairs(read.is_mapping(section) and listeners.transports(listener) or {}) do
          table.insert(sources, {
            section = section, target = member.port.target, port = listener.port, protocol = protocol,
            subject = "services::" .. member.service.name .. " x-network",
          })
        end
      end
    end
  end
  return sources
end

local function security_group(balancer, body, list)
  local macro <const> = read.part(body, "MacroParameters")
  local ports <const>, rules = {}, nil
  for _, listener in ipairs(list) do
    for _, protocol in ipairs(listeners.transports(listener)) do
      table.insert(ports, { port = listener.port, protocol = protocol })
    end
  end
  if macro.Ingress ~= nil then
    rules = ingress.rules(read.part(macro, "Ingress"), ports, balancer.subject)
  elseif balancer.is_usual and balancer.scheme == "internet-facing" then
    rules = ingress.anybody(ports)
  elseif balancer.kind == "network" then
    rules = ingress.of_services(sources_of_services(balancer, list))
  end
  if (not rules or #rules == 0) and not engine.failed() then
    engine.warn(balancer.at, balancer.subject .. " has no ingress rule: nothing can connect",
      "write MacroParameters: {Ingress: {ExtSources: [{IPv4: 0.0.0.0/0}]}}, or whoever should come in", { consequence = "reach" })
  end
  return add(balancer, "AWS::EC2::SecurityGroup", "LoadBalancerSecurityGroup", "security_group", {
    GroupDescription = "Load balancer " .. balancer.name, VpcId = network.vpc(),
    SecurityGroupIngress = rules and #rules > 0 and rules or nil,
  })
end

--- The attributes that stand for macros, and those that we stand for.
local function all_attributes(balancer, body, properties)
  local macro <const> = read.part(body, "MacroParameters")
  local more <const> = {}
  for _, row in ipairs(macros) do
    if macro[row[1]] ~= nil then
      attributes.check_balancer(row[2], macro[row[1]], balancer.kind, { macro, row[1] }, balancer.subject)
      table.insert(more, { row[2], engine.placed(tostring(macro[row[1]]), { macro, row[1] }) })
    end
  end
  local settings <const> = read.part(body, "Settings")
  for _, pair in ipairs(logs.attributes(balancer, settings)) do table.insert(more, pair) end
  if balancer.kind == "application" and macro.drop_invalid_header_fields == nil then
    table.insert(more, { "routing.http.drop_invalid_header_fields.enabled", "true" })
  end
  return logs.resolve(balancer, attributes.of_balancer(properties, balancer.kind, more, balancer.subject))
end

--- Fixed addresses for a network load balancer on the internet: one for each subnet, as far as the number of those is known.
local function addresses(balancer, settings, subnets)
  if balancer.kind ~= "network" or balancer.scheme ~= "internet-facing" then return nil end
  if settings.NoAllocateEips == true or type(subnets) ~= "table" then return nil end
  local retained <const> = settings.RetainEips == true
  local mappings <const> = {}
  for index, subnet in ipairs(subnets) do
    local letter <const> = ("ABCDEF"):sub(index, index)
    local made <const> = add(balancer, "AWS::EC2::EIP", "Address" .. letter, "address " .. letter, { Domain = "vpc" })
    if network.way_in() then made.DependsOn = network.way_in():ref() end
    if retained then made.DeletionPolicy, made.UpdateReplacePolicy = "RetainExceptOnCreate", "Retain" end
    table.insert(mappings, { SubnetId = subnet, AllocationId = made:att("AllocationId") })
  end
  return mappings
end

local function load_balancer(balancer, body, properties)
  local settings <const> = read.part(body, "Settings")
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

local function outputs(balancer, made)
  local name <const> = engine.pascal(balancer.name) .. "LoadBalancer"
  engine.output(name .. "Arn", { Value = made:ref() })
  for _, attribute in ipairs { "DNSName", "CanonicalHostedZoneID", "LoadBalancerName", "LoadBalancerFullName" } do
    engine.output(name .. attribute:gsub("^LoadBalancer", ""), { Value = made:att(attribute) })
  end
  engine.output(name .. "GroupId", { Value = balancer.group })
end

local function create(definition, balancer, body)
  if body.Listeners ~= nil and body.Certificates ~= nil then
    engine.error({ body, "Certificates", "key" }, balancer.subject .. " has Certificates beside Listeners", "write them at the listeners")
  end
  local properties <const> = read.part(body, "Properties")
  balancer.kind = read.choice(properties, "Type", { "application", "network" }, balancer.subject) or "application"
  balancer.is_usual = body.Listeners == nil
  balancer.scheme = read.choice(properties, "Scheme", { "internet-facing", "internal" }, balancer.subject)
    or (balancer.is_usual and "internet-facing" or "internal")
  targets.make(balancer, body)
  local list <const> = balancer.is_usual and shorthand.listeners(balancer, body) or listeners.read(balancer, body)
  balancer.group = security_group(balancer, body, list):att("GroupId")
  local made <const> = load_balancer(balancer, body, properties)
  definition.resource = made
  local ip_type <const> = properties.IpAddressType
  balancer.arn = made:ref()
  balancer.target = {
    dns = made:att("DNSName"), zone_id = made:att("CanonicalHostedZoneID"),
    is_dual = type(ip_type) == "string" and ip_type:find("^dualstack") ~= nil,
  }
  listeners.make(balancer, list)
  domains.make_records(balancer)
  outputs(balancer, made)
end

local function take(definition, balancer, body)
  existing.take(definition, balancer)
  targets.make(balancer, body)
  if body.Listeners ~= nil then listeners.make(balancer, listeners.read(balancer, body)) end
  for _, listener in ipairs(balancer.existing_listeners) do
    if listener.node.Targets == nil then shorthand.fill(balancer, listener, body) end
    listeners.extend(balancer, listener)
  end
  if #balancer.domains > 0 and not balancer.target then
    engine.error(balancer.domains[1].where, balancer.subject .. " Lookup does not say the load balancer's own name",
      "write DNSName and CanonicalHostedZoneID under Lookup.loadbalancer")
  elseif balancer.target then
    domains.make_records(balancer)
  end
end

--- Makes the load balancer of a definition. Runs before the services are made: they get its target groups.
function load_balancers.make(definition)
  local body <const>, subject <const> = definition.body, definition.subject
  local balancer <const> = { name = definition.name, subject = subject, at = definition.name_at, groups = {}, doors = {}, reaches = {} }
  balancer.domains, balancer.names = domains.of(body, subject), {}
  for _, domain in ipairs(balancer.domains) do table.insert(balancer.names, domain.text) end
  definition.balancer = balancer
  if definition.lookup then take(definition, balancer, body) else create(definition, balancer, body) end
end

--- The load balancer of that name, or nil.
function load_balancers.find(name)
  local definition <const> = definitions.find("x-elbv2", name)
  return definition and definition.balancer
end

--- The names of the load balancers.
function load_balancers.names() return definitions.names("x-elbv2") end

--- Whether a load balancer leads to a service, or to one of its ports.
function load_balancers.lead_to(service, number)
  for _, definition in ipairs(definitions.of("x-elbv2")) do
    local balancer <const> = definition.balancer
    for _, group in ipairs(balancer and balancer.reaches[service.name] and number and balancer.groups or {}) do
      for _, member in ipairs(group.members) do
        if member.service.name == service.name and member.port.target == number then return true end
      end
    end
    if balancer and balancer.reaches[service.name] and not number then return true end
  end
  return false
end

return load_balancers
