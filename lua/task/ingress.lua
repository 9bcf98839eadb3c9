--- Who may connect to the tasks of a family (`x-network.Ingress`): nobody, until the file says so. Rules open the ports that the
--- containers listen on.
local networks <const> = engine.use("project/networks")
local families <const> = engine.use("project/families")
local ports <const> = engine.use("project/ports")
local read <const> = engine.use("base/read")
local rule_text <const> = engine.use("kinds/rule_text")
local units <const> = engine.use("base/units")
local values <const> = engine.use("kinds/texts")
local ingress <const> = {}

--- Services that say something about ingress, with what they say.
local function rules_of(family, key)
  local list <const> = {}
  for _, service in ipairs(family.services) do
    local section <const> = read.at(service, "x-network", "Ingress")
    if section ~= nil and section[key] ~= nil then table.insert(list, { service = service, section = section, value = section[key] }) end
  end
  return list
end

--- The family's ports that a rule opens: those of `Ports`, else all. A published port stands for the one that listens.
local function opened(family, source, where)
  local all <const> = ports.of(family)
  if source.Ports == nil then return all end
  local list <const> = {}
  for index, wanted in ipairs(source.Ports) do
    local found = false
    local range <const> = units.ports(wanted)
    for _, port in ipairs(all) do
      local published <const> = port.published
      local is_published <const> = published and range and published.first == range.first and published.last == range.last
      if tostring(port.target) == tostring(wanted) or is_published then
        table.insert(list, port)
        found = true
      end
    end
    if not found then
      engine.error({ source.Ports, index }, "services::" .. family.main.name .. " has no port " .. tostring(wanted),
        "name a port of ports or expose")
    end
  end
  if #all == 0 then engine.warn(where, "services::" .. family.main.name .. " has no ports: the rule opens nothing") end
  return list
end

--- `10.0.0.0/8` as part of a logical id, each text another.
local function id_of(text)
  return (text:gsub("%.", "x"):gsub("/", "m"):gsub(":", "c"):gsub("[^%w]", ""))
end

--- What a rule lets in, as text; the same rule again is the same one to EC2, which refuses it.
--- https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html (2026-11-29)
local function rule_key(port, properties)
  local parts <const> = { tostring(port.target), port.protocol }
  for _, name in ipairs { "CidrIp", "CidrIpv6", "SourcePrefixListId", "SourceSecurityGroupId" } do
    local value <const> = properties[name]
    table.insert(parts, value ~= nil and name .. " " .. tostring(value) or "")
  end
  return table.concat(parts, " ")
end

local function add(family, noun, port, properties, where)
  local key <const> = rule_key(port, properties)
  if family.let_in[key] then return end
  family.let_in[key] = true
  properties.IpProtocol = port.protocol
  properties.FromPort, properties.ToPort = engine.placed(port.target, port.where), engine.placed(port.target, port.where)
  engine.add {
    type = "AWS::EC2::SecurityGroupIngress", noun = "From" .. noun .. "To" .. port.target .. port.protocol .. "Ingress",
    family = family.name, key = "services", name = family.main.name, part = "ingress", at = where, properties = properties,
  }
end

-- Addresses ---------------------------------------------------------------------------------------------------------

local function is_ipv4(text)
  local a <const>, b <const>, c <const>, d <const>, bits <const> = text:match("^(%d+)%.(%d+)%.(%d+)%.(%d+)/(%d+)$")
  if not a then return false end
  for _, byte in ipairs { a, b, c, d } do
    if tonumber(byte) > 255 then return false end
  end
  return tonumber(bits) <= 32
end

local function is_ipv6(text)
  local address <const>, bits <const> = text:match("^([%x:]+)/(%d+)$")
  return address ~= nil and address:find(":", 1, true) ~= nil and tonumber(bits) <= 128
end

--- The addresses of a source, as `{ property, value, id }`.
local function addresses(source, service, section)
  local list <const> = {}
  for _, row in ipairs { { "IPv4", "CidrIp", is_ipv4, "/32", "203.0.113.0/24" }, { "IPv6", "CidrIpv6", is_ipv6, "/128", "2001:db8::/32" } } do
    local text <const> = source[row[1]]
    if type(text) == "string" then
      local range <const> = text:find("/", 1, true) and text or text .. row[4]
      if not row[3](range) then
        engine.error({ source, row[1] }, "services::" .. service.name .. " x-network " .. row[1] .. " " .. text .. " is no range of addresses",
          "write one like " .. row[5])
      end
      table.insert(list, { property = row[2], value = engine.placed(range, { source, row[1] }), id = id_of(range) })
    elseif text ~= nil then
      table.insert(list, { property = row[2], value = text, id = row[1] })
    end
  end
  if #list == 0 then
    engine.error(source, "an item of " .. (section or "ExtSources") .. " needs IPv4 or IPv6", "write IPv4: 203.0.113.0/24")
  end
  return list
