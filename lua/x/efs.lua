--- x-efs: Amazon EFS file systems that services reach with their own roles. Volumes of the compose file mount theirs by
--- themselves.
local definitions <const> = engine.use("kinds/definitions")
local network <const> = engine.use("kinds/exposure")

local arn <const> = "arn:${AWS::Partition}:elasticfilesystem:${AWS::Region}:${AWS::AccountId}:file-system/${FileSystemId}"

--- Mount targets in the subnets of the tier: in all that are known, else in the first two.
local function mount_targets(system, group)
  local all <const> = network.subnets(system)
  for index = 1, type(all) == "table" and #all > 0 and #all or 2 do
    definitions.add(system, "mount_target_" .. index, "AWS::EFS::MountTarget", "FileSystemMountTarget" .. index, {
      FileSystemId = system.resource:ref(), SecurityGroups = { group:att("GroupId") },
      SubnetId = network.subnet(system, index),
    })
  end
end

--- Everybody needs TLS, and a role that may mount.
local function policy(system)
  system.resource.Properties.FileSystemPolicy = system.resource.Properties.FileSystemPolicy or {
    Version = "2012-10-17",
    Statement = { {
      Sid = "TransportIsEncrypted", Effect = "Deny", Principal = { AWS = "*" }, Action = "*",
      Condition = { Bool = { ["aws:SecureTransport"] = false } },
    } },
  }
end

return {
  key      = "x-efs",
  type     = "AWS::EFS::FileSystem",
  noun     = "FileSystem",
  keep     = "RetainExceptOnCreate",
  defaults = {
    Encrypted = true, PerformanceMode = "generalPurpose", BackupPolicy = { Status = "ENABLED" },
    LifecyclePolicies = { { TransitionToIA = "AFTER_14_DAYS" } },
  },
  returns  = {
    FilesystemId = "Ref", FileSystemId = "Ref", Arn = arn, FilesystemPort = function() return 2049 end,
  },
  env      = { ["{NAME}"] = "FilesystemId" },
  lookup   = {
    arn     = "arn:{partition}:elasticfilesystem:{region}:{account}:file-system/{id}",
    returns = { FilesystemId = "{id}", FileSystemId = "{id}", FilesystemPort = "2049" },
  },
  access   = {
    RO   = { "elasticfilesystem:ClientMount" },
    RW   = { "RO", "elasticfilesystem:ClientWrite" },
    Root = { "RW", "elasticfilesystem:ClientRootAccess" },
    EFSWriteAccessPolicy = { "elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite" },
  },
  network  = { ports = { 2049 }, prepare = mount_targets },
  links    = { ["KmsKeyId"] = "x-kms.Arn" },
  metrics  = {
    namespace = "AWS/EFS", dimensions = { { "FileSystemId", "FileSystemId" } },
    charts = { { "PercentIOLimit", "Maximum" }, { "ClientConnections", "Sum" } },
    alarms = {
      HighIoUsage = { "PercentIOLimit", "Maximum", above = 95 },
      LowCredits = { "BurstCreditBalance", "Minimum", below = 192 << 30 },
    },
  },
  hooks    = { after_make = policy },
}
