--- Where things get their addresses: a VPC and subnets that whoever deploys names. Parameters are made when they are asked for.
local network <const> = {}

--- Tiers of subnets, each with the parameter that names them.
local tiers <const> = {
  app     = { "SubnetIds", "The subnets of the tasks, with a way to the image registry (NAT gateway or endpoints)" },
  public  = { "PublicSubnetIds", "The subnets with a route to an internet gateway, for load balancers" },
  storage = { "StorageSubnetIds", "The subnets of databases and caches" },
}

--- The id of the VPC.
function network.vpc()
  return engine.parameter("VpcId", { Type = "AWS::EC2::VPC::Id", Description = "The VPC that the services run in" })
end

--- The subnet ids of a tier (`app`, `public`, `storage`), as one value for a list of ids.
function network.subnets(tier)
  local name <const>, description <const> = table.unpack(tiers[tier])
  return engine.parameter(name, { Type = "List<AWS::EC2::Subnet::Id>", Description = description })
end

--- The subnets of a family's tasks.
function network.subnets_of()
  return network.subnets("app")
end

return network
