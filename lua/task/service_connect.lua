--- Names between services: what `http://api:5000` needs in a compose file, a task needs too.
---
--- Service Connect gives every service with TCP ports its compose name, in a Cloud Map namespace of the stack's own. It is set up
--- between services that share a compose network, and only there; the ports open to the members of that network and to nobody
--- else. `x-composex: {discovery: none}` leaves it out.
--- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect.html
local lazy <const> = engine.use("base/lazy")
local namespaces <const> = lazy("x/cloudmap/namespaces")
local compute <const> = engine.use("x/cluster/compute")
local connect <const> = engine.use("task/connect_section")
local jobs <const> = engine.use("project/jobs")
local grants <const> = engine.use("kinds/grants")
local families <const> = engine.use("project/families")
local name_order <const> = engine.use("project/name_order")
local networks <const> = engine.use("project/networks")
local ports <const> = engine.use("project/ports")
local read <const> = engine.use("base/read")
local run <const> = engine.use("base/run")
local runtime_platform <const> = engine.use("task/runtime_platform")
local used_names <const> = engine.use("project/used_names")
local service_connect <const> = {}

--- Letters that Service Connect takes for a name in Cloud Map, and for one that clients use.
--- https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectService.html
local longest_discovery <const>, longest_name <const> = 64, 127

--- Whether services find each other: `x-composex: {discovery: connect}`, which is the default, or `none`.
local function discovers()
  return read.at(engine.section("x-composex"), "discovery") ~= "none"
end

--- Why a family has no proxy; nil when it has one. Service Connect is for Linux, for services, and not on every platform.
--- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect.html (2026-11-29)
local function obstacle(family)
  local runs <const> = compute.of(family)
  family.runs = runs
  runtime_platform(family)
  if jobs.is(family) then return "is a job and no service" end
  if family.windows then return "runs on Windows" end
  if runs.platform == "MANAGED_INSTANCES" then return "runs on managed instances" end
  if runs.platform == "EXTERNAL" then return "runs on machines of your own" end
  if runs.network_mode ~= "awsvpc" then return "has network_mode " .. runs.network_mode end
end

--- Whether tasks are let in by their networks: they have addresses and groups of their own, also where there is no proxy.
local function can_connect(family)
  return compute.of(family).network_mode == "awsvpc" and #networks.of(family) > 0
end

--- The TCP ports that the containers of a family answer on; only those have names. A name belongs to one family, so a service of
--- several answers in the first.
local function tcp_ports(family)
  local list <const> = {}
  for _, port in ipairs(ports.of(family)) do
    if port.protocol == "tcp" and families.of(port.service.name)[1] == family then table.insert(list, port) end
  end
  return list
end

--- What a family says of Service Connect itself, read once; nil when nothing.
local function section_of(family)
  if family.service_connect == nil then family.service_connect = connect.of(family) or false end
  return family.service_connect or nil
end

--- The ports that a family offers by name: all that have TCP, or those that it names itself.
local function offered(family)
  local own <const> = section_of(family)
  if own and own.properties ~= nil then
    own.offered = own.offered or connect.offered_by_properties(own, tcp_ports(family))
    return own.offered
  end
  if own then
    own.offered = own.offered or connect.offered(own, tcp_ports(family))
    return own.offered
  end
  local list <const> = {}
  for _, port in ipairs(tcp_ports(family)) do table.insert(list, { port = port, body = {} }) end
  return list
end

--- By the name of a network: how many of its families can connect.
local members <const> = run.once(function()
  local count <const> = {}
  for _, family in ipairs(discovers() and families.all() or {}) do
    for _, name in ipairs(can_connect(family) and networks.of(family) or {}) do count[name] = (count[name] or 0) + 1 end
  end
  return count
end)

--- Whether a family shares a network with another that can connect.
local function has_company(family)
  for _, name in ipairs(networks.of(family)) do
    if (members()[name] or 0) > 1 then return true end
  end
  return false
end

--- Whether a family answers to somebody: it offers a port, and shares a network with another family.
local function serves(family)
  return can_connect(family) and #offered(family) > 0 and has_company(family)
end

--- By the name of a network: whether a family of it answers.
local answers <const> = run.once(function()
  local found <const> = {}
  for _, family in ipairs(discovers() and families.all() or {}) do
    for _, name in ipairs(serves(family) and networks.of(family) or {}) do found[name] = true end
  end
  return found
end)

