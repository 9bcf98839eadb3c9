--- Who may come in: the Ingress object of load balancers, as inline rules of a security group.
---
--- `ExtSources` are blocks of addresses, `AwsSources` security groups and prefix lists; each may name the Ports that it means.
local read <const> = engine.use("base/read")
local rule_text <const> = engine.use("kinds/rule_text")
local shape <const> = engine.use("base/shape")
local ingress <const> = {}

local any <const>, label <const>, ports <const> = shape.any, shape.value, shape.list(shape.any, "443")
local types <const> = shape.one_of { "SecurityGroup", "PrefixList" }
ingress.shape = shape.record {
  Myself = any, Services = any,
  ExtSources = shape.list(shape.record {
    IPv4 = any, IPv6 = any, Name = label, Description = label, Ports = ports, Source = any,
  }, "{IPv4: 203.0.113.0/24}"),
  AwsSources = shape.list(shape.record {
    Type = types, Id = any, Lookup = any, AccountOwner = any, Ports = ports, Description = label, Name = label,
  }, "{Type: SecurityGroup, Id: sg-0a1b2c3d4e5f}"),
}

--- Whether a text is a block of IPv4 addresses.
local function is_ipv4(text)
  local a <const>, b <const>, c <const>, d <const>, bits <const> =
    tostring(text):match("^(%d%d?%d?)%.(%d%d?%d?)%.(%d%d?%d?)%.(%d%d?%d?)/(%d%d?)$")
  if not a or tonumber(bits) > 32 then return false end
  for _, octet in ipairs { a, b, c, d } do
    if tonumber(octet) > 255 then return false end
  end
  return true
end

local function is_ipv6(text)
  local address <const>, bits <const> = tostring(text):match("^([%x:]+)/(%d%d?%d?)$")
  return address ~= nil and address:find(":", 1, true) ~= nil and tonumber(bits) <= 128
end

--- The ports of `all` (`{ port, protocol }`) that a source means: those of its Ports, or all.
local function ports_of(source, all, subject)
  if source.Ports == nil then return all end
  local list <const>, numbers <const> = {}, {}
  for _, port in ipairs(all) do table.insert(numbers, tostring(port.port)) end
  for index, number in ipairs(read.items(source, "Ports")) do
    local found
    for _, port in ipairs(all) do
      if port.port == math.tointeger(tonumber(number)) then
        found = true
        table.insert(list, port)
      end
    end
    if not found then
      engine.error({ source.Ports, index }, subject .. " has no port " .. tostring(number), "it has " .. table.concat(numbers, ", "))
    end
  end
  return list
end

--- Adds a rule for each port; two sources that mean the same are one rule.
local function add(rules, seen, wanted, source, description)
  for _, port in ipairs(wanted) do
    local key <const> = port.port .. "/" .. port.protocol .. " " .. source.key
    if not seen[key] then
      seen[key] = true
      local rule <const> = { IpProtocol = port.protocol, FromPort = port.port, ToPort = port.port, Description = description }
      for name, value in pairs(source.properties) do rule[name] = value end
      table.insert(rules, rule)
    end
  end
end

--- The account of a security group elsewhere: twelve digits.
local function owner(source, subject)
  local value <const> = source.AccountOwner
  if value == nil or read.is_function(value) then return value end
  if tostring(value):find("^%d%d%d%d%d%d%d%d%d%d%d%d$") then return engine.placed(tostring(value), { source, "AccountOwner" }) end
  engine.error({ source, "AccountOwner" }, subject .. " AwsSources AccountOwner must be the id of an account",
    "write it in quotes: \"123456789012\"")
end

