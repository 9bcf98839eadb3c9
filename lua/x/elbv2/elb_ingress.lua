--- Who may come in: the Ingress object of load balancers, as inline rules of a security group.
---
--- `ExtSources` are blocks of addresses, `AwsSources` security groups and prefix lists; each may name the Ports that it means.
local read <const> = engine.use("base/read")
local ingress <const> = {}

local object_keys <const> = { "ExtSources", "AwsSources", "Myself", "Services" }
local external_keys <const> = { "IPv4", "IPv6", "Name", "Description", "Ports", "Source" }
local aws_keys <const> = { "Type", "Id", "Lookup", "AccountOwner", "Ports", "Description", "Name" }

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
  for index, number in ipairs(read.list(source, "Ports", subject, "443")) do
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
local function add(rules, seen, ports, source, description)
  for _, port in ipairs(ports) do
    local key <const> = port.port .. "/" .. port.protocol .. " " .. source.key
    if not seen[key] then
      seen[key] = true
      local rule <const> = { IpProtocol = port.protocol, FromPort = port.port, ToPort = port.port, Description = description }
      for name, value in pairs(source.properties) do rule[name] = value end
      table.insert(rules, rule)
    end
  end
end

local function description_of(source, subject)
  local name <const> = read.text(source, "Name", subject)
  return read.text(source, "Description", subject) or name and ("From " .. tostring(source.Name)) or nil
end

--- The account of a security group elsewhere: twelve digits.
local function owner(source, subject)
  local value <const> = source.AccountOwner
  if value == nil or read.is_function(value) then return value end
  if tostring(value):find("^%d%d%d%d%d%d%d%d%d%d%d%d$") then return engine.placed(tostring(value), { source, "AccountOwner" }) end
  engine.error({ source, "AccountOwner" }, subject .. " AwsSources AccountOwner must be the id of an account",
    "write it in quotes: \"123456789012\"")
end

local function external(source, rules, seen, all, subject)
  read.keys(source, external_keys, subject .. " ExtSources")
  local description <const> = description_of(source, subject)
  local ports <const> = ports_of(source, all, subject)
  local v4 <const>, v6 <const> = source.IPv4, source.IPv6
  if v4 == nil and v6 == nil then
    engine.error(source, subject .. " ExtSources needs IPv4 or IPv6", "write IPv4: 203.0.113.0/24")
  end
  if v4 ~= nil and is_ipv4(v4) then
    add(rules, seen, ports, { key = v4, properties = { CidrIp = read.placed(source, "IPv4") } }, description)
  elseif v4 ~= nil then
    engine.error({ source, "IPv4" }, subject .. " ExtSources IPv4 must be a block of addresses, not " .. tostring(v4),
      "write it like 203.0.113.0/24")
  end
  if v6 ~= nil and is_ipv6(v6) then
    add(rules, seen, ports, { key = v6, properties = { CidrIpv6 = read.placed(source, "IPv6") } }, description)
  elseif v6 ~= nil then
    engine.error({ source, "IPv6" }, subject .. " ExtSources IPv6 must be a block of addresses, not " .. tostring(v6),
      "write it like 2001:db8::/32")
  end
end

local function aws(source, rules, seen, all, subject)
  read.keys(source, aws_keys, subject .. " AwsSources")
  local kind <const> = read.choice(source, "Type", { "SecurityGroup", "PrefixList" }, subject .. " AwsSources")
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
    add(rules, seen, ports_of(source, all, subject), { key = tostring(id), properties = properties },
      description_of(source, subject))
  end
end

--- The rules that an Ingress object asks for on `ports`, a list of `{ port, protocol }`.
function ingress.rules(object, ports, subject)
  local rules <const>, seen <const> = {}, {}
  read.keys(object, object_keys, subject .. " Ingress")
  for _, key in ipairs { "Myself", "Services" } do
    if object[key] ~= nil then
      engine.error({ object, key, "key" }, subject .. " Ingress: " .. key .. " is of services only", "use ExtSources or AwsSources")
    end
  end
  for index, source in ipairs(read.list(object, "ExtSources", subject .. " Ingress", "{IPv4: 203.0.113.0/24}")) do
    if read.is_mapping(source) then external(source, rules, seen, ports, subject)
    else engine.error({ object.ExtSources, index }, subject .. " ExtSources takes mappings", "write IPv4: 203.0.113.0/24") end
  end
  for index, source in ipairs(read.list(object, "AwsSources", subject .. " Ingress", "{Type: SecurityGroup, Id: sg-0a1b2c3d4e5f}")) do
    if read.is_mapping(source) then aws(source, rules, seen, ports, subject)
    else engine.error({ object.AwsSources, index }, subject .. " AwsSources takes mappings", "write Type and Id") end
  end
  return rules
end

--- Rules that let everybody in on `ports`.
function ingress.anybody(ports)
  local rules <const>, seen <const> = {}, {}
  add(rules, seen, ports, { key = "4", properties = { CidrIp = "0.0.0.0/0" } }, "From anywhere")
  add(rules, seen, ports, { key = "6", properties = { CidrIpv6 = "::/0" } }, "From anywhere")
  return rules
end

return ingress
