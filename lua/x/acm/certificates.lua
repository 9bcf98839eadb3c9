--- Certificates: requested and validated by records in a zone, or existing, and their use in listeners.
local definitions <const> = engine.use("kinds/definitions")
local read <const> = engine.use("base/read")
local run <const> = engine.use("base/run")
local shape <const> = engine.use("base/shape")
local zones <const> = engine.use("x/route53/zones")
local certificates <const> = {}

--- Reports, once a zone, a certificate that waits for a zone of the same stack: nobody asks its name servers before the registrar names
--- them, and its records of validation, which are not the stack's, keep it from being deleted.
--- https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html (2026-11-29)
local function tell_own(zone, where, subject)
  if not run.is_first("certificate in its own zone", zone.key) then return end
  engine.note(where, subject .. " is validated in x-route53::" .. zone.key .. ", a zone of the same stack: the first deployment waits until "
    .. "the registrar of " .. zone.name .. " names its name servers",
    "deploy the zone by itself first, and take it here: x-route53: {" .. zone.key .. ": {ZoneName: " .. zone.name .. ", Lookup: {HostedZoneId: ...}}}")
end

--- Validation options of every name: the zone that is named, else the one that the name lies in.
local function validation(names, zone, where, subject)
  local options <const>, seen <const> = {}, {}
  if zone and not zone.id then
    zones.id(zone, where, subject)
    return nil
  end
  for _, name in ipairs(names) do
    local of <const> = zone or zones.of(name.text)
    if of then zones.check_public(of, name.text, name.where or where, subject) end
    if of and of.is_own then tell_own(of, name.where or where, subject) end
    if of and not seen[name.text] then
      seen[name.text] = true
      table.insert(options, { DomainName = name.value, HostedZoneId = of.id or zones.id(of, where, subject) })
    elseif not of then
      engine.warn(name.where or where, subject .. ": nobody makes the record that validates " .. name.text
        .. ": the stack waits until somebody does", "name a zone: x-route53: {zone: {ZoneName: ..., Lookup: {HostedZoneId: ...}}}")
    end
  end
  return #options > 0 and options or nil
end

local function add(key, at, properties, name)
  local made <const> = engine.add {
    type = "AWS::CertificateManager::Certificate", noun = "Certificate", key = "x-acm", name = key, at = at, properties = properties,
  }
  made:tag { Name = (name:gsub("^%*%.", "wildcard.")) }
  return made:ref()
end

-- Certificates of x-acm ------------------------------------------------------------------------------------------------

--- A zone's id as it stands in the file: a pointer, an id, or a function.
local function zone_of(node, key, subject)
  local value <const> = node[key]
  if value == nil then return nil end
  if type(value) == "string" and not value:find("^x%-") and value:find("^Z[%u%d]+$") or read.is_function(value) then
    return { name = "", id = read.placed(node, key) }
  end
  return zones.find(value, { node, key }, subject)
end

--- Tells a name that stands there again.
local function check_twice(names, subject)
  local seen <const> = {}
  for _, name in ipairs(names) do
    if seen[name.text] then engine.error(name.where, subject .. " names " .. tostring(name.text) .. " twice", "name it once") end
    seen[name.text] = true
  end
end

