--- The subnets of a VPC of the stack's own, in three tiers: `public` with a way in, `app` with a way out, `storage` with neither.
--- A VPC is `{ made, section, properties, cidr, blocks, zones, nat, ipv6, tiers = { app, public, storage } }`, the last lists of subnets;
--- it gets `public_route`, `app_routes` and `app_route_tables` here.
local cidr <const> = engine.use("base/cidr")
local vpc_tiers <const> = {}

local letters <const> = "ABCDEF"
--- Zones that a VPC may have.
vpc_tiers.most_zones = #letters

--- Adds a resource of the VPC; it is created after `after` when that is given.
function vpc_tiers.add(vpc, type, noun, properties, after)
  local made <const> = engine.add {
    type = type, noun = noun, key = "x-vpc", name = "", part = noun == "Vpc" and "main" or noun, at = vpc.section,
    properties = properties,
  }
  if after then made.DependsOn = after:ref() end
  return made
end

local add <const> = vpc_tiers.add

--- Names a resource after the stack.
function vpc_tiers.named(made, name)
  made:tag { Name = composex.sub("${AWS::StackName}-" .. name) }
  return made
end

local named <const> = vpc_tiers.named

local function zone_name(zone)
  if math.type(zone) ~= "integer" then return zone end
  return { ["Fn::Select"] = { zone, { ["Fn::GetAZs"] = "" } } }
end

--- The tiers, in the order of their IPv6 blocks; a zone has room for a fourth.
local offsets <const> = { app = 0, public = 1, storage = 2 }
local tiers_of_zone <const> = 4

--- An IPv6 block of the VPC's own, by tier and zone alone: another zone moves nobody.
local function ipv6_block(vpc, tier, zone)
  if not vpc.ipv6 then return nil end
  local own <const> = { ["Fn::Select"] = { 0, vpc.made:att("Ipv6CidrBlocks") } }
  local index <const> = (zone - 1) * tiers_of_zone + offsets[tier]
  return { ["Fn::Select"] = { index, { ["Fn::Cidr"] = { own, tiers_of_zone * vpc_tiers.most_zones, 64 } } } }
end

local function subnet(vpc, tier, index)
  local noun <const> = engine.pascal(tier) .. "Subnet" .. letters:sub(index, index)
  local made <const> = named(add(vpc, "AWS::EC2::Subnet", noun, {
    VpcId = vpc.made:ref(), CidrBlock = vpc.blocks[index][tier], AvailabilityZone = zone_name(vpc.zones[index]),
    Ipv6CidrBlock = ipv6_block(vpc, tier, index),
    AssignIpv6AddressOnCreation = vpc.ipv6 and true or nil, MapPublicIpOnLaunch = tier == "public" or nil,
  }, vpc.ipv6), tier .. "-" .. letters:sub(index, index):lower())
  if vpc.second and index > cidr.zones_of_block then
    made.DependsOn = vpc.ipv6 and { vpc.second:ref(), vpc.ipv6:ref() } or vpc.second:ref()
  end
  return made
end

local function route_table(vpc, noun, name)
  return named(add(vpc, "AWS::EC2::RouteTable", noun, { VpcId = vpc.made:ref() }), name)
end

local function associate(vpc, made, noun, with)
  add(vpc, "AWS::EC2::SubnetRouteTableAssociation", noun, { SubnetId = made:ref(), RouteTableId = with:ref() })
end

local function internet_gateway(vpc)
  local gateway <const> = named(add(vpc, "AWS::EC2::InternetGateway", "InternetGateway", {}), "internet")
  return gateway, add(vpc, "AWS::EC2::VPCGatewayAttachment", "InternetGatewayAttachment", {
    VpcId = vpc.made:ref(), InternetGatewayId = gateway:ref(),
  })
end

local function public_tier(vpc)
  local gateway <const>, attachment <const> = internet_gateway(vpc)
  local routes <const> = route_table(vpc, "PublicRouteTable", "public")
  local way_out <const> = { RouteTableId = routes:ref(), DestinationCidrBlock = "0.0.0.0/0", GatewayId = gateway:ref() }
  vpc.public_route = add(vpc, "AWS::EC2::Route", "PublicRoute", way_out, attachment)
  if vpc.ipv6 then
    add(vpc, "AWS::EC2::Route", "PublicRouteIpv6", {
      RouteTableId = routes:ref(), DestinationIpv6CidrBlock = "::/0", GatewayId = gateway:ref(),
    }, attachment)
  end
  for index = 1, #vpc.zones do
    local made <const> = subnet(vpc, "public", index)
    associate(vpc, made, "PublicSubnet" .. letters:sub(index, index) .. "RouteTableAssociation", routes)
    table.insert(vpc.tiers.public, made)
  end
  vpc.attachment = attachment
end

local function nat_gateway(vpc, index)
  local letter <const> = letters:sub(index, index)
  local address <const> = named(add(vpc, "AWS::EC2::EIP", "NatAddress" .. letter, { Domain = "vpc" }, vpc.attachment),
    "nat-" .. letter:lower())
  return named(add(vpc, "AWS::EC2::NatGateway", "NatGateway" .. letter, {
    AllocationId = address:att("AllocationId"), SubnetId = vpc.tiers.public[index]:ref(),
  }, vpc.public_route), letter:lower())
end

--- The tier of the tasks: a route table per zone, whatever NAT there is, so that another NAT changes a route only.
local function app_tier(vpc)
  local shared <const> = vpc.nat == "one" and nat_gateway(vpc, 1) or nil
  local egress <const> = vpc.ipv6 and add(vpc, "AWS::EC2::EgressOnlyInternetGateway", "EgressOnlyInternetGateway", {
    VpcId = vpc.made:ref(),
  })
  for index = 1, #vpc.zones do
    local letter <const> = letters:sub(index, index)
    local made <const> = subnet(vpc, "app", index)
    local routes <const> = route_table(vpc, "AppRouteTable" .. letter, "app-" .. letter:lower())
    associate(vpc, made, "AppSubnet" .. letter .. "RouteTableAssociation", routes)
    local gateway <const> = shared or vpc.nat == "zone" and nat_gateway(vpc, index) or nil
    if gateway then
      table.insert(vpc.app_routes, add(vpc, "AWS::EC2::Route", "AppRoute" .. letter, {
        RouteTableId = routes:ref(), DestinationCidrBlock = "0.0.0.0/0", NatGatewayId = gateway:ref(),
      }))
    end
    if egress then
      add(vpc, "AWS::EC2::Route", "AppRouteIpv6" .. letter, {
        RouteTableId = routes:ref(), DestinationIpv6CidrBlock = "::/0", EgressOnlyInternetGatewayId = egress:ref(),
      })
    end
    table.insert(vpc.tiers.app, made)
    table.insert(vpc.app_route_tables, routes)
  end
end

local function storage_tier(vpc)
  local routes <const> = route_table(vpc, "StorageRouteTable", "storage")
  for index = 1, #vpc.zones do
    local made <const> = subnet(vpc, "storage", index)
    associate(vpc, made, "StorageSubnet" .. letters:sub(index, index) .. "RouteTableAssociation", routes)
    table.insert(vpc.tiers.storage, made)
  end
end

--- Makes the three tiers.
function vpc_tiers.make(vpc)
  public_tier(vpc)
  app_tier(vpc)
  storage_tier(vpc)
end

return vpc_tiers
