--- x-vpc: where things get their addresses: a VPC of the stack's own (Properties, and the default), an existing one (Lookup), or one that
--- whoever deploys names (Parameters).
local network <const> = engine.use("x/vpc/network")
local own_vpc <const> = engine.use("x/vpc/own_vpc")
local shape <const> = engine.use("base/shape")

--- The id of a VPC, and groups of subnets by their names.
local existing <const> = shape.map(shape.any)

return {
  key     = "x-vpc",
  type    = "AWS::EC2::VPC",
  noun    = "Vpc",
  lookup  = { form = existing },
  accepts = { section = "single", definition = { Use = existing, Parameters = shape.flag }, properties = own_vpc.shape },
  hooks   = { make = network.make },
}
