--- Finds the containers that sections of the compose file name: `web`, `web:nginx`, `web:nginx:8080`, `web:8080`.
local families <const> = engine.use("ecs/families")
local ports <const> = engine.use("platform/ports")
local read <const> = engine.use("platform/read")
local members <const> = {}

--- The family of that name, else the one that has a service of that name; and that service, or nil.
function members.family(name)
  for _, family in ipairs(families.list) do
    if family.name == name then
      for _, service in ipairs(family.services) do
        if service.name == name then return family, service end
      end
      return family, nil
    end
  end
  for _, family in ipairs(families.list) do
    for _, service in ipairs(family.services) do
      if service.name == name then return family, service end
    end
  end
end

--- The families that a service is in.
function members.families_of(service)
  local list <const> = {}
  for _, family in ipairs(families.list) do
    for _, each in ipairs(family.services) do
      if each.name == service.name then table.insert(list, family) end
    end
  end
  return list
end

--- The names of families and services.
function members.names()
  local names <const> = {}
  for _, family in ipairs(families.list) do
    if not read.index(names, family.name) then table.insert(names, family.name) end
    for _, service in ipairs(family.services) do
      if not read.index(names, service.name) then table.insert(names, service.name) end
    end
  end
  return names
end

--- The port of a container: the one named, of `protocol` where there are two, else its only one, else the first that is published.
local function port_of(service, wanted, where, subject, protocol)
  local list <const>, numbers <const>, fitting <const> = ports.of_service(service), {}, {}
  for _, port in ipairs(list) do
    if wanted == nil or port.target == math.tointeger(tonumber(wanted)) then table.insert(fitting, port) end
    table.insert(numbers, tostring(port.target))
  end
  for _, port in ipairs(fitting) do
    if protocol == nil or port.protocol == protocol then return port end
  end
  if fitting[1] then return fitting[1] end
  if wanted then
    engine.error(where, subject .. ": services::" .. service.name .. " does not listen on port " .. tostring(wanted),
      #numbers > 0 and "its ports are " .. table.concat(numbers, ", ") or "add it to ports or expose of the service")
  elseif #list == 0 then
    engine.error(where, subject .. ": services::" .. service.name .. " has no port", "add it to ports or expose of the service")
  end
end

--- What `text` names: `{ family, service, port }`; nil when it is told, or when the service's profile is not active. `wanted` is a
--- port that stands elsewhere and is stronger than one in the text; `protocol` (tcp, udp, nil for any) chooses between two of a number.
function members.find(text, wanted, where, subject, protocol)
  local first <const>, second <const>, third <const> = tostring(text):match("^([^:]+):?([^:]*):?([^:]*)$")
  if not first then
    return engine.error(where, subject .. " names no service", "write service, service:port, or family:container:port")
  end
  local family <const>, own <const> = members.family(first)
  if not family then
    if not engine.disabled(first) then
      engine.error(where, subject .. " names a service \"" .. first .. "\", which nobody defines",
        engine.near(first, members.names(), "there are"))
    end
    return nil
  end
  local service, port = own or family.main, wanted
  if second:find("^%d+$") then
    port = port or second
  elseif second ~= "" then
    service = nil
    for _, each in ipairs(family.services) do
      if each.name == second then service = each end
    end
    port = port or third ~= "" and third or nil
  end
  if not service then
    local containers <const> = {}
    for _, each in ipairs(family.services) do table.insert(containers, each.name) end
    return engine.error(where, subject .. ": family " .. family.name .. " has no container \"" .. second .. "\"",
      engine.near(second, containers, "it has"))
  end
  local found <const> = port_of(service, port, where, subject, protocol)
  return found and { family = family, service = service, port = found } or nil
end

return members
