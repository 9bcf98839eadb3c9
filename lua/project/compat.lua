--- Whether a project keeps what another tool made of it (`x-composex: {compat: ecs-composex}`): its nested stacks and logical ids, and
--- what it meant by words that Compose means otherwise.
local read <const> = engine.use("base/read")
local compat <const> = {}

function compat.is(tool) return read.at(engine.section("x-composex"), "compat") == tool end

return compat
