--- The instance types and the image of the instances of a cluster.
local wanted <const> = engine.use("x/cluster/wanted_instances")
local gpus <const> = engine.use("project/gpus")
local read <const> = engine.use("base/read")
local instance_images <const> = {}

--- The AMI of ECS, as AWS keeps it current; the one for GPUs has their drivers.
--- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/retrieve-ecs-optimized_AMI.html (2026-11-29)
local images <const> = {
  X86_64 = "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id",
  ARM64  = "/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id",
  GPU    = "/aws/service/ecs/optimized-ami/amazon-linux-2023/gpu/recommended/image_id",
}

--- Graviton families have a g after their generation: m7g, c8gn, t4g.
local function is_arm(type) return type:find("^%l+%d+g%l*[%.%-]") ~= nil or type:find("^a1%.") ~= nil end

--- The architecture of all instance types; two at once are an error. `where` is the place of the types, nil when they are ours.
local function architecture(node, types, where)
  local arm = 0
  for _, type in ipairs(types) do
    if is_arm(type) then arm = arm + 1 end
  end
  local named <const> = wanted.architecture(node)
  if arm > 0 and arm < #types then
    engine.error(where, "x-cluster Compute mixes ARM64 and X86_64 instance types", "a cluster's image fits one of them: name one kind")
  elseif named and #types > 0 and (named == "ARM64") ~= (arm > 0) then
    engine.error({ node, "CpuArchitecture" }, "x-cluster Compute CpuArchitecture " .. named .. " is not that of its InstanceTypes",
      "leave it out: the types say it")
  end
  return named or (arm > 0 and "ARM64" or "X86_64")
end

--- Instance types that a cluster has which names none.
local usual <const> = { X86_64 = { "m7i.large", "m6i.large" }, ARM64 = { "m7g.large", "m6g.large" } }

--- The instance types of the file and their places, else `default`; none where requirements choose them.
function instance_images.types_of(node, default)
  default = default or usual[wanted.architecture(node) or "X86_64"]
  local list <const>, placed <const> = {}, {}
  if node.InstanceRequirements ~= nil and node.InstanceTypes ~= nil then
    engine.error({ node, "InstanceTypes", "key" }, "x-cluster Compute has InstanceTypes and InstanceRequirements",
      "write one of them; requirements may hold AllowedInstanceTypes")
  end
  if node.InstanceRequirements ~= nil then return {}, {}, nil end
  if type(node.InstanceTypes) == "string" then
    return { node.InstanceTypes }, { read.placed(node, "InstanceTypes") }, { node, "InstanceTypes" }
  end
  for index, name in ipairs(read.items(node, "InstanceTypes")) do
    if type(name) == "string" and name:find("^%l[%l%d%-]*%.[%l%d%-]+$") then
      list[#list + 1], placed[#placed + 1] = name, engine.placed(name, { node.InstanceTypes, index })
    else
      engine.error({ node.InstanceTypes, index }, "x-cluster Compute InstanceTypes: " .. tostring(name) .. " is no instance type",
        "write it like m7g.large")
    end
  end
  if #list > 0 then return list, placed, { node, "InstanceTypes" } end
  return default, default, nil
end

--- The image of the instances: the one that the file names, else the newest of ECS for what runs there.
function instance_images.image_of(node, types, where)
  local kind = architecture(node, types, where)
  if node.ImageId ~= nil then return read.placed(node, "ImageId") end
  local service <const>, gpus_at <const> = gpus.first()
  if service and kind == "ARM64" then
    engine.error(gpus_at, "services::" .. service.name .. " asks for GPUs, and ECS keeps no image for them on ARM64",
      "write InstanceTypes: [g6.xlarge], or an ImageId of your own in x-cluster Compute")
  elseif service then
    kind = "GPU"
    if #types > 0 and where == nil then
      engine.warn(gpus_at, "services::" .. service.name .. " asks for GPUs, and the instances of x-cluster Compute have none: they are never placed",
        "name types that have them: x-cluster: {Compute: {InstanceTypes: [g6.xlarge]}}")
    end
  end
  return engine.parameter("EcsImageId", {
    Type = "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>", Default = images[kind], Description = "The image of the cluster's instances",
  })
end

return instance_images
