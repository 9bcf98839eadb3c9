--- Volumes on EFS: an encrypted file system per volume, an access point per family, and mounts over TLS with the task's role.
---
--- A volume is on EFS when it says so (`x-efs`, `driver: efs` or `nfs`, a name or address of a file system), or when the project
--- does (`x-composex: {volumes: efs}`).
local network <const> = engine.use("platform/network")
local read <const> = engine.use("platform/read")
local shape <const> = engine.use("composex/shape")
local values <const> = engine.use("ecs/values")
local efs <const> = {}

local any <const>, properties <const> = shape.any, shape.map(shape.any)
local extension <const> = shape.record {
  Properties = properties, Lookup = any, MacroParameters = properties, Services = any, DeletionPolicy = shape.text,
  FileSystemId = shape.value, Settings = shape.record { Subnets = shape.text },
}

--- Options of Docker's EFS driver, and the properties that they are.
local options <const> = {
  performance_mode       = "PerformanceMode",
  throughput_mode        = "ThroughputMode",
  provisioned_throughput = "ProvisionedThroughputInMibps",
}

--- The id of a file system that exists already (`fs-...`), and its place; nil when composex makes one.
local function existing(definition)
  local own <const> = read.at(definition, "x-efs", "FileSystemId")
  if own ~= nil then return own, { definition["x-efs"], "FileSystemId" } end
  local sources <const> = { { definition, "name" }, { read.at(definition, "driver_opts"), "device" }, { read.at(definition, "driver_opts"), "o" } }
  for _, source in ipairs(sources) do
    local text <const> = source[1] ~= nil and source[1][source[2]] or nil
    local id <const> = type(text) == "string" and (text:match("^fs%-%x+") or text:match("[=:]?(fs%-%x+)%.efs%."))
    if id then return id, source end
  end
end

local function is_wanted(definition)
  if read.at(engine.section("x-composex"), "volumes") == "efs" then
    return definition == nil or definition.external ~= true
  end
  if definition == nil then return false end
  local driver <const> = definition.driver
  if definition["x-efs"] ~= nil or driver == "efs" or driver == "nfs" then return true end
  for key in pairs(definition.driver_opts or {}) do
    if options[key] then return true end
  end
  return false
end

-- The file system ---------------------------------------------------------------------------------------------------

local function properties_of(definition)
  local made <const> = {
    Encrypted = true, LifecyclePolicies = { { TransitionToIA = "AFTER_14_DAYS" } }, PerformanceMode = "generalPurpose",
  }
  local driver <const> = read.at(definition, "driver_opts") or {}
  for option, property in pairs(options) do
    local value <const> = driver[option]
    if value ~= nil then made[property] = engine.placed(tonumber(value) or value, { driver, option }) end
  end
  if driver.lifecycle_policy ~= nil then
    made.LifecyclePolicies = { { TransitionToIA = engine.placed(driver.lifecycle_policy, { driver, "lifecycle_policy" }) } }
  end
  if driver.backup_policy ~= nil then
    made.BackupPolicy = { Status = engine.placed(driver.backup_policy, { driver, "backup_policy" }) }
  end
  for name in pairs(read.at(definition, "x-efs", "Properties") or {}) do
    made[name] = read.placed(definition["x-efs"].Properties, name)
  end
  return made
end

local function listed(subnets)
  if type(subnets) == "table" and #subnets > 0 then return subnets end
  return { { ["Fn::Select"] = { 0, subnets } }, { ["Fn::Select"] = { 1, subnets } } }
end

--- The subnets that have a mount target: as many as there are when they are known, else the first two that the deployer names.
--- Tasks that mount run in these subnets only, because a file system answers in the zones of its mount targets.
function efs.subnets(family) return listed(network.subnets_of(family)) end

--- The subnets of the mount targets: those that `Settings: {Subnets}` names, else those of the tasks.
local function mount_subnets(family, definition)
  local group <const> = read.at(definition, "x-efs", "Settings", "Subnets")
  if group == nil then return efs.subnets(family) end
  return listed(network.subnets(group, { definition["x-efs"].Settings, "Subnets" }))
end

local function add(name, part, type, noun, place, properties_made)
  return engine.add { type = type, noun = noun, key = "volumes", name = name, part = part, at = place, properties = properties_made }
end

--- The file system of a volume, with its security group and mount targets; made once.
local function file_system(family, name, definition)
  local place <const> = definition ~= nil and { engine.section("volumes"), name, "key" } or family.main
  local made = engine.find("volumes", name)
  if made then return made end
  made = add(name, "main", "AWS::EFS::FileSystem", "FileSystem", place, properties_of(definition))
  made.DeletionPolicy = read.at(definition, "x-efs", "DeletionPolicy") or "Retain"
  made.UpdateReplacePolicy = made.DeletionPolicy
  local group <const> = add(name, "security_group", "AWS::EC2::SecurityGroup", "FileSystemSecurityGroup", place, {
    GroupDescription = "The file system of volume " .. name, VpcId = network.vpc(),
  })
  for index, subnet in ipairs(mount_subnets(family, definition)) do
    add(name, "mount_target_" .. index, "AWS::EFS::MountTarget", "MountTarget" .. index, place, {
      FileSystemId = made:ref(), SubnetId = subnet, SecurityGroups = { group:att("GroupId") },
    })
  end
  return made