end

--- What an item of `x-network.Egress` leads to: addresses, or a list of prefixes.
function ingress.targets(item, service)
  if item.PrefixList ~= nil then return { { property = "DestinationPrefixListId", value = read.placed(item, "PrefixList") } } end
  return addresses(item, service, "Egress")
end

local function from_addresses(family, made)
  for _, each in ipairs(rules_of(family, "ExtSources")) do
    for index, source in ipairs(each.value) do
      local where <const> = { each.value, index }
      for _, address in ipairs(addresses(source, each.service)) do
        local noun <const> = (source.Name ~= nil and engine.pascal(source.Name) or "") .. address.id
        for _, port in ipairs(opened(family, source, where)) do
          add(family, noun, port, {
            GroupId = made.security_group:att("GroupId"), [address.property] = address.value,
            Description = rule_text.of_source(source),
          }, where)
        end
      end
    end
  end
end

local function from_aws(family, made)
  for _, each in ipairs(rules_of(family, "AwsSources")) do
    for index, source in ipairs(each.value) do
      local where <const> = { each.value, index }
      if source.Lookup ~= nil then
        engine.error({ source, "Lookup" }, "an item of AwsSources cannot be looked up by its tags", "write Id with the id")
      elseif source.Id == nil or source.Type == nil then
        engine.error(where, "an item of AwsSources needs Type and Id", "write Type: SecurityGroup and Id: sg-0123456789abcdef0")
      else
        local is_group <const> = source.Type == "SecurityGroup"
        local noun <const> = type(source.Id) == "string" and engine.pascal(source.Id) or source.Type .. index
        for _, port in ipairs(opened(family, source, where)) do
          add(family, noun, port, {
            GroupId = made.security_group:att("GroupId"),
            [is_group and "SourceSecurityGroupId" or "SourcePrefixListId"] = read.placed(source, "Id"),
            SourceSecurityGroupOwnerId = is_group and source.AccountOwner ~= nil and read.placed(source, "AccountOwner") or nil,
            Description = source.Description ~= nil and rule_text.of_source(source) or nil,
          }, where)
        end
      end
    end
  end
end

-- Services ----------------------------------------------------------------------------------------------------------

