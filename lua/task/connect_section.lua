--- What `x-network: {x-ecs_connect: ...}` of a service says: Service Connect beyond the names that every service has.
---
--- `Properties` are CloudFormation's ServiceConnectConfiguration as it is. `MacroParameters` say the namespace (`x-cloudmap`) and, for
--- each port by name or number (`service_ports`), DnsName, CloudMapServiceName, appProtocol, IngressPortOverride, Timeout and Tls; a
--- service without service_ports is a client only.
local app_protocols <const> = engine.use("project/app_protocols")
local read <const> = engine.use("base/read")
local connect <const> = {}

local macro_keys <const> = { "x-cloudmap", "service_ports", "LogConfiguration", "AccessLogConfiguration" }
local port_keys <const> = { "DnsName", "CloudMapServiceName", "appProtocol", "IngressPortOverride", "Timeout", "Tls" }

--- The ServiceConnectConfiguration that the file writes, or nil; one that does not say whether it is on is reported, and counts as none.
local function properties_of(section, subject)
  if section.Properties == nil then return nil end
  local properties <const> = read.mapping(section, "Properties", subject .. " Properties")
  if properties.Enabled ~= nil then return properties end
  if section.MacroParameters ~= nil then return nil end
  engine.error({ section, "Properties" }, subject .. " Properties needs Enabled", "write Properties: {Enabled: true, ...}")
end

--- The section of a family: of its only service that has one; a second one is reported.
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
  read.mapping(macros, "service_ports", subject .. " service_ports")
  read.mapping(macros, "LogConfiguration", subject .. " LogConfiguration")
  return { properties = properties_of(found, subject), macros = macros, subject = subject, at = { holder, "x-ecs_connect", "key" } }
end

--- The ports of `list` that a family offers, each with what service_ports says of it; a name that is no port is reported.
function connect.offered(own, list)
  local offered <const>, names <const>, known <const> = {}, {}, {}
  for _, port in ipairs(list) do
    table.insert(names, port.name)
    local body = app_protocols.body(own.macros, port)
    if body ~= nil and not read.is_mapping(body) then
      engine.error({ own.macros.service_ports, own.macros.service_ports[port.name] ~= nil and port.name or tostring(port.target) },
        own.subject .. " service_ports." .. port.name .. " must be a mapping", "write DnsName: " .. port.service.name)
      body = {}
    end
    if body ~= nil then
      read.keys(body, port_keys, own.subject .. " service_ports." .. port.name)
      table.insert(offered, { port = port, body = body })
      known[port.name], known[tostring(port.target)] = true, true
    end
  end
  for name in pairs(read.is_mapping(own.macros.service_ports) and own.macros.service_ports or {}) do
    if not known[name] then
      engine.error({ own.macros.service_ports, name, "key" }, own.subject .. " names a port \"" .. name .. "\", which the service does not have",
        engine.near(name, names, "it has"))
    end
  end
  return offered
end

--- The ports of `list` that CloudFormation's own Services offer; a PortName that is no port is reported.
function connect.offered_by_properties(own, list)
  local offered <const>, names <const> = {}, {}
  for _, port in ipairs(list) do table.insert(names, port.name) end
  local services <const> = own.properties.Services
  for index, entry in ipairs(read.is_list(services) and services or {}) do
    local name <const> = read.is_mapping(entry) and entry.PortName or nil
    local at <const> = read.index(names, name)
    if at then
      table.insert(offered, { port = list[at], body = { IngressPortOverride = entry.IngressPortOverride }, node = entry })
    elseif type(name) == "string" then
      engine.error({ entry, "PortName" }, own.subject .. " names a port \"" .. name .. "\", which the service does not have",
        engine.near(name, names, "it has"))
    elseif name == nil then
      engine.error({ services, index }, own.subject .. " Services needs a PortName", engine.near("", names, "the ports are"))
    end
  end
  return offered
end

-- What is rare -----------------------------------------------------------------------------------------------------------

--- `Tls` of a port, with what it needs.
function connect.tls(body, subject)
  if body.Tls == nil then return nil end
  return engine.use("task/connect_tls").of(body, subject)
end

--- `Timeout` of a port: seconds for all that it has, or CloudFormation's own mapping.
function connect.timeout(body, subject)
  local own <const> = body.Timeout
  if own == nil or read.is_mapping(own) then return own end
  return engine.error({ body, "Timeout" }, subject .. " Timeout must be a mapping",
    "write Timeout: {IdleTimeoutSeconds: 3600, PerRequestTimeoutSeconds: 15}")
end

--- What says the logs of the proxy; nil when the file says none.
local function logs_of(own)
  if not own or own.properties ~= nil or not read.is_mapping(own.macros.LogConfiguration) then return nil end
  return engine.use("task/connect_logs")
end

--- Whether the proxy logs to the log group of the family itself.
function connect.logs_to_own_group(own)
  local logs <const> = logs_of(own)
  return logs ~= nil and logs.is_own(own.macros)
end

--- Lets the execution role write the logs of the proxy.
function connect.allow_logs(family, own)
  local logs <const> = logs_of(own)
  if logs then logs.allow(family, own.macros) end
end

--- The LogConfiguration of the proxy, or nil; `own_group` returns the log group of the family.
function connect.logs(own, own_group)
  local logs <const> = logs_of(own)
  return logs and logs.configuration(own.macros, own_group)
end

return connect
