--- The ports that the containers of a family listen on: those of `ports`, then those of `expose`, each once; without any, the port
--- that a well-known image listens on.
local app_protocols <const> = engine.use("project/app_protocols")
local lazy <const> = engine.use("base/lazy")
local images <const> = lazy("project/images")
local read <const> = engine.use("base/read")
local ports <const> = {}

--- Whether the project has a single service; nil until somebody asks.
local is_alone
--- What was read already, by service.
local known <const> = {}

--- More than this many ports of one range are not opened.
local longest_range <const> = 100

local function name_of(port, target, protocol)
  local own <const> = port ~= nil and port.name or nil
  if type(own) == "string" and own:find("^[%l%d_][%l%d_-]*$") and #own <= 64 then return own end
  return protocol .. "_" .. target
end

--- The port mappings of one container: `{ { target, protocol, name, app_protocol, where, service } }`. `name` names the port in the
--- task definition (Service Connect refers to it); `where` is its place in the file.
function ports.of_service(service)
  local list <const> = known[service.name] or {}
  if known[service.name] then return list end
  known[service.name] = list
  local seen <const> = {}
  local function add(target, protocol, where, port)
    local number <const> = math.tointeger(tonumber(target))
    local key <const> = tostring(target) .. "/" .. protocol
    if not number or seen[key] then return end
    seen[key] = true
    if protocol ~= "tcp" and protocol ~= "udp" then
      return engine.warn(where, "services::" .. service.name .. " port " .. key .. " has no effect on ECS: it knows tcp and udp")
    end
    local name <const> = name_of(port, number, protocol)
    local made <const> = {
      target = number, protocol = protocol, where = where, service = service, name = seen[name] and protocol .. "_" .. number or name,
    }
    seen[made.name] = true
    made.app_protocol = app_protocols.of(service, made)
    if made.app_protocol == nil and port ~= nil and read.index(app_protocols.known, port.app_protocol) then
      made.app_protocol = read.placed(port, "app_protocol")
    end
    table.insert(list, made)
  end
  for _, port in ipairs(service.ports or {}) do add(port.target, port.protocol or "tcp", { port, "target" }, port) end
  for index, port in ipairs(service.expose or {}) do
    local first <const>, last <const>, protocol <const> = tostring(port):match("^(%d+)%-?(%d*)/?(%a*)$")
    if first then
      local stop <const> = math.min(tonumber(last ~= "" and last or first), tonumber(first) + longest_range)
      for number = tonumber(first), stop do
        add(number, protocol ~= "" and protocol or "tcp", { service.expose, index })
      end
    end
  end
  -- Nobody calls a service that is alone.
  if is_alone == nil then is_alone = #engine.services() < 2 end
  local usual <const> = #list == 0 and not is_alone and images.port(service)
  if usual then add(usual, "tcp", { service, "image" }, nil) end
  return list
end

--- The ports of all containers of a family; a number and protocol that two of them name counts once, as a task has one address.
function ports.of(family)
  local list <const>, seen <const> = {}, {}
  for _, service in ipairs(family.services) do
    for _, port in ipairs(ports.of_service(service)) do
      local key <const> = port.target .. "/" .. port.protocol
      if not seen[key] then
        seen[key] = true
        table.insert(list, port)
      end
    end
  end
  return list
end

return ports
