--- The generator: everything that the template holds before scripts change it, in this order.
local modules <const> = engine.use("composex/modules")
local resource <const> = engine.use("composex/resource")
local platform <const> = engine.use("platform/platform")
local service <const> = engine.use("ecs/service")

return function()
  modules.load()
  local services <const> = engine.services()
  local names <const> = {}
  for _, each in ipairs(services) do table.insert(names, each.name) end

  for _, module in ipairs(modules.list) do resource.make(module, engine.section(module.key) or {}) end
  for _, module in ipairs(modules.list) do resource.connect(module, engine.section(module.key) or {}) end
  for _, module in ipairs(modules.list) do resource.share(module, engine.section(module.key) or {}, names) end

  local families <const> = {}
  for _, each in ipairs(services) do table.insert(families, { name = each.name, services = { each }, main = each }) end

  platform.prepare(families)
  for _, each in ipairs(services) do service.make(each) end
  for _, each in ipairs(services) do service.order(each) end
  platform.finish(families)
end
