--- The generator: everything that the template holds before scripts change it, in this order.
local modules <const> = engine.use("composex/modules")
local resource <const> = engine.use("composex/resource")
local scaling <const> = engine.use("composex/scaling")
local platform <const> = engine.use("platform/platform")
local service <const> = engine.use("ecs/service")

return function()
  modules.load()
  local services <const> = engine.services()
  local names <const> = {}
  for _, each in ipairs(services) do table.insert(names, each.name) end

  resource.make()
  resource.share(names)

  local families <const> = {}
  for _, each in ipairs(services) do table.insert(families, { name = each.name, services = { each }, main = each }) end

  platform.prepare(families)
  for _, each in ipairs(services) do service.make(each) end
  for _, each in ipairs(services) do service.order(each) end
  for _, each in ipairs(services) do scaling.connect(each.name) end
  resource.finish()
  platform.finish(families)
end
