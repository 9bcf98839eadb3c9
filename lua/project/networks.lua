--- Compose networks: who shares one with whom, and the security group that a network's members carry.
local network <const> = engine.use("x/vpc/network")
local read <const> = engine.use("base/read")
local networks <const> = {}

--- The names of the compose networks that a family is on, in the order of its services.
function networks.of(family)
  if family.networks then return family.networks end
  local names <const>, on <const> = {}, {}
  family.networks, family.is_on = names, on
  for _, service in ipairs(family.services) do
    for name in pairs(service.networks or {}) do
      if not on[name] then table.insert(names, name) end
      on[name] = true
    end
  end
  return names
end

--- The same names as the keys of a table.
local function is_on(family)
  networks.of(family)
  return family.is_on
end

--- Whether two families share a network.
function networks.shared(one, other)
  local also <const> = is_on(other)
  for _, name in ipairs(networks.of(one)) do
    if also[name] then return true end
  end
  return false
end

--- A rule that leads nowhere: without one, EC2 allows everything.
networks.nowhere = { IpProtocol = "-1", CidrIp = "127.0.0.1/32", Description = "Nowhere" }

--- Whether a service says what it may connect to (`x-network.Egress`): nil until somebody asks.
local limits_egress

--- The rules of a network's group for what its members connect to. Those of a task's groups add up, so the group of a network must
--- not allow what the own group of a member does not.
local function egress()
  if limits_egress == nil then
    limits_egress = false
    for _, service in ipairs(engine.services()) do
      limits_egress = limits_egress or read.at(service, "x-network", "Egress") ~= nil
    end
  end
  return limits_egress and { networks.nowhere } or nil
end

--- The security group of a network: whoever carries it may be let in where members are.
function networks.group(name)
  return engine.find("networks", name, "group") or engine.add {
    type = "AWS::EC2::SecurityGroup", noun = "NetworkSecurityGroup", key = "networks", name = name, part = "group",
    at = engine.section("networks") and { engine.section("networks"), name, "key" } or nil,
    properties = { GroupDescription = "Members of the compose network " .. name, SecurityGroupEgress = egress(), VpcId = network.vpc() },
  }
end

return networks
