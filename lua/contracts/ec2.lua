--- Contracts of Amazon EC2: security groups, subnets, routes, endpoints and gateways.
local cidr <const> = engine.use("base/cidr")
local values <const> = engine.use("contracts/values")

local api <const> = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/"
local checked <const> = "2026-11-29"
local group <const>, ingress <const>, egress <const> = "AWS::EC2::SecurityGroup", "AWS::EC2::SecurityGroupIngress", "AWS::EC2::SecurityGroupEgress"

--- What descriptions and names of security groups consist of.
local alphabet <const> = "^[%w%s._%-:/()#,@%[%]+=&;{}!$*]*$"
local words <const> = "letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*"

--- Where rules of security groups stand: in a group, and alone.
local rules <const> = { group, ingress, egress }

--- Holds a contract for every rule of a resource: `fault(rule)` gives a property and a detail.
local function of_rules(fault)
  return function(properties, made)
    local found <const> = {}
    local function look(rule, steps)
      local property <const>, detail <const> = fault(rule)
      if property then
        local path <const> = { table.unpack(steps) }
        path[#path + 1] = property
        found[#found + 1] = { path = path, detail = detail }
      end
    end
    if made.type ~= group then look(properties, {}) return found end
    for _, list in ipairs { "SecurityGroupIngress", "SecurityGroupEgress" } do
      for index, rule in ipairs(values.items(properties[list])) do look(rule, { list, index }) end
    end
    return found
  end
end

--- The block of a subnet that is known.
local function block_of(properties)
  return type(properties.CidrBlock) == "string" and cidr.parse(properties.CidrBlock) or nil
end

local function overlap(one, other)
  return one.base < other.base + (1 << (32 - other.length)) and other.base < one.base + (1 << (32 - one.length))
end

--- Who a rule is about, as text; nil when it is about nobody that is known.
local function peer_of(rule)
  for _, name in ipairs {
    "CidrIp", "CidrIpv6", "SourcePrefixListId", "SourceSecurityGroupId", "DestinationPrefixListId", "DestinationSecurityGroupId",
  } do
    local value <const> = rule[name]
    local target <const>, attribute <const> = values.target(value)
    if target then return name .. " " .. target .. " " .. tostring(attribute or "GroupId") end
    if type(value) == "string" then return name .. " " .. value end
  end
end

--- What a rule says, as text: the same text twice at a group is refused. nil when it is not known.
local function rule_key(rule, group_id, direction)
  local peer <const> = peer_of(rule)
  local is_known <const> = type(rule.IpProtocol) ~= "table" and type(rule.FromPort) ~= "table" and type(rule.ToPort) ~= "table"
  if not peer or not group_id or not is_known then return nil end
  return table.concat({ direction, group_id, tostring(rule.IpProtocol), tostring(rule.FromPort), tostring(rule.ToPort), peer }, " ")
end

--- By the text of a rule: where it stands first, as `{ id, list, index }`; and where it stands again. Read once for a template.
local function repeated_rules(template)
  if template.repeated_rules then return template.repeated_rules end
  local first <const>, again <const> = {}, {}
  local function note(key, made, list, index)
    if not key then return end
    if first[key] then
      again[made.id] = again[made.id] or {}
      table.insert(again[made.id], { path = list and { list, index } or {}, detail = first[key] .. " has it already" })
    else
      first[key] = made.id
    end
  end
  for _, made in ipairs(template.of(group)) do
    for _, list in ipairs { "SecurityGroupIngress", "SecurityGroupEgress" } do
      for index, rule in ipairs(values.items(made.properties[list])) do
        if type(rule) == "table" then note(rule_key(rule, made.id, list), made, list, index) end
      end
    end
  end
  for type_name, list in pairs { [ingress] = "SecurityGroupIngress", [egress] = "SecurityGroupEgress" } do
    for _, made in ipairs(template.of(type_name)) do
      local rule <const> = made.properties
      note(rule_key(rule, values.target(rule.GroupId) or values.string(rule.GroupId), list), made)
    end
  end
  template.repeated_rules = again
  return again
end

local function is_of_ports(rule) return rule.IpProtocol == "tcp" or rule.IpProtocol == "udp" end

--- Where resources name their groups, and the subnets that those must belong with.
local attached <const> = {
  ["AWS::ECS::Service"] = { "NetworkConfiguration.AwsvpcConfiguration.SecurityGroups", "NetworkConfiguration.AwsvpcConfiguration.Subnets" },
  ["AWS::ElasticLoadBalancingV2::LoadBalancer"] = { "SecurityGroups", "Subnets" },
  ["AWS::EC2::VPCEndpoint"] = { "SecurityGroupIds", "SubnetIds" },
  ["AWS::EFS::MountTarget"] = { "SecurityGroups", "SubnetId" },
  ["AWS::RDS::DBInstance"] = { "VPCSecurityGroups", "DBSubnetGroupName" },
  ["AWS::RDS::DBCluster"] = { "VpcSecurityGroupIds", "DBSubnetGroupName" },
  ["AWS::RDS::DBProxy"] = { "VpcSecurityGroupIds", "VpcSubnetIds" },
  ["AWS::DocDB::DBCluster"] = { "VpcSecurityGroupIds", "DBSubnetGroupName" },
  ["AWS::Neptune::DBCluster"] = { "VpcSecurityGroupIds", "DBSubnetGroupName" },
  ["AWS::ElastiCache::ReplicationGroup"] = { "SecurityGroupIds", "CacheSubnetGroupName" },
  ["AWS::ElastiCache::CacheCluster"] = { "VpcSecurityGroupIds", "CacheSubnetGroupName" },
  ["AWS::ElastiCache::ServerlessCache"] = { "SecurityGroupIds", "SubnetIds" },
  ["AWS::AmazonMQ::Broker"] = { "SecurityGroups", "SubnetIds" },
  ["AWS::MSK::Cluster"] = { "BrokerNodeGroupInfo.SecurityGroups", "BrokerNodeGroupInfo.ClientSubnets" },
  ["AWS::Lambda::Function"] = { "VpcConfig.SecurityGroupIds", "VpcConfig.SubnetIds" },
}

--- Whether what a resource stands in is made by the template: subnets, or a group of them.
local function is_made_here(value, template)
  local first <const> = type(value) == "table" and (value[1] or value) or nil
  local found <const> = template.find(first)
  if not found then return false end
  if found.type == "AWS::EC2::Subnet" then return template.find(found.properties.VpcId) ~= nil end
  return is_made_here(found.properties.SubnetIds, template)
end

local attached_types <const> = {}
for name in pairs(attached) do attached_types[#attached_types + 1] = name end
table.sort(attached_types)

return {
  {
    id = "ec2-group-of-vpc", on = attached_types, severity = "warning",
    must = "must have security groups of the VPC that it stands in",
    faults = function(properties, made, template)
      local found <const>, row <const> = {}, attached[made.type]
      if not is_made_here(values.at(properties, row[2]), template) then return found end
      for index, each in ipairs(values.items(values.at(properties, row[1]))) do
        if type(each) == "string" and each:find("^sg%-") then
          local path <const> = { table.unpack(values.steps(row[1])) }
          path[#path + 1] = index
          found[#found + 1] = { path = path, detail = each .. " exists already, and the VPC is made here" }
        end
      end
      return found
    end,
    remedy = "deploy into the VPC of that group: x-vpc: {Lookup: {VpcId: vpc-0a1b2c3d4e5f60718}}", page = api .. "API_CreateSecurityGroup.html",
    checked = checked,
  },
  {
    id = "ec2-group-description", on = group, at = "GroupDescription", name = { 1, 255, alphabet, words },
    must = "must have a GroupDescription of 1 to 255 " .. words, remedy = "write GroupDescription: Web servers",
    page = api .. "API_CreateSecurityGroup.html", checked = checked,
  },
  {
    id = "ec2-group-name", on = group, at = "GroupName", name = { 1, 255, alphabet, words }, must = "must have a GroupName of 1 to 255 " .. words,
    remedy = "write GroupName: web", page = api .. "API_CreateSecurityGroup.html", checked = checked,
  },
  {
    id = "ec2-group-name-prefix", on = group, at = "GroupName", must = "must have a GroupName that does not begin with sg-",
    holds = function(properties) return type(properties.GroupName) ~= "string" or not properties.GroupName:lower():find("^sg%-") end,
    remedy = "write GroupName: web", page = api .. "API_CreateSecurityGroup.html", checked = checked,
  },
  {
    id = "ec2-rule-description", on = rules, must = "must describe its rules with at most 255 " .. words,
    faults = of_rules(function(rule)
      local text <const> = values.string(rule.Description)
      if not text then return nil end
      if #text > 255 then return "Description", "one has " .. #text end
      if not text:find(alphabet) then return "Description", "not \"" .. text .. "\"" end
    end),
    remedy = "leave the other letters out", page = api .. "API_IpRange.html", checked = checked,
  },
  {
    id = "ec2-rule-ports", on = rules, must = "must have rules whose FromPort is not above ToPort",
    faults = of_rules(function(rule)
      local from <const>, to <const> = values.number(rule.FromPort), values.number(rule.ToPort)
      if is_of_ports(rule) and from and to and from > to then return "FromPort", math.tointeger(from) .. " is above " .. math.tointeger(to) end
    end),
    remedy = "write the lower port as FromPort", page = api .. "API_IpPermission.html", checked = checked,
  },
  {
    id = "ec2-rule-port-range", on = rules, must = "must have ports from 0 to 65535 in its rules of tcp and udp",
    faults = of_rules(function(rule)
      for _, name in ipairs { "FromPort", "ToPort" } do
        local port <const> = is_of_ports(rule) and values.number(rule[name])
        if port and (port < 0 or port > 65535) then return name, "not " .. math.tointeger(port) end
      end
    end),
    remedy = "write a port from 0 to 65535", page = api .. "API_IpPermission.html", checked = checked,
  },
  {
    id = "ec2-rule-no-ports", on = rules, must = "must have ports in its rules of tcp and udp",
    faults = of_rules(function(rule)
      if not is_of_ports(rule) then return nil end
      if rule.FromPort == nil or rule.ToPort == nil then return "IpProtocol", rule.IpProtocol .. " has no FromPort or no ToPort" end
    end),
    remedy = "write FromPort: 443, ToPort: 443", page = api .. "API_IpPermission.html", checked = checked,
  },
  {
    id = "ec2-rule-address", on = rules, must = "must name ranges of addresses of the kind that its rules say",
    faults = of_rules(function(rule)
      local four <const>, six <const> = values.string(rule.CidrIp), values.string(rule.CidrIpv6)
      if four and four:find(":", 1, true) then return "CidrIp", four .. " is of IPv6" end
      if six and not six:find(":", 1, true) then return "CidrIpv6", six .. " is of IPv4" end
    end),
    remedy = "write CidrIp: 10.0.0.0/16, or CidrIpv6: \"::/0\"", page = api .. "API_IpRange.html", checked = checked,
  },
  {
    id = "ec2-vpc-size", on = { "AWS::EC2::VPC", "AWS::EC2::Subnet" }, at = "CidrBlock", must = "must have a CidrBlock from /16 to /28",
    holds = function(properties)
      local size <const> = type(properties.CidrBlock) == "string" and tonumber(properties.CidrBlock:match("^%d+%.%d+%.%d+%.%d+/(%d+)$"))
      return not size or size >= 16 and size <= 28, nil, "not /" .. tostring(size)
    end,
    remedy = "write CidrBlock: 10.0.0.0/16", page = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html", checked = checked,
  },
  {
    id = "ec2-endpoint-dns", on = "AWS::EC2::VPCEndpoint", at = "PrivateDnsEnabled", when = { PrivateDnsEnabled = true },
    must = "must stand in a VPC with EnableDnsSupport and EnableDnsHostnames to have private names",
    holds = function(properties, _, template)
      local vpc <const> = template.find(properties.VpcId)
      if not vpc or vpc.type ~= "AWS::EC2::VPC" then return true end
      if values.is_false(vpc.properties.EnableDnsSupport) then return false, nil, vpc.id .. " has EnableDnsSupport: false" end
      local hostnames <const> = vpc.properties.EnableDnsHostnames
      return type(hostnames) == "table" or values.is_true(hostnames), nil, "and " .. vpc.id .. " has no EnableDnsHostnames"
    end,
    remedy = "write EnableDnsSupport: true, EnableDnsHostnames: true at the VPC", page = api .. "API_CreateVpcEndpoint.html", checked = checked,
  },
  {
    id = "ec2-nat-private-address", on = "AWS::EC2::NatGateway", at = "AllocationId", when = { ConnectivityType = "private" },
    must = "must not have an AllocationId, for it is private", holds = function(properties) return properties.AllocationId == nil end,
    remedy = "leave AllocationId out", page = api .. "API_CreateNatGateway.html", checked = checked,
  },
  {
    id = "ec2-launch-template-groups", on = "AWS::EC2::LaunchTemplate", at = "LaunchTemplateData.SecurityGroupIds",
    must = "must have its security groups at the network interface, for it has one",
    holds = function(properties)
      local data <const> = properties.LaunchTemplateData
      return #values.items(values.at(data, "NetworkInterfaces")) == 0
        or values.at(data, "SecurityGroupIds") == nil and values.at(data, "SecurityGroups") == nil
    end,
    remedy = "write NetworkInterfaces: [{DeviceIndex: 0, Groups: [...]}]", page = api .. "API_RequestLaunchTemplateData.html", checked = checked,
  },
  {
    id = "ec2-launch-template-type", on = "AWS::EC2::LaunchTemplate", each = "LaunchTemplateData", at = "InstanceType", excludes = "InstanceRequirements",
    must = "must have an InstanceType or InstanceRequirements, not both", remedy = "leave InstanceType out",
    page = api .. "API_RequestLaunchTemplateData.html", checked = checked,
  },
  {
    id = "ec2-launch-template-name", on = "AWS::EC2::LaunchTemplate", at = "LaunchTemplateName",
    name = { 3, 128, "^[%w().%-/_]+$", "letters, digits and ().-/_" },
    must = "must have a LaunchTemplateName of 3 to 128 letters, digits and ().-/_", remedy = "write LaunchTemplateName: shop",
    page = api .. "API_CreateLaunchTemplate.html", checked = checked,
  },
  {
    id = "ec2-volume-throughput", on = "AWS::EC2::LaunchTemplate", at = "LaunchTemplateData.BlockDeviceMappings[].Ebs.Throughput", range = { 125, 2000 },
    must = "must have a Throughput from 125 to 2000 MiB/s", remedy = "write Throughput: 125",
    page = api .. "API_LaunchTemplateEbsBlockDeviceRequest.html", checked = checked,
  },
  {
    id = "ec2-volume-iops", on = "AWS::EC2::LaunchTemplate", each = "LaunchTemplateData.BlockDeviceMappings[].Ebs", at = "Iops",
    beside = { "VolumeType", { "gp3", "io1", "io2" } }, must = "must have Iops at volumes of the types gp3, io1 and io2 only",
    remedy = "write VolumeType: gp3, or leave Iops out", page = api .. "API_LaunchTemplateEbsBlockDeviceRequest.html", checked = checked,
  },
  {
    id = "ec2-subnet-overlap", on = "AWS::EC2::Subnet", at = "CidrBlock", must = "must have a CidrBlock that no other subnet of its VPC has a part of",
    holds = function(properties, made, template)
      local own <const>, vpc <const> = block_of(properties), values.target(properties.VpcId)
      if not own or not vpc then return true end
      for _, other in ipairs(template.of("AWS::EC2::Subnet")) do
        if other.id == made.id then return true end
        local block <const> = values.target(other.properties.VpcId) == vpc and block_of(other.properties)
        if block and overlap(own, block) then return false, nil, other.id .. " has " .. other.properties.CidrBlock end
      end
      return true
    end,
    remedy = "write another CidrBlock", page = api .. "API_CreateSubnet.html", checked = checked,
  },
  {
    id = "ec2-rule-twice", on = rules, must = "must not have a rule that its group has already",
    faults = function(_, made, template) return repeated_rules(template)[made.id] or {} end,
    remedy = "leave one of them out", page = api .. "API_AuthorizeSecurityGroupIngress.html", checked = checked,
  },
  {
    id = "ec2-endpoint-subnets", on = "AWS::EC2::VPCEndpoint", at = "SubnetIds", given = "SubnetIds",
    must = "must not have SubnetIds: it is a gateway",
    holds = function(properties) return properties.VpcEndpointType ~= nil and properties.VpcEndpointType ~= "Gateway" end,
    remedy = "write VpcEndpointType: Interface, or RouteTableIds", page = api .. "API_CreateVpcEndpoint.html", checked = checked,
  },
  {
    id = "ec2-endpoint-groups", on = "AWS::EC2::VPCEndpoint", at = "SecurityGroupIds", given = "SecurityGroupIds",
    must = "must not have SecurityGroupIds: it is a gateway",
    holds = function(properties) return properties.VpcEndpointType ~= nil and properties.VpcEndpointType ~= "Gateway" end,
    remedy = "write VpcEndpointType: Interface, or RouteTableIds", page = api .. "API_CreateVpcEndpoint.html", checked = checked,
  },
  {
    id = "ec2-endpoint-route-tables", on = "AWS::EC2::VPCEndpoint", at = "RouteTableIds", given = "RouteTableIds", when = { VpcEndpointType = "Interface" },
    must = "must not have RouteTableIds: it is an interface", holds = function() return false end, remedy = "write SubnetIds",
    page = api .. "API_CreateVpcEndpoint.html", checked = checked,
  },
}
