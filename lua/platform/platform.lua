--- The ground that services stand on, in two steps: what they need to be made, and what needs them.
local acm <const> = engine.use("platform/acm")
local cluster <const> = engine.use("platform/cluster")
local compute <const> = engine.use("platform/compute")
local elbv2 <const> = engine.use("platform/elbv2")
local grants <const> = engine.use("composex/grants")
local members <const> = engine.use("platform/members")
local names <const> = engine.use("platform/names")
local network <const> = engine.use("platform/network")
local route53 <const> = engine.use("platform/route53")
local platform <const> = {}

--- A task that starts before it has a way to its image fails, and its deployment with it.
local function wait_for_ways_out(families)
  for _, family in ipairs(families) do
    if compute.of(family).network_mode == "awsvpc" then
      for _, route in ipairs(network.ways_out()) do grants.after(family.main.name, route) end
    end
  end
end

--- A published port means something on a laptop; here a load balancer publishes.
local function tell_unpublished(families)
  for _, family in ipairs(families) do
    for _, service in ipairs(family.services) do
      for _, port in ipairs(service.ports or {}) do
        if port.published ~= nil and compute.of(family).network_mode == "awsvpc" and not elbv2.leads_to(service) then
          engine.warn(service.ports, "services::" .. service.name .. " publishes port " .. tostring(port.published)
            .. ", but nothing outside the VPC reaches it", "publish it by a load balancer: x-elbv2: {public: {Services: {"
            .. service.name .. ": {}}}}")
          break
        end
      end
    end
  end
end

--- Before the services are made. `families` are `{ name, services, main }`.
function platform.prepare(families)
  network.prepare()
  if #families > 0 then cluster.name() end
  wait_for_ways_out(families)
  names.prepare(families)
  members.prepare(families)
  route53.prepare()
  acm.prepare()
  elbv2.prepare()
end

--- After the services are made.
function platform.finish(families)
  names.open()
  elbv2.open()
  network.check(families)
  tell_unpublished(families)
end

return platform
