--- The security group of a family's tasks, and the rules that let it into what the family was granted.
local lazy <const> = engine.use("base/lazy")
local add <const> = engine.use("task/family_resource")
local compute <const> = engine.use("x/cluster/compute")
local egress <const> = lazy("task/egress")
local families <const> = engine.use("project/families")
local network <const> = engine.use("x/vpc/network")
local roles <const> = engine.use("task/roles")
local rule_text <const> = engine.use("kinds/rule_text")
local task_group <const> = {}

--- Whether the file says what the tasks may connect to.
local function limits_egress(family)
  return families.says(family, "x-network", "Egress")
end

--- The security group of the tasks; nil where they have no addresses of their own.
function task_group.make(family)
  if family.runs.network_mode ~= "awsvpc" then return nil end
  return (add(family, "security_group", "AWS::EC2::SecurityGroup", "SecurityGroup", {
    GroupDescription = rule_text.clean("Tasks of service " .. family.name),
    SecurityGroupEgress = limits_egress(family) and egress.rules(family) or nil,
    VpcId = network.vpc(),
  }))
end

--- Rules that let the family's tasks into what it was granted, each once: EC2 refuses a second one that says the same.
function task_group.reach(family, made)
  local done <const> = {}
  local group <const> = made.security_group or compute.group_of_instances()
  local rules <const> = roles.granted(family, "reach")
  if not group and #rules > 0 then
    engine.warn(family.main, "services::" .. family.main.name .. " connects from the address of its instance: "
      .. "no resource that it may use has a rule for it", "open the security groups of those resources to your instances")
  end
  if made.security_group and limits_egress(family) then egress.open(family, group, rules) end
  for _, rule in ipairs(rules) do
    local way <const> = tostring(rule.group) .. " " .. rule.protocol .. " " .. tostring(rule.port)
    if group and not done[rule.noun] and not done[way] then
      done[rule.noun], done[way] = true, true
      add(family, "reach", "AWS::EC2::SecurityGroupIngress", rule.noun, {
        GroupId = rule.group,
        SourceSecurityGroupId = group:att("GroupId"),
        IpProtocol = rule.protocol, FromPort = rule.port, ToPort = rule.port,
        Description = rule.description or ("From service " .. family.name),
      })
    end
  end
end

return task_group
