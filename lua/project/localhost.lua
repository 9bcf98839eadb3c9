--- Names that mean another container on a laptop than in a task: `localhost` of services that share the host's network, and the own name
--- of a service, which its server binds to.
local ports <const> = engine.use("project/ports")
local read <const> = engine.use("base/read")
local used_names <const> = engine.use("project/used_names")
local localhost <const> = {}

--- Whether a text that names its own service says what it listens on, by its variable, or by the option before it.
local function is_for_listening(itself)
  local holder <const> = (itself.holder or itself.text:match("^%-%-?([%w_-]+)[= ]") or ""):upper()
  return (holder:find("LISTEN") ~= nil or holder:find("BIND") ~= nil) and not holder:find("ADVERTISE")
end

--- In a task the own name leads to the proxy of Service Connect, or nowhere.
--- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html (2026-11-29)
local function report_binding(service)
  for _, itself in ipairs(used_names.of(service).itself) do
    if is_for_listening(itself) then
      engine.warn(itself.where, "services::" .. service.name .. " listens on its own name, which is no address of its own in a task: it does not start",
        "listen on 0.0.0.0 instead of " .. service.name, { consequence = "start" })
      return
    end
  end
end

--- Services that answer at `localhost` on a laptop, by their ports: those on the network of the host, and those that publish there.
local function answering(services)
  local by_port <const> = {}
  for _, service in ipairs(services) do
    for _, port in ipairs(ports.of_service(service)) do
      local published <const> = port.published
      local number <const> = service.network_mode == "host" and port.target or published and published.first == published.last and published.first
      if number and not by_port[number] then by_port[number] = { service = service.name, target = port.target } end
    end
  end
  return by_port
end

local function report_text(service, by_port, text, where)
  if type(text) ~= "string" then return false end
  for number in text:gmatch("localhost:(%d+)") do
    local found <const> = by_port[math.tointeger(tonumber(number)) or 0]
    if found and found.service ~= service.name then
      engine.warn(where, "services::" .. service.name .. " connects to localhost:" .. number .. ", where services::" .. found.service
        .. " does not answer: each task has an address of its own", "leave network_mode out of both, and connect to " .. found.service .. ":" .. found.target,
        { consequence = "reach" })
      return true
    end
  end
  return false
end

--- Reports `localhost` in the texts of a service on the network of the host.
local function report_localhost(service, by_port)
  for name, value in pairs(service.environment or {}) do
    local text <const> = type(value) == "string" and value:gsub("127%.0%.0%.1", "localhost") or value
    if report_text(service, by_port, text, { service.environment, name }) then return end
  end
  for _, key in ipairs { "entrypoint", "command" } do
    for index, value in ipairs(service[key] or {}) do
      if report_text(service, by_port, (tostring(value):gsub("127%.0%.0%.1", "localhost")), { service[key], index }) then return end
    end
  end
end

--- Reports both for all services. Where the file says that nobody finds each other, or where the network of the host is had, nothing.
function localhost.report(services)
  local by_port
  for _, service in ipairs(services) do
    report_binding(service)
    if service.network_mode == "host" and read.at(service, "deploy", "labels", "ecs.compute.platform") == nil then
      by_port = by_port or answering(services)
      report_localhost(service, by_port)
    end
  end
end

return localhost
