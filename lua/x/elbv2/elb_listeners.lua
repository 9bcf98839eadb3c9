--- Listeners of load balancers and their rules.
local certificates <const> = engine.use("x/acm/certificates")
local alternates <const> = engine.use("x/elbv2/elb_alternates")
local access <const> = engine.use("x/elbv2/elb_conditions")
local actions <const> = engine.use("x/elbv2/elb_actions")
local read <const> = engine.use("base/read")
local rules <const> = engine.use("x/elbv2/elb_rules")
local shape <const> = engine.use("base/shape")
local targets <const> = engine.use("x/elbv2/target_groups")
local elb_listeners <const> = {}

local any <const> = shape.any
--- What a listener leads to: a target by its name, and when.
local target_shape <const> = shape.record {
  name = any, access = any, Conditions = any, Priority = any, CreateCognitoClient = any, AuthenticateCognitoConfig = any,
  AuthenticateOidcConfig = any,
}
elb_listeners.targets_shape = shape.list(target_shape, "{name: SERVICE, access: /}")
local listener_shape <const> = shape.record {
  Port = any, Protocol = any, SslPolicy = any, AlpnPolicy = any, Certificates = certificates.shape, MutualAuthentication = any,
  ListenerAttributes = any, DefaultActions = shape.list(shape.map(any), "{Redirect: HTTP_TO_HTTPS}"), Targets = elb_listeners.targets_shape,
}
--- Listeners: a list of mappings with a Port, or a mapping by port.
elb_listeners.shape = shape.either(shape.list(listener_shape, "{Port: 80}"), shape.map(listener_shape))

local protocols <const> = {
  application = { "HTTP", "HTTPS" }, network = { "TCP", "TLS", "UDP", "TCP_UDP" },
}
local encrypted <const> = { HTTP = "HTTPS", TCP = "TLS" }

--- TLS 1.2 and 1.3 with forward secrecy, and nothing older.
--- https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
local modern <const> = "ELBSecurityPolicy-TLS13-1-2-2021-06"

-- Reading --------------------------------------------------------------------------------------------------------------

local function protocol_of(listener, kind, has_certificates, subject)
  local plain <const> = kind == "network" and "TCP" or "HTTP"
  local wanted <const> = read.choice(listener, "Protocol", protocols[kind], subject) or plain
  if has_certificates then
    if encrypted[wanted] then return encrypted[wanted] end
    if wanted == "UDP" or wanted == "TCP_UDP" then
      engine.error({ listener, "Certificates", "key" }, subject .. " has certificates, and " .. wanted .. " takes none", "use TLS")
    end
  elseif wanted == "HTTPS" or wanted == "TLS" then
    engine.error({ listener, "Protocol" }, subject .. " needs Certificates for " .. wanted, "write Certificates: [{x-acm: NAME}]")
  end
  return wanted
end

--- The listeners of a section as `{ node, port, where }`: a list of mappings with a Port, or a mapping by port.
local function listed(balancer, body)
  local section <const> = body.Listeners
  local list <const>, seen <const> = {}, {}
  local function add(node, port, where)
    local number <const> = math.tointeger(tonumber(port))
    if not number or number < 1 or number > 65535 then
      return engine.error(where, balancer.subject .. " needs the Port of a listener, a number from 1 to 65535", "write Port: 80")
    end
    if seen[number] then
      return engine.error(where, balancer.subject .. " has two listeners on port " .. number, "write one, with several Targets")
    end
    seen[number] = true
    table.insert(list, { node = node, port = number, where = where })
  end
  if read.is_list(section) then
    for index, node in ipairs(section) do
      if read.is_mapping(node) then add(node, node.Port, node.Port ~= nil and { node, "Port" } or { section, index }) end
    end
  elseif read.is_mapping(section) then
    for port, node in pairs(section) do
      if node == nil or read.is_mapping(node) then add(node or {}, port, { section, port, "key" }) end
    end
  end
  return list
end

-- Targets --------------------------------------------------------------------------------------------------------------

