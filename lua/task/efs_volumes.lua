--- Volumes on EFS: an encrypted file system per volume, an access point per family, and mounts over TLS with the task's role.
---
--- A volume is on EFS when it says so (`x-efs`, `driver: efs` or `nfs`, a name or address of a file system), or when the project
--- does (`x-composex: {volumes: efs}`).
local families <const> = engine.use("project/families")
local mounts <const> = engine.use("project/mounts")
local options <const> = engine.use("task/efs_options")
local read <const> = engine.use("base/read")
local shape <const> = engine.use("base/shape")
local systems <const> = engine.use("task/file_systems")
local values <const> = engine.use("kinds/texts")
local efs <const> = { subnets = systems.subnets }

local properties <const> = shape.map(shape.any)
local extension <const> = shape.record {
  Properties = properties, Lookup = properties, DeletionPolicy = shape.text, FileSystemId = shape.value, AccessPointId = shape.value,
  MacroParameters = shape.record { EnforceIamAuth = shape.flag, RootDirectoryCreateMode = shape.either(shape.text, shape.number) },
  Settings = shape.record { Subnets = shape.text },
}
--- What `x-efs` of a volume may say.
efs.shape = extension

-- The mount ---------------------------------------------------------------------------------------------------------

--- The numbers of `user: "1000:1000"` as `{ Uid, Gid, name, is_root }`; nil for names, which EFS does not know.
local function posix(service)
  local uid, gid = tostring(service.user or ""):match("^(%d+):?(%d*)$")
  if not uid then return nil end
  if gid == "" then gid = uid end
  return { Uid = uid, Gid = gid, name = uid .. ":" .. gid, is_root = tonumber(uid) == 0 }
end

local function name_of(user) return user and user.name or "" end

--- Whether all services of the project that mount the volume run as that user, who then owns its folder.
local function owns_alone(source, user)
  for _, family in ipairs(families.all()) do
    for _, service in ipairs(family.services) do
      for _, each in ipairs(service.volumes or {}) do
        if mounts.read(family, each).source == source and name_of(posix(service)) ~= name_of(user) then return false end
      end
    end
  end
  return true
end

--- `RootDirectoryCreateMode: "0750"`: the mode of a volume's folder when it is made. The user of an image is not known, and a folder
--- has one owner: whoever mounts it may write then.
--- https://docs.aws.amazon.com/efs/latest/ug/enforce-root-directory-access-point.html (2026-11-29)
local function mode_of(volume)
  local name <const>, definition <const>, user <const> = volume.name, volume.definition, volume.user
  local macros <const> = read.at(definition, "x-efs", "MacroParameters")
  local mode <const> = read.at(macros, "RootDirectoryCreateMode")
  if mode == nil and user and user.is_stated then return "0775" end
  if mode == nil then return user and owns_alone(volume.source, user) and "0775" or "0777" end
  if not tostring(mode):find("^[0-7][0-7][0-7][0-7]$") then
    engine.error({ macros, "RootDirectoryCreateMode" }, "volumes::" .. name .. " RootDirectoryCreateMode must be four digits from 0 to 7",
      "write \"0775\"")
  end
  return engine.placed(tostring(mode), { macros, "RootDirectoryCreateMode" })
end

--- The folder that tasks see: one for all families; on a file system that exists already that is its root, unless the volume says it.
local function folder_of(volume)
  local user <const>, point <const> = volume.user, volume.point
  if not volume.is_made and not point.path then return { Path = "/" } end
  return {
    Path = point.path or "/" .. values.name(volume.name), CreationInfo = {
      OwnerUid = user and user.Uid or "0", OwnerGid = user and user.Gid or "0",
      Permissions = point.permissions or mode_of(volume),
    },
  }
end

