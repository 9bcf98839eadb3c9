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

--- A short number that stands for a text in ids, where the text is too long for them.
local function checksum(text)
  local sum = 5381
  for index = 1, #text do sum = (sum * 33 + text:byte(index)) % 4294967296 end
  return ("%08x"):format(sum)
end

--- Letters of an id that the names of networks may take.
local longest <const> = 120

--- What a set of networks is called in ids.
function network_group.name_of_set(names)
  local all <const> = table.concat(names, "-")
  return #all <= longest and all or all:sub(1, longest) .. "-" .. checksum(all)
end

--- The security group that stands for membership in all networks of a list, for who is in more than an interface can carry groups of.
function network_group.of_set(names)
  local name <const> = network_group.name_of_set(names)
  return engine.find("networks", name, "groups") or engine.add {
    type = "AWS::EC2::SecurityGroup", noun = "NetworksSecurityGroup", key = "networks", name = name, part = "groups",
    at = engine.section("networks") and { engine.section("networks"), names[1], "key" } or nil,
    properties = { GroupDescription = "Members of " .. #names .. " compose networks", SecurityGroupEgress = egress(), VpcId = network.vpc() },
  }
end

return network_group
