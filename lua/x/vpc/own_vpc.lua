--- x-vpc with Properties: a VPC of three tiers of subnets, in two or more zones, with a way out for tasks.
local lazy <const> = engine.use("base/lazy")
local cidr <const> = engine.use("base/cidr")
local endpoints <const> = lazy("x/vpc/endpoints")
local flow_logs <const> = lazy("x/vpc/flow_logs")
local read <const> = engine.use("base/read")
local vpc <const> = {}

local keys <const> = {
  "VpcCidr", "Zones", "Nat", "SingleNat", "DisableNat", "DHCPOptions", "Endpoints", "EnableFlowLogs", "FlowLogsRoleBoundary",
  "FlowLogsRetentionInDays", "EnableIPv6",
}
local letters <const> = "ABCDEF"
local most_zones <const> = #letters

-- What the file asks for -----------------------------------------------------------------------------------------------

--- How tasks get out: `one` NAT gateway, one per `zone`, or `none`.
local function nat(properties)
  local chosen <const> = read.choice(properties, "Nat", { "one", "zone", "none" }, "x-vpc")
  local single <const> = read.flag(properties, "SingleNat", "x-vpc")
  local disabled <const> = read.flag(properties, "DisableNat", "x-vpc")
  if disabled and single then
    engine.error({ properties, "DisableNat" }, "x-vpc cannot have DisableNat and SingleNat at once", "write Nat: one, or none")
  elseif chosen and (disabled ~= nil or single ~= nil) then
    engine.error({ properties, "Nat" }, "x-vpc has Nat beside " .. (disabled ~= nil and "DisableNat" or "SingleNat"),
      "write Nat: one, zone or none, and nothing else")
  end
  if chosen then return chosen end
  if disabled then return "none" end
  return single == false and "zone" or "one"
end

--- The zones: names, or numbers of the region's list.
local function zones(properties)
  local wanted <const> = properties.Zones
  if wanted == nil then return { 0, 1 } end
  local list <const> = {}
  if read.is_list(wanted) then
    for index, name in ipairs(wanted) do table.insert(list, engine.placed(name, { wanted, index })) end
    if #list > 1 and #list <= most_zones then return list end
  else
    local count <const> = math.tointeger(tonumber(wanted))
    if count and count >= 2 and count <= most_zones then
      for zone = 0, count - 1 do table.insert(list, zone) end
      return list
    end
  end
  engine.error({ properties, "Zones" }, "x-vpc Zones must be a number from 2 to " .. most_zones .. ", or a list of zones",
    "write Zones: 3, or Zones: [eu-west-1a, eu-west-1b]")
  return { 0, 1 }
end

local function blocks(properties, count)
  local text <const> = properties.VpcCidr or "10.0.0.0/16"
  local block <const>, fault <const>, remedy <const> = cidr.parse(text)
  if not block then
    engine.error({ properties, "VpcCidr" }, "x-vpc VpcCidr " .. tostring(text) .. " " .. fault, remedy)
    return "10.0.0.0/16", cidr.tiers(cidr.parse("10.0.0.0/16"), count)
  end
  local tiers <const> = cidr.tiers(block, count)
  if not tiers then
    engine.error({ properties, "VpcCidr" }, "x-vpc VpcCidr " .. text .. " is too small for three subnets in each of "
      .. count .. " zones", "subnets have /28 at least: take a larger block")
    return text, cidr.tiers(cidr.parse("10.0.0.0/16"), count)
  end
  return engine.placed(text, { properties, "VpcCidr" }), tiers
end

-- What is made ---------------------------------------------------------------------------------------------------------

local ground

local function add(type, noun, properties, after)
  local made <const> = engine.add {
    type = type, noun = noun, key = "x-vpc", name = "", part = noun == "Vpc" and "main" or noun, at = ground.section,
    properties = properties,
  }
  if after then made.DependsOn = after:ref() end
  return made
end

local function named(made, name)
  made:tag { Name = composex.sub("${AWS::StackName}-" .. name) }
  return made
end

local function zone_name(zone)
  if math.type(zone) ~= "integer" then return zone end
  return { ["Fn::Select"] = { zone, { ["Fn::GetAZs"] = "" } } }
end

