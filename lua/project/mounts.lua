--- Mounts of services as ECS reads them.
local read <const> = engine.use("base/read")
local mounts <const> = {}

--- `v:/data` and `v:/data:ro` read as paths of Windows; on Linux they are the volume `v`.
function mounts.read(family, mount)
  if family.windows then return mount end
  local has_mode <const> = mount.type == "bind" and (mount.target == "ro" or mount.target == "rw")
  local text <const> = has_mode and mount.source or mount.source == nil and mount.target or ""
  local letter <const>, target <const> = text:match("%f[%w](%a):(/.*)$")
  if not letter or read.at(engine.section("volumes"), letter) == nil then return mount end
  return { type = "volume", source = letter, target = target, volume = mount.volume,
    read_only = mount.target == "ro" or mount.read_only }
end

return mounts
