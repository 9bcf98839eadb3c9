--- Volumes: what a service mounts, and the volumes of the task behind it.
local lazy <const> = engine.use("base/lazy")
local content <const> = engine.use("task/volume_content")
local efs <const> = lazy("task/efs_volumes")
local fates <const> = engine.use("project/fates")
local files <const> = lazy("task/file_writer")
local host_path <const> = engine.use("task/host_paths")
local lost <const> = engine.use("task/lost_data")
local mounts <const> = lazy("project/mounts")
local read <const> = engine.use("base/read")
local run <const> = engine.use("base/run")
local values <const> = engine.use("kinds/texts")
local volumes <const> = {}

--- Bytes that the files of one family may have together: a task definition has 64 KiB.
volumes.room = 32768

--- A volume and its mount take more than 48 bytes of those.
local most_mounts <const> = 65536 // 48

local function subject(service) return "services::" .. service.name end

--- The volumes of a task, each once by its name.
function volumes.list()
  local list <const>, seen <const> = {}, {}
  function list.add(volume)
    if not seen[volume.Name] then
      seen[volume.Name] = true
      table.insert(list, volume)
    end
    return volume.Name
  end
  return list
end

-- Bind mounts -------------------------------------------------------------------------------------------------------

--- Whether a path that the project does not have is a folder, which Docker would make: its target is not called like a file.
local function is_folder_of_data(mount)
  if mount.read_only == true or mount.target:find("%u%l*file$") then return false end
  return not mount.target:find("%.%w+$") or mount.target:find("%.d$") ~= nil
end

--- Whether a path is one of the host's own, or of its user's settings, where containers find what is there rather than keep theirs.
local function is_of_host(source)
  return source:find("^/etc/") or source:find("^/usr/") or source:find("/%.[^/]+$") or source == "~" or source:find("^~/%.")
end

