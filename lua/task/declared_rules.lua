--- `x-composex: {isolation: declared}`: the ports of a service are open to those services that name it in `depends_on` or `links`, and share
--- a network with it.
local families <const> = engine.use("project/families")
local networks <const> = engine.use("project/networks")
local port_ranges <const> = engine.use("task/port_ranges")
local read <const> = engine.use("base/read")
local rule_text <const> = engine.use("kinds/rule_text")
local service_connect <const> = engine.use("task/service_connect")
local used_names <const> = engine.use("project/used_names")
local declared_rules <const> = {}

--- What a service declares that it connects to: the name of a service to what says so.
local function declared_by(service)
  local found <const> = {}
  for name in pairs(service.depends_on or {}) do found[name] = "depends_on" end
  for _, text in ipairs(service.links or {}) do
    local name <const> = text:match("^[^:]+")
    if name and families.service(name) then found[name] = "links" end
  end
  return found
end

--- The ports that a family offers by the name of one of its services.
local function offered_as(family, name)
  local list <const> = {}
  for _, each in ipairs(service_connect.offers(family)) do
    if each.port.service.name == name then table.insert(list, each) end
  end
  return list
end

--- Whether a family says by name that it lets the other in (`x-network.Ingress.Services`).
local function lets_in(family, client)
  for _, service in ipairs(family.services) do
    for _, source in ipairs(read.at(service, "x-network", "Ingress", "Services") or {}) do
      local name <const> = read.is_mapping(source) and source.Name
      if name == client.name or client.by_name[name] then return true end
    end
  end
  return false
end

--- A client whose Egress is limited is allowed what it declares.
local function allow_out(client, family, range)
  if not families.says(client, "x-network", "Egress") then return end
  engine.add {
    type = "AWS::EC2::SecurityGroupEgress", noun = "To" .. engine.pascal(family.name) .. "On" .. range.target .. "Egress",
    family = client.name, key = "services", name = client.main.name, part = "egress", at = client.main,
    properties = {
      GroupId = client.made.security_group:att("GroupId"), DestinationSecurityGroupId = family.made.security_group:att("GroupId"),
      IpProtocol = "tcp", FromPort = range.first, ToPort = range.last or range.first,
      Description = rule_text.clean("To service " .. family.name),
    },
  }
end

--- Opens what a service declares, each range once for its family.
local function open(client, service, done)
  for name, key in pairs(declared_by(service)) do
    local family <const> = not client.by_name[name] and families.of(name)[1]
    local can <const> = family and client.made.security_group and family.made.security_group and networks.shared(client, family)
    for _, range in ipairs(can and port_ranges.of(offered_as(family, name)) or {}) do
      local way <const> = family.name .. " " .. range.target
      if not done[way] then
        done[way] = true
        port_ranges.open(family, family.made.security_group, range, client.made.security_group, "service-" .. client.name,
          rule_text.clean("From service " .. client.name .. ", by its " .. key))
        allow_out(client, family, range)
      end
    end
  end
end

--- Reports names that a service uses without declaring it: nothing leads there.
local function report(client, service)
  local known <const> = declared_by(service)
  for _, used in ipairs(used_names.of(service)) do
    local family <const> = not known[used.name] and not client.by_name[used.name] and families.of(used.name)[1]
    if family and #offered_as(family, used.name) > 0 and networks.shared(client, family) and not lets_in(family, client) then
      engine.warn(used.where, "services::" .. service.name .. " names services::" .. used.name
        .. " and does not reach it: isolation is declared, and nothing declares that it connects there",
        "write depends_on: [" .. used.name .. "] at services::" .. service.name)
    end
  end
end

--- Opens what services declare that they connect to. Runs when the families are made.
function declared_rules.open()
  for _, client in ipairs(families.all()) do
    local done <const> = {}
    for _, service in ipairs(client.services) do
      open(client, service, done)
      report(client, service)
    end
  end
end

return declared_rules
