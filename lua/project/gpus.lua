--- GPUs that services ask for: `gpus`, devices that can `gpu`, or generic resources of kind `gpu`, `gpus` or `NVIDIA-GPU`, as Swarm
--- and Docker's ECS integration write them.
local read <const> = engine.use("base/read")
local gpus <const> = {}

--- A device's number of GPUs: what it counts, else what it names, else one. Below zero is all.
local function of_device(device)
  return tonumber(device.count) or device.device_ids ~= nil and #device.device_ids or 1
end

local function can_gpu(device)
  for _, capability in ipairs(device.capabilities or {}) do
    if capability == "gpu" then return true end
  end
  return false
end

--- The GPUs of a generic resource; nil when it is something else.
local function of_generic(resource)
  local spec <const> = read.at(resource, "discrete_resource_spec")
  local kind <const> = spec ~= nil and tostring(spec.kind):lower() or ""
  if kind ~= "gpu" and kind ~= "gpus" and not kind:find("^nvidia[^%w]*gpus?$") then return nil end
  return tonumber(spec.value) or 1
end

--- Whether all of a list of generic resources are GPUs.
function gpus.are(list)
  for _, item in ipairs(read.is_list(list) and list or {}) do
    if not of_generic(item) then return false end
  end
  return true
end

--- How many GPUs a service asks for, where it does, and whether it asks for all that there are: those count as one. nil when none.
function gpus.of(service)
  local total, at, is_all = 0, nil, false
  local function add(number, where)
    at, is_all = at or where, is_all or number < 0
    total = total + (number < 0 and 1 or number)
  end
  local reserved <const> = read.at(service, "deploy", "resources", "reservations")
  if service.gpus ~= nil then
    for _, device in ipairs(service.gpus) do add(of_device(device), { service, "gpus" }) end
  else
    for _, device in ipairs(read.at(reserved, "devices") or {}) do
      if can_gpu(device) then add(of_device(device), { service, "deploy" }) end
    end
  end
  for index, item in ipairs(at == nil and read.at(reserved, "generic_resources") or {}) do
    local number <const> = of_generic(item)
    if number then add(number, { reserved.generic_resources, index }) end
  end
  if total <= 0 then return nil end
  return math.tointeger(total) or 1, at, is_all
end

--- The first service of the project that asks for GPUs, and where; nil when none does.
function gpus.first()
  for _, service in ipairs(engine.services()) do
    local count <const>, where <const> = gpus.of(service)
    if count then return service, where end
  end
end

return gpus
