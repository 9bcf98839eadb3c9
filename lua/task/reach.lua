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

--- `port 80` or `ports 80, 443`: at most so many that a line holds them.
local function listed(ports)
  if #ports == 1 then return "port " .. ports[1] end
  local most <const> = 8
  return "ports " .. table.concat(ports, ", ", 1, math.min(most, #ports)) .. (#ports > most and ", ..." or "")
end

--- A published port means something on a laptop; here a load balancer publishes, or a public address and a rule that opens the port.
local function warn_unpublished()
  local has_balancers <const> = engine.section("x-elbv2") ~= nil
  for _, family in ipairs(families.all()) do
    for _, service in ipairs(family.services) do
      local published <const>, seen <const> = {}, {}
      local is_public <const> = ingress.has_public_address(family)
      for _, port in ipairs(service.ports or {}) do
        local text <const> = port.published ~= nil and not (is_public and ingress.opens(service, port)) and tostring(port.published)
        if text and not seen[text] then table.insert(published, text) end
        if text then seen[text] = true end
      end
      if #published > 0 and compute.of(family).network_mode == "awsvpc" and not (has_balancers and load_balancers.lead_to(service)) then
        engine.warn(service.ports, "services::" .. service.name .. " publishes " .. listed(published)
          .. ", but nothing outside the VPC reaches " .. (#published > 1 and "them" or "it"),
          "publish it by a load balancer: x-elbv2: {public: {Services: {" .. service.name .. ": {}}}}")
      end
    end
  end
end

--- Warns of tasks that cannot fetch their images, and of ports that nobody outside reaches. Runs when the services are made.
function reach.check()
  network.check(awsvpc(), {
    has_public_address = ingress.has_public_address, images = endpoint_needs.foreign_images, needed = endpoint_needs.of,
  })
  warn_unpublished()
end

return reach
