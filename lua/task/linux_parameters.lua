--- What the kernel gives a container: capabilities, devices, memory file systems, swap, limits, system controls.
local fates <const> = engine.use("project/fates")
local gpus <const> = engine.use("project/gpus")
local read <const> = engine.use("base/read")
local units <const> = engine.use("base/units")
local linux <const> = {}

local subject <const> = function(service, key) return "services::" .. service.name .. " " .. key end

-- Capabilities ------------------------------------------------------------------------------------------------------

--- https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ecs-taskdefinition-kernelcapabilities.html
local capabilities <const> = {
  "ALL", "AUDIT_CONTROL", "AUDIT_WRITE", "BLOCK_SUSPEND", "CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID",
  "IPC_LOCK", "IPC_OWNER", "KILL", "LEASE", "LINUX_IMMUTABLE", "MAC_ADMIN", "MAC_OVERRIDE", "MKNOD", "NET_ADMIN",
  "NET_BIND_SERVICE", "NET_BROADCAST", "NET_RAW", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_ADMIN", "SYS_BOOT",
  "SYS_CHROOT", "SYS_MODULE", "SYS_NICE", "SYS_PACCT", "SYS_PTRACE", "SYS_RAWIO", "SYS_RESOURCE", "SYS_TIME",
  "SYS_TTY_CONFIG", "SYSLOG", "WAKE_ALARM",
}

--- What Docker gives a container that asks for nothing: on Fargate too, which adds SYS_PTRACE alone.
--- https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities (2026-11-29)
local given <const> = {
  "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "NET_RAW", "SETFCAP", "SETGID", "SETPCAP", "SETUID",
  "SYS_CHROOT",
}

--- The capabilities that a service adds or drops, those that ECS does not know left out, which is reported: `{ name, where }`.
local function asked(service, family, key)
  local list <const> = {}
  for index, text in ipairs(service[key] or {}) do
    local name <const> = text:upper():gsub("^CAP_", "")
    local where <const> = { service[key], index }
    if read.index(capabilities, name) then
      table.insert(list, { name = name, where = where })
    else
      engine.warn(where, fates.without_effect(service, family, key .. " " .. text, "ECS does not know the capability"),
        engine.near(name, capabilities, "it knows"))
    end
  end
  return list
end

local function named(list, name)
  for _, each in ipairs(list) do
    if each.name == name then return each end
  end
end

local function placed(list)
  local made <const> = {}
  for _, each in ipairs(list) do table.insert(made, engine.placed(each.name, each.where)) end
  return #made > 0 and made or nil
end

--- "Drop all, add some" of those that a container has anyway drops the others: the same, said without adding.
local function kept(add, drop)
  local all <const>, has_kept, list <const> = named(drop, "ALL"), false, {}
  for _, each in ipairs(add) do has_kept = has_kept or read.has(given, each.name) end
  if not has_kept then return drop end
  for _, name in ipairs(given) do
    if not named(add, name) and (all or named(drop, name)) then table.insert(list, { name = name, where = (all or named(drop, name)).where }) end
  end
  for _, each in ipairs(drop) do
    if each.name ~= "ALL" and not read.has(given, each.name) then table.insert(list, each) end
  end
  return list
end