local function external(source, rules, seen, wanted, subject)
  local description <const> = rule_text.of_source(source)
  local v4 <const>, v6 <const> = source.IPv4, source.IPv6
  if v4 == nil and v6 == nil then
    engine.error(source, subject .. " ExtSources needs IPv4 or IPv6", "write IPv4: 203.0.113.0/24")
  end
  if v4 ~= nil and is_ipv4(v4) then
    add(rules, seen, wanted, { key = v4, properties = { CidrIp = read.placed(source, "IPv4") } }, description)
  elseif v4 ~= nil then
    engine.error({ source, "IPv4" }, subject .. " ExtSources IPv4 must be a block of addresses, not " .. tostring(v4),
      "write it like 203.0.113.0/24")
  end
  if v6 ~= nil and is_ipv6(v6) then
    add(rules, seen, wanted, { key = v6, properties = { CidrIpv6 = read.placed(source, "IPv6") } }, description)
  elseif v6 ~= nil then
    engine.error({ source, "IPv6" }, subject .. " ExtSources IPv6 must be a block of addresses, not " .. tostring(v6),
      "write it like 2001:db8::/32")
  end
end

local function aws(source, rules, seen, wanted, subject)
  local kind <const> = shape.of(types, source, "Type")
  if source.Lookup ~= nil then
    engine.error({ source, "Lookup", "key" }, subject .. " AwsSources: rendering does not ask AWS", "write Id: sg-0a1b2c3d4e5f")
  elseif kind == nil then
    if source.Type == nil then engine.error(source, subject .. " AwsSources needs a Type", "write Type: SecurityGroup, or PrefixList") end
  else
    local prefix <const> = kind == "SecurityGroup" and "sg" or "pl"
    local id <const> = source.Id
    if not read.is_function(id) and not (type(id) == "string" and id:find("^" .. prefix .. "%-%x+$")) then
      return engine.error(id ~= nil and { source, "Id" } or source, subject .. " AwsSources needs an Id",
        "write it like " .. prefix .. "-0a1b2c3d4e5f")
    end
    local value <const> = read.placed(source, "Id")
    local properties <const> = kind == "SecurityGroup"
      and { SourceSecurityGroupId = value, SourceSecurityGroupOwnerId = owner(source, subject) }
      or { SourcePrefixListId = value }
    add(rules, seen, wanted, { key = tostring(id), properties = properties },
      rule_text.of_source(source))
  end
end

--- The rules that an Ingress object asks for on `all` ports, a list of `{ port, protocol }`.
function ingress.rules(object, all, subject)
  local rules <const>, seen <const> = {}, {}
  for _, key in ipairs { "Myself", "Services" } do
    if object[key] ~= nil then
      engine.error({ object, key, "key" }, subject .. " Ingress: " .. key .. " is of services only", "use ExtSources or AwsSources")
    end
  end
  for _, source in ipairs(read.items(object, "ExtSources")) do
    if read.is_mapping(source) then external(source, rules, seen, ports_of(source, all, subject), subject) end
  end
  for _, source in ipairs(read.items(object, "AwsSources")) do
    if read.is_mapping(source) then aws(source, rules, seen, ports_of(source, all, subject), subject) end
  end
  return rules
end

--- Whether a source of a service means the port that its container listens on.
local function means(source, target)
  if not read.is_list(source.Ports) then return true end
  for _, number in ipairs(source.Ports) do
    if math.tointeger(tonumber(number)) == target then return true end
  end
  return false
end

--- The rules of the sources that services let in (`x-network.Ingress`), on the listeners that lead to them: `list` has
--- `{ section, target, port, protocol, subject }`, the port of the container and that of the listener.
function ingress.of_services(list)
  local rules <const>, seen <const> = {}, {}
  for _, each in ipairs(list) do
    for _, row in ipairs { { "ExtSources", external }, { "AwsSources", aws } } do
      for _, source in ipairs(read.items(each.section, row[1])) do
        if read.is_mapping(source) and means(source, each.target) then row[2](source, rules, seen, { each }, each.subject) end
      end
    end
  end
  return rules
end

--- Rules that let everybody in on `all` ports.
function ingress.anybody(all)
  local rules <const>, seen <const> = {}, {}
  add(rules, seen, all, { key = "4", properties = { CidrIp = "0.0.0.0/0" } }, "From anywhere")
  add(rules, seen, all, { key = "6", properties = { CidrIpv6 = "::/0" } }, "From anywhere")
  return rules
end

return ingress