--- An IPv6 block of the VPC's own, the `index`th of as many as there are subnets.
local function ipv6_block(index)
  if not ground.ipv6 then return nil end
  local own <const> = { ["Fn::Select"] = { 0, ground.vpc:att("Ipv6CidrBlocks") } }
  return { ["Fn::Select"] = { index, { ["Fn::Cidr"] = { own, 3 * #ground.zones, 64 } } } }
end

local function subnet(tier, index)
  local noun <const> = engine.pascal(tier) .. "Subnet" .. letters:sub(index, index)
  local offsets <const> = { app = 0, public = 1, storage = 2 }
  local made <const> = named(add("AWS::EC2::Subnet", noun, {
    VpcId = ground.vpc:ref(), CidrBlock = ground.blocks[index][tier], AvailabilityZone = zone_name(ground.zones[index]),
    Ipv6CidrBlock = ipv6_block(offsets[tier] * #ground.zones + index - 1),
    AssignIpv6AddressOnCreation = ground.ipv6 and true or nil, MapPublicIpOnLaunch = tier == "public" or nil,
  }, ground.ipv6), tier .. "-" .. letters:sub(index, index):lower())
  return made
end

local function route_table(noun, name)
  return named(add("AWS::EC2::RouteTable", noun, { VpcId = ground.vpc:ref() }), name)
end

local function associate(made, noun, with)
  add("AWS::EC2::SubnetRouteTableAssociation", noun, { SubnetId = made:ref(), RouteTableId = with:ref() })
end

local function internet_gateway()
  local gateway <const> = named(add("AWS::EC2::InternetGateway", "InternetGateway", {}), "internet")
  return gateway, add("AWS::EC2::VPCGatewayAttachment", "InternetGatewayAttachment", {
    VpcId = ground.vpc:ref(), InternetGatewayId = gateway:ref(),
  })
end

local function public_tier()
  local gateway <const>, attachment <const> = internet_gateway()
  local routes <const> = route_table("PublicRouteTable", "public")
  local way_out <const> = { RouteTableId = routes:ref(), DestinationCidrBlock = "0.0.0.0/0", GatewayId = gateway:ref() }
  ground.public_route = add("AWS::EC2::Route", "PublicRoute", way_out, attachment)
  if ground.ipv6 then
    add("AWS::EC2::Route", "PublicRouteIpv6", {
      RouteTableId = routes:ref(), DestinationIpv6CidrBlock = "::/0", GatewayId = gateway:ref(),
    }, attachment)
  end
  for index = 1, #ground.zones do
    local made <const> = subnet("public", index)
    associate(made, "PublicSubnet" .. letters:sub(index, index) .. "RouteTableAssociation", routes)
    table.insert(ground.tiers.public, made)
  end
  ground.attachment = attachment
end

local function nat_gateway(index)
  local letter <const> = letters:sub(index, index)
  local address <const> = named(add("AWS::EC2::EIP", "NatAddress" .. letter, { Domain = "vpc" }, ground.attachment),
    "nat-" .. letter:lower())
  return named(add("AWS::EC2::NatGateway", "NatGateway" .. letter, {
    AllocationId = address:att("AllocationId"), SubnetId = ground.tiers.public[index]:ref(),
  }, ground.public_route), letter:lower())
end

--- The tier of the tasks: a route table per zone, whatever NAT there is, so that another NAT changes a route only.
local function app_tier()
  local shared <const> = ground.nat == "one" and nat_gateway(1) or nil
  local egress <const> = ground.ipv6 and add("AWS::EC2::EgressOnlyInternetGateway", "EgressOnlyInternetGateway", {
    VpcId = ground.vpc:ref(),
  })
  for index = 1, #ground.zones do
    local letter <const> = letters:sub(index, index)
    local made <const> = subnet("app", index)
    local routes <const> = route_table("AppRouteTable" .. letter, "app-" .. letter:lower())
    associate(made, "AppSubnet" .. letter .. "RouteTableAssociation", routes)
    local gateway <const> = shared or ground.nat == "zone" and nat_gateway(index) or nil
    if gateway then
      table.insert(ground.app_routes, add("AWS::EC2::Route", "AppRoute" .. letter, {
        RouteTableId = routes:ref(), DestinationCidrBlock = "0.0.0.0/0", NatGatewayId = gateway:ref(),
      }))
    end
    if egress then
      add("AWS::EC2::Route", "AppRouteIpv6" .. letter, {
        RouteTableId = routes:ref(), DestinationIpv6CidrBlock = "::/0", EgressOnlyInternetGatewayId = egress:ref(),
      })
    end
    table.insert(ground.tiers.app, made)
    table.insert(ground.app_route_tables, routes)
  end
end

local function storage_tier()
  local routes <const> = route_table("StorageRouteTable", "storage")
  for index = 1, #ground.zones do
    local made <const> = subnet("storage", index)
    associate(made, "StorageSubnet" .. letters:sub(index, index) .. "RouteTableAssociation", routes)
    table.insert(ground.tiers.storage, made)
  end
end

local function dhcp(properties)
  local options <const> = read.mapping(properties, "DHCPOptions", "x-vpc DHCPOptions")
  read.keys(options, { "DomainName" }, "x-vpc DHCPOptions")
  if options.DomainName == nil then return end
  local made <const> = named(add("AWS::EC2::DHCPOptions", "DhcpOptions", {
    DomainName = read.placed(options, "DomainName"), DomainNameServers = { "AmazonProvidedDNS" },
  }), "dhcp")
  add("AWS::EC2::VPCDHCPOptionsAssociation", "DhcpOptionsAssociation", {
    VpcId = ground.vpc:ref(), DhcpOptionsId = made:ref(),
  })
end

--- Makes the VPC of a section (nil for the default): `{ vpc, cidr, tiers = { app, public, storage }, app_routes, public_route }`.
function vpc.make(section)
  local properties <const> = section ~= nil and read.mapping(section, "Properties", "x-vpc Properties") or {}
  read.keys(properties, keys, "x-vpc Properties")
  ground = {
    section = section, zones = zones(properties), nat = nat(properties), app_routes = {}, app_route_tables = {},
    tiers = { app = {}, public = {}, storage = {} },
  }
  ground.cidr, ground.blocks = blocks(properties, #ground.zones)
  ground.vpc = named(add("AWS::EC2::VPC", "Vpc", {
    CidrBlock = ground.cidr, EnableDnsHostnames = true, EnableDnsSupport = true,
  }), "vpc")
  if read.flag(properties, "EnableIPv6", "x-vpc") then
    ground.ipv6 = add("AWS::EC2::VPCCidrBlock", "VpcIpv6", { VpcId = ground.vpc:ref(), AmazonProvidedIpv6CidrBlock = true })
  end
  public_tier()
  app_tier()
  storage_tier()
  dhcp(properties)
  ground.endpoints = properties.Endpoints ~= nil and endpoints.make(properties, ground, add) or {}
  if properties.EnableFlowLogs ~= nil or properties.FlowLogsRoleBoundary ~= nil or properties.FlowLogsRetentionInDays ~= nil then
    flow_logs.make(properties, ground, add)
  end
  return ground
end

return vpc