--- Whether a path lies beside the project's folder, as `../data` does: its whole path is another on each machine, and makes no name.
local function is_beside(mount)
  local above <const> = engine.files("..", 0, mount.from or { mount, "source" }).shown
  return mount.source:sub(1, #above + 1) == above .. "/"
end

--- Whether a bind mount has nothing that the template could carry: a folder that is not there, or one elsewhere on the host, which Docker
--- would make as well.
local function is_nothing(project, mount)
  return project.fault == "missing" or project.fault == "outside" and not is_of_host(mount.source) and not is_beside(mount)
end

--- Whether a bind mount is where a container keeps its data, in a project that keeps data on EFS: a folder of the project that is missing
--- or empty, and is written to.
local function is_data(project, mount)
  if read.at(engine.section("x-composex"), "volumes") ~= "efs" or mount.read_only == true then return false end
  if is_nothing(project, mount) then return is_folder_of_data(mount) end
  return not project.fault and project.folder and #project.files == 0
end

local add_named

--- Such a folder as a volume of its path's name.
local function on_efs_from(service, family, path, mount, where, found)
  local name <const> = path:gsub("[^%w]+", "-"):gsub("^%-+", ""):gsub("%-+$", "")
  add_named(service, family, { source = name, target = mount.target, folder = mount.source }, where, found)
end

--- A bind mount: a folder of the instance, or files of the project.
local function bind(service, family, mount, where, found)
  local known <const> = host_path(mount.source)
  local project <const> = not known and engine.files(mount.source, family.room, mount.from or { mount, "source" })
  if not family.fargate and (known or (project and (project.fault == "outside" or project.fault == "foreign"))) then
    local name <const> = values.name((mount.source:gsub("^/", "")))
    if family.runs.platform == "MANAGED_INSTANCES" then
      engine.warn(where, subject(service) .. " " .. mount.source .. " is refused on Managed Instances: AWS takes no paths of the host there",
        "run it on EC2: deploy.labels ecs.compute.platform: EC2")
    end
    family.volumes.add { Name = name ~= "" and name or "root", Host = { SourcePath = engine.placed(mount.source, where) } }
    table.insert(found.mounts, { target = mount.target, volume = name ~= "" and name or "root", read_only = mount.read_only })
  elseif known then
    engine.warn(where, subject(service) .. " " .. mount.source .. " is not mounted: " .. known[2], known[3], {
      consequence = known[2]:find("Docker") and "start" or "none", group = "paths of the host: " .. known[2],
    })
  elseif is_data(project, mount) then
    on_efs_from(service, family, project.shown, mount, where, found)
  elseif is_nothing(project, mount) and is_folder_of_data(mount) then
    -- The container writes to its own folder, as long as it is there.
    lost.note_folder(project.shown, mount, where)
    found.left_out[mount.target] = true
  else
    local item <const>, is_lost <const> = files.bind(service, family, mount, where)
    if is_lost then lost.note_folder(project.shown, mount, where) end
    if item then
      table.insert(found.binds, item)
      found.folders[item.target] = item.is_folder
    else
      found.left_out[mount.target] = true
    end
  end
end

-- Named volumes -----------------------------------------------------------------------------------------------------

--- The options of a volume that say where it is: `driver_opts` of the local driver with `o: bind`.
local function bound_path(definition)
  local options <const> = read.at(definition, "driver_opts")
  if options == nil or type(options.device) ~= "string" then return nil end
  local is_bind <const> = (options.o or ""):find("bind", 1, true) or options.type == "none"
  return is_bind and options.device:sub(1, 1) == "/" and options.device or nil
end

--- Whether a service runs as a user that the file names and that is not root; such a user cannot write to a new volume of a task, which is
--- root's.
--- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bind-mounts.html (2026-11-29)
local function has_user(service, family)
  if family.windows then return false end
  local name <const> = tostring(service.user or ""):match("^[^:]*")
  return name ~= "" and name ~= "0" and name ~= "root"
end

--- Reports what a volume says that a task's own volume does not have.
local function report_lost(family, name, definition)
  if definition == nil then return end
  local volume <const> = "volumes::" .. name
  if definition.external == true then
    engine.warn({ definition, "external" }, volume .. " is external, which no task can mount: it gets an empty volume",
      "name an EFS file system: name: fs-0123456789abcdef0")
  elseif definition.driver ~= nil and definition.driver ~= "local" then
    engine.warn({ definition, "driver" }, volume .. " driver " .. definition.driver
      .. " has no effect on " .. fates.platform(family) .. ": a task has EFS, EBS and its own disk")
  end
  if definition.driver_opts ~= nil and #definition.driver_opts > 0 then
    engine.warn({ definition, "driver_opts", "key" }, volume .. " driver_opts has no effect on " .. fates.platform(family)
      .. ": a task's volume is on its own disk", "keep the files on EFS, or run it on instances: deploy.labels ecs.compute.platform: EC2")
  end
end

local on_efs <const> = "keep it on EFS: x-efs: {} in the volume"

--- Whether plain volumes are the task's own; elsewhere the Docker of an instance keeps them.
local function has_own_volumes(family) return family.fargate or family.runs.platform == "MANAGED_INSTANCES" end

--- Reports once per family what the Docker of instances does not do for a volume.
local function report_docker(family, name, definition)
  if not run.is_first("volume of Docker", family.name .. "/" .. name) then return end
  if read.at(definition, "external") == true then
    engine.warn({ definition, "external" }, "volumes::" .. name .. " external has no effect on " .. fates.platform(family)
      .. ": each instance makes a volume of that name", on_efs)
  end
end

--- A task's own volume on Fargate; on instances, one that Docker keeps there.
local function plain(family, name, definition)
  -- "Docker volumes are only supported when using the EC2 launch type (or external instances)":
  -- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/docker-volumes.html (2026-11-29)
  if has_own_volumes(family) then
    if run.is_first("volume on the task's disk", name) then
      report_lost(family, name, definition)
      lost.note_volume(name)
    end
    return family.volumes.add { Name = values.name(name) }
  end
  report_docker(family, name, definition)
  local driver <const> = read.at(definition, "driver")
  local options <const> = read.at(definition, "driver_opts")
  return family.volumes.add { Name = values.name(name), DockerVolumeConfiguration = {
    Scope = "shared", Autoprovision = true, Driver = driver ~= nil and read.placed(definition, "driver") or nil,
    DriverOpts = options ~= nil and #options > 0 and options or nil,
  } }
end

local function is_on_ebs(definition)
  return definition ~= nil and (definition["x-ebs"] ~= nil or definition.driver == "ebs")
end

function add_named(service, family, mount, where, found)
  local name <const> = mount.source
  local definition <const> = read.at(engine.section("volumes"), name)
  local device <const> = bound_path(definition)
  if device then
    local from <const> = { definition.driver_opts, "device" }
    return bind(service, family, { source = device, target = mount.target, read_only = mount.read_only, from = from }, where, found)
  end
  local volume, is_on_efs
  local is_own = is_on_ebs(definition)
  if is_own then
    volume = engine.use("task/ebs").volume(service, family, name, definition)
  else
    volume = efs.volume(service, family, name, definition, mount.folder or name)
    is_on_efs = volume ~= nil
    if not volume then
      volume = plain(family, name, definition)
      -- On instances the next task may stand beside the one that it replaces.
      family.writes_shared = family.writes_shared or not has_own_volumes(family) and mount.read_only ~= true
      is_own = has_own_volumes(family)
    end
  end
  local is_writable <const> = is_own and mount.read_only ~= true
  local user <const> = is_writable and (has_user(service, family) and service.user or content.user_of(service)) or nil
  table.insert(found.mounts, {
    target = mount.target, volume = volume, read_only = mount.read_only, user = user,
    fills = (is_own or is_on_efs) and content.is_wanted(service, family, mount, not is_own),
  })
end

--- A folder of the task's disk, named after the service and its path.
local function scratch(service, family, mount, found)
  local name <const> = values.name(service.name .. mount.target)
  family.volumes.add { Name = name }
  local is_own <const> = has_own_volumes(family)
  local user <const> = is_own and mount.read_only ~= true and has_user(service, family) and service.user or nil
  table.insert(found.mounts, {
    target = mount.target, volume = name, read_only = mount.read_only, user = user, fills = is_own and content.is_wanted(service, family, mount, false),
  })
end

--- `.:/app` with `/app/node_modules` keeps the image's folder in place below one of the project. Where the project's is left out,
--- the image's is there anyway; where it is carried, the image's is copied below it.
local function is_kept(mount, found)
  if found.left_out[mount.target] then return true end
  local is_carried = false
  for folder in read.folders_above(mount.target) do
    if found.left_out[folder] then return true end
    is_carried = is_carried or found.folders[folder] ~= nil
  end
  if is_carried then
    table.insert(found.binds, { target = mount.target, is_folder = true, copies = true, entries = {} })
    found.folders[mount.target] = true
  end
  return is_carried
end

--- A volume without a name.
local function anonymous(service, family, mount, found)
  if not is_kept(mount, found) then scratch(service, family, mount, found) end
end

-- All of a service --------------------------------------------------------------------------------------------------

--- `/data` and `/data/` are one folder; only the first mount of it counts.
local function once(all)
  local list <const>, seen <const> = {}, {}
  for _, mount in ipairs(all) do
    if not seen[mount.target] then
      seen[mount.target] = true
      table.insert(list, mount)
    end
  end
  return list
end

--- Mount points with each folder before what is mounted below it: a folder that is mounted later would hide that.
local function in_order(points)
  local by_path <const>, list <const> = {}, {}
  for _, point in ipairs(points) do
    local path <const> = point.ContainerPath
    by_path[path] = by_path[path] or {}
    table.insert(by_path[path], 1, point)
  end
  local function add(path)
    for _, point in ipairs(by_path[path] or {}) do table.insert(list, point) end
    by_path[path] = nil
  end
  for _, point in ipairs(points) do
    for folder in read.folders_above(point.ContainerPath) do add(folder) end
    add(point.ContainerPath)
  end
  return list
end

--- What a service mounts: `{ mounts = MountPoints, container, content }`: the container that writes its files and the one that fills its
--- volumes may be nil.
function volumes.of(service, family)
  if #(service.volumes or {}) > most_mounts then
    engine.error({ service, "volumes", "key" }, subject(service) .. " mounts " .. #service.volumes
      .. " volumes, and a task definition of 64 KiB cannot list them", "mount one volume with a folder for each")
    return {}
  end
  -- `folders` and `left_out` are the targets of binds, as keys.
  local found <const> = { mounts = {}, binds = {}, folders = {}, left_out = {} }
  local nameless <const> = {}
  for index, each in ipairs(service.volumes or {}) do
    local mount <const>, where <const> = mounts.read(family, each), { service.volumes, index }
    if mount.type == "bind" then
      bind(service, family, mount, where, found)
    elseif mount.type == "volume" and mount.source ~= nil and mount.source ~= "" then
      add_named(service, family, mount, where, found)
    elseif mount.type == "volume" then
      table.insert(nameless, mount)
    elseif mount.type ~= "tmpfs" then
      engine.warn(where, subject(service) .. " " .. mount.target .. " is not mounted: ECS has no volumes of type " .. mount.type)
    end
  end
  for _, mount in ipairs(nameless) do anonymous(service, family, mount, found) end
  found.mounts = once(found.mounts)
  local points <const> = {}
  for _, mount in ipairs(found.mounts) do
    table.insert(points, { SourceVolume = mount.volume, ContainerPath = mount.target, ReadOnly = mount.read_only == true or nil })
  end
  local has_files = #found.binds > 0 or service.configs ~= nil or service.secrets ~= nil
  for _, mount in ipairs(found.mounts) do has_files = has_files or mount.user ~= nil end
  local made <const> = has_files and files.of(service, family, found.binds, found.mounts) or nil
  for _, point in ipairs(made and made.mounts or {}) do table.insert(points, point) end
  return {
    mounts = #points > 0 and in_order(points) or nil, container = made and made.container, content = content.container(service, family, found.mounts),
  }
end

return volumes
