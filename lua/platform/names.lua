--- Names between services: what `http://api:5000` needs in a compose file, a task needs too.
---
--- Service Connect gives every service with TCP ports its compose name, in a Cloud Map namespace of the stack's own. It is set up
--- between services that share a compose network, and only there; the ports open to the members of that network and to nobody
--- else. `x-composex: {discovery: none}` leaves it out.
--- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect.html
local compute <const> = engine.use("platform/compute")
local grants <const> = engine.use("composex/grants")
local networks <const> = engine.use("platform/networks")
local ports <const> = engine.use("platform/ports")
local read <const> = engine.use("platform/read")
local names <const> = {}

local families = {}
local servers_of_network <const> = {}

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

--- Whether a family answers to somebody: it has a port, and shares a network with another family.
local function serves(family)
  if not can_connect(family) or #tcp_ports(family) == 0 then return false end
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
    if #spoken(family) > 0 then grants.after(family.main.name, namespace()) end
  end
end

--- One entry per port: the name of the service whose container answers, as compose has it.
local function entries(family)
  local list <const> = {}
  for index, port in ipairs(tcp_ports(family)) do
    local discovered <const> = (family.hostname or family.name):lower():gsub("[^%w_-]", "-")
    table.insert(list, {
      PortName = port.name,
      DiscoveryName = index == 1 and discovered or discovered .. "-" .. port.target,
      ClientAliases = { { DnsName = port.service.name, Port = engine.placed(port.target, port.where) } },
    })
  end
  return #list > 0 and list or nil
end

--- The ServiceConnectConfiguration of a family, or nil when it talks to no other.
function names.configuration(family)
  if #spoken(family) == 0 then return nil end
  return {
    Enabled = true, Namespace = composex.ref("AWS::StackName"), Services = serves(family) and entries(family) or nil,
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
        for _, port in ipairs(tcp_ports(family)) do
          engine.add {
            type = "AWS::EC2::SecurityGroupIngress", noun = "From" .. engine.pascal(name) .. "On" .. port.target .. "Ingress",
            key = "services", name = family.name, part = "ingress", at = family.main,
            properties = {
              GroupId = own:att("GroupId"), SourceSecurityGroupId = networks.group(name):att("GroupId"),
              IpProtocol = "tcp", FromPort = engine.placed(port.target, port.where), ToPort = engine.placed(port.target, port.where),
              Description = "From the compose network " .. name,
            },
          }
        end
      end
    end
  end
end

return names
