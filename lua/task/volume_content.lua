--- What a volume begins with. Docker fills a new volume with what the image has at its path, owner and mode included; a volume of a task and
--- a file system begin empty, and belong to root. A first container of the same image copies it once.
--- https://docs.docker.com/engine/storage/volumes/#populate-a-volume-using-a-container (2026-11-29)
local images <const> = engine.use("project/images/images")
local read <const> = engine.use("base/read")
local quoted <const> = engine.use("base/shell").quoted
local values <const> = engine.use("kinds/texts")
local content <const> = {}

--- Whether a volume of a service has to be filled. `mount` is the file's, `keeps` says that it outlives the task.
function content.is_wanted(service, family, mount, keeps)
  if family.windows or read.at(mount, "volume", "nocopy") == true or images.lacks_shell(service) then return false end
  -- A folder that the image declares is filled by the agent, and such images give it to their user when they start.
  -- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bind-mounts.html (2026-11-29)
  if images.declares(service, mount.target) then return false end
  return not (keeps and mount.read_only == true)
end

--- The user that an image without a shell is known to write as, where nothing can be copied from it.
function content.user_of(service)
  local row <const> = images.of(service)
  return row and row.shell == false and row.uid and tostring(row.uid) or nil
end

--- The line that copies a folder of the image, owner and mode too, when the volume is empty.
local function copy(path, folder)
  local from <const> = quoted(path)
  return "if [ -d " .. from .. " ] && [ -z \"$(ls -A " .. folder .. ")\" ]; then cp -a " .. quoted(path .. "/.") .. " " .. folder
    .. "/; chown \"$(stat -c %u:%g " .. from .. ")\" " .. folder .. "; chmod \"$(stat -c %a " .. from .. ")\" " .. folder .. "; fi"
end

--- The container that fills the volumes of a service, those of `mounts` (`{ target, volume, fills }`) that ask for it; nil without.
function content.container(service, family, mounts)
  local lines <const>, points <const>, waits <const> = {}, {}, {}
  for _, mount in ipairs(mounts) do
    if mount.fills then
      local folder <const> = "/composex/" .. #points
      table.insert(points, { SourceVolume = mount.volume, ContainerPath = folder })
      table.insert(lines, copy(mount.target, folder))
      -- Whoever mounts it first fills it.
      local other <const> = family.filled[mount.volume]
      if other then table.insert(waits, { ContainerName = other, Condition = "COMPLETE" }) end
      family.filled[mount.volume] = other or values.name(service.name) .. "-data"
    end
  end
  if #points == 0 then return nil end
  return {
    Name = values.name(service.name) .. "-data", Essential = false, User = "0", EntryPoint = { "sh", "-c" },
    Command = { table.concat(lines, "\n") }, MountPoints = points, DependsOn = #waits > 0 and waits or nil,
  }
end

return content
