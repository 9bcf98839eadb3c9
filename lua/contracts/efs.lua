--- Contracts of Amazon EFS.
local values <const> = engine.use("contracts/values")

local api <const> = "https://docs.aws.amazon.com/efs/latest/ug/"
local of_system <const> = api .. "API_CreateFileSystem.html"
local checked <const> = "2026-11-29"
local system <const>, point <const> = "AWS::EFS::FileSystem", "AWS::EFS::AccessPoint"

return {
  {
    id = "efs-provisioned", on = system, at = "ThroughputMode", when = { ThroughputMode = "provisioned" }, needs = "ProvisionedThroughputInMibps",
    must = "must have ProvisionedThroughputInMibps beside ThroughputMode: provisioned",
    remedy = "write ProvisionedThroughputInMibps: 10, or ThroughputMode: elastic", page = of_system, checked = checked,
  },
  {
    id = "efs-throughput", on = system, at = "ProvisionedThroughputInMibps", range = { 1, 3414 }, remedy = "write ProvisionedThroughputInMibps: 1024",
    page = of_system, checked = checked,
  },
  {
    id = "efs-key", on = system, at = "KmsKeyId", when = { Encrypted = false }, excludes = "Encrypted",
    must = "must not have a KmsKeyId: it is not encrypted", remedy = "write Encrypted: true, or leave KmsKeyId out", page = of_system, checked = checked,
  },
  {
    id = "efs-one-zone", on = system, at = "PerformanceMode", when = { PerformanceMode = "maxIO" }, excludes = "AvailabilityZoneName",
    must = "must not have PerformanceMode: maxIO in one zone (AvailabilityZoneName)", remedy = "write PerformanceMode: generalPurpose", page = of_system,
    checked = checked,
  },
  {
    id = "efs-path", on = point, at = "RootDirectory.Path", must = "must have a Path of at most four folders and 100 letters, that begins with /",
    holds = function(made)
      local path <const> = values.string(values.at(made, "RootDirectory.Path"))
      if not path or path == "/" then return true end
      local folders <const> = select(2, path:gsub("/", ""))
      return path:find("^/[^/]") ~= nil and not path:find("//", 1, true) and not path:find("/$") and folders <= 4 and #path <= 100, nil,
        "not \"" .. path .. "\""
    end,
    remedy = "write Path: /data", page = api .. "API_RootDirectory.html", checked = checked,
  },
  {
    id = "efs-groups", on = point, at = "PosixUser.SecondaryGids", items = { 0, 16 }, remedy = "leave all but 16 of them out",
    page = api .. "API_PosixUser.html", checked = checked,
  },
}
