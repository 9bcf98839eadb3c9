--- The generator: everything that the template holds before scripts change it, in this order.
local lazy <const> = engine.use("base/lazy")
local clear_secrets <const> = engine.use("project/clear_secrets")
local compat <const> = engine.use("project/compat")
local compat_report <const> = lazy("task/compat_report")
local cloudmap_resources <const> = lazy("x/cloudmap/cloudmap_resources")
local compute <const> = engine.use("x/cluster/compute")
local definitions <const> = engine.use("kinds/definitions")
local discovery_services <const> = lazy("x/cloudmap/discovery_services")
local efs <const> = lazy("task/efs_volumes")
local families <const> = engine.use("project/families")
local jobs <const> = engine.use("project/jobs")
local grants <const> = engine.use("kinds/grants")
local localhost <const> = engine.use("project/localhost")
local lost_data <const> = engine.use("task/lost_data")
local lost_names <const> = lazy("project/lost_names")
local modules <const> = engine.use("kinds/modules")
local no_effect <const> = engine.use("task/no_effect")
local network_rules <const> = engine.use("task/network_rules")
local publishing <const> = engine.use("x/elbv2/publishing")
local reach <const> = engine.use("task/reach")
local read <const> = engine.use("base/read")
local report_jobs <const> = lazy("task/jobs_report")
local resource <const> = engine.use("kinds/make")
local scaling <const> = lazy("kinds/step_scaling")
local secrets <const> = lazy("task/secrets")
local sections <const> = engine.use("project/sections")
local service <const> = engine.use("task/service")
local service_connect <const> = engine.use("task/service_connect")
local sizes <const> = engine.use("task/sizes")
local texts <const> = engine.use("kinds/texts")

--- The families of the project, or nil when a section of a service is wrong: nothing is made of it then.
local function project(services)
  for _, each in ipairs(services) do sections.check(each) end
  if engine.section("secrets") ~= nil then secrets.check() end
  if engine.section("volumes") ~= nil then efs.check() end
  local list <const> = families.all()
  return not engine.failed() and list or nil
end

local function names_containers(services)
  for _, each in ipairs(services) do
    if each.container_name ~= nil or each.hostname ~= nil then return true end
  end
  return false
end

--- Registers the services and the resources that ask for it in namespaces.
local function register(all)
  for _, family in ipairs(all) do
    if families.says(family, "x-network", "x-cloudmap") then
      discovery_services.register()
      break
    end
  end
  for _, definition in ipairs(definitions.list) do
    if read.at(definition.body, "Settings", "x-cloudmap") ~= nil then cloudmap_resources.register(definition) end
  end
end

--- Where the services run, how they are found, and what stands in front of them.
local function make_platform(all)
  resource.make_stage("network")
  if #all > 0 then compute.make_cluster() end
  reach.wait_for_ways_out()
  resource.make_stage("names")
  service_connect.prepare()
  resource.make_stage("front")
end

return function()
  publishing.add()
  modules.load()
  local services <const> = engine.services()
  local names <const> = {}
  for _, each in ipairs(services) do table.insert(names, each.name) end
  local all <const> = project(services)
  if not all then return end

  resource.make()
  resource.share(names)

  no_effect.of_project(all, compute.of)
  if names_containers(services) then lost_names.tell_callers(services) end
  localhost.report(services)
  make_platform(all)
  for _, family in ipairs(all) do service.make(family) end
  for _, family in ipairs(all) do service.connect(family, names) end
  for _, each in ipairs(services) do
    if #grants.of(each.name).scaling > 0 then scaling.connect(each.name) end
  end
  resource.finish()
  network_rules.open()
  resource.finish("front")
  register(all)
  reach.check()
  for _, family in ipairs(all) do
    if jobs.is(family) or families.says(family, "x-ecs", "Job") then
      report_jobs.report(all)
      break
    end
  end
  lost_data.report()
  sizes.report(all)
  if compat.is("ecs-composex") then compat_report.report() end
  if not engine.failed() then clear_secrets.report(services) end
  resource.finish("last")
  -- Whatever the file writes into a template as it is may name values of definitions as well. What was refused before would be so again.
  if not engine.failed() then engine.resolve_strings(texts.remaining) end
end