end

-- The mount ---------------------------------------------------------------------------------------------------------

--- The numbers of `user: "1000:1000"`; nil for names, which EFS does not know.
local function posix(service)
  local uid <const>, gid <const> = tostring(service.user or ""):match("^(%d+):?(%d*)$")
  if not uid then return nil end
  return { Uid = uid, Gid = gid ~= "" and gid or uid }
end

--- The access point of a family on a file system. All families see the same folder.
local function access_point(service, family, name, id)
  local user <const> = posix(service)
  return engine.add {
    type = "AWS::EFS::AccessPoint", noun = engine.pascal(name) .. "AccessPoint", family = family.name, key = "services",
    name = family.main.name, part = "access_point_" .. name, at = service,
    properties = {
      FileSystemId = id, PosixUser = user,
      RootDirectory = { Path = "/" .. values.name(name), CreationInfo = {
        OwnerUid = user and user.Uid or "0", OwnerGid = user and user.Gid or "0", Permissions = "0755",
      } },
    },
  }
end

local function policy(family, name, arn, point, user, writes)
  local actions <const> = { "elasticfilesystem:ClientMount" }
  if writes then table.insert(actions, "elasticfilesystem:ClientWrite") end
  if writes and not user then table.insert(actions, "elasticfilesystem:ClientRootAccess") end
  table.insert(family.statements, {
    key = "efs", sid = "Mount" .. engine.pascal(name), actions = actions, resources = { arn },
    condition = { StringEquals = { ["elasticfilesystem:AccessPointArn"] = composex.sub(
      "arn:${AWS::Partition}:elasticfilesystem:${AWS::Region}:${AWS::AccountId}:access-point/") .. point:ref() } },
  })
end

--- Whether every service of the family mounts the volume read-only.
local function is_written(family, name)
  for _, service in ipairs(family.services) do
    for _, mount in ipairs(service.volumes or {}) do
      if mount.source == name and mount.read_only ~= true then return true end
    end
  end
  return false
end

--- The name of the task's volume for a compose volume on EFS; nil when the volume is not there.
function efs.volume(service, family, name, definition)
  local id <const>, id_at <const> = existing(definition)
  if not id and not is_wanted(definition) then return nil end
  if read.at(definition, "x-efs", "Lookup") ~= nil then
    engine.error({ definition["x-efs"], "Lookup" }, "volumes::" .. name .. " cannot be looked up by its tags",
      "write FileSystemId: fs-0123456789abcdef0")
  end
  family.mounted = family.mounted or {}
  if family.mounted[name] then return family.mounted[name] end
  local made <const> = not id and file_system(family, name, definition) or nil
  local system <const> = id and engine.placed(id, id_at) or made:ref()
  local point <const> = access_point(service, family, name, system)
  local arn <const> = composex.sub("arn:${AWS::Partition}:elasticfilesystem:${AWS::Region}:${AWS::AccountId}:file-system/")
    .. (made and made:ref() or type(id) == "string" and id or "*")
  policy(family, name, arn, point, posix(service), is_written(family, name))
  if made then
    local group <const> = engine.find("volumes", name, "security_group")
    table.insert(family.reach, {
      noun = "To" .. engine.pascal(name) .. "FileSystemIngress", group = group:att("GroupId"), port = 2049, protocol = "tcp",
      description = "Volume " .. name,
    })
    for index in ipairs(mount_subnets(family, definition)) do
      table.insert(family.after, engine.find("volumes", name, "mount_target_" .. index))
    end
    family.uses_efs = true
  else
    engine.warn(id_at, "volumes::" .. name .. " is a file system of yours: its security group must let the tasks in on port 2049",
      "name the group of its clients in x-network AdditionalSecurityGroups")
  end
  family.mounted[name] = family.volumes.add {
    Name = values.name(name),
    EFSVolumeConfiguration = {
      FilesystemId = system, TransitEncryption = "ENABLED",
      AuthorizationConfig = { AccessPointId = point:ref(), IAM = "ENABLED" },
    },
  }
  return family.mounted[name]
end

--- Checks the extensions of the project's volumes.
function efs.check()
  for name, definition in pairs(engine.section("volumes") or {}) do
    if definition ~= nil then shape.check(extension, definition, "x-efs", "volumes::" .. name .. " x-efs") end
  end
end

return efs