local function capability(service, family)
  local add <const>, drop <const> = asked(service, family, "cap_add"), asked(service, family, "cap_drop")
  if not family.fargate then
    return (#add > 0 or #drop > 0) and { Add = placed(add), Drop = placed(drop) } or nil
  end
  local added <const> = {}
  for _, each in ipairs(add) do
    if each.name == "SYS_PTRACE" then
      table.insert(added, each)
    elseif not read.has(given, each.name) then
      engine.warn(each.where, fates.without_effect(service, family, "cap_add " .. each.name, "it adds SYS_PTRACE only"),
        "run it on instances: deploy.labels ecs.compute.platform: EC2", { consequence = "start" })
    end
  end
  local dropped <const> = kept(add, drop)
  return (#added > 0 or #dropped > 0) and { Add = placed(added), Drop = placed(dropped) } or nil
end

-- Devices, memory ---------------------------------------------------------------------------------------------------

local permissions <const> = { r = "read", w = "write", m = "mknod" }

local function devices(service)
  local list <const> = {}
  for index, device in ipairs(service.devices or {}) do
    local allowed <const> = {}
    for letter in (device.permissions or "rwm"):gmatch(".") do table.insert(allowed, permissions[letter]) end
    table.insert(list, {
      HostPath = engine.placed(device.source, { service.devices, index }), ContainerPath = device.target, Permissions = allowed,
    })
  end
  return #list > 0 and list or nil
end

--- MiB of a memory file system that gives no size: ECS needs one, Docker takes half of the memory.
local default_tmpfs <const> = 64

--- `/run:size=64m,noexec` and the long form of volumes, as `{ path, size, options, where }`.
function linux.memory_mounts(service)
  local list <const> = {}
  for index, text in ipairs(service.tmpfs or {}) do
    local path <const>, options <const> = text:match("^([^:]+):?(.*)$")
    local mount <const> = { path = path, options = {}, where = { service.tmpfs, index } }
    for option in (options or ""):gmatch("[^,]+") do
      local size <const> = option:match("^size=(.+)$")
      if size then mount.size = units.mebibytes(size) else table.insert(mount.options, option) end
    end
    if path then table.insert(list, mount) end
  end
  for index, mount in ipairs(service.volumes or {}) do
    if mount.type == "tmpfs" then
      local mode <const> = read.at(mount, "tmpfs", "mode")
      table.insert(list, {
        path = mount.target, size = units.mebibytes(read.at(mount, "tmpfs", "size")), where = { service.volumes, index },
        options = mode ~= nil and { "mode=" .. (type(mode) == "number" and ("%o"):format(mode) or mode) } or {},
      })
    end
  end
  return list
end

--- Fargate has them since January 2026: https://aws.amazon.com/about-aws/whats-new/2026/01/amazon-ecs-tmpfs-mounts-aws-fargate-managed-instances/
--- (2026-11-29)
local function tmpfs(service)
  local list <const> = {}
  for _, mount in ipairs(linux.memory_mounts(service)) do
    table.insert(list, {
      ContainerPath = engine.placed(mount.path, mount.where), Size = mount.size or default_tmpfs,
      MountOptions = #mount.options > 0 and mount.options or nil,
    })
  end
  return #list > 0 and list or nil
end

--- `memswap_limit` is memory and swap together; ECS wants the swap alone.
local function swap(service, size)
  local all <const> = units.mebibytes(service.memswap_limit)
  if not all or not size.memory then return nil end
  return engine.placed(math.max(0, all - size.memory), { service, "memswap_limit" })
end

--- The LinuxParameters of a container, or nil.
function linux.parameters(service, family, size)
  if family.windows then return nil end
  local exec <const> = read.at(service, "x-ecs", "EnableExecuteCommand") == true
  local made <const> = { Capabilities = capability(service, family) }
  if service.init ~= nil then
    made.InitProcessEnabled = engine.placed(service.init, { service, "init" })
  elseif exec then
    made.InitProcessEnabled = true
  end
  made.Tmpfs = tmpfs(service)
  if not family.fargate then
    made.Devices = devices(service)
    local shared <const> = units.mebibytes(service.shm_size)
    made.SharedMemorySize = shared and engine.placed(shared, { service, "shm_size" })
    made.MaxSwap = swap(service, size)
    made.Swappiness = read.placed(service, "mem_swappiness")
  end
  return next(made) and made or nil
end

-- Limits and controls -----------------------------------------------------------------------------------------------

local limits <const> = {
  "core", "cpu", "data", "fsize", "locks", "memlock", "msgqueue", "nice", "nofile", "nproc", "rss", "rtprio", "rttime",
  "sigpending", "stack",
}

function linux.ulimits(service, family)
  if family.windows then return nil end
  local list <const> = {}
  for name, limit in pairs(service.ulimits or {}) do
    local where <const> = { service.ulimits, name }
    local soft <const> = read.is_mapping(limit) and limit.soft or limit
    local hard <const> = read.is_mapping(limit) and limit.hard or limit
    if not read.index(limits, name) then
      engine.warn(where, fates.without_effect(service, family, "ulimits " .. name, "ECS does not know the limit"),
        engine.near(name, limits, "it knows"))
    elseif family.fargate and name ~= "nofile" then
      engine.warn(where, fates.without_effect(service, family, "ulimits " .. name, "it sets nofile only"))
    elseif type(soft) == "number" and type(hard) == "number" then
      table.insert(list, { Name = name, SoftLimit = engine.placed(soft, where), HardLimit = engine.placed(hard, where) })
    end
  end
  return #list > 0 and list or nil
end

--- Controls that a task may set for itself: those of its own network and IPC namespaces.
--- https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ecs-taskdefinition-systemcontrol.html
local function is_of_task(name)
  return name:find("^net%.") or name:find("^fs%.mqueue%.") or name:find("^kernel%.msg") or name:find("^kernel%.sem$")
    or name:find("^kernel%.shm")
end

function linux.controls(service, family)
  if family.windows then return nil end
  local list <const> = {}
  for name, value in pairs(service.sysctls or {}) do
    local where <const> = { service.sysctls, name }
    if not is_of_task(name) then
      engine.warn(where, fates.without_effect(service, family, "sysctls " .. name, "a task sets net.* and IPC controls only"))
    elseif value ~= nil then
      table.insert(list, { Namespace = name, Value = engine.placed(tostring(value), where) })
    end
  end
  return #list > 0 and list or nil
end

--- GPUs that a container asks for.
function linux.resources(service, family)
  if family.fargate then return nil end
  local count <const>, where <const>, is_all <const> = gpus.of(service)
  if not count then return nil end
  if is_all then
    engine.warn(where, subject(service, "gpus") .. " asks for all GPUs: ECS wants a number, and gets 1", "write how many")
  end
  return { { Type = "GPU", Value = engine.placed(tostring(count), where) } }
end

return linux
