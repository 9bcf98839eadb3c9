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
  {
    id = "efs-mount-zones", on = "AWS::EFS::MountTarget", at = "SubnetId", must = "must be the only mount target of its file system in its Availability Zone",
    holds = function(properties, made, template)
      local function zone_of(of)
        local subnet <const> = template.find(of.SubnetId)
        local zone <const> = subnet and subnet.properties.AvailabilityZone
        local picked <const> = type(zone) == "table" and zone["Fn::Select"]
        return values.string(of.SubnetId) or subnet and (values.string(zone) or picked and type(picked[1]) ~= "table" and "zone " .. picked[1] or subnet.id)
      end
      local system_id <const>, zone <const> = values.target(properties.FileSystemId) or values.string(properties.FileSystemId), zone_of(properties)
      if not system_id or not zone then return true end
      for _, other in ipairs(template.of(made.type)) do
        if other.id == made.id then return true end
        local its <const> = values.target(other.properties.FileSystemId) or values.string(other.properties.FileSystemId)
        if its == system_id and zone_of(other.properties) == zone then return false, nil, other.id .. " stands there" end
      end
      return true
    end,
    remedy = "leave one of them out, or name a subnet of another zone", page = api .. "manage-fs-access-create-delete-mount-targets.html", checked = checked,
  },
}
