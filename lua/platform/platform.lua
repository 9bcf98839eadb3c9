--- The ground that services stand on, in two steps: what they need to be made, and what needs them.
local cluster <const> = engine.use("platform/cluster")
local compute <const> = engine.use("platform/compute")
local grants <const> = engine.use("composex/grants")
local names <const> = engine.use("platform/names")
local network <const> = engine.use("platform/network")
local platform <const> = {}

--- A task that starts before it has a way to its image fails, and its deployment with it.
local function wait_for_ways_out(families)
  for _, family in ipairs(families) do
    if compute.of(family).network_mode == "awsvpc" then
      for _, route in ipairs(network.ways_out()) do grants.after(family.main.name, route) end
    end
  end
end

--- Before the services are made. `families` are `{ name, services, main }`.
function platform.prepare(families)
  network.prepare()
  if #families > 0 then cluster.name() end
  wait_for_ways_out(families)
  names.prepare(families)
end

--- After the services are made.
function platform.finish(families)
  names.open()
  network.check(families)
end

return platform