--- The networks of a family on which somebody answers.
local function answered(family)
  local list <const> = {}
  if not can_connect(family) then return list end
  for _, name in ipairs(networks.of(family)) do
    if answers()[name] then table.insert(list, name) end
  end
  return list
end

--- The namespace of the project's names. It has the name of the stack, which refers to it.
local function stack_namespace()
  return engine.find("", "", "names") or engine.add {
    type = "AWS::ServiceDiscovery::HttpNamespace", noun = "Names", part = "names",
    properties = { Name = composex.ref("AWS::StackName"), Description = "The names of the services" },
  }
end

--- Whether the file says itself who reaches the ports of a family.
local function has_ingress(family)
  for _, service in ipairs(family.services) do
    if read.at(service, "x-network", "Ingress") ~= nil then return true end
  end
  return false
end

--- By the name of a service: true when another one waits for it.
local awaited <const> = run.once(function()
  local found <const> = {}
  for _, service in ipairs(engine.services()) do
    for name in pairs(service.depends_on or {}) do found[name] = true end
  end
  return found
end)

--- Whether another service calls this one, or waits for it.
local function is_named(service) return used_names.is_called(service) or awaited()[service.name] == true end

--- Reports UDP ports that others on the network would use on a laptop.
local function report_closed(family)
  if not can_connect(family) or has_ingress(family) then return end
  for _, port in ipairs(ports.of(family)) do
    if port.protocol == "udp" and has_company(family) and is_named(port.service) then
      engine.warn(port.where, "services::" .. port.service.name .. " port " .. port.target
        .. "/udp is open to no other service: Service Connect names TCP ports only",
        "write x-network: {x-cloudmap: NAMESPACE, Ingress: {Services: [{Name: CLIENT}]}}", { consequence = "reach" })
      return
    end
  end
end

--- A way from one family to another that Service Connect does not offer.
local function way_to(family, other, name)
  if compute.of(other).platform == "EXTERNAL" then return "write the address of its machine" end
  if compute.of(other).network_mode ~= "awsvpc" or compute.of(family).network_mode ~= "awsvpc" then
    return "write the name of a load balancer: x-elbv2: {internal: {Services: {" .. name .. ": {}}}}"
  end
  return "name it by DNS: write x-cloudmap: {NAMESPACE: {Name: shop.internal}}, at " .. name .. " x-network: {x-cloudmap: NAMESPACE}, and "
    .. "connect to " .. name .. ".shop.internal"
end

--- Whether one of two families runs without an address of its own, where no compose network leads. A dependency is reported as such.
local function is_apart(family, other, service, name)
  if read.at(service, "depends_on", name) ~= nil then return false end
  return compute.of(family).network_mode ~= "awsvpc" or compute.of(other).network_mode ~= "awsvpc"
end

--- Reports names that a family uses and that nothing resolves, because it or who answers has no proxy.
local function report_lost(family)
  for _, service in ipairs(family.services) do
    for _, used in ipairs(used_names.of(service)) do
      local other <const> = not family.by_name[used.name] and families.of(used.name)[1]
      local is_known <const> = other and (networks.shared(family, other) or is_apart(family, other, service, used.name))
      local why <const> = is_known and (obstacle(family) or obstacle(other))
      if why then
        engine.warn(used.where, "services::" .. service.name .. " names services::" .. used.name .. ", which it does not resolve: services::"
          .. (obstacle(family) and service.name or used.name) .. " " .. why .. ", where Service Connect has no proxy",
          way_to(family, other, used.name), { consequence = "reach" })
      end
    end
  end
end

--- Makes the namespace of those that talk to each other, and reports what it leaves out.
function service_connect.prepare()
  if not discovers() then return end
  for _, family in ipairs(families.all()) do
    local own <const> = section_of(family)
    local elsewhere <const> = own and (own.properties ~= nil or own.macros["x-cloudmap"] ~= nil)
    if not elsewhere and #answered(family) > 0 and not obstacle(family) then
      grants.after(family.main.name, stack_namespace(), { family.name })
    end
    connect.allow_logs(family, own)
    report_closed(family)
    if #families.all() > 1 then report_lost(family) end
  end
  if #families.all() > 1 then
    name_order(function(family, other)
      return networks.shared(family, other) and serves(other) and not obstacle(family) and not obstacle(other)
    end)
  end
end

--- What each namespace has: by what it is, who has it.
local taken <const> = {}

