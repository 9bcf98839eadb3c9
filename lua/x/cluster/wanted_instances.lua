--- x-cluster Compute as the file says it: the kind of instances, what each kind takes, its numbers.
local read <const> = engine.use("base/read")
local shape <const> = engine.use("base/shape")
local wanted <const> = {}

local kinds <const> = { "EC2", "ManagedInstances", "SpotFleet", "External" }
--- What each kind takes; EC2 takes all.
local keys <const> = {
  EC2 = {
    "Type", "InstanceTypes", "InstanceRequirements", "CpuArchitecture", "Min", "Max", "Spot", "OnDemandBase", "OnDemandPercentage",
    "TargetCapacity", "VolumeSize", "Subnets", "ImageId", "ManagedTerminationProtection",
  },
  ManagedInstances = { "Type", "InstanceTypes", "InstanceRequirements", "Spot", "VolumeSize", "Subnets" },
  SpotFleet = {
    "Type", "InstanceTypes", "InstanceRequirements", "CpuArchitecture", "Min", "TargetCapacity", "VolumeSize", "Subnets", "ImageId",
  },
  External = { "Type" },
}
local platforms <const> = { EC2 = "EC2", ManagedInstances = "MANAGED_INSTANCES", SpotFleet = "EC2", External = "EXTERNAL" }
--- Names that a strategy of x-ecs may use for the instances.
local providers <const> = { EC2 = "EC2", ManagedInstances = "MANAGED_INSTANCES" }

local architectures <const> = shape.one_of { "X86_64", "ARM64" }

--- Reports the keys that another kind takes and this one does not.
local function report_unused(node, kind)
  for key in pairs(node) do
    if read.index(keys.EC2, key) and not read.index(keys[kind], key) then
      engine.warn({ node, key, "key" }, "x-cluster Compute " .. key .. " has no effect on " .. kind, "leave it out")
    end
  end
end

--- What Compute may be: a kind, or a mapping with a Type; each kind takes its part of the keys.
local names <const> = shape.one_of(kinds)
local count <const> = shape.integer(0, 5000)
local fields <const> = {
  Type = names, InstanceTypes = shape.either(shape.text, shape.list(shape.text, "m7g.large")), InstanceRequirements = shape.map(shape.any),
  CpuArchitecture = architectures, Min = count, Max = count, Spot = shape.flag, OnDemandBase = count,
  OnDemandPercentage = shape.integer(0, 100), TargetCapacity = count, VolumeSize = shape.integer(30, 16384), Subnets = shape.text,
  ImageId = shape.value, ManagedTerminationProtection = shape.flag,
}
wanted.shape = shape.either(shape.record(fields), names)

--- `Compute[key]` as a number; nil when it says none, or none that fits.
function wanted.number(node, key)
  local value <const> = shape.of(fields[key], node, key)
  return value ~= nil and math.tointeger(tonumber(value)) or nil
end

--- What x-cluster says of Compute: `{ kind, platform, provider, node }`.
function wanted.read(body)
  local compute <const> = body.Compute
  local node <const> = read.is_mapping(compute) and compute or {}
  local kind <const> = shape.of(names, body, "Compute") or shape.of(names, node, "Type") or "EC2"
  if read.is_mapping(compute) then report_unused(compute, kind) end
  return { kind = kind, platform = platforms[kind], provider = providers[kind], node = node, body = body }
end

--- Numbers of instances: `Min` and `Max`.
function wanted.range(node)
  local least <const> = wanted.number(node, "Min") or 0
  local most <const> = wanted.number(node, "Max") or math.max(least, 4)
  if most < least then engine.error({ node, "Max" }, "x-cluster Compute Max is below Min", "write at least " .. least) end
  return least, most
end

--- The InstanceRequirements of the file; what is none has been reported.
function wanted.requirements_of(node)
  return read.is_mapping(node.InstanceRequirements) and node.InstanceRequirements or nil
end

--- What the instances may be, one override each: types, or requirements; for each of `subnets` when they are given.
function wanted.overrides_of(node, placed, subnets)
  local list <const>, choices <const> = {}, {}
  for _, each in ipairs(placed) do table.insert(choices, { InstanceType = each }) end
  local requirements <const> = wanted.requirements_of(node)
  if requirements then table.insert(choices, { InstanceRequirements = requirements }) end
  for _, choice in ipairs(choices) do
    if not subnets then table.insert(list, choice) end
    for _, subnet in ipairs(subnets or {}) do
      table.insert(list, { InstanceType = choice.InstanceType, InstanceRequirements = choice.InstanceRequirements, SubnetId = subnet })
    end
  end
  return list
end

--- The architecture that Compute says, or nil.
function wanted.architecture(node) return shape.of(architectures, node, "CpuArchitecture") end

return wanted
