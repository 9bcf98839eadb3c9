--- The ports that the containers of a family listen on: those of `ports`, then those of `expose`, those that texts of the project name,
--- and those that a well-known image listens on, each once. Docker opens every port between containers; ECS must know them.
local app_protocols <const> = engine.use("project/app_protocols")
local lazy <const> = engine.use("base/lazy")
local images <const> = lazy("project/images/images")
local read <const> = engine.use("base/read")
local run <const> = engine.use("base/run")
local units <const> = engine.use("base/units")
local used_names <const> = engine.use("project/used_names")
local ports <const> = {}

--- Whether the project has a single service.
local is_alone <const> = run.once(function() return #engine.services() < 2 end)

--- More than this many ports of one range are not opened.
local longest_range <const> = 100

--- A task definition has 64 KiB, and the mapping of a port takes more than 32 bytes of them.
local most_ports <const> = 2048

local function name_of(port, target, protocol)
  local own <const> = port ~= nil and port.name or nil
  if type(own) == "string" and own:find("^[%l%d_][%l%d_-]*$") and #own <= 64 then return own end
  return protocol .. "_" .. target
end

--- The ports of the host that a port of `ports` asks for, `{ first, last, where }`; nil when it asks for none.
local function published_of(port)
  local range <const> = port ~= nil and port.published ~= nil and units.ports(port.published) or nil
  return range and { first = range.first, last = range.last, where = { port, "published" } } or nil
end

--- Whether a list has a port of that number.
local function is_listed(list, number)
  for _, port in ipairs(list) do
    if port.target == number then return true end
  end
  return false
end

--- The port mappings of one container: `{ { target, protocol, name, app_protocol, published, where, service } }`. `name` names the
--- port in the task definition (Service Connect refers to it), `published` is `{ first, last, where }` or nil, and `where` is its
--- place in the file.
ports.of_service = run.by_name(function(service)
  local list <const>, seen <const> = {}, {}
  local function add(target, protocol, where, port)
    local key <const> = target .. "/" .. protocol
    if seen[key] then return end
    seen[key] = true
    if protocol ~= "tcp" and protocol ~= "udp" then return end
    local name <const> = name_of(port, target, protocol)
    local made <const> = {
      target = target, protocol = protocol, where = where, service = service, published = published_of(port),
      name = seen[name] and protocol .. "_" .. target or name,
    }
    seen[made.name] = true
    made.app_protocol = app_protocols.of(service, made) or (port ~= nil and read.has(app_protocols.known, port.app_protocol)
      and read.placed(port, "app_protocol")) or nil
    table.insert(list, made)
  end
  for _, port in ipairs(service.ports or {}) do
    if #list == most_ports then
      engine.error({ port, "target" }, "services::" .. service.name .. " has more than " .. most_ports
        .. " ports, and a task definition of 64 KiB cannot list them", "publish those that others reach")
      return list
    end
    if port.target ~= nil then add(port.target, port.protocol or "tcp", { port, "target" }, port) end
  end
  for index, text in ipairs(service.expose or {}) do
    local range <const> = units.ports(text)
    for number = range and range.first or 1, range and math.min(range.last, range.first + longest_range) or 0 do
      add(number, range.protocol, { service.expose, index })
    end
  end
  -- Nobody calls a service that is alone.
  if is_alone() then return list end
  local is_silent <const> = #list == 0
  for _, port in ipairs(used_names.ports(service)) do
    if not is_listed(list, port.number) then add(port.number, "tcp", port.where) end
  end
  if not is_silent and not images.is_called(service) then return list end
  for _, number in ipairs(images.ports(service)) do
    if not is_listed(list, number) then add(number, "tcp", { service, "image" }) end
  end
  return list
end)

--- The ports of all containers of a family, but those that end: a number and protocol that two of them name counts once, as a task has one
--- address.
function ports.of(family)
  local list <const>, seen <const> = {}, {}
  for _, service in ipairs(family.services) do
    for _, port in ipairs(not family.ending[service.name] and ports.of_service(service) or {}) do
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
