--- Doors: the ports of containers that a load balancer has to reach, opened in the security groups of their tasks.
local compute <const> = engine.use("x/cluster/compute")
local families <const> = engine.use("project/families")
local elb_doors <const> = {}

--- The ports behind a door, first and last: the container's, or those that its instance has for it: a published one, else any.
local function ports_of(door)
  local port <const> = door.port
  local target <const> = engine.placed(port.target, port.where)
  if compute.of(door.family).network_mode ~= "bridge" then return target, target end
  local published <const> = port.published
  if published and published.first == published.last then return published.first, published.last end
  return 32768, 65535
end

--- Opens the ports of target groups to a load balancer, and gives services time to answer. Runs when the services are made.
function elb_doors.open(definition)
  local balancer <const> = definition.balancer
  local seen <const> = {}
  for _, door in ipairs(balancer.doors) do
    local made <const> = door.family.made
    local own <const> = made.security_group or compute.group_of_instances()
    local first <const>, last <const> = ports_of(door)
    for _, protocol in ipairs(door.protocols) do
      local key <const> = door.family.name .. " " .. door.port.target .. "/" .. protocol
      if own and balancer.group and not seen[key] then
        seen[key] = true
        engine.add {
          type = "AWS::EC2::SecurityGroupIngress", key = "services", name = door.family.main.name,
          family = families.id_name(door.family, door.family.main.name),
          part = "ingress from " .. balancer.name .. " " .. door.port.target .. protocol, at = balancer.at,
          noun = "From" .. engine.pascal(balancer.name) .. "On" .. door.port.target .. (protocol == "udp" and "Udp" or "") .. "Ingress",
          properties = {
            GroupId = own:att("GroupId"), SourceSecurityGroupId = balancer.group, IpProtocol = protocol,
            FromPort = first, ToPort = last, Description = "From load balancer " .. balancer.name,
          },
        }
      end
    end
    local service <const> = made.service
    if service and service.Properties.HealthCheckGracePeriodSeconds == nil then
      service.Properties.HealthCheckGracePeriodSeconds = 300
    end
  end
end

return elb_doors
