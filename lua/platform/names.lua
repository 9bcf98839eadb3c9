--- Names between services: what `http://api:5000` needs in a compose file, a task needs too.
---
--- Service Connect gives every service with TCP ports its compose name, in a Cloud Map namespace of the stack's own. It is set up
--- between services that share a compose network, and only there; the ports open to the members of that network and to nobody
--- else. `x-composex: {discovery: none}` leaves it out.
--- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect.html
local lazy <const> = engine.use("composex/lazy")
local cloudmap <const> = lazy("platform/cloudmap")
local compute <const> = engine.use("platform/compute")
local connect <const> = engine.use("platform/connect")
local grants <const> = engine.use("composex/grants")
local networks <const> = engine.use("platform/networks")
local ports <const> = engine.use("platform/ports")
local read <const> = engine.use("platform/read")
local names <const> = {}

local families = {}
local servers_of_network <const>, said <const> = {}, {}

--- Whether services find each other: `x-composex: {discovery: connect}`, which is the default, or `none`.
local function discovers()
  return read.at(engine.section("x-composex"), "discovery") ~= "none"
end

local function can_connect(family)
  return compute.of(family).network_mode == "awsvpc" and #networks.of(family) > 0
end

--- The TCP ports that the containers of a family answer on; only those have names.
local function tcp_ports(family)
  local list <const> = {}
  for _, port in ipairs(ports.of(family)) do
    if port.protocol == "tcp" then table.insert(list, port) end
  end
  return list
end

--- What a family says of Service Connect itself, read once; nil when nothing.
local function said_by(family)
  if said[family.name] == nil then said[family.name] = connect.of(family) or false end
  return said[family.name] or nil
end

--- The ports that a family offers by name: all that have TCP, or those that it names itself.
local function offered(family)
  local own <const> = said_by(family)
  if own and own.properties ~= nil then return {} end
  if own then
    own.offered = own.offered or connect.offered(own, tcp_ports(family))
    return own.offered
  end
  local list <const> = {}
  for _, port in ipairs(tcp_ports(family)) do table.insert(list, { port = port, body = {} }) end
  return list
end

--- Whether a family answers to somebody: it offers a port, and shares a network with another family.
local function serves(family)
  if not can_connect(family) or #offered(family) == 0 then return false end
  for _, other in ipairs(families) do
    if other.name ~= family.name and can_connect(other) and networks.shared(family, other) then return true end
  end
  return false
end

--- The networks of a family on which somebody answers.
local function spoken(family)
  local list <const> = {}
  if not can_connect(family) then return list end
  for _, name in ipairs(networks.of(family)) do
    if servers_of_network[name] then table.insert(list, name) end
  end
  return list
end

--- The namespace of the project's names. It has the name of the stack, and is meant by it.
local function namespace()
  return engine.find("", "", "names") or engine.add {
    type = "AWS::ServiceDiscovery::HttpNamespace", noun = "Names", part = "names",
    properties = { Name = composex.ref("AWS::StackName"), Description = "The names of the services" },
  }
end

--- Finds out who talks to whom. Must run before anything else here is asked.
function names.prepare(all)
  families = all
  if not discovers() then return end
  for _, family in ipairs(families) do
    if serves(family) then
      for _, name in ipairs(networks.of(family)) do
        servers_of_network[name] = servers_of_network[name] or {}
        table.insert(servers_of_network[name], family)
      end
    end
  end
  for _, family in ipairs(families) do
    local own <const> = said_by(family)
    local elsewhere <const> = own and (own.properties ~= nil or own.macros["x-cloudmap"] ~= nil)
    if not elsewhere and #spoken(family) > 0 then grants.after(family.main.name, namespace()) end
  end
end

--- One entry per port: the name of the service whose container answers, as compose has it, unless the file has another.
local function entries(family)
  local list <const> = {}
  for index, each in ipairs(offered(family)) do
    local port <const>, body <const> = each.port, each.body
    local discovered <const> = (family.hostname or family.name):lower():gsub("[^%w_-]", "-")
    table.insert(list, {
      PortName = port.name,
      DiscoveryName = read.placed(body, "CloudMapServiceName") or (index == 1 and discovered or discovered .. "-" .. port.target),
      ClientAliases = { {
        DnsName = read.placed(body, "DnsName") or port.service.name, Port = engine.placed(port.target, port.where),
      } },
      IngressPortOverride = read.placed(body, "IngressPortOverride"), Timeout = body.Timeout, Tls = body.Tls,
    })
  end
  return #list > 0 and list or nil
end

--- The ServiceConnectConfiguration of a family, or nil when it talks to no other.
function names.configuration(family)
  local own <const> = said_by(family)
  if own and own.properties ~= nil then
    local properties <const> = {}
    for name in pairs(own.properties) do properties[name] = read.placed(own.properties, name) end
    return properties
  end
  if #spoken(family) == 0 and not own then return nil end
  local chosen <const> = own and own.macros["x-cloudmap"]
  local namespace_of <const> = chosen ~= nil
    and cloudmap.namespace(chosen, { own.macros, "x-cloudmap" }, own.subject) or nil
  return {
    Enabled = true, Namespace = namespace_of and namespace_of.arn or composex.ref("AWS::StackName"),
    Services = (own or serves(family)) and entries(family) or nil, LogConfiguration = own and own.macros.LogConfiguration or nil,
  }
end

--- The security groups that a family carries beside its own: those of the networks on which somebody answers.
function names.groups(family)
  local list <const> = {}
  for _, name in ipairs(spoken(family)) do table.insert(list, networks.group(name):att("GroupId")) end
  return list
end

--- Opens the ports of those that answer to the members of their networks. Runs when the families are made.
function names.open()
  for _, family in ipairs(families) do
    local own <const> = discovers() and serves(family) and engine.find("services", family.name, "security_group")
    if own then
      for _, name in ipairs(networks.of(family)) do
        for _, each in ipairs(offered(family)) do
          local port <const> = each.port
          local number <const> = read.placed(each.body, "IngressPortOverride") or engine.placed(port.target, port.where)
          engine.add {
            type = "AWS::EC2::SecurityGroupIngress", noun = "From" .. engine.pascal(name) .. "On" .. port.target .. "Ingress",
            key = "services", name = family.name, part = "ingress", at = family.main,
            properties = {
              GroupId = own:att("GroupId"), SourceSecurityGroupId = networks.group(name):att("GroupId"),
              IpProtocol = "tcp", FromPort = number, ToPort = number,
              Description = "From the compose network " .. name,
            },
          }
        end
      end
    end
  end
end

return names
