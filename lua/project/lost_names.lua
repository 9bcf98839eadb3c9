--- Names and addresses that answer in compose and not on ECS, where a service has one name, its own: aliases, links, container names.
local fates <const> = engine.use("project/fates")
local read <const> = engine.use("base/read")
local names <const> = {}

-- Of a service ------------------------------------------------------------------------------------------------------

--- The other name that a link gives a service (`db:database`), and the service; nil when it gives none.
local function alias_of(link)
  local name <const>, alias <const> = link:match("^([^:]+):(.+)$")
  if alias and alias ~= name then return alias, name end
end

--- `links: [db:database]` and `aliases` give a service more names than its own.
function names.tell(service, family)
  local no_effect <const> = " has no effect on " .. fates.platform(family) .. ": a service has one name"
  for index, text in ipairs(family.runs.network_mode == "awsvpc" and service.links or {}) do
    local alias <const>, name <const> = alias_of(text)
    if alias then
      engine.warn({ service.links, index }, "services::" .. service.name .. " links " .. text .. no_effect,
        "connect to " .. name .. " instead of " .. alias)
    end
  end
  local chosen <const> = {}
  for _, port in pairs(read.at(service, "x-network", "x-ecs_connect", "MacroParameters", "service_ports") or {}) do
    local name <const> = read.at(port, "DnsName")
    if name ~= nil then chosen[name] = true end
  end
  for _, attached in pairs(service.networks or {}) do
    for index, alias in ipairs(attached ~= nil and attached.aliases or {}) do
      if alias ~= service.name and not chosen[alias] then
        engine.warn({ attached.aliases, index }, "services::" .. service.name .. " alias " .. alias .. no_effect,
          "connect to " .. service.name .. ", or write x-network: {x-ecs_connect: {MacroParameters: {service_ports: {PORT: {DnsName: " .. alias .. "}}}}}")
      end
    end
  end
end

-- Who uses them -----------------------------------------------------------------------------------------------------

--- Attributes that name a container beside its service, and what that is called.
local other_names <const> = { { "container_name", "container" }, { "hostname", "host" } }

--- The services that have a name beside their own, by that name: `{ service, what }`; nil when there are none.
local function by_other_name(services)
  local list <const>, taken <const> = {}, {}
  for _, service in ipairs(services) do taken[service.name] = true end
  for _, service in ipairs(services) do
    for _, row in ipairs(other_names) do
      local name <const> = service[row[1]]
      if name ~= nil and not taken[name] and not list[name] then list[name] = { service = service.name, what = row[2] } end
    end
  end
  return next(list) and list or nil
end

--- Tells each such name in a text, once per caller.
local function tell_words(service, known, reported, text, where)
  if type(text) ~= "string" then return end
  for word in text:gmatch("[%w_.-]+") do
    local answers <const> = known[word]
    local is_own <const> = answers and answers.service == service.name
    if answers and not (is_own and answers.what == "container") and not reported[word] then
      reported[word] = true
      engine.warn(where, "services::" .. service.name .. " names the " .. answers.what .. " " .. word .. ", which has no name on ECS",
        "write " .. (is_own and "localhost" or answers.service .. ", the name of its service"), { consequence = is_own and "start" or "reach" })
    end
  end
end

--- Tells the names of containers and hosts that services use of each other.
function names.tell_callers(services)
  local known <const> = by_other_name(services)
  if not known or read.at(engine.section("x-composex"), "discovery") == "none" then return end
  for _, service in ipairs(services) do
    local reported <const> = {}
    for name, value in pairs(service.environment or {}) do tell_words(service, known, reported, value, { service.environment, name }) end
    for _, key in ipairs { "entrypoint", "command" } do
      for index, text in ipairs(service[key] or {}) do tell_words(service, known, reported, text, { service[key], index }) end
    end
  end
end

return names
