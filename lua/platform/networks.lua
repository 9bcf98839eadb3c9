--- Compose networks: who shares one with whom, and the security group that a network's members carry.
local network <const> = engine.use("platform/network")
local read <const> = engine.use("platform/read")
local networks <const> = {}

--- The names of the compose networks that a family is on, in the order of its services.
function networks.of(family)
  if family.networks then return family.networks end
  local names <const> = {}
  family.networks = names
  for _, service in ipairs(family.services) do
    for name in pairs(service.networks or {}) do
      if not read.index(names, name) then table.insert(names, name) end
    end
  end
  return names
end

--- Whether two families share a network.
function networks.shared(one, other)
  local names <const> = networks.of(other)
  for _, name in ipairs(networks.of(one)) do
    if read.index(names, name) then return true end
  end
  return false
end

--- The security group of a network: whoever carries it may be let in where members are.
function networks.group(name)
  return engine.find("networks", name, "group") or engine.add {
    type = "AWS::EC2::SecurityGroup", noun = "NetworkSecurityGroup", key = "networks", name = name, part = "group",
    at = engine.section("networks") and { engine.section("networks"), name, "key" } or nil,
    properties = { GroupDescription = "Members of the compose network " .. name, VpcId = network.vpc() },
  }
end

return networks
