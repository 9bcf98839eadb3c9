--- What containers ask for, and the Fargate size that satisfies a task.
local connect <const> = engine.use("task/service_connect")
local fargate <const> = engine.use("task/fargate_sizes")
local fates <const> = engine.use("project/fates")
local needs <const> = engine.use("project/needs")
local read <const> = engine.use("base/read")
local units <const> = engine.use("base/units")
local labels <const> = engine.use("project/family_labels")
local sizes <const> = {}

--- The soft limit (MiB) of a container on instances that asks for nothing: ECS places no container without one.
local default_reservation <const> = 256

--- What the proxy of Service Connect needs beside the containers: CPU units and MiB.
--- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html (2026-11-29)
local proxy <const> = { cpu = 256, memory = 64 }

--- Whether the task has a size of its own; elsewhere its containers say what they need.
local function is_sized(family)
  return family.fargate or family.runs.platform == "MANAGED_INSTANCES"
end

--- The first of `sources` (`{ holder, key }`) that says something: the value and where it stands.
local function first(sources)
  for _, source in ipairs(sources) do
    local value <const> = source.holder ~= nil and source.holder[source.key] or nil
    if value ~= nil then return value, { source.holder, source.key } end
  end
end

--- The CPUs that a quota per period stands for.
local function quota(service)
  local number <const> = tonumber(service.cpu_quota)
  if not number or number <= 0 then return nil end
  local period <const> = tonumber(service.cpu_period) or 100000
  return period > 0 and number / period or nil
end

--- ECS takes no memory below 6 MiB, which is what Docker starts a container with.
--- https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html (2026-11-29)
local least_memory <const> = 6

