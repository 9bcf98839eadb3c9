--- The security group that the members of a compose network carry.
local network <const> = engine.use("x/vpc/network")
local read <const> = engine.use("base/read")
local run <const> = engine.use("base/run")
local network_group <const> = {}

--- A rule that leads nowhere: without one, EC2 allows everything.
network_group.nowhere = { IpProtocol = "-1", CidrIp = "127.0.0.1/32", Description = "Nowhere" }

--- Whether a service says what it may connect to (`x-network.Egress`).
local limits_egress <const> = run.once(function()
  for _, service in ipairs(engine.services()) do
    if read.at(service, "x-network", "Egress") ~= nil then return true end
  end
  return false
end)

--- The rules of a network's group for what its members connect to. Those of a task's groups add up, so the group of a network must
--- not allow what the own group of a member does not.
local function egress() return limits_egress() and { network_group.nowhere } or nil end

--- The security group of a network: whoever carries it may be let in where members are.
function network_group.of(name)
  return engine.find("networks", name, "group") or engine.add {
    type = "AWS::EC2::SecurityGroup", noun = "NetworkSecurityGroup", key = "networks", name = name, part = "group",
    at = engine.section("networks") and { engine.section("networks"), name, "key" } or nil,
    properties = { GroupDescription = "Members of the compose network " .. name, SecurityGroupEgress = egress(), VpcId = network.vpc() },
  }
end

return network_group