--- Reports that a namespace has what an entry asks for already; Cloud Map refuses a second one.
local function check_unique(namespace, what, text, where, subject)
  local place <const> = (namespace and namespace.key or "") .. " " .. text
  if taken[place] then
    engine.error(where, subject .. ": " .. what .. " " .. text .. " is that of " .. taken[place] .. " already",
      "write another one: x-network: {x-ecs_connect: {MacroParameters: {service_ports: {PORT: {DnsName: ..., CloudMapServiceName: ...}}}}}")
  end
  taken[place] = taken[place] or subject
end

--- The name of an entry in Cloud Map: what the file says, else that of the family, with the port from the second on. What is registered in
--- the namespace for DNS is another service of Cloud Map, which needs another name.
local function discovery_name(family, namespace, index, each)
  if each.body.CloudMapServiceName ~= nil then return read.placed(each.body, "CloudMapServiceName") end
  local name = (family.hostname or family.name):lower():gsub("[^%w_-]", "-")
  local suffix <const> = index > 1 and "-" .. each.port.target or ""
  if namespace and engine.use("x/cloudmap/registered_names").of(namespace.key)[name .. suffix] then name = name:sub(1, longest_discovery - 14) .. "-connect" end
  return name:sub(1, longest_discovery - (index > 1 and 6 or 0)) .. suffix
end

--- One entry per port: the name of the service whose container answers, as compose has it, unless the file has another.
local function entries(family, namespace)
  local list <const> = {}
  for index, each in ipairs(offered(family)) do
    local port <const>, body <const> = each.port, each.body
    local service <const> = "services::" .. port.service.name
    local subject <const> = service .. " x-ecs_connect service_ports." .. port.name
    local discovered <const> = discovery_name(family, namespace, index, each)
    local alias <const> = read.placed(body, "DnsName") or used_names.answer(port.service):sub(1, longest_name)
    check_unique(namespace, "the name", tostring(discovered), port.where, service)
    check_unique(namespace, "the address", tostring(alias) .. ":" .. port.target, port.where, service)
    table.insert(list, {
      PortName = port.name, DiscoveryName = discovered,
      ClientAliases = { { DnsName = alias, Port = engine.placed(port.target, port.where) } },
      IngressPortOverride = read.number(body, "IngressPortOverride", 1, 65535, subject) and read.placed(body, "IngressPortOverride"),
      Timeout = connect.timeout(body, subject), Tls = connect.tls(body, subject),
    })
  end
  return #list > 0 and list or nil
end

--- Whether the proxy of a family logs to the family's own log group.
function service_connect.logs_to_own_group(family) return connect.logs_to_own_group(section_of(family)) end

--- Whether the tasks of a family have a proxy.
function service_connect.has_proxy(family)
  local own <const> = section_of(family)
  if obstacle(family) then return false end
  if own and own.properties ~= nil then return own.properties.Enabled ~= false end
  return own ~= nil or #answered(family) > 0
end

--- The ServiceConnectConfiguration of a family, or nil when it talks to no other.
function service_connect.configuration(family)
  local own <const> = section_of(family)
  local why <const> = obstacle(family)
  if why then
    return own and engine.error(own.at, own.subject .. ": the service " .. why .. ", where Service Connect has no proxy",
      "leave it out, or run the service on Linux, on FARGATE or EC2") or nil
  end
  if own and own.properties ~= nil then
    local properties <const> = {}
    for name in pairs(own.properties) do properties[name] = read.placed(own.properties, name) end
    return properties
  end
  if #answered(family) == 0 and not own then return nil end
  local chosen <const> = own and own.macros["x-cloudmap"]
  local namespace_of <const> = chosen ~= nil
    and namespaces.find(chosen, { own.macros, "x-cloudmap" }, own.subject) or nil
  return {
    Enabled = true, Namespace = namespace_of and namespace_of.arn or composex.ref("AWS::StackName"),
    Services = (own or serves(family)) and entries(family, namespace_of) or nil,
    LogConfiguration = own and connect.logs(own, family.log_group) or nil,
    AccessLogConfiguration = own and own.macros.AccessLogConfiguration or nil,
  }
end

--- The ports that a family offers by name to those that share a network with it; none when nobody does.
function service_connect.offers(family)
  return discovers() and serves(family) and offered(family) or {}
end

--- The networks of a family on which somebody answers.
service_connect.answered = answered

return service_connect
