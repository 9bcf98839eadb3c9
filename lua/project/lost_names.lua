--- Names and addresses that answer in compose and not on ECS, where a service has one name, its own: aliases, links, container names.
local fates <const> = engine.use("project/fates")
local other_names <const> = engine.use("project/other_names")
local read <const> = engine.use("base/read")
local used_names <const> = engine.use("project/used_names")
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
  local answer <const> = used_names.answer(service)
  for _, attached in pairs(service.networks or {}) do
    for index, alias in ipairs(attached ~= nil and attached.aliases or {}) do
      if alias ~= service.name and not chosen[alias] and alias:lower() ~= answer then
        engine.warn({ attached.aliases, index }, "services::" .. service.name .. " alias " .. alias .. no_effect,
          "connect to " .. service.name .. ", or write x-network: {x-ecs_connect: {MacroParameters: {service_ports: {PORT: {DnsName: " .. alias .. "}}}}}")
      end
    end
  end
end

-- Who uses them -----------------------------------------------------------------------------------------------------

--- The services that have a name beside their own which nothing resolves, by that name: `{ service, what }`; nil when there are none. An alias
--- is told where it is written.
local function by_other_name(services)
  local list <const> = {}
  for _, service in ipairs(services) do
    for _, each in ipairs(other_names.of(service)) do
      if each.what ~= "alias" and not list[each.name] then
        list[each.name] = { service = service.name, what = each.what, answers = each.name:lower() == used_names.answer(service) }
      end
    end
  end
  return next(list) and list or nil
end

--- Tells each such name that stands in a text where a host does, once per caller.
local function tell_words(service, known, reported, text, where, holder)
  if type(text) ~= "string" then return end
  for first, word, after in text:gmatch("()([%w_][%w_.-]*)()") do
    local other <const> = known[word]
    local is_own <const> = other and other.service == service.name
    -- A name with dots is that of a site, which a server may call its own without listening on it.
    local is_site <const> = is_own and word:find(".", 1, true) ~= nil
    local is_told <const> = other and not reported[word] and (is_own and other.what == "host" and not is_site or not is_own and not other.answers)
    if is_told and used_names.is_host(text, first, after - 1, holder) then
      reported[word] = true
      engine.warn(where, "services::" .. service.name .. " names the " .. other.what .. " " .. word .. ", which has no name on ECS",
        "write " .. (is_own and "localhost" or other.service .. ", the name of its service"), { consequence = is_own and "start" or "reach" })
    end
  end
end

--- Tells the names of containers and hosts that services use of each other, and that nothing resolves.
function names.tell_callers(services)
  local known <const> = by_other_name(services)
  if not known or read.at(engine.section("x-composex"), "discovery") == "none" then return end
  for _, service in ipairs(services) do
    local reported <const> = {}
    for name, value in pairs(service.environment or {}) do tell_words(service, known, reported, value, { service.environment, name }, name) end
    for _, key in ipairs { "entrypoint", "command" } do
      local option
      for index, text in ipairs(service[key] or {}) do
        tell_words(service, known, reported, text, { service[key], index }, option)
        option = type(text) == "string" and text:match("^%-%-?([%a][%w_-]*)$") or nil
      end
    end
  end
end

return names