--- The targets of a listener as `{ node, said, group, where }`, where `said` is what the file says, at a load balancer without
--- Listeners below Services; those of services whose profile is off are left out.
local function targets_of(balancer, listener, subject)
  local list <const> = {}
  for index, node in ipairs(read.items(listener.node, "Targets")) do
    local where <const> = { listener.node.Targets, index }
    if read.is_mapping(node) and type(node.name) ~= "string" then
      engine.error(where, subject .. " Targets need a name", "write name: as it stands under Services or TargetGroups")
    elseif read.is_mapping(node) then
      local group <const>, several <const> = targets.find(balancer, node.name)
      if several then
        engine.error({ node, "name" }, subject .. " names \"" .. node.name .. "\", which is more than one target",
          "write one of " .. table.concat(several, ", "))
      elseif group then
        local is_own <const> = type(node) == "table"
        table.insert(list, { node = node, said = is_own and group.body or node, group = group, where = is_own and group.at or where })
      elseif not balancer.named[node.name] and not engine.disabled(node.name:match("^[^:]*")) then
        local names <const> = {}
        for _, each in ipairs(balancer.groups) do table.insert(names, each.name) end
        engine.error({ node, "name" }, subject .. " names a target \"" .. node.name .. "\", which is not under Services",
          engine.near(node.name, names, "there are"))
      end
    end
  end
  return list
end

--- The target that answers where no rule matches, and those that need a rule.
local function split(list)
  local default
  local ruled <const> = {}
  for _, target in ipairs(list) do
    if not default and access.is_default(target.node) then default = target else table.insert(ruled, target) end
  end
  return default, ruled
end

--- Tells what an application load balancer can do and a network load balancer cannot.
local function check_network(balancer, list, subject)
  if balancer.kind ~= "network" then return end
  if #list > 1 then
    engine.error(list[2].where, subject .. " of a network load balancer has one target", "add a listener on another port")
    for index = #list, 2, -1 do list[index] = nil end
  end
  for _, target in ipairs(list) do
    if not access.is_default(target.node) then
      engine.error(target.where, subject .. " of a network load balancer has no rules", "leave access and Conditions out")
    end
  end
end

--- The target groups that a listener of a network load balancer may lead to.
--- https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html
local leads_to <const> = { TCP = { "TCP", "TCP_UDP" }, TLS = { "TCP", "TLS" }, UDP = { "UDP", "TCP_UDP" }, TCP_UDP = { "TCP_UDP" } }

--- Tells a group that a listener of that protocol cannot lead to.
local function check_protocol(balancer, listener, group, subject)
  local allowed <const> = balancer.kind == "network" and leads_to[listener.protocol]
  -- What is no protocol of these has been reported at the target.
  if not allowed or read.index(allowed, group.protocol) or not read.index(protocols.network, group.protocol) then return end
  engine.error(listener.where, subject .. " is " .. listener.protocol .. ", and " .. group.name .. " a target of "
    .. tostring(group.protocol), "write protocol: " .. allowed[1] .. " at the target, or another Protocol at the listener")
end

--- The default actions, and the groups that they lead to.
local function default_actions(balancer, listener, default, ruled, subject)
  local node <const> = listener.node
  if node.DefaultActions ~= nil then
    if default then table.insert(ruled, 1, default) end
    for _, target in ipairs(ruled) do
      if access.is_default(target.node) then
        engine.error(target.where, subject .. " has DefaultActions and a target for everything", "give the target an access, or drop one")
      end
    end
    return actions.written(balancer, node, subject)
  end
  if default then
    return actions.forward(balancer, listener, default.node, default.group, subject .. " Targets." .. default.group.name), { default.group }
  end
  if #ruled == 0 and (node.Targets == nil or #balancer.groups > 0) then
    if #balancer.groups == 1 and node.Targets == nil then
      return actions.forward(balancer, listener, nil, balancer.groups[1], subject), { balancer.groups[1] }
    end
    if node.Targets == nil then
      engine.error(listener.where, subject .. " leads nowhere", "write Targets: [{name: SERVICE, access: /}], or DefaultActions")
    end
  end
  return { actions.tea_pot() }, {}
end

-- Making ---------------------------------------------------------------------------------------------------------------

--- The certificates of a listener: those that it names; for one of HTTPS or TLS that names none, that of the load balancer's own names.
local function proofs_of(balancer, listener, subject)
  local node <const> = listener.node
  local is_encrypted <const> = node.Protocol == "HTTPS" or node.Protocol == "TLS"
  if node.Certificates ~= nil or not is_encrypted then return certificates.of(node, subject) end
  return engine.use("x/elbv2/elb_shorthand").of_names(balancer, listener.where)
end

