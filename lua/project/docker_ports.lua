--- The load balancer of a file for Docker's ECS integration: it had a listener for each port, on an application load balancer where all
--- speak HTTP, else on a network load balancer; and an overlay may say more of its listeners and target groups, by the ids of Docker.
--- github.com/docker-archive/compose-cli, ecs/cloudformation.go and ecs/awsResources.go (2026-11-29)
local images <const> = engine.use("project/images/images")
local read <const> = engine.use("base/read")
local units <const> = engine.use("base/units")
local docker_ports <const> = {}

--- The ports of a service, `{ number, target, protocol, is_http, at }`; in a file as it is written, ports may be strings.
local function published(service)
  local list <const> = {}
  for index, port in ipairs(service.ports or {}) do
    local is_short <const> = not read.is_mapping(port)
    if is_short then port = tostring(math.tointeger(port) or port) end
    local host <const>, inside <const> = tostring(port):match("([^:]*):([^:/]*)[^:]*$")
    local range <const> = units.ports(is_short and (host or port) or port.published or port.target or "")
    if range then
      local protocol <const> = is_short and (range.protocol or "tcp") or port.protocol or "tcp"
      local named <const> = not is_short and (port["x-aws-protocol"] or port.app_protocol) or nil
      local is_http <const> = named == "http" or named == "https" or named == nil and (range.first == 80 or range.first == 443)
      table.insert(list, {
        number = range.first, target = not is_short and port.target or inside and tonumber(inside) or range.first, protocol = protocol, is_http = is_http,
        at = { service.ports, index },
      })
    end
  end
  return list
end

--- Roles of images that nobody should reach from outside, though Docker published them.
local inner <const> = read.set { "database", "cache", "broker", "search" }

--- The ports of a project that a load balancer leads to, `{ service, number, target, protocol, is_http, at }`.
function docker_ports.of(root, has_stores)
  local list <const> = {}
  for name, service in pairs(root.services or {}) do
    local row <const> = read.is_mapping(service) and images.of(service)
    if read.is_mapping(service) and (has_stores or not (row and inner[row.role])) then
      for _, port in ipairs(published(service)) do
        port.service = name
        table.insert(list, port)
      end
    end
  end
  return list
end

-- The overlay ---------------------------------------------------------------------------------------------------------

--- What an overlay may say of a listener, and of a target group, that a load balancer of today has a word for.
local of_listener <const> = read.set { "Port", "Protocol", "Certificates", "SslPolicy", "AlpnPolicy" }
local of_health <const> = read.set {
  "HealthCheckEnabled", "HealthCheckIntervalSeconds", "HealthCheckPath", "HealthCheckPort", "HealthCheckProtocol", "HealthCheckTimeoutSeconds",
  "HealthyThresholdCount", "UnhealthyThresholdCount", "Matcher",
}

--- Whether all that an entry of the overlay says has a word in `words`.
local function is_said(entry, words)
  if not read.is_mapping(entry) or not read.is_mapping(entry.Properties) then return false end
  for key in pairs(entry) do
    if key ~= "Type" and key ~= "Properties" then return false end
  end
  for key in pairs(entry.Properties) do
    if not words[key] and not (words == of_health and key == "TargetGroupAttributes") then return false end
  end
  return true
end

--- The entry of a port: `Web80`, `WebTCP80` and the noun. Calls `use(properties)` and notes the entry in `taken` when all of it is said.
local function take(root, port, noun, words, taken, use)
  local resources <const> = read.at(root, "x-aws-cloudformation", "Resources")
  if not read.is_mapping(resources) then return end
  local name <const> = engine.pascal(port.service)
  for _, id in ipairs {
    name .. port.protocol:upper() .. port.target .. noun, name .. port.target .. noun, name .. port.protocol:upper() .. port.number .. noun,
    name .. port.number .. noun,
  } do
    if resources[id] ~= nil and is_said(resources[id], words) then
      taken[id] = true
      return use(resources[id].Properties)
    end
  end
end

--- Lays what the overlay says of a port over its listener and its service of the load balancer.
local function lay(root, port, listener, service, taken)
  take(root, port, "Listener", of_listener, taken, function(properties)
    for key in pairs(properties) do listener[key] = properties[key] end
  end)
  take(root, port, "TargetGroup", of_health, taken, function(properties)
    local health <const> = {}
    for key in pairs(properties) do
      if key == "TargetGroupAttributes" then
        service[key] = properties[key]
      else
        health[key] = properties[key]
      end
    end
    if next(health) then service.HealthCheck = health end
  end)
end

-- Listeners -----------------------------------------------------------------------------------------------------------

--- A listener for a port; nil after an error. `seen` has the services by the numbers that are taken.
local function listener_of(port, kind, seen)
  local subject <const> = "services::" .. port.service .. " port " .. port.number
  if seen[port.number] then
    return engine.error(port.at, subject .. " is published by services::" .. seen[port.number] .. " as well: a listener has one port",
      "publish another port")
  elseif kind == "app" and not port.is_http then
    return engine.error(port.at, subject .. " is not HTTP, and the load balancer is an application load balancer",
      "write app_protocol: http at the port, or name a network load balancer")
  end
  seen[port.number] = port.service
  return {
    Port = port.number, Protocol = kind == "app" and "HTTP" or port.protocol:upper(),
    Targets = { { name = port.service .. ":" .. math.tointeger(port.target) } },
  }
end

--- The listeners and the services of a load balancer of that kind (`app`, `net`), and the ids of the overlay that they say.
function docker_ports.listeners(root, ports, kind)
  local listeners <const>, services <const>, seen <const>, taken <const> = {}, {}, {}, {}
  for _, port in ipairs(ports) do
    local listener <const> = listener_of(port, kind, seen)
    if listener then
      local name <const> = listener.Targets[1].name
      services[name] = services[name] or {}
      lay(root, port, listener, services[name], taken)
      table.insert(listeners, listener)
    end
  end
  return listeners, services, taken
end

--- What Docker made: an application load balancer where all ports speak HTTP.
function docker_ports.kind(ports)
  for _, port in ipairs(ports) do
    if not port.is_http then return "net" end
  end
  return "app"
end

return docker_ports
