--- Whether tasks reach what they need, and whether somebody reaches them.
local lazy <const> = engine.use("base/lazy")
local cluster <const> = engine.use("x/cluster/project_cluster")
local compute <const> = engine.use("x/cluster/compute")
local endpoint_needs <const> = lazy("task/endpoint_needs")
local families <const> = engine.use("project/families")
local grants <const> = engine.use("kinds/grants")
local ingress <const> = engine.use("task/ingress")
local load_balancers <const> = lazy("x/elbv2/load_balancers")
local network <const> = engine.use("x/vpc/network")
local publishing <const> = engine.use("x/elbv2/publishing")
local read <const> = engine.use("base/read")
local reach <const> = {}

--- A task that starts before it has a way to its image fails, and its deployment with it. What runs on the cluster's instances, or by
--- a strategy, is created after the instances and their association, and deleted before them, whatever network it has.
--- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service_definition_parameters.html (2026-11-29): "A capacity provider must
--- be associated with the cluster to be used in a capacity provider strategy."
function reach.wait_for_ways_out()
  for _, family in ipairs(families.all()) do
    local runs <const> = compute.of(family)
    if runs.network_mode == "awsvpc" then
      for _, route in ipairs(network.ways_out(family)) do grants.after(family.main.name, route, { family.name }) end
    end
    local is_placed <const> = runs.CapacityProviderStrategy ~= nil or runs.platform == "EC2"
    if cluster.ready() and is_placed then grants.after(family.main.name, cluster.ready(), { family.name }) end
  end
end

--- The families whose tasks have addresses of their own.
local function awsvpc()
  local list <const> = {}
  for _, family in ipairs(families.all()) do
    if compute.of(family).network_mode == "awsvpc" then table.insert(list, family) end
  end
  return list
end

--- `a, b and 3 more`: at most so many that a line holds them.
local function listed(items)
  local most <const> = 8
  return table.concat(items, ", ", 1, math.min(most, #items)) .. (#items > most and ", ..." or "")
end

--- `port 80` or `ports 80, 443`.
local function listed_ports(ports) return #ports == 1 and "port " .. ports[1] or "ports " .. listed(ports) end

--- Whether nobody outside reaches a port that the file publishes.
local function is_lost(service, port)
  local family <const> = families.of(service.name)[1]
  if port.published == nil or not family or compute.of(family).network_mode ~= "awsvpc" then return false end
  if ingress.reaches(family, service, port) then return false end
  return not (engine.section("x-elbv2") ~= nil and load_balancers.lead_to(service))
end

--- Whether nobody outside reaches one port of a service, which may be led to at others.
local function is_closed(service, port)
  local family <const> = families.of(service.name)[1]
  if port.published == nil or not family or ingress.reaches(family, service, port) then return false end
  return not (engine.section("x-elbv2") ~= nil and load_balancers.lead_to(service, port.target))
end

--- The ports of the project that only a network load balancer publishes: entries of its Services, how the ports are called, and the services.
--- It has one listener for a port: where two services publish one, the first does.
local function streams()
  local found <const>, taken <const> = { entries = {}, numbers = {}, names = {} }, {}
  for _, service in ipairs(engine.services()) do
    local list <const> = publishing.streams(service, is_closed)
    for index, each in ipairs(list) do
      if not taken[each.published] then
        taken[each.published] = true
        found.at = found.at or service.ports
        local key <const> = #list > 1 and '"' .. service.name .. ":" .. each.number .. '"' or service.name
        table.insert(found.entries, key .. ": {port: " .. each.number .. ", protocol: " .. each.protocol .. "}")
        table.insert(found.numbers, each.published .. (each.protocol == "TCP" and "" or "/" .. each.protocol:lower():gsub("_", "+")))
        found.is_datagram = found.is_datagram or each.protocol ~= "TCP"
        if index == 1 then table.insert(found.names, service.name) end
      end
    end
  end
  return found
end

--- Reports them, once.
local function warn_streams()
  if engine.failed() or read.at(engine.section("x-composex"), "publish") == "none" then return end
  local found <const> = streams()
  if #found.entries == 0 then return end
  local them <const> = #found.entries > 1 and "them" or "it"
  local name <const> = #found.names == 1 and found.names[1] .. (found.is_datagram and "-udp" or "-tcp") or "streams"
  engine.warn(found.at, "services::" .. listed(found.names) .. (#found.names > 1 and " publish " or " publishes ") .. listed_ports(found.numbers)
    .. ", but nothing outside the VPC reaches " .. them, "publish " .. them .. " by a network load balancer"
    .. (found.is_datagram and ", whose health check asks a TCP port" or "") .. ":", {
      consequence = "reach", group = "published streams",
      block = "x-elbv2: {" .. name .. ": {Properties: {Type: network}, Services: {" .. table.concat(found.entries, ", ") .. "}}}",
    })
end

--- A published port means something on a laptop; here a load balancer publishes, or a public address and a rule that opens the port.
local function warn_unpublished()
  -- What was refused before may be what publishes it.
  if engine.failed() or read.at(engine.section("x-composex"), "publish") == "none" then return end
  local plan <const> = publishing.plan(is_lost)
  if #plan == 0 then return end
  local names <const>, numbers <const>, seen <const> = {}, {}, {}
  for _, each in ipairs(plan) do
    if not seen[each.service.name] then table.insert(names, each.service.name) end
    if not seen[each.number] then table.insert(numbers, tostring(each.number)) end
    seen[each.service.name], seen[each.number] = true, true
  end
  local _, block <const> = publishing.services(plan)
  local them <const> = #plan > 1 and "them" or "it"
  engine.warn(plan[1].service.ports, "services::" .. listed(names) .. (#names > 1 and " publish " or " publishes ") .. listed_ports(numbers)
    .. ", but nothing outside the VPC reaches " .. them,
    "publish " .. them .. " by a load balancer (or x-composex: {publish: auto}):",
    { consequence = "reach", block = "x-elbv2: {public: {Services: {" .. block .. "}}}" })
end

--- Ports of stores are published on a laptop for whoever works there: here they stay inside, which is said once.
local function note_inner()
  if engine.failed() or read.at(engine.section("x-composex"), "publish") == "none" then return end
  local parts <const>, first = {}, nil
  for _, service in ipairs(engine.services()) do
    for _, port in ipairs(service.ports or {}) do
      if publishing.is_inner(service, port) and not publishing.is_local(port) and is_lost(service, port) then
        first = first or service.ports
        table.insert(parts, service.name .. " " .. tostring(port.published))
      end
    end
  end
  if not first then return end
  engine.note(first, "published ports of stores are reached inside the VPC only: " .. listed(parts),
    "run their clients as services of the project")
end

--- Warns of tasks that cannot fetch their images, and of ports that nobody outside reaches. Runs when the services are made.
function reach.check()
  network.check(awsvpc(), {
    has_public_address = ingress.has_public_address, images = endpoint_needs.foreign_images, needed = endpoint_needs.of,
  })
  warn_unpublished()
  warn_streams()
  note_inner()
end

return reach
