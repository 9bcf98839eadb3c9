--- The application protocols of ports, as the section x-ecs_connect of their service says.
local read <const> = engine.use("base/read")
local app_protocols <const> = {}

--- The protocols that Service Connect knows.
app_protocols.known = { "http", "http2", "grpc" }

--- What service_ports of MacroParameters says of a port, by its name or number; nil when nothing.
function app_protocols.body(macros, port)
  local list <const> = macros.service_ports
  if not read.is_mapping(list) then return nil end
  return list[port.name] or list[tostring(port.target)]
end

--- The application protocol that a service's own section gives a port, at its place; nil when it gives none.
function app_protocols.of(service, port)
  local macros <const> = read.at(service, "x-network", "x-ecs_connect", "MacroParameters")
  local body <const> = read.is_mapping(macros) and app_protocols.body(macros, port) or nil
  if not read.is_mapping(body) or body.appProtocol == nil then return nil end
  if read.choice(body, "appProtocol", app_protocols.known, "services::" .. service.name .. " x-ecs_connect") then
    return read.placed(body, "appProtocol")
  end
end

return app_protocols
