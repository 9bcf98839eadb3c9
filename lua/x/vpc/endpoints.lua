--- Endpoints of a VPC: ways to AWS services that do not leave it.
local read <const> = engine.use("base/read")
local endpoints <const> = {}

local gateways <const> = { s3 = true, dynamodb = true }

--- The services of `Endpoints: {AwsServices: [...]}`, each a text or `service: name`, at their places.
local function services(properties)
  local wanted <const> = read.part(properties, "Endpoints")
  local list <const> = {}
  for index, item in ipairs(read.items(wanted, "AwsServices")) do
    local name <const> = read.is_mapping(item) and item.service or item
    if type(name) == "string" and name:find("^[%l%d][%l%d.-]*$") then
      table.insert(list, { name = name, where = { wanted.AwsServices, index } })
    else
      engine.error({ wanted.AwsServices, index }, "x-vpc Endpoints.AwsServices takes names of AWS services",
        "write s3, or service: ecr.api")
    end
  end
  return list
end

local function security_group(vpc, add)
  return add("AWS::EC2::SecurityGroup", "EndpointsSecurityGroup", {
    GroupDescription = "Endpoints of AWS services", VpcId = vpc.made:ref(),
    SecurityGroupIngress = { {
      IpProtocol = "tcp", FromPort = 443, ToPort = 443, CidrIp = vpc.cidr, Description = "HTTPS from the VPC",
    } },
  })
end

--- Makes the endpoints; returns the names of their services, and the resources as `made`.
function endpoints.make(vpc, add)
  local names <const> = { made = {} }
  local group
  for _, service in ipairs(services(vpc.properties)) do
    if read.index(names, service.name) then
      engine.error(service.where, "x-vpc names the endpoint " .. service.name .. " twice", "name it once")
    else
      table.insert(names, service.name)
      local noun <const> = engine.pascal(service.name) .. "Endpoint"
      local common <const> = {
        VpcId = vpc.made:ref(),
        ServiceName = engine.placed(composex.sub("com.amazonaws.${AWS::Region}." .. service.name), service.where),
      }
      if gateways[service.name] then
        common.VpcEndpointType, common.RouteTableIds = "Gateway", {}
        for _, routes in ipairs(vpc.app_route_tables) do table.insert(common.RouteTableIds, routes:ref()) end
      else
        group = group or security_group(vpc, add)
        common.VpcEndpointType, common.PrivateDnsEnabled = "Interface", true
        common.SecurityGroupIds, common.SubnetIds = { group:att("GroupId") }, {}
        for _, subnet in ipairs(vpc.tiers.app) do table.insert(common.SubnetIds, subnet:ref()) end
      end
      table.insert(names.made, add("AWS::EC2::VPCEndpoint", noun, common))
    end
  end
  return names
end

return endpoints
