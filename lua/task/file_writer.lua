--- Files in containers: bind mounts of the project, configs and secrets of compose.
---
--- ECS has no such thing. A container that ends before the service's starts writes them into volumes of the task. What a folder of
--- the project brings replaces the folder of the image, as in compose. A single file stands among the image's own: there the
--- first container runs the same image, and copies the folder first. Values of secrets reach that container only, as secrets
--- of ECS; everything else stands in the task definition, which is why there is a limit.
local images <const> = engine.use("project/images/images")
local read <const> = engine.use("base/read")
local quoted <const> = engine.use("base/shell").quoted
local secrets <const> = engine.use("task/secrets")
local values <const> = engine.use("kinds/texts")
local files <const> = {}

--- The image that writes files where the service's own is not needed.
local writer_image <const> = "public.ecr.aws/docker/library/busybox:stable"

local function subject(service) return "services::" .. service.name end

local function folder_of(path) return path:match("^(.+)/[^/]*$") or "/" end

-- What there is to write --------------------------------------------------------------------------------------------
-- An item is `{ target, is_folder, read_only, entries, where }`, an entry `{ path, text | base64 | source, mode, uid, gid }`.

local faults <const> = {
  outside = "it lies outside of the project",
  foreign = "it lies outside of the folder of the script that names it",
  project = "the project folder is not carried: it holds more than the container needs",
  missing = "there is no such file",
  large = "with it the files of the task have more than 32 KiB, which is all that its definition can carry",
  unreadable = "it cannot be read",
}
--- What to do about a fault; a folder that the container fills itself is a volume on AWS.
local remedies <const> = {
  outside = "build it into the image, or use a named volume for what the container writes",
  missing = "create it before rendering, or use a named volume for what the container writes",
}

--- The entries of a file or a folder of the project, whose path the value at `from` names; nil when it cannot be carried, which is reported.
local function carried(service, family, path, what, where, from)
  local found <const> = engine.files(path, family.room, from)
  if found.fault then
    engine.warn(where, subject(service) .. " " .. (what or found.shown) .. " is not mounted: " .. faults[found.fault],
      remedies[found.fault] or "build it into the image, or put it on EFS", { consequence = path:find("%.%w+$") and "start" or "data" })
    return nil
  end
  local entries <const> = {}
  for _, file in ipairs(found.files) do
    family.room = family.room - file.size
    table.insert(entries, { path = file.path, text = file.text, base64 = file.base64, mode = file.executable and "0755" or nil })
  end
  return entries, found.folder
end

--- A bind mount of the project as an item; nil when it cannot be one. An empty folder is there for the container to fill: the second value
--- says so, as what it holds ends with the task.
function files.bind(service, family, mount, where)
  local entries <const>, is_folder <const> = carried(service, family, mount.source, nil, where, mount.from or { mount, "source" })
  if not entries then return nil end
  local item <const> = { target = mount.target, is_folder = is_folder, read_only = mount.read_only == true, entries = entries, where = where }
  return item, #entries == 0 and is_folder and mount.read_only ~= true
end

--- Where a config or secret goes in the container: relative targets start at `base`.
local function target_of(mount, base)
  local target <const> = mount.target or mount.source
  return target:sub(1, 1) == "/" and target or base .. target
end

local function mode_of(mount)
  local mode <const> = mount.mode
  if mode == nil then return nil end
  return type(mode) == "number" and ("%04o"):format(mode) or tostring(mode)
end

--- One entry in an item of its own.
local function single(mount, base, entry, where)
  entry.path, entry.mode, entry.uid, entry.gid = "", mode_of(mount) or "0444", mount.uid, mount.gid
  return { target = target_of(mount, base), entries = { entry }, where = where }
end

--- The content of a config as an entry.
local function config(service, family, mount, where)
  local definition <const> = mount.source ~= nil and read.at(engine.section("configs"), mount.source) or nil
  if definition == nil then return nil end
  if definition.content ~= nil then
    if #definition.content > family.room then
      engine.warn(where, subject(service) .. " config " .. mount.source .. " is not mounted: " .. faults.large, "build it into the image, or put it on EFS")
      return nil
    end
    family.room = family.room - #definition.content
    return { text = definition.content }
  end
  if definition.file ~= nil then
    local entries <const>, is_folder <const> = carried(service, family, definition.file, "config " .. mount.source, where, { definition, "file" })
    return entries and not is_folder and entries[1] or nil
  end
  if definition.environment ~= nil then
    local text <const> = engine.variable(definition.environment, { definition, "environment" })
    if not text then
      engine.warn({ definition, "environment" }, "configs::" .. mount.source .. " needs the variable " .. definition.environment
        .. ", which is not set: the file is empty", "set it, or put it into .env")
    end
    return { text = text or "" }
  end
  return { source = secrets.parameter(definition.name, { definition, "name" }) }
