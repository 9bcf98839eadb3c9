--- What a service asks for, and the Fargate size that satisfies it.
local fargate <const> = engine.use("ecs/fargate")
local units <const> = engine.use("composex/units")
local sizes <const> = {}

local function at(node, ...)
  for _, key in ipairs { ... } do
    if node == nil then return nil end
    node = node[key]
  end
  return node
end

--- The first of `sources` (`{ holder, key }`) that says something: the value and where it stands.
local function first(sources)
  for _, source in ipairs(sources) do
    local value <const> = source.holder ~= nil and source.holder[source.key] or nil
    if value ~= nil then return value, { source.holder, source.key } end
  end
end

--- CPU units and MiB of a container: `{ cpu, memory, reservation }`, each nil when the file does not say, with `*_at` its place.
function sizes.of(service)
  local limits <const> = at(service, "deploy", "resources", "limits")
  local reservations <const> = at(service, "deploy", "resources", "reservations")
  local cpus <const>, cpu_at <const> = first {
    { holder = limits, key = "cpus" }, { holder = service, key = "cpus" }, { holder = reservations, key = "cpus" },
  }
  local reserved <const> = at(reservations, "cpus")
  local memory <const>, memory_at <const> = first {
    { holder = limits, key = "memory" }, { holder = service, key = "mem_limit" },
  }
  local reservation <const>, reservation_at <const> = first {
    { holder = reservations, key = "memory" }, { holder = service, key = "mem_reservation" },
  }
  local cpu = units.cpu(cpus)
  if cpu and units.cpu(reserved) then cpu = math.max(cpu, units.cpu(reserved)) end
  return {
    cpu = cpu, cpu_at = cpu_at,
    memory = units.mebibytes(memory), memory_at = memory_at,
    reservation = units.mebibytes(reservation), reservation_at = reservation_at,
  }
end

--- The task's CPU units and MiB as ECS writes them, placed where the file asks for them; told when no size is large enough.
function sizes.task(service, size)
  local wanted_memory <const> = math.max(size.memory or 0, size.reservation or 0)
  local cpu <const>, memory <const> = fargate.size(size.cpu or 0, wanted_memory)
  if not cpu then
    local where <const> = (size.cpu or 0) > fargate.largest.cpu and size.cpu_at or size.memory_at or size.reservation_at
    engine.error(where, "services::" .. service.name .. " asks for more than the largest Fargate task has",
      "ask for at most 16 CPUs and 120 GiB")
    return "256", "512"
  end
  return engine.placed(tostring(cpu), size.cpu_at), engine.placed(tostring(memory), size.memory_at or size.reservation_at)
end

return sizes
