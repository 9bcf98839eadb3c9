--- Volumes on EBS: a disk of its own for each task, made at its start (`x-ebs`, or `driver: ebs` with `driver_opts`).
--- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ebs-volumes.html
local infrastructure_role <const> = engine.use("task/infrastructure_role")
local read <const> = engine.use("base/read")
local values <const> = engine.use("kinds/texts")
local ebs <const> = {}

--- Options of `driver_opts`, and the properties that they are.
local options <const> = {
  size       = "SizeInGiB",
  type       = "VolumeType",
  iops       = "Iops",
  throughput = "Throughput",
  snapshot   = "SnapshotId",
  fs         = "FilesystemType",
  kms_key    = "KmsKeyId",
}

--- The role by which ECS makes and attaches the disks of a family.
local function role(family)
  return (infrastructure_role(family, "ebs_role", "VolumesRole", {
    ManagedPolicyArns = { composex.sub("arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonECSInfrastructureRolePolicyForVolumes") },
  }))
end

--- The disk as its definition says: encrypted, gp3, 20 GiB unless it says otherwise.
local function disk(family, volume, definition)
  local made <const> = { Encrypted = true, VolumeType = "gp3", RoleArn = role(family):att("Arn") }
  local written <const> = definition.driver_opts or {}
  for name in pairs(written) do
    local property <const> = options[name]
    if property then
      local text <const> = written[name]
      made[property] = engine.placed(name == "size" and tonumber((text:gsub("%s*[Gg][Ii]?[Bb]?$", ""))) or tonumber(text) or text, { written, name })
    else
      engine.error({ written, name, "key" }, "volumes::" .. volume .. " driver ebs has no option \"" .. name .. "\"",
        engine.near(name, read.names(options), "it has"))
    end
  end
  for name in pairs(read.is_mapping(definition["x-ebs"]) and definition["x-ebs"] or {}) do
    made[name] = read.placed(definition["x-ebs"], name)
  end
  if made.SizeInGiB == nil and made.SnapshotId == nil then made.SizeInGiB = 20 end
  return made
end

--- The name of the task's volume for a compose volume on EBS. A task has one of them at most.
function ebs.volume(service, family, name, definition)
  local id <const>, where <const> = values.name(name), { engine.section("volumes"), name, "key" }
  for _, other in ipairs(family.disks or {}) do
    if other.Name == id then return id end
  end
  if family.runs.platform == "EXTERNAL" then
    engine.error(where, "volumes::" .. name .. " is on EBS, which machines of your own do not have", "run services::" .. service.name
      .. " on Fargate or EC2")
  elseif family.disks then
    engine.error(where, "volumes::" .. name .. ": a task has one volume on EBS, and family " .. family.name .. " has another",
      "put one of them on EFS: x-efs: {}")
  end
  engine.warn(where, "the data of volumes::" .. name .. " ends with the task: ECS deletes the disk of a service's task",
    "keep it on EFS: x-efs: {} in the volume")
  family.disks = family.disks or {}
  table.insert(family.disks, { Name = id, ManagedEBSVolume = disk(family, name, definition) })
  return family.volumes.add { Name = id, ConfiguredAtLaunch = true }
end

return ebs