end

--- The configs and secrets of a service as items.
local function items_of(service, family)
  local list <const> = {}
  for index, mount in ipairs(service.configs or {}) do
    local where <const> = { service.configs, index }
    local entry <const> = config(service, family, mount, where)
    if entry and (entry.text or entry.base64 or entry.source) then table.insert(list, single(mount, "/", entry, where)) end
  end
  for index, mount in ipairs(service.secrets or {}) do
    local where <const> = { service.secrets, index }
    local source <const> = mount.source ~= nil and secrets.is_file(mount.source) and secrets.source(mount.source, where)
    local function add(part, below)
      local item <const> = single(mount, "/run/secrets/", { source = part }, where)
      item.target, item.is_secret = item.target .. below, true
      table.insert(list, item)
    end
    local parts <const> = source and secrets.parts(mount.source, source)
    for _, part in ipairs(parts or {}) do add(part.source, "/" .. part.key) end
    if source and not parts then add(source, "") end
  end
  return list
end

-- Where it is written -----------------------------------------------------------------------------------------------
-- A root is `{ path, copies, volume, read_only, entries, user }`: a folder of the container that is a volume; it is given to the user.

--- Adds a root. The first of a path is found by it.
local function add_root(roots, root)
  table.insert(roots, root)
  roots.by_path[root.path] = roots.by_path[root.path] or root
end

--- The root that is `folder`, or the nearest above it; nil when there is none.
local function root_for(roots, folder)
  local nearest
  for above in read.folders_above(folder) do nearest = roots.by_path[above] or nearest end
  return roots.by_path[folder] or nearest
end

--- Folders of the system: what they hold is more than the image's files.
local of_system <const> = read.set {
  "/bin", "/boot", "/etc", "/lib", "/lib64", "/root", "/run", "/sbin", "/usr", "/usr/bin", "/usr/lib", "/usr/local/bin", "/usr/local/lib", "/usr/sbin", "/var",
  "/var/lib", "/var/run",
}

--- Whether the image's files of a folder are copied beside a single file. A folder of the system is covered with what ECS mounts there.
--- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bind-mounts.html (2026-11-29)
local function copies_folder(service, item, folder)
  if item.is_secret and (folder .. "/"):find("^/run/secrets/") or images.is_bare(service, folder) then return false end
  if images.lacks_shell(service) then
    engine.warn(item.where, subject(service) .. " " .. item.target .. " hides the image's folder " .. folder .. ": the image has no shell to copy it with",
      "mount it in a folder of its own, and name it in command", { consequence = "differs" })
    return false
  end
  if of_system[folder] then
    engine.warn(item.where, subject(service) .. " " .. item.target .. " makes a volume of " .. folder
      .. ": a copy of the image's, with the hosts and resolv.conf that ECS mounts there" , "mount it in a folder of its own: " .. folder .. "/"
      .. service.name .. item.target:match("/[^/]*$"), { consequence = "start" })
  end
  return true
end

