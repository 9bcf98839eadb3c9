--- What `x-network: {x-ecs_connect: ...}` of a service says: Service Connect beyond the names that every service has.
---
--- `Properties` are CloudFormation's ServiceConnectConfiguration as it is. `MacroParameters` say the namespace (`x-cloudmap`) and, for
--- each port by name or number (`service_ports`), DnsName, CloudMapServiceName, appProtocol, IngressPortOverride, Timeout and Tls; a
--- service without service_ports is a client only.
local read <const> = engine.use("platform/read")
local connect <const> = {}

local macro_keys <const> = { "x-cloudmap", "service_ports", "LogConfiguration" }
local port_keys <const> = { "DnsName", "CloudMapServiceName", "appProtocol", "IngressPortOverride", "Timeout", "Tls" }

--- The protocols that Service Connect knows.
connect.protocols = { "http", "http2", "grpc" }

--- The section of a family: of its only service that has one; a second one is told.
function connect.of(family)
  local found, subject, holder
  for _, service in ipairs(family.services) do
    local section <const> = read.at(service, "x-network", "x-ecs_connect")
    if section ~= nil and found then
      engine.error({ service["x-network"], "x-ecs_connect", "key" }, "services::" .. service.name .. " x-ecs_connect: family "
        .. family.name .. " has one already", "write it at one service of the family")
    elseif section ~= nil then
      found, holder = section, service["x-network"]
      subject = "services::" .. service.name .. " x-ecs_connect"
    end
  end
  if found == nil then return nil end
  if not read.is_mapping(found) then
    engine.error({ holder, "x-ecs_connect" }, subject .. " must be a mapping", "write Properties or MacroParameters")
    return nil
  end
  read.keys(found, { "Properties", "MacroParameters" }, subject)
  if found.Properties ~= nil and found.MacroParameters ~= nil then
    engine.error({ found, "Properties", "key" }, subject .. " has Properties and MacroParameters", "write one of them")
  end
  local macros <const> = read.mapping(found, "MacroParameters", subject .. " MacroParameters")
  read.keys(macros, macro_keys, subject .. " MacroParameters")
  return { properties = found.Properties, macros = macros, subject = subject }
end

--- What service_ports says of a port, by its name or number; nil when nothing.
local function body_of(macros, port)
  local list <const> = macros.service_ports
  if list == nil then return nil end
  return list[port.name] or list[tostring(port.target)]
end

--- The ports of `list` that a family offers, each with what service_ports says of it; a name that is no port is told.
function connect.offered(said, list)
  local offered <const>, names <const> = {}, {}
  for _, port in ipairs(list) do
    table.insert(names, port.name)
    local body <const> = body_of(said.macros, port)
    if body ~= nil then
      read.keys(body, port_keys, said.subject .. " service_ports." .. port.name)
      table.insert(offered, { port = port, body = body })
    end
  end
  for name in pairs(said.macros.service_ports or {}) do
    local known = false
    for _, each in ipairs(offered) do known = known or each.port.name == name or tostring(each.port.target) == name end
    if not known then
      engine.error({ said.macros.service_ports, name, "key" }, said.subject .. " names a port \"" .. name .. "\", which the service does not have",
        engine.near(name, names, "it has"))
    end
  end
  return offered
end

--- The application protocol that a service's own section gives a port, at its place; nil when it gives none.
function connect.protocol(service, port)
  local macros <const> = read.at(service, "x-network", "x-ecs_connect", "MacroParameters")
  local body <const> = read.is_mapping(macros) and body_of(macros, port) or nil
  if not read.is_mapping(body) or body.appProtocol == nil then return nil end
  if read.choice(body, "appProtocol", connect.protocols, "services::" .. service.name .. " x-ecs_connect") then
    return read.placed(body, "appProtocol")
  end
end

return connect
