--- Host names in variables and commands that answer in compose and not on ECS: the `container_name` of a service. There a service
--- has one name, its own.
local read <const> = engine.use("platform/read")
local callers <const> = {}

--- The services that have a container name beside their own, by that name; nil when there are none.
local function by_container_name(services)
  local list <const>, taken <const> = {}, {}
  for _, service in ipairs(services) do taken[service.name] = true end
  for _, service in ipairs(services) do
    local name <const> = service.container_name
    if name ~= nil and not taken[name] then list[name] = service.name end
  end
  return next(list) and list or nil
end

--- Tells each container name in a text, once per caller.
local function tell(service, names, told, text, where)
  if type(text) ~= "string" then return end
  for word in text:gmatch("[%w_.-]+") do
    local answers <const> = names[word]
    if answers and answers ~= service.name and not told[word] then
      told[word] = true
      engine.warn(where, "services::" .. service.name .. " names the container " .. word .. ", which has no name on ECS",
        "write " .. answers .. ", the name of its service")
    end
  end
end

--- Tells the container names that services use of each other.
function callers.tell(services)
  local names <const> = by_container_name(services)
  if not names or read.at(engine.section("x-composex"), "discovery") == "none" then return end
  for _, service in ipairs(services) do
    local told <const> = {}
    for name, value in pairs(service.environment or {}) do tell(service, names, told, value, { service.environment, name }) end
    for _, key in ipairs { "entrypoint", "command" } do
      for index, text in ipairs(service[key] or {}) do tell(service, names, told, text, { service[key], index }) end
    end
  end
end

return callers
