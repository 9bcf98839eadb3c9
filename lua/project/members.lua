--- Finds the containers that sections of the compose file name: `web`, `web:nginx`, `web:nginx:8080`, `web:8080`.
local families <const> = engine.use("project/families")
local ports <const> = engine.use("project/ports")
local run <const> = engine.use("base/run")
local members <const> = {}

--- The names that a container may be found by: of families and of services, each once.
local names <const> = run.once(function()
  local list <const>, seen <const> = {}, {}
  local function add(name)
    if not seen[name] then table.insert(list, name) end
    seen[name] = true
  end
  for _, family in ipairs(families.all()) do
    add(family.name)
    for _, service in ipairs(family.services) do add(service.name) end
  end
  return list
end)

--- The family of that name, else the one that has a service of that name; and that service, or nil.
function members.family(name)
  local family <const> = families.named(name) or families.of(name)[1]
  return family, family and family.by_name[name]
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

--- What `text` names: `{ family, service, port, families }`, where `families` are those whose containers are meant: that of the text, or all
--- that have the service; nil when that is reported, or when the service's profile is not active. `wanted` is a
--- port that stands elsewhere and is stronger than one in the text; `protocol` (tcp, udp, nil for any) chooses between two of a number.
function members.find(text, wanted, where, subject, protocol)
  local first <const>, second <const>, third <const> = tostring(text):match("^([^:]+):?([^:]*):?([^:]*)$")
  if not first then
    return engine.error(where, subject .. " names no service", "write service, service:port, or family:container:port")
  end
  local family <const>, own <const> = members.family(first)
  if not family then
    if not engine.disabled(first) then
      engine.error(where, subject .. " names a service \"" .. first .. "\", which is not defined",
        engine.near(first, names(), "there are"))
    end
    return nil
  end
  local service, port = own or family.main, wanted
  if second:find("^%d+$") then
    port = port or second
  elseif second ~= "" then
    service = family.by_name[second]
    port = port or third ~= "" and third or nil
  end
  if not service then
    local containers <const> = {}
    for _, each in ipairs(family.services) do table.insert(containers, each.name) end
    return engine.error(where, subject .. ": family " .. family.name .. " has no container \"" .. second .. "\"",
      engine.near(second, containers, "it has"))
  end
  local found <const> = port_of(service, port, where, subject, protocol)
  local meant <const> = first == family.name and { family } or families.of(service.name)
  return found and { family = family, service = service, port = found, families = meant } or nil
end

return members
