--- Target groups: one for each container that a load balancer names (Services), or one that several share (TargetGroups).
local alternates <const> = engine.use("x/elbv2/elb_alternates")
local attributes <const> = engine.use("x/elbv2/elb_attributes")
local compute <const> = engine.use("x/cluster/compute")
local grants <const> = engine.use("kinds/grants")
local families <const> = engine.use("project/families")
local health <const> = engine.use("x/elbv2/target_health")
local jobs <const> = engine.use("project/jobs")
local members <const> = engine.use("project/members")
local network <const> = engine.use("x/vpc/network")
local read <const> = engine.use("base/read")
local shape <const> = engine.use("base/shape")
local elb_targets <const> = {}

local any <const>, port <const> = shape.any, shape.integer(1, 65535)
local versions <const> = shape.one_of { "HTTP1", "HTTP2", "GRPC" }
--- Services of a load balancer: names of containers to what its target group is like.
elb_targets.services_shape = shape.map(shape.record {
  port = port, protocol = any, healthcheck = health.shape, HealthCheck = health.shape, TargetGroupAttributes = attributes.shape,
  ProtocolVersion = versions, access = any, Priority = any,
})
--- TargetGroups of a load balancer: target groups that several containers answer for.
elb_targets.groups_shape = shape.map(shape.record {
  Port = port, Protocol = any, healthcheck = health.shape, HealthCheck = health.shape, TargetGroupAttributes = attributes.shape,
  ProtocolVersion = versions, Tags = any, Name = any,
  Services = shape.list(shape.either(shape.text, shape.record { Name = any, Port = any }), "{Name: web:nginx}"),
})

--- The protocols of target groups, by kind of load balancer and protocol of the container's port.
local protocols <const> = {
  application = { tcp = { "HTTP", "HTTPS" }, udp = {} },
  network     = { tcp = { "TCP", "TLS", "TCP_UDP" }, udp = { "UDP", "TCP_UDP" } },
}