--- The security groups of the families that a name stands for, as `{ name, group }`.
local function groups_of(name)
  local list <const> = {}
  local all <const> = families.named_by(name)
  for _, family in ipairs(all) do
    local group <const> = family.made.security_group
    if group then table.insert(list, { name = #all > 1 and family.name or name, group = group }) end
  end
  return list
end

local function from_services(family, made, names)
  for _, each in ipairs(rules_of(family, "Services")) do
    for index, source in ipairs(each.value) do
      local where <const> = { each.value, index }
      local sources <const> = type(source.Name) == "string" and groups_of(source.Name) or {}
      if #sources == 0 then
        engine.error(where, "services::" .. each.service.name .. " lets in a service \"" .. tostring(source.Name) .. "\", which is not defined",
          engine.near(tostring(source.Name), names, "there are"))
      else
        local open <const> = opened(family, source, where)
        for _, from in ipairs(sources) do
          for _, port in ipairs(open) do
            add(family, engine.pascal(from.name), port, {
              GroupId = made.security_group:att("GroupId"), SourceSecurityGroupId = from.group:att("GroupId"),
              Description = rule_text.clean("From service " .. from.name .. ", by x-network.Ingress"),
            }, where)
          end
        end
      end
    end
  end
end

local function from_itself(family, made)
  for _, each in ipairs(rules_of(family, "Myself")) do
    if each.value == true then
      for _, port in ipairs(ports.of(family)) do
        add(family, "Itself", port, {
          GroupId = made.security_group:att("GroupId"), SourceSecurityGroupId = made.security_group:att("GroupId"),
          Description = "From tasks of the same service",
        }, { each.section, "Myself" })
      end
      return
    end
  end
end

--- Reports rules for tasks that have no security group: those on machines of one's own, and those that share the network of their instance.
local function tell_unused(family)
  local is_outside <const> = family.runs.platform == "EXTERNAL"
  for _, service in ipairs(family.services) do
    local section <const> = service["x-network"]
    if read.at(section, "Ingress") ~= nil then
      engine.warn({ section, "Ingress", "key" }, "services::" .. service.name .. " x-network Ingress has no effect: "
        .. (is_outside and "its tasks run on machines of your own" or "its tasks share the network of their instance"),
        is_outside and "open the ports of your machines yourself" or "the security group of the instances says who may connect")
    end
  end
end

--- Adds the rules of a family; all families have been made, so that each can name any other.
function ingress.make(family, made, names)
  if not made.security_group then return tell_unused(family) end
  from_itself(family, made)
  from_addresses(family, made)
  from_aws(family, made)
  from_services(family, made, names)
end

-- Addresses of the tasks --------------------------------------------------------------------------------------------

--- ENABLED when a service of the family asks for a public address.
function ingress.public_ip(family)
  for _, service in ipairs(family.services) do
    local section <const> = service["x-network"]
    local wanted <const> = read.at(section, "AssignPublicIp")
    if wanted == true or wanted == "ENABLED" then return engine.placed("ENABLED", { section, "AssignPublicIp" }) end
  end
  return "DISABLED"
end

--- Whether a source is for a port: its Ports name it, or none.
local function is_of(source, port)
  local wanted <const> = read.at(source, "Ports")
  if wanted == nil then return true end
  for _, number in ipairs(read.is_list(wanted) and wanted or {}) do
    if tostring(number) == tostring(port.target) or tostring(number) == tostring(port.published) then return true end
  end
  return false
end

--- Whether the file lets addresses outside in on a port of a service (`x-network.Ingress`).
function ingress.opens(service, port)
  for _, key in ipairs { "ExtSources", "AwsSources" } do
    local sources <const> = read.at(service, "x-network", "Ingress", key)
    for _, source in ipairs(read.is_list(sources) and sources or {}) do
      if is_of(source, port) then return true end
    end
  end
  return false
end

--- Whether the file lets private addresses in on a port of a service: those of a VPN or a peered network, which need no public address.
local function opens_to_private(service, port)
  local sources <const> = read.at(service, "x-network", "Ingress", "ExtSources")
  for _, source in ipairs(read.is_list(sources) and sources or {}) do
    local block <const> = type(read.at(source, "IPv4")) == "string" and source.IPv4 or ""
    local second <const> = tonumber(block:match("^172%.(%d+)%."))
    local is_private <const> = block:find("^10%.") or block:find("^192%.168%.") or second and second >= 16 and second <= 31
    if is_private and is_of(source, port) then return true end
  end
  return false
end

--- Whether the tasks of a family ask for a public address.
function ingress.has_public_address(family) return ingress.public_ip(family) ~= "DISABLED" end

--- Whether rules of the file let somebody outside of the VPC in on a port: by a public address, or from a private network that a VPC
--- which exists already may lead to.
function ingress.reaches(family, service, port)
  if ingress.has_public_address(family) and ingress.opens(service, port) then return true end
  local vpc <const> = engine.section("x-vpc")
  local is_made_here <const> = read.at(vpc, "Lookup") == nil and read.at(vpc, "Parameters") == nil
  return not is_made_here and opens_to_private(service, port)
end

--- The groups that exist already of the compose networks of a family.
local function groups_of_networks(family)
  local list <const>, section <const> = {}, engine.section("networks")
  for _, name in ipairs(section ~= nil and networks.of(family) or {}) do
    local holder <const>, key <const> = networks.existing_group(section[name])
    if holder then table.insert(list, values.text(holder[key], { holder, key }, family.main)) end
  end
  return list
end

--- `x-network.AdditionalSecurityGroups`: ids in a list, or by a name of one's own; and the groups of networks that exist already.
function ingress.further_groups(family)
  local list <const> = groups_of_networks(family)
  for _, service in ipairs(family.services) do
    local section <const> = read.at(service, "x-network", "AdditionalSecurityGroups")
    for key, group in pairs(section or {}) do
      local id = group
      for _, name in ipairs { "Id", "Identifier", "Arn" } do
        if read.is_mapping(group) and group[name] ~= nil then id = group[name] end
      end
      if type(id) == "string" then id = id:match("^arn:[^/]+:security%-group/(sg%-%x+)$") or id end
      if read.is_mapping(group) and group.Lookup ~= nil then
        engine.error({ section, key }, "a security group cannot be looked up by its tags", "write its id")
      elseif type(id) == "string" then
        table.insert(list, values.text(id, { section, key }, service))
      else
        table.insert(list, id)
      end
    end
  end
  return list
end

return ingress