--- The folders to write to. `mounts` are the service's volumes: what goes below one is written into it.
local function roots_of(service, items, mounts)
  local roots <const> = { by_path = {} }
  for _, mount in ipairs(mounts) do
    add_root(roots, { path = mount.target, volume = mount.volume, entries = {}, is_mounted = true, user = mount.user })
  end
  local singles <const> = {}
  for _, item in ipairs(items) do
    if item.is_folder then
      add_root(roots, { path = item.target, entries = item.entries, read_only = item.read_only, copies = item.copies })
    else
      table.insert(singles, item)
    end
  end
  table.sort(singles, function(a, b)
    local one <const>, other <const> = folder_of(a.target), folder_of(b.target)
    if #one ~= #other then return #one < #other end
    return a.target < b.target
  end)
  for _, item in ipairs(singles) do
    local folder <const> = folder_of(item.target)
    local root = root_for(roots, folder)
    if folder == "/" and not root then
      engine.warn(item.where, subject(service) .. " " .. item.target .. " is not mounted: a volume cannot be the root folder",
        "give it a target in a folder")
    else
      if not root then
        root = { path = folder, entries = {}, copies = copies_folder(service, item, folder) }
        add_root(roots, root)
      end
      for _, entry in ipairs(item.entries) do
        entry.path = item.target:sub(#root.path + 2)
        table.insert(root.entries, entry)
      end
    end
  end
  return roots
end

-- The container that writes -----------------------------------------------------------------------------------------

--- The lines that write an entry; its content is the variable `name`.
local function lines_for(entry, folder, name)
  local path <const> = folder .. "/" .. entry.path
  local lines <const> = {}
  if entry.path:find("/", 1, true) then table.insert(lines, "mkdir -p " .. quoted(folder_of(path))) end
  local content <const> = "printf %s \"$" .. name .. "\""
  table.insert(lines, content .. (entry.base64 and " | base64 -d > " or " > ") .. quoted(path))
  if entry.mode then table.insert(lines, "chmod " .. quoted(entry.mode) .. " " .. quoted(path)) end
  if entry.uid or entry.gid then
    local owner <const> = (entry.uid or "0") .. ":" .. (entry.gid or "0")
    table.insert(lines, "chown " .. quoted(owner) .. " " .. quoted(path))
  end
  return lines
end

--- The lines that let a user write to a folder. Names of users are those of another image; other services of the task may write, too.
local function lines_for_user(user, folder)
  local lines <const> = { "chmod 0777 " .. folder }
  if user:find("^%d+:?%d*$") then table.insert(lines, 1, "chown " .. quoted((user:gsub(":$", ""))) .. " " .. folder) end
  return lines
end

local function append(list, more)
  for _, item in ipairs(more) do table.insert(list, item) end
end

--- The first container of a service, and the mount points of the service's own.
local function writer(name_of_owner, family, roots)
  local lines <const>, environment <const>, filled <const>, inside <const>, outside <const> = { "set -e" }, {}, {}, {}, {}
  local copies, number = false, 0
  for _, root in ipairs(roots) do
    if #root.entries > 0 or root.user or not root.is_mounted then
      local folder <const> = "/composex/" .. #inside
      if not root.is_mounted then
        root.volume = values.name(name_of_owner) .. "-files-" .. #inside
        family.volumes.add { Name = root.volume }
        table.insert(outside, { SourceVolume = root.volume, ContainerPath = root.path, ReadOnly = root.read_only or nil })
      end
      table.insert(inside, { SourceVolume = root.volume, ContainerPath = folder })
      if root.user then append(lines, lines_for_user(root.user, folder)) end
      if root.copies then
        copies = true
        table.insert(lines, "if [ -d " .. quoted(root.path) .. " ]; then cp -a " .. quoted(root.path .. "/.") .. " " .. folder .. "/; fi")
      end
      for _, entry in ipairs(root.entries) do
        local name <const> = "FILE_" .. number
        number = number + 1
        append(lines, lines_for(entry, folder, name))
        if entry.source then
          secrets.allow(family, entry.source)
          table.insert(filled, { Name = name, ValueFrom = engine.placed(entry.source.from, entry.source.at) })
        else
          table.insert(environment, { Name = name, Value = entry.text or entry.base64 })
        end
      end
    end
  end
  if #inside == 0 then return nil, outside end
  return {
    Image = not copies and engine.parameter("FilesImage", {
      Type = "String", Default = writer_image, Description = "The image that writes the files of configs, secrets and bind mounts",
    }) or nil,
    Name = values.name(name_of_owner) .. "-files", Essential = false, User = "0",
    EntryPoint = { "sh", "-c" }, Command = { table.concat(lines, "\n") },
    Environment = #environment > 0 and environment or nil, Secrets = #filled > 0 and filled or nil, MountPoints = inside,
  }, outside
end

--- The files of a service: `{ container, mounts }`, where the container's Image is nil when it is the service's own; nil without
--- files. `binds` are items of bind mounts, `mounts` the service's other volumes (`{ target, volume }`).
function files.of(service, family, binds, mounts)
  local items <const> = items_of(service, family)
  append(items, binds)
  local is_given = false
  for _, mount in ipairs(mounts) do is_given = is_given or mount.user ~= nil end
  if #items == 0 and not is_given then return nil end
  if family.windows then
    engine.warn(service, subject(service) .. " files of configs, secrets and bind mounts are not mounted: they need Linux")
    return nil
  end
  local roots <const> = roots_of(service, items, mounts)
  local container <const>, outside <const> = writer(service.name, family, roots)
  if not container then return nil end
  if not container.Image and not images.of(service) then
    engine.note(service, subject(service) .. " gets files of the project from a first container of the same image, which needs sh and cp",
      "mount whole folders, or build the files into the image, when it has none")
  end
  return { container = container, mounts = outside }
end

--- A folder of entries (`{ path, text | base64 }`) for a container that is no service: `{ container, mounts }`.
function files.folder(family, name, path, entries)
  local container <const>, outside <const> = writer(name, family, { { path = path, entries = entries } })
  return { container = container, mounts = outside }
end

return files