local function make(balancer, listener)
  local node <const> = listener.node
  local subject <const> = balancer.subject .. " listener " .. listener.port
  local proofs <const> = listener.certificates or proofs_of(balancer, listener, subject)
  listener.protocol = protocol_of(node, balancer.kind, #proofs > 0, subject)
  local list <const> = targets_of(balancer, listener, subject)
  check_network(balancer, list, subject)
  local default <const>, ruled <const> = split(list)
  local acts <const>, groups <const> = default_actions(balancer, listener, default, ruled, subject)
  local is_encrypted <const> = listener.protocol == "HTTPS" or listener.protocol == "TLS"
  local made <const> = engine.add {
    type = "AWS::ElasticLoadBalancingV2::Listener", key = "x-elbv2", name = balancer.name, part = "listener " .. listener.port,
    noun = listener.port .. "Listener", at = listener.where,
    properties = {
      LoadBalancerArn = balancer.arn, Port = engine.placed(listener.port, listener.where), Protocol = listener.protocol,
      SslPolicy = read.placed(node, "SslPolicy") or is_encrypted and modern or nil, AlpnPolicy = node.AlpnPolicy ~= nil
        and (type(node.AlpnPolicy) == "string" and { read.placed(node, "AlpnPolicy") } or node.AlpnPolicy) or nil,
      Certificates = proofs[1] and { { CertificateArn = proofs[1].arn } } or nil,
      DefaultActions = acts, MutualAuthentication = node.MutualAuthentication, ListenerAttributes = node.ListenerAttributes,
    },
  }
  for index = 2, #proofs do
    engine.add {
      type = "AWS::ElasticLoadBalancingV2::ListenerCertificate", key = "x-elbv2", name = balancer.name,
      part = "certificate " .. listener.port .. " " .. index, noun = listener.port .. "Certificate" .. index, at = listener.where,
      properties = { ListenerArn = made:ref(), Certificates = { { CertificateArn = proofs[index].arn } } },
    }
  end
  listener.arn = made:ref()
  for _, group in ipairs(groups) do
    check_protocol(balancer, listener, group, subject)
    rules.check_version(listener, nil, group, subject)
    rules.wait(group, made)
    local forward <const> = actions.forward(balancer, listener, default and default.node, group, subject)
    local rule <const> = alternates.lead(balancer, listener, group, made, forward)
    if rule then rules.wait(group, rule) end
  end
  rules.make(balancer, listener, ruled, subject)
end

--- Reads the listeners of a section: `{ node, port, where }`.
elb_listeners.read = listed

--- The transport protocols of a listener's port, for security groups.
function elb_listeners.transports(listener)
  local protocol <const> = listener.node.Protocol
  if protocol == "UDP" then return { "udp" } end
  if protocol == "TCP_UDP" then return { "tcp", "udp" } end
  return { "tcp" }
end

--- Makes the listeners of a load balancer, with their certificates and rules.
function elb_listeners.make(balancer, list)
  for _, listener in ipairs(list) do make(balancer, listener) end
end

--- A number from 0 to 3999 that depends on the name of the project only.
local function place_of_project()
  local name <const>, hash = tostring(engine.section("name") or ""), 7
  for index = 1, #name do hash = (hash * 31 + name:byte(index)) % 4000 end
  return hash
end

--- Rules on a listener that exists: `{ node, port, where, arn }`. Their priorities begin where the name of the project leads, so that
--- projects that share a listener seldom meet; a Priority of one's own is stronger.
function elb_listeners.extend(balancer, listener)
  local subject <const> = balancer.subject .. " listener " .. listener.port
  listener.first_priority = 1000 + place_of_project() * 10
  listener.protocol = certificates.of(listener.node, subject)[1] and "HTTPS" or listener.node.Protocol or "HTTPS"
  local ruled <const> = {}
  for _, target in ipairs(targets_of(balancer, listener, subject)) do
    if access.is_default(target.node) then
      engine.error(target.where, subject .. " exists: a target needs access or Conditions there", "write access: host or /path")
    else
      table.insert(ruled, target)
    end
  end
  rules.make(balancer, listener, ruled, subject)
  for index, certificate in ipairs(certificates.of(listener.node, subject)) do
    engine.add {
      type = "AWS::ElasticLoadBalancingV2::ListenerCertificate", key = "x-elbv2", name = balancer.name,
      part = "certificate " .. listener.port .. " " .. index, noun = listener.port .. "Certificate" .. index, at = listener.where,
      properties = { ListenerArn = listener.arn, Certificates = { { CertificateArn = certificate.arn } } },
    }
  end
end

return elb_listeners
