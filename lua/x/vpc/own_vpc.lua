--- x-vpc with Properties: a VPC of three tiers of subnets, in two or more zones, with a way out for tasks.
local lazy <const> = engine.use("base/lazy")
local cidr <const> = engine.use("base/cidr")
local definitions <const> = engine.use("kinds/definitions")
local endpoints <const> = lazy("x/vpc/endpoints")
local flow_logs <const> = lazy("x/vpc/flow_logs")
local read <const> = engine.use("base/read")
local shape <const> = engine.use("base/shape")
local vpc_tiers <const> = engine.use("x/vpc/vpc_tiers")
local own_vpc <const> = {}

-- What the file asks for -----------------------------------------------------------------------------------------------

local flag <const>, value <const> = shape.flag, shape.value
local fields <const> = {
  VpcCidr = shape.text, Zones = shape.either(shape.integer(2, vpc_tiers.most_zones), shape.list(shape.text)),
  Nat = shape.one_of { "one", "zone", "none" }, SingleNat = flag, DisableNat = flag, EnableIPv6 = flag,
  DHCPOptions = shape.record { DomainName = value },
  Endpoints = shape.record { AwsServices = shape.list(shape.either(shape.text, shape.record { service = shape.text }), "s3") },
  EnableFlowLogs = flag, FlowLogsRoleBoundary = value, FlowLogsRetentionInDays = shape.either(shape.integer(1, 3653), value),
}

--- Properties of x-vpc.
own_vpc.shape = shape.record(fields)

--- How tasks get out: `one` NAT gateway, one per `zone`, or `none`.
local function nat(properties)
  local function said(key) return shape.of(fields[key], properties, key) end
  local chosen <const>, single <const>, disabled <const> = said("Nat"), said("SingleNat"), said("DisableNat")
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

--- The zones of a file that says none: two, or as many as a definition needs.
local function needed()
  local most, list <const> = 2, {}
  for _, definition in ipairs(definitions.list) do
    local row <const> = definition.module.network
    if row and row.zones and definition.body.Lookup == nil then most = math.max(most, row.zones(definition.body)) end
  end
  for zone = 0, most - 1 do table.insert(list, zone) end
  return list
end

--- The zones: names, or numbers of the region's list.
local function zones(properties)
  local wanted <const> = shape.of(fields.Zones, properties, "Zones")
  if wanted == nil then return needed() end
  local list <const> = {}
  if read.is_list(wanted) then
    for index, name in ipairs(wanted) do table.insert(list, engine.placed(name, { wanted, index })) end
    if #list > 1 and #list <= vpc_tiers.most_zones then return list end
    engine.error({ properties, "Zones" }, "x-vpc Properties Zones must be 2 to " .. vpc_tiers.most_zones .. " zones, not " .. #list,
      "write Zones: 3, or Zones: [eu-west-1a, eu-west-1b]")
    return { 0, 1 }
  end
  for zone = 0, math.tointeger(tonumber(wanted)) - 1 do table.insert(list, zone) end
  return list
end

local function blocks(properties, count)
  local text <const> = properties.VpcCidr or "10.0.0.0/16"
  local block <const>, fault <const>, remedy <const> = cidr.parse(text)
  if not block then
    engine.error({ properties, "VpcCidr" }, "x-vpc VpcCidr " .. tostring(text) .. " " .. fault, remedy)
    return "10.0.0.0/16", cidr.tiers(cidr.parse("10.0.0.0/16"), count)
  end
  local tiers <const>, second <const> = cidr.tiers(block, count)
  if not tiers then
    engine.error({ properties, "VpcCidr" }, "x-vpc VpcCidr " .. text .. " is too small for three subnets in each of "
      .. count .. " zones", "subnets have /28 at least: take a larger block")
    return text, cidr.tiers(cidr.parse("10.0.0.0/16"), count)
  end
  if count > cidr.zones_of_block and not second then
    engine.warn({ properties, "Zones" }, "x-vpc VpcCidr " .. text .. " has no private block beside it and is divided for eight zones: the "
      .. "subnets of a VPC of four zones or fewer have other blocks, and would be replaced", "take a block of 10.0.0.0/8")
  end
  return engine.placed(text, { properties, "VpcCidr" }), tiers, second
end

-- What is made ---------------------------------------------------------------------------------------------------------

local function dhcp(vpc)
  local options <const> = read.part(vpc.properties, "DHCPOptions")
  if options.DomainName == nil then return end
  local made <const> = vpc_tiers.named(vpc_tiers.add(vpc, "AWS::EC2::DHCPOptions", "DhcpOptions", {
    DomainName = read.placed(options, "DomainName"), DomainNameServers = { "AmazonProvidedDNS" },
  }), "dhcp")
  vpc_tiers.add(vpc, "AWS::EC2::VPCDHCPOptionsAssociation", "DhcpOptionsAssociation", {
    VpcId = vpc.made:ref(), DhcpOptionsId = made:ref(),
  })
end

--- Makes the VPC of a definition, which says nothing for the default; `vpc_tiers` says what it holds.
function own_vpc.make(definition)
  local properties <const> = read.part(definition.body, "Properties")
  local vpc <const> = {
    section = definition.at, properties = properties, zones = zones(properties), nat = nat(properties), app_routes = {}, app_route_tables = {},
    tiers = { app = {}, public = {}, storage = {} },
  }
  local second
  vpc.cidr, vpc.blocks, second = blocks(properties, #vpc.zones)
  local function add(...) return vpc_tiers.add(vpc, ...) end
  vpc.made = vpc_tiers.named(add("AWS::EC2::VPC", "Vpc", {
    CidrBlock = vpc.cidr, EnableDnsHostnames = true, EnableDnsSupport = true,
  }), "vpc")
  if second then vpc.second = add("AWS::EC2::VPCCidrBlock", "VpcSecondBlock", { VpcId = vpc.made:ref(), CidrBlock = second }) end
  if properties.EnableIPv6 == true then
    vpc.ipv6 = add("AWS::EC2::VPCCidrBlock", "VpcIpv6", { VpcId = vpc.made:ref(), AmazonProvidedIpv6CidrBlock = true })
  end
  vpc_tiers.make(vpc)
  dhcp(vpc)
  vpc.endpoints = properties.Endpoints ~= nil and endpoints.make(vpc, add) or {}
  if properties.EnableFlowLogs ~= nil or properties.FlowLogsRoleBoundary ~= nil or properties.FlowLogsRetentionInDays ~= nil then
    flow_logs.make(vpc, add)
  end
  return vpc
end

return own_vpc