--- The access point of a family, and of a user in it, on a file system.
local function access_point(service, family, volume)
  local user <const> = volume.user
  return engine.add {
    type = "AWS::EFS::AccessPoint", noun = engine.pascal(volume.name) .. "AccessPoint" .. volume.suffix, family = family.name,
    key = "services", name = family.main.name, part = "access_point_" .. volume.name .. volume.suffix, at = service,
    properties = { FileSystemId = volume.id, PosixUser = user and { Uid = user.Uid, Gid = user.Gid }, RootDirectory = folder_of(volume) },
  }
end

local function policy(family, volume, point)
  local actions <const> = { "elasticfilesystem:ClientMount" }
  if volume.is_written then table.insert(actions, "elasticfilesystem:ClientWrite") end
  -- Root is taken for nobody without it, also where the access point says that the user is root.
  if volume.is_written and (not volume.user or volume.user.is_root) then table.insert(actions, "elasticfilesystem:ClientRootAccess") end
  table.insert(family.statements, {
    key = "x-efs", sid = "Mount" .. engine.pascal(volume.name) .. volume.suffix, actions = actions, resources = { volume.arn },
    condition = { StringEquals = { ["elasticfilesystem:AccessPointArn"] = composex.sub(
      "arn:${AWS::Partition}:elasticfilesystem:${AWS::Region}:${AWS::AccountId}:access-point/") .. point } },
  })
end

--- Whether a service of the family that is `user` on the file system mounts the volume to write.
local function is_written(family, source, user, user_of)
  for _, service in ipairs(family.services) do
    for _, each in ipairs(service.volumes or {}) do
      local mount <const> = mounts.read(family, each)
      if mount.source == source and mount.read_only ~= true and name_of(user_of(service)) == name_of(user) then return true end
    end
  end
  return false
end

--- Who a service is on the file system: whom the options say, which access points hold to whoever it is in its container, else its user.
local function user_by(point)
  if point.user then return function() return point.user end end
  return point.id and function() return nil end or posix
end

--- The id of the access point of a volume: that of one that exists, or of the family's own.
local function point_of(service, family, volume)
  return volume.point.id or access_point(service, family, volume):ref()
end

--- The name of the task's volume for a compose volume on EFS; nil when the volume is not there. Services of a family that run as
--- different users have a volume each, on the same folder. `source` is what their mounts say, which is no name where it is a folder.
function efs.volume(service, family, name, definition, source)
  local mounted <const> = family.file_systems[name] or { users = {}, count = 0 }
  mounted.system = mounted.system or systems.of(family, name, definition)
  local system <const> = mounted.system
  if not system then return nil end
  family.file_systems[name] = mounted
  mounted.point = mounted.point or options.of_point(name, definition, system.is_made)
  local user_of <const> = user_by(mounted.point)
  local user <const> = user_of(service)
  if mounted.users[name_of(user)] then return mounted.users[name_of(user)] end
  mounted.count = mounted.count + 1
  local volume <const> = {
    name = name, source = source, definition = definition, user = user, suffix = mounted.count > 1 and tostring(mounted.count) or "", point = mounted.point,
    id = system.id, arn = system.arn, is_made = system.is_made, is_written = is_written(family, source, user, user_of),
  }
  family.writes_shared = family.writes_shared or volume.is_written
  local point <const>, by_iam <const> = point_of(service, family, volume), systems.by_iam(definition)
  if by_iam then policy(family, volume, point) end
  mounted.users[name_of(user)] = family.volumes.add {
    Name = values.name(name) .. (volume.suffix ~= "" and "-" .. volume.suffix or ""),
    EFSVolumeConfiguration = {
      FilesystemId = system.id, TransitEncryption = "ENABLED",
      AuthorizationConfig = { AccessPointId = point, IAM = by_iam and "ENABLED" or "DISABLED" },
    },
  }
  return mounted.users[name_of(user)]
end

--- Checks the extensions of the project's volumes.
function efs.check()
  for name, definition in pairs(engine.section("volumes") or {}) do
    if definition ~= nil then shape.check(extension, definition, "x-efs", "volumes::" .. name .. " x-efs") end
  end
end

return efs
