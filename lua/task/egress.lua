--- What the tasks of a family may connect to (`x-network.Egress`): everything, until the file says less. Then it is what the file names,
--- the resources that were granted, and the services on the same compose networks.
local ingress <const> = engine.use("task/ingress")
local network_group <const> = engine.use("task/network_group")
local network_rules <const> = engine.use("task/network_rules")
local read <const> = engine.use("base/read")
local egress <const> = {}

--- What the services of a family say, with the section that says it: `{ { list, service } }`; nil when none does.
local function rules_of(family)
  local all <const> = {}
  for _, service in ipairs(family.services) do
    local list <const> = read.at(service, "x-network", "Egress")
    if list ~= nil then table.insert(all, { list = list, service = service }) end
  end
  return #all > 0 and all or nil
end

--- The port ranges of a rule, `{ first, last }`: those of `Ports` (`443`, `"8000-8010"`), else all.
local function ranges(item, service)
  local list <const> = {}
  for index, text in ipairs(item.Ports or {}) do
    local first <const>, last <const> = tostring(text):match("^(%d+)%-?(%d*)$")
    if not first then
      engine.error({ item.Ports, index }, "services::" .. service.name .. " x-network Egress has no port \"" .. tostring(text) .. "\"",
        "write 443 or \"8000-8010\"")
    else
      table.insert(list, { tonumber(first), tonumber(last ~= "" and last or first) })
    end
  end
  return list
end

local function add(rules, item, target, service)
  local description <const> = read.placed(item, "Description") or read.placed(item, "Name")
  local protocol <const> = item.Protocol or "tcp"
  local open <const> = ranges(item, service)
  if #open == 0 then
    table.insert(rules, { IpProtocol = "-1", [target.property] = target.value, Description = description })
  end
  for _, range in ipairs(open) do
    table.insert(rules, {
      IpProtocol = protocol, FromPort = range[1], ToPort = range[2], [target.property] = target.value, Description = description,
    })
  end
end

--- The SecurityGroupEgress of a family's security group; nil when its tasks may connect to everything.
function egress.rules(family)
  local all <const> = rules_of(family)
  if not all then return nil end
  local rules <const> = {}
  for _, each in ipairs(all) do
    for _, item in ipairs(each.list) do
      for _, target in ipairs(ingress.targets(item, each.service)) do add(rules, item, target, each.service) end
    end
  end
  if #rules == 0 then table.insert(rules, network_group.nowhere) end
  return rules
end

--- A rule that lets a family's tasks connect to a security group.
local function to_group(family, noun, own, properties)
  properties.GroupId = own:att("GroupId")
  engine.add {
    type = "AWS::EC2::SecurityGroupEgress", noun = noun, family = family.name, key = "services", name = family.main.name, part = "egress",
    at = family.main, properties = properties,
  }
end

--- The rules that what was granted needs: to the resources of `reach` (see `kinds/grants`), and to services on the same networks.
function egress.open(family, own, reach)
  local done <const> = {}
  for _, rule in ipairs(reach) do
    if not done[rule.noun] then
      done[rule.noun] = true
      to_group(family, (rule.noun:gsub("Ingress$", "")) .. "Egress", own, {
        DestinationSecurityGroupId = rule.group, IpProtocol = rule.protocol, FromPort = rule.port, ToPort = rule.port,
        Description = rule.description or ("From service " .. family.name),
      })
    end
  end
  for index, group in ipairs(network_rules.reached(family)) do
    to_group(family, "ToNetwork" .. index .. "Egress", own, {
      DestinationSecurityGroupId = group, IpProtocol = "tcp", FromPort = 1, ToPort = 65535, Description = "Services on the same compose network",
    })
  end
end

return egress
