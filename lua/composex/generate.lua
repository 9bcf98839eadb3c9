--- The generator: everything that the template holds before scripts change it, in this order.
local attributes <const> = engine.use("ecs/attributes")
local callers <const> = engine.use("ecs/callers")
local efs <const> = engine.use("ecs/efs")
local families <const> = engine.use("ecs/families")
local modules <const> = engine.use("composex/modules")
local resource <const> = engine.use("composex/resource")
local scaling <const> = engine.use("composex/scaling")
local platform <const> = engine.use("platform/platform")
local secrets <const> = engine.use("ecs/secrets")
local sections <const> = engine.use("ecs/sections")
local service <const> = engine.use("ecs/service")

--- The families of the project, or nil when a section of a service is wrong: nothing is made of it then.
local function read(services)
  sections.check_project()
  for _, each in ipairs(services) do sections.check(each) end
  secrets.check()
  efs.check()
  local list <const> = families.make(services)
  return not engine.failed() and list or nil
end

return function()
  modules.load()
  local services <const> = engine.services()
  local names <const> = {}
  for _, each in ipairs(services) do table.insert(names, each.name) end
  local all <const> = read(services)
  if not all then return end

  resource.make()
  resource.share(names)

  attributes.tell_networks()
  callers.tell(services)
  platform.prepare(all)
  for _, family in ipairs(all) do service.make(family) end
  for _, family in ipairs(all) do service.connect(family, names) end
  for _, each in ipairs(services) do scaling.connect(each.name) end
  resource.finish()
  platform.finish(all)
end
