--- Names and addresses that answer in compose and not on ECS, where a service has one name, its own: aliases, links, container names,
--- and what networks say of addresses.
local read <const> = engine.use("base/read")
local names <const> = {}

-- Of a service ------------------------------------------------------------------------------------------------------

--- Attributes of a service in a network (`services.web.networks.back`) without effect, with the reason.
local in_network <const> = {
  driver_opts    = "the VPC has no drivers",
  gw_priority    = "a task has one address",
  interface_name = "a task has one address",
  ipv4_address   = "the VPC gives addresses",
  ipv6_address   = "the VPC gives addresses",
  link_local_ips = "the VPC gives addresses",
  mac_address    = "the VPC gives addresses",
  priority       = "a task has one address",
}

--- Attributes of networks without effect, with the reason.
local of_networks <const> = {
  attachable  = "it says who may carry the network's security group",
  driver_opts = "the VPC has no drivers",
  enable_ipv6 = "the VPC has IPv4 addresses",
  internal    = "what a task reaches outside is for its subnets to say",
  ipam        = "the VPC gives addresses",
  labels      = "it is a security group",
}

--- The other name that a link gives a service (`db:database`), and the service; nil when it gives none.
local function alias_of(link)
  local name <const>, alias <const> = link:match("^([^:]+):(.+)$")
  if alias and alias ~= name then return alias, name end
end

--- `links: [db:database]` and `aliases` give a service more names than its own.
function names.tell(service, family)
  for index, text in ipairs(family.runs.network_mode == "awsvpc" and service.links or {}) do
    local alias <const>, name <const> = alias_of(text)
    if alias then
      engine.warn({ service.links, index }, "services::" .. service.name .. " links " .. text .. " has no effect on ECS: a service has one name",
        "connect to " .. name .. " instead of " .. alias)
    end
  end
  local chosen <const> = {}
  for _, port in pairs(read.at(service, "x-network", "x-ecs_connect", "MacroParameters", "service_ports") or {}) do
    local name <const> = read.at(port, "DnsName")
    if name ~= nil then chosen[name] = true end
  end
  for network, said in pairs(service.networks or {}) do
    for key in pairs(said or {}) do
      if in_network[key] then
        engine.warn({ said, key, "key" }, "services::" .. service.name .. " networks " .. network .. " " .. key .. " has no effect on ECS: "
          .. in_network[key])
      end
    end
    for index, alias in ipairs(said ~= nil and said.aliases or {}) do
      if alias ~= service.name and not chosen[alias] then
        engine.warn({ said.aliases, index }, "services::" .. service.name .. " alias " .. alias .. " has no effect on ECS: a service has one name",
          "connect to " .. service.name .. ", or write x-network: {x-ecs_connect: {MacroParameters: {service_ports: {PORT: {DnsName: " .. alias .. "}}}}}")
      end
    end
  end
end

-- Of the project ----------------------------------------------------------------------------------------------------

--- Drivers of networks that say nothing that the VPC does not.
local usual_drivers <const> = { "bridge", "default", "overlay" }

--- Tells what the project's networks say without effect.
function names.tell_networks()
  for name, network in pairs(engine.section("networks") or {}) do
    local subject <const> = "networks::" .. name
    if network ~= nil and network.external == true then
      engine.warn({ network, "external" }, subject .. " external has no effect on ECS: its members are the services of this project")
    end
    if network ~= nil and network.driver ~= nil and not read.index(usual_drivers, network.driver) then
      engine.warn({ network, "driver" }, subject .. " driver " .. network.driver .. " has no effect on ECS: the VPC is the network")
    end
    for key in pairs(network or {}) do
      local value <const> = network[key]
      local is_off <const> = value == false or value == nil or (read.is_mapping(value) and #value == 0)
      if of_networks[key] and not is_off then
        engine.warn({ network, key, "key" }, subject .. " " .. key .. " has no effect on ECS: " .. of_networks[key])
      end
    end
  end
end

-- Who uses them -----------------------------------------------------------------------------------------------------

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
local function tell_words(service, known, told, text, where)
  if type(text) ~= "string" then return end
  for word in text:gmatch("[%w_.-]+") do
    local answers <const> = known[word]
    if answers and answers ~= service.name and not told[word] then
      told[word] = true
      engine.warn(where, "services::" .. service.name .. " names the container " .. word .. ", which has no name on ECS",
        "write " .. answers .. ", the name of its service")
    end
  end
end

--- Tells the container names that services use of each other.
function names.tell_callers(services)
  local known <const> = by_container_name(services)
  if not known or read.at(engine.section("x-composex"), "discovery") == "none" then return end
  for _, service in ipairs(services) do
    local told <const> = {}
    for name, value in pairs(service.environment or {}) do tell_words(service, known, told, value, { service.environment, name }) end
    for _, key in ipairs { "entrypoint", "command" } do
      for index, text in ipairs(service[key] or {}) do tell_words(service, known, told, text, { service[key], index }) end
    end
  end
end

return names
