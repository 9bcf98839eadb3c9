--- The ground that services stand on, in two steps: what they need to be made, and what needs them.
local cluster <const> = engine.use("platform/cluster")
local names <const> = engine.use("platform/names")
local platform <const> = {}

--- Before the services are made. `families` are `{ name, services, main }`.
function platform.prepare(families)
  if #families > 0 then cluster.name() end
  names.prepare(families)
end

--- After the services are made.
function platform.finish()
  names.open()
end

return platform