local function protocol_of(node, key, kind, answers, subject)
  local allowed <const> = protocols[kind][answers.protocol] or {}
  local wanted <const> = node[key]
  if wanted == nil then
    if #allowed > 0 then return allowed[1] end
  elseif read.index(allowed, wanted) then
    return read.placed(node, key)
  end
  engine.error(wanted ~= nil and { node, key } or answers.where, subject .. ": " .. (kind == "network" and "a network" or "an application")
    .. " load balancer has no target group of protocol " .. tostring(wanted or answers.protocol) .. " for a " .. answers.protocol .. " port",
    #allowed > 0 and "it has " .. table.concat(allowed, ", ") or "use Properties: {Type: network}")
  return "HTTP"
end

--- The port of a group, which stands for targets that are registered without one: ECS names the port of each. A group of another port is
--- another group, which is empty when listeners change to it, so the group's port does not follow the container's.
--- https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RegisterTargets.html (2026-11-29)
local default_ports <const> = { HTTPS = 443, TLS = 443 }

--- The properties that both forms share.
local function properties_of(node, balancer, member, keys, subject)
  local answers <const> = member.port
  local version <const> = shape.of(versions, node, "ProtocolVersion")
  local made <const>, checked <const> = health.of(node, subject, version == "GRPC")
  made.VpcId, made.TargetType = network.vpc(), compute.of(member.family).network_mode == "awsvpc" and "ip" or "instance"
  shape.of(port, node, keys.port)
  made.Protocol = protocol_of(node, keys.protocol, balancer.kind, answers, subject)
  local protocol <const> = node[keys.protocol] or (protocols[balancer.kind][answers.protocol] or {})[1]
  made.Port = default_ports[protocol] or 80
  if checked == answers.target then made.HealthCheckPort = "traffic-port" end
  made.ProtocolVersion = version and read.placed(node, "ProtocolVersion")
  made.TargetGroupAttributes = attributes.of_group(node, balancer.kind, subject)
  return made, checked, protocol
end

--- How scaling by requests names the group (`ResourceLabel`), once the balancer is made; nil for one that does not count them.
local function label_of(balancer, group)
  return function()
    if balancer.kind ~= "application" then return nil end
    local own <const> = engine.find("x-elbv2", balancer.name)
    local name <const> = own and own:att("LoadBalancerFullName") or balancer.full_name
    return name and name .. "/" .. group.made:att("TargetGroupFullName") or nil
  end
end

--- The names of the families of a member; nil when they are all that have its service.
function elb_targets.families_of(member)
  if #member.families == #families.of(member.service.name) then return nil end
  local names <const> = {}
  for _, family in ipairs(member.families) do table.insert(names, family.name) end
  return names
end

--- The container answers for the group, in every family that is meant; `checked` is a health check's own port, or nil.
local function attach(balancer, group, member, checked)
  local both <const> = group.body.protocol == "TCP_UDP" or group.body.Protocol == "TCP_UDP"
  grants.target(member.service.name, {
    group = group.made:ref(), port = engine.placed(member.port.target, member.port.where), number = member.port.target,
    container = member.service.name, label = label_of(balancer, group), shifted = group.alternate and group or nil,
    families = elb_targets.families_of(member),
  })
  -- UDP has no answer that a check could wait for: its groups are checked by TCP.
  local by_tcp <const> = member.port.protocol == "udp" or checked and checked ~= member.port.target
  for _, family in ipairs(member.families) do
    table.insert(balancer.doors, { family = family, port = member.port, protocols = both and { "tcp", "udp" } or { member.port.protocol } })
    if by_tcp then
      table.insert(balancer.doors, {
        family = family, port = { target = checked or member.port.target, where = member.port.where }, protocols = { "tcp" },
      })
    end
  end
  table.insert(group.members, member)
  balancer.reaches[member.service.name] = true
end

--- The protocol of the port that a target's protocol means; nil for any.
local function transport(protocol)
  if protocol == "UDP" then return "udp" end
  if protocol == nil or protocol == "TCP_UDP" then return nil end
  return "tcp"
end

--- Tells a container that no load balancer reaches.
local function check_reachable(member, where, subject)
  if jobs.is(member.family) then
    return engine.error(where, subject .. ": services::" .. member.service.name .. " is a job, which answers to nobody",
      "leave it out here, or take the job away: deploy.mode, x-ecs: {Job: true}")
  end
  if compute.of(member.family).platform ~= "EXTERNAL" then return true end
  engine.error(where, subject .. ": services::" .. member.service.name .. " runs on machines of your own, which no load balancer reaches",
    "run it on Fargate or EC2: deploy.labels ecs.compute.platform")
  return false
end

--- Registers the group as service, service:port, family:service, family:service:port, beside its own name.
local function add(balancer, group)
  table.insert(balancer.groups, group)
  balancer.by_name[group.name] = balancer.by_name[group.name] or group
  local member <const> = group.members[1]
  local service <const>, on <const> = member.service.name, ":" .. member.port.target
  local names <const> = { service, service .. on }
  for _, family in ipairs(member.families) do
    local both <const> = family.name .. ":" .. service
    if both ~= names[1] then table.move({ both, both .. on }, 1, 2, #names + 1, names) end
  end
  for _, name in ipairs(names) do
    local found <const> = balancer.by_container[name] or {}
    if found[#found] ~= group then table.insert(found, group) end
    balancer.by_container[name] = found
  end
end

local function from_service(balancer, name, node, holder)
  local subject <const> = balancer.subject .. " Services." .. name
  if node ~= nil and not read.is_mapping(node) then return end
  local body <const> = node or {}
  local member <const> = members.find(name, body.port, body.port ~= nil and { body, "port" } or { holder, name, "key" }, subject,
    transport(body.protocol))
  if not member or not check_reachable(member, { holder, name, "key" }, subject) then return end
  local container <const> = member.service.name .. ":" .. member.port.target .. "/" .. member.port.protocol
  local other
  for _, family in ipairs(member.families) do other = other or balancer.by_port[family.name .. ":" .. container] end
  if other then
    return engine.error({ holder, name, "key" }, subject .. " is port " .. member.port.target .. " of services::" .. member.service.name
      .. " again, as " .. other.name .. " is", "name it once; a listener may lead there as often as you like")
  end
  local properties <const>, checked <const>, protocol <const> = properties_of(body, balancer, member,
    { port = "port", protocol = "protocol" }, subject)
  local group <const> = { name = name, members = {}, body = body, protocol = protocol, at = { holder, name, "key" } }
  local called <const> = #member.families == 1 and families.id_name(member.family, member.service.name) or member.service.name
  -- The id does not name the port, which may change.
  local count <const> = (balancer.counts[called] or 0) + 1
  balancer.counts[called] = count
  local noun <const> = engine.pascal(balancer.name) .. (count > 1 and count or "") .. "TargetGroup"
  group.made = engine.add {
    type = "AWS::ElasticLoadBalancingV2::TargetGroup", key = "services", name = member.service.name, part = "target_group",
    family = called, noun = noun, at = { holder, name, "key" }, properties = properties,
  }
  alternates.make(group, member, { called = called, noun = noun }, properties)
  attach(balancer, group, member, checked)
  add(balancer, group)
  for _, family in ipairs(member.families) do balancer.by_port[family.name .. ":" .. container] = group end
end

local function shared_members(balancer, node, subject)
  local list <const> = {}
  if node.Services == nil or #read.items(node, "Services") == 0 then
    engine.error({ node, "Services" }, subject .. " needs a list of Services", "write - Name: web:nginx")
    return list
  end
  for index, item in ipairs(read.items(node, "Services")) do
    local name <const> = read.is_mapping(item) and item.Name or item
    local member <const> = members.find(name, read.is_mapping(item) and item.Port or node.Port, { node.Services, index },
      balancer.subject .. " Services", transport(node.Protocol))
    if member and check_reachable(member, { node.Services, index }, subject) then table.insert(list, member) end
  end
  return list
end

--- Tags as CloudFormation lists them; the file may write a mapping.
local function tags_of(node)
  if not read.is_mapping(node.Tags) or read.is_function(node.Tags) then return node.Tags end
  local list <const> = {}
  for name, value in pairs(node.Tags) do
    table.insert(list, { Key = engine.placed(name, { node.Tags, name, "key" }), Value = engine.placed(tostring(value), { node.Tags, name }) })
  end
  return list
end

local function from_group(balancer, name, node, holder)
  local subject <const> = balancer.subject .. " TargetGroups." .. name
  if not read.is_mapping(node) then return end
  local list <const> = shared_members(balancer, node, subject)
  if #list == 0 then return end
  alternates.check_shared(list, { holder, name, "key" }, subject)
  local properties <const>, checked <const>, protocol <const> = properties_of(node, balancer, list[1],
    { port = "Port", protocol = "Protocol" }, subject)
  properties.Name, properties.Tags = read.placed(node, "Name"), tags_of(node)
  local group <const> = { name = name, members = {}, body = node, protocol = protocol, at = { holder, name, "key" } }
  group.made = engine.add {
    type = "AWS::ElasticLoadBalancingV2::TargetGroup", key = "x-elbv2", name = balancer.name, part = "group " .. name,
    noun = engine.pascal(name) .. "TargetGroup", at = { holder, name, "key" }, properties = properties,
  }
  for _, member in ipairs(list) do attach(balancer, group, member, checked) end
  add(balancer, group)
end

--- Makes the target groups of a load balancer: `balancer.groups` (`{ name, made, members, body }`), and in `balancer.doors` the ports
--- that it has to reach.
function elb_targets.make(balancer, body)
  local services <const> = read.part(body, "Services")
  balancer.named, balancer.by_name, balancer.by_container, balancer.by_port, balancer.counts = {}, {}, {}, {}, {}
  for name in pairs(services) do balancer.named[name] = true end
  for name, node in pairs(services) do from_service(balancer, name, node, services) end
  local groups <const> = read.part(body, "TargetGroups")
  for name in pairs(groups) do balancer.named[name] = true end
  for name, node in pairs(groups) do from_group(balancer, name, node, groups) end
end

--- The group that a listener means by `name`: as it is written under Services or TargetGroups, else by its container. nil when there is
--- none, or when there are several; then their names.
function elb_targets.find(balancer, name)
  if balancer.by_name[name] then return balancer.by_name[name] end
  local found <const>, names <const> = balancer.by_container[name] or {}, {}
  if #found <= 1 then return found[1] end
  for _, group in ipairs(found) do table.insert(names, group.name) end
  return nil, names
end

return elb_targets
