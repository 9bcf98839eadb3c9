--- Deployments that shift traffic: a service that runs its new tasks beside the old ones and leads traffic from these to those, all at
--- once (BLUE_GREEN), in steps (LINEAR), or a part first (CANARY).
--- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-blue-green.html (2026-11-29)
local read <const> = engine.use("base/read")
local shifting <const> = {}

local strategies <const> = { "BLUE_GREEN", "LINEAR", "CANARY" }

--- The strategy by which the traffic of a family is shifted, and where it says so; nil for a rolling update.
function shifting.of(family)
  for _, service in ipairs(family.services) do
    local configuration <const> = read.at(service, "x-ecs", "Service", "DeploymentConfiguration")
    local strategy <const> = read.at(configuration, "Strategy")
    if read.has(strategies, strategy) then return strategy, { configuration, "Strategy" } end
  end
end

return shifting