local function from_macros(key, definition, at, subject)
  local macros <const> = read.part(definition, "MacroParameters")
  local names <const> = {}
  if type(macros.DomainNames) == "string" then
    names[1] = { text = macros.DomainNames, value = read.placed(macros, "DomainNames"), where = { macros, "DomainNames" } }
  end
  for index, name in ipairs(type(macros.DomainNames) ~= "string" and read.items(macros, "DomainNames") or {}) do
    if type(name) ~= "string" then
      return engine.error({ macros.DomainNames, index }, subject .. " DomainNames takes names", "write it like www.example.com")
    end
    names[#names + 1] = { text = name, value = engine.placed(name, { macros.DomainNames, index }), where = { macros.DomainNames, index } }
  end
  check_twice(names, subject)
  if #names == 0 then
    return engine.error(at, subject .. " needs DomainNames", "write MacroParameters: {DomainNames: [www.example.com]}")
  end
  local others <const>, covered <const> = {}, {}
  for index, name in ipairs(names) do
    covered[index] = name.text
    if index > 1 then others[#others + 1] = name.value end
  end
  local zone <const> = zone_of(macros, "HostedZoneId", subject)
  return add(key, at, {
    DomainName = names[1].value, SubjectAlternativeNames = #others > 0 and others or nil, ValidationMethod = "DNS",
    KeyAlgorithm = read.placed(macros, "KeyAlgorithm"), DomainValidationOptions = validation(names, zone, at, subject),
  }, names[1].text), covered
end

--- The validation options that the file writes, with zones for pointers.
local function written_options(properties, subject)
  local options <const>, named <const> = {}, {}
  for index, option in ipairs(read.list(properties, "DomainValidationOptions", subject, "{DomainName: www.example.com}")) do
    if not read.is_mapping(option) or type(option.DomainName) ~= "string" then
      engine.error({ properties.DomainValidationOptions, index }, subject .. " DomainValidationOptions needs a DomainName",
        "write {DomainName: www.example.com, HostedZoneId: x-route53::NAME}")
    else
      local copy <const> = {}
      for name in pairs(option) do copy[name] = read.placed(option, name) end
      local zone <const> = zone_of(option, "HostedZoneId", subject)
      if zone then copy.HostedZoneId = zone.id or zones.id(zone, { option, "HostedZoneId" }, subject) end
      named[option.DomainName] = true
      table.insert(options, copy)
    end
  end
  return options, named
end

local function from_properties(key, definition, subject)
  local written <const> = read.part(definition, "Properties")
  local properties <const>, names <const>, covered <const> = {}, {}, {}
  for name in pairs(written) do properties[name] = read.placed(written, name) end
  local options <const>, named <const> = written_options(written, subject)
  local function take(text, value, where)
    if text ~= nil and type(text) ~= "string" and not read.is_function(text) then
      engine.error(where, subject .. " needs names of domains", "write it like www.example.com")
    end
    if type(text) ~= "string" then return end
    covered[#covered + 1] = text
    if not named[text] then names[#names + 1] = { text = text, value = value, where = where } end
  end
  if written.DomainName == nil then
    engine.error(definition, subject .. " needs a DomainName", "write Properties: {DomainName: www.example.com}")
  end
  take(written.DomainName, read.placed(written, "DomainName"), { written, "DomainName" })
  for index, name in ipairs(read.list(written, "SubjectAlternativeNames", subject, "www.example.com")) do
    take(name, engine.placed(name, { written.SubjectAlternativeNames, index }), { written.SubjectAlternativeNames, index })
  end
  if written.ValidationMethod ~= "EMAIL" then
    properties.ValidationMethod = properties.ValidationMethod or "DNS"
    for _, option in ipairs(validation(names, nil, definition, subject) or {}) do table.insert(options, option) end
  end
  properties.DomainValidationOptions = #options > 0 and options or nil
  return add(key, definition, properties, covered[1] or key), covered
end

--- Tells a certificate that is there in two ways.
local function check_ways(definition, subject)
  local ways <const> = {}
  for _, key in ipairs { "Lookup", "Properties", "MacroParameters" } do
    if definition[key] ~= nil then table.insert(ways, key) end
  end
  if #ways > 1 then
    engine.error({ definition, ways[2], "key" }, subject .. " has " .. ways[1] .. " and " .. ways[2], "write one of them")
  end
end

--- Makes the certificate of a definition: `{ key, arn, names }`.
function certificates.make(definition)
  local body <const>, subject <const> = definition.body, definition.subject
  local arn, names
  check_ways(body, subject)
  if definition.lookup then arn, names = definition.lookup.id or "arn:aws:acm:::certificate/", {}
  elseif body.Properties ~= nil then arn, names = from_properties(definition.name, body, subject)
  else arn, names = from_macros(definition.name, body, definition.name_at, subject) end
  if arn then definition.certificate = { key = definition.name, arn = arn, names = names or {} } end
end

--- All certificates of the file.
local function all()
  local list <const> = {}
  for _, definition in ipairs(definitions.of("x-acm")) do
    if definition.certificate then table.insert(list, definition.certificate) end
  end
  return list
end

-- Use ------------------------------------------------------------------------------------------------------------------

local function named(key, where, subject)
  local definition <const> = definitions.find("x-acm", tostring(key))
  if definition then return definition.certificate end
  engine.error(where, subject .. " names the certificate " .. tostring(key) .. ", which is not in x-acm",
    engine.near(tostring(key), definitions.names("x-acm"), "there are") or "add it to x-acm")
end

local function certificate_of(list, index, subject)
  local item <const> = list[index]
  local holder, key = list, index
  if read.is_mapping(item) and not read.is_function(item) then
    holder = item
    if item["x-acm"] ~= nil then return named(item["x-acm"], { item, "x-acm" }, subject) end
    key = item.Arn ~= nil and "Arn" or "CertificateArn"
  end
  local value <const> = holder[key]
  if type(value) == "string" and value:find("^x%-acm::") then return named(value:gsub("^x%-acm::", ""), { holder, key }, subject) end
  if read.is_function(value) or type(value) == "string" and value:find("^arn:") then return { arn = read.placed(holder, key) } end
  engine.error({ list, index }, subject .. " Certificates needs x-acm or Arn", "write {x-acm: NAME}, or {Arn: arn:aws:acm:...}")
end

--- Certificates of a listener or a load balancer.
certificates.shape = shape.list(shape.either(shape.cloudformation, shape.record {
  ["x-acm"] = shape.any, Arn = shape.any, CertificateArn = shape.any,
}, shape.text), "{x-acm: NAME}")

--- The certificates of a listener, in their order: `{ { arn } }`.
function certificates.of(listener, subject)
  local made <const> = {}
  for index in ipairs(read.items(listener, "Certificates")) do
    made[#made + 1] = certificate_of(listener.Certificates, index, subject)
  end
  return made
end

local function covers(certificate, name)
  for _, own in ipairs(certificate.names) do
    if own == name or own:sub(1, 2) == "*." and name:match("^[^%.]+(%..+)$") == own:sub(2) then return true end
  end
  return false
end

--- A certificate for all of `names` (`{ text, value, where }`): one of x-acm that covers them, else one made for `key`. nil when a name
--- lies in no zone, which is told.
function certificates.covering(names, key, at, subject)
  for _, certificate in ipairs(all()) do
    local has_all = true
    for _, name in ipairs(names) do has_all = has_all and covers(certificate, name.text) end
    if has_all then return certificate end
  end
  local others <const> = {}
  for index, name in ipairs(names) do
    if not zones.of(name.text) then
      return engine.error(name.where, subject .. ": no certificate of x-acm covers " .. name.text .. ", and no zone of x-route53 holds it",
        "name its zone: x-route53: {zone: {ZoneName: ..., Lookup: {HostedZoneId: ...}}}, or a certificate in x-acm")
    end
    if index > 1 then others[#others + 1] = name.value end
  end
  return { arn = add(key, at, {
    DomainName = names[1].value, SubjectAlternativeNames = #others > 0 and others or nil, ValidationMethod = "DNS",
    DomainValidationOptions = validation(names, nil, at, subject),
  }, names[1].text) }
end

return certificates