--- The MiB of a limit or reservation; what is below the least becomes that, which is reported: its unit was forgotten.
local function at_least(mebibytes, written, where, service)
  if not mebibytes or mebibytes >= least_memory then return mebibytes end
  local text <const> = tostring(written)
  local bytes <const> = tonumber(text)
  if bytes and bytes >= 65536 then
    engine.warn(where, "services::" .. service.name .. " memory " .. (bytes >= 1048576 and bytes // 1048576 .. " MiB" or bytes // 1024 .. " KiB")
      .. " is less than " .. least_memory .. " MiB, the least that ECS takes", "write " .. least_memory .. "m")
    return least_memory
  end
  engine.warn(where, "services::" .. service.name .. " memory " .. text .. " is less than " .. least_memory .. " MiB, the least that ECS takes",
    text:find("^%d+$") and "a number without a unit is bytes: write " .. text .. "m for MiB" or "write " .. least_memory .. "m")
  return least_memory
end

--- Reports a size that is smaller than what the service's own texts ask for: the container would be ended while it starts.
local function report_outgrown(service, size)
  local said <const>, stated <const> = needs.in_texts(service), size.memory or size.reservation
  if said.memory == 0 or not size.memory or said.memory <= stated then return end
  -- What a heap has beside it is an estimate; the heap itself is not.
  if said.least <= stated then return end
  engine.warn(said.where, "services::" .. service.name .. " says " .. said.shown .. ", but its memory is " .. stated
    .. " MiB: ECS ends it when it outgrows that",
    "raise the limit to " .. said.memory .. "M, or lower what the text says", { consequence = "start" })
end

--- CPU units and MiB of a container: `{ cpu, memory, reservation }`, each nil when the file does not say, with `*_at` its place.
function sizes.of(service, family)
  local limits <const> = read.at(service, "deploy", "resources", "limits")
  local reservations <const> = read.at(service, "deploy", "resources", "reservations")
  local cpus, cpu_at = first {
    { holder = limits, key = "cpus" }, { holder = service, key = "cpus" }, { holder = reservations, key = "cpus" },
  }
  if cpus == nil and quota(service) then cpus, cpu_at = quota(service), { service, "cpu_quota" } end
  local reserved <const> = read.at(reservations, "cpus")
  local memory, memory_at = first {
    { holder = limits, key = "memory" }, { holder = service, key = "mem_limit" },
  }
  local reservation <const>, reservation_at <const> = first {
    { holder = reservations, key = "memory" }, { holder = service, key = "mem_reservation" },
  }
  local cpu = units.cpu(cpus)
  if cpu and units.cpu(reserved) then cpu = math.max(cpu, units.cpu(reserved)) end
  if not cpu and not family.fargate and tonumber(service.cpu_shares) then
    cpu, cpu_at = math.max(2, math.tointeger(service.cpu_shares) or 2), { service, "cpu_shares" }
  end
  local size <const> = {
    cpu = cpu, cpu_at = cpu_at,
    memory = units.mebibytes(memory), memory_at = memory_at,
    reservation = units.mebibytes(reservation), reservation_at = reservation_at,
  }
  size.memory = at_least(size.memory, memory, memory_at, service)
  size.reservation = at_least(size.reservation, reservation, reservation_at, service)
  if size.memory and size.reservation and size.reservation > size.memory then
    engine.warn(reservation_at, "services::" .. service.name .. " reserves more memory than its limit, which decides",
      "raise the limit, or reserve less")
    size.reservation = size.memory
  end
  if not size.memory and not size.reservation then
    local needed <const> = needs.of(service)
    size.needed, size.needed_cpu = needed.memory, needed.cpu
    if not is_sized(family) then size.reservation = math.max(default_reservation, needed.memory) end
  else
    report_outgrown(service, size)
  end
  return size
end

--- The soft limit (MiB) of a container that only writes files; nil where the task has a size.
function sizes.of_writer(family)
  return not is_sized(family) and 64 or nil
end

--- Containers that state no size and of which nobody knows one take as much as the smallest of their siblings, which the file sizes.
local function share(family)
  local least
  for _, service in ipairs(family.services) do
    local size <const> = family.sizes[service.name]
    local stated <const> = size.memory or size.reservation
    if stated and not family.ending[service.name] then least = math.min(least or stated, stated) end
  end
  for _, service in ipairs(family.services) do
    local size <const> = family.sizes[service.name]
    if least and size.needed == 0 and not family.ending[service.name] then size.needed = least end
  end
end

--- What all containers of a task need at once; those that end before the others start need no room of their own. ECS counts what each of
--- them states, though: the task has that at least.
--- https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html (2026-11-29)
local function sum(family)
  share(family)
  local total <const> = { cpu = 0, memory = 0 }
  local stated <const> = { cpu = 0, memory = 0 }
  local function add(size)
    total.cpu = total.cpu + (size.cpu or size.needed_cpu or 0)
    total.memory = total.memory + math.max(size.memory or 0, size.reservation or 0, size.needed or 0)
    total.cpu_at = total.cpu_at or size.cpu_at
    total.memory_at = total.memory_at or size.memory_at or size.reservation_at
  end
  local largest <const> = { cpu = 0, memory = 0 }
  for _, service in ipairs(family.services) do
    local size <const> = family.sizes[service.name]
    stated.cpu, stated.memory = stated.cpu + (size.cpu or 0), stated.memory + (size.reservation or size.memory or 0)
    if family.ending[service.name] then
      largest.cpu = math.max(largest.cpu, size.cpu or 0)
      largest.memory = math.max(largest.memory, size.memory or 0, size.reservation or 0, size.needed or 0)
    else
      add(size)
    end
  end
  for _, sidecar in ipairs(family.sidecars) do
    add(sidecar)
    stated.cpu, stated.memory = stated.cpu + (sidecar.cpu or 0), stated.memory + (sidecar.reservation or sidecar.memory or 0)
  end
  total.cpu, total.memory = math.max(total.cpu, largest.cpu, stated.cpu), math.max(total.memory, largest.memory, stated.memory)
  if connect.has_proxy(family) then total.cpu, total.memory = total.cpu + proxy.cpu, total.memory + proxy.memory end
  return total
end

--- The task's CPU units and MiB as ECS writes them, placed where the file asks for them. On instances the containers say it, but the
--- proxy of Service Connect needs a limit of the task: ECS refuses the service without one.
function sizes.task(family)
  local wanted <const> = sum(family)
  if not is_sized(family) then return nil, connect.has_proxy(family) and engine.placed(tostring(wanted.memory), wanted.memory_at) or nil end
  local cpu <const>, memory <const> = fargate.size(wanted.cpu, wanted.memory, family.windows)
  if not cpu then
    local largest <const> = fargate.largest(family.windows)
    local where <const> = wanted.cpu > largest.cpu and wanted.cpu_at or wanted.memory_at or wanted.cpu_at
    engine.error(where or family.main, "services::" .. family.main.name .. " asks for more than the largest Fargate task has",
      "ask for at most " .. largest.cpu // 1024 .. " CPUs and " .. largest.last // 1024 .. " GiB")
    return "256", "512"
  end
  return engine.placed(tostring(cpu), wanted.cpu_at), engine.placed(tostring(memory), wanted.memory_at)
end

--- Reports the options of a container's storage that Fargate does not have; on instances none has an effect, which is reported as a whole.
local function report_options(service, family)
  for name in pairs(family.fargate and service.storage_opt or {}) do
    if name ~= "size" then
      engine.warn({ service.storage_opt, name, "key" }, fates.without_effect(service, family, "storage_opt." .. name, "a task has disks by size only"))
    end
  end
end

--- Reports once what tasks get whose services state no size.
function sizes.report(families)
  local smallest <const>, known <const>, seen <const>, unsized = {}, {}, {}, nil
  for _, family in ipairs(families) do
    for _, service in ipairs(is_sized(family) and family.services or {}) do
      local size <const> = family.sizes[service.name]
      if size.needed and not size.cpu and not seen[service.name] then
        seen[service.name] = true
        unsized = unsized or service
        local needed <const> = needs.of(service)
        if size.needed > 0 then
          table.insert(known, service.name .. " (" .. size.needed .. " MiB: " .. (needed.memory > 0 and needed.shown or "as its siblings") .. ")")
        else
          table.insert(smallest, service.name)
        end
      end
    end
  end
  if not unsized or engine.failed() then return end
  local parts <const> = {}
  if #smallest > 0 then table.insert(parts, table.concat(smallest, ", ") .. " (the smallest task has 0.25 vCPU and 512 MiB)") end
  for _, text in ipairs(known) do table.insert(parts, text) end
  local gibibytes <const> = math.max(1, math.ceil(needs.of(unsized).memory / 1024))
  engine.note(unsized, "no size is stated for " .. table.concat(parts, ", "), "state it where it is not enough:", {
    block = 'services: {' .. unsized.name .. ': {deploy: {resources: {limits: {cpus: "0.5", memory: ' .. gibibytes .. 'G}}}}}',
  })
end

--- GiB of ephemeral storage that the family asks for (`ecs.ephemeral.storage`, `storage_opt.size`): 21 to 200, or nil.
function sizes.storage(family)
  local most, at, is_labelled
  for _, service in ipairs(family.services) do
    local text <const>, where <const> = labels.of(service, "ecs.ephemeral.storage")
    local gibibytes = tonumber(text) or (text and (units.mebibytes(text) or 0) / 1024)
    report_options(service, family)
    local option <const> = read.at(service, "storage_opt", "size")
    if text and gibibytes == 0 then
      engine.error(where, "ecs.ephemeral.storage must be a number of GiB, not " .. text, "write 21 to 200")
    end
    local place = where
    if not gibibytes and option ~= nil then
      gibibytes, place = (units.mebibytes(option) or 0) / 1024, { service.storage_opt, "size" }
    end
    if gibibytes and (not most or gibibytes > most) then most, at, is_labelled = gibibytes, place, text ~= nil end
  end
  if not most or most <= 20 then return nil end
  if not family.fargate then
    if is_labelled then
      engine.warn(at, "services::" .. family.main.name .. " ephemeral storage has no effect on " .. fates.platform(family)
        .. ": instances have their own disks")
    end
    return nil
  end
  if most > 200 then
    engine.warn(at, "services::" .. family.main.name .. " ephemeral storage becomes 200 GiB, the most that Fargate has", "ask for 21 to 200 GiB")
    most = 200
  end
  return { SizeInGiB = engine.placed(math.max(21, math.ceil(most)), at) }
end

return sizes
