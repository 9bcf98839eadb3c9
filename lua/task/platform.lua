--- What services need of the platform, in two steps: what they need to be made, and what needs them.
local lazy <const> = engine.use("base/lazy")
local acm <const> = lazy("x/acm")
local cloudmap <const> = lazy("x/cloudmap/cloudmap")
local cloudmap_resources <const> = lazy("x/cloudmap/cloudmap_resources")
local cluster <const> = engine.use("x/cluster/cluster")
local compute <const> = engine.use("x/cluster/compute")
local definitions <const> = engine.use("kinds/definitions")
local elbv2 <const> = lazy("x/elbv2/elbv2")
local families <const> = engine.use("project/families")
local grants <const> = engine.use("kinds/grants")
local ingress <const> = engine.use("task/ingress")
local names <const> = engine.use("task/service_connect")
local network <const> = engine.use("x/vpc/network")
local read <const> = engine.use("base/read")
local route53 <const> = lazy("x/route53")
local tags <const> = lazy("x/tags")
local waf <const> = lazy("x/wafv2_webacl")
local platform <const> = {}

--- A task that starts before it has a way to its image fails, and its deployment with it.
local function wait_for_ways_out()
  for _, family in ipairs(families.all()) do
    if compute.of(family).network_mode == "awsvpc" then
      for _, route in ipairs(network.ways_out(family)) do grants.after(family.main.name, route) end
      local platform_of <const> = compute.of(family).platform
      if cluster.ready() and platform_of ~= "FARGATE" then grants.after(family.main.name, cluster.ready()) end
    end
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

--- A published port means something on a laptop; here a load balancer publishes.
local function tell_unpublished()
  local has_balancers <const> = engine.section("x-elbv2") ~= nil
  for _, family in ipairs(families.all()) do
    for _, service in ipairs(family.services) do
      local published <const>, seen <const> = {}, {}
      for _, port in ipairs(service.ports or {}) do
        local text <const> = port.published ~= nil and tostring(port.published)
        if text and not seen[text] then table.insert(published, text) end
        if text then seen[text] = true end
      end
      if #published > 0 and compute.of(family).network_mode == "awsvpc" and not (has_balancers and elbv2.leads_to(service)) then
        engine.warn(service.ports, "services::" .. service.name .. " publishes " .. listed(published)
          .. ", but nothing outside the VPC reaches " .. (#published > 1 and "them" or "it"),
          "publish it by a load balancer: x-elbv2: {public: {Services: {" .. service.name .. ": {}}}}")
      end
    end
  end
end

--- Registers the services and the resources that ask for it.
local function register()
  for _, family in ipairs(families.all()) do
    if families.says(family, "x-network", "x-cloudmap") then
      cloudmap.register_services()
      break
    end
  end
  for _, definition in ipairs(definitions.list) do
    if read.at(definition.body, "Settings", "x-cloudmap") ~= nil then cloudmap_resources.register(definition) end
  end
end

--- AWS App Mesh has ended.
local function tell_mesh()
  local mesh <const> = engine.section("x-appmesh")
  if mesh == nil then return end
  engine.error({ engine.root(), "x-appmesh", "key" }, "x-appmesh: AWS App Mesh has ended, and Service Connect does what it did",
    "leave x-appmesh out: services of one compose network reach each other by name; for retries, timeouts and protocols write "
      .. "x-network: {x-ecs_connect: {MacroParameters: {service_ports: {PORT: {DnsName: ..., appProtocol: http}}}}}")
end

--- Who makes what a section says; a file is loaded when its section is there.
local sections <const> = {
  { "x-route53", route53 }, { "x-acm", acm }, { "x-elbv2", elbv2 }, { "x-wafv2_webacl", waf },
}

--- Before the services are made; the families are there.
function platform.prepare()
  tell_mesh()
  network.prepare()
  for _, family in ipairs(families.all()) do compute.of(family) end
  if #families.all() > 0 or engine.section("x-cluster") ~= nil then
    cluster.name()
    cluster.prepare()
  end
  wait_for_ways_out()
  if engine.section("x-cloudmap") ~= nil then cloudmap.prepare() end
  names.prepare()
  for _, each in ipairs(sections) do
    if engine.section(each[1]) ~= nil then each[2].prepare() end
  end
  if engine.section("x-route53") ~= nil then route53.make_records() end
end

--- After the services are made.
function platform.finish()
  names.open()
  if engine.section("x-elbv2") ~= nil then elbv2.open() end
  register()
  network.check(awsvpc(), ingress.has_public_address)
  tell_unpublished()
  if engine.section("x-tags") ~= nil then tags.set() end
end

return platform
