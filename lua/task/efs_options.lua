--- Options of volumes on EFS (`driver_opts` of `driver: efs`), in the words of Docker's ECS integration: of the file system, and of the
--- access points through which tasks mount it.
--- https://github.com/docker-archive/compose-cli/blob/main/ecs/volumes.go (2026-11-29)
local read <const> = engine.use("base/read")
local run <const> = engine.use("base/run")
local options <const> = {}

--- Options of the file system, and the properties that they are.
options.of_system = {
  performance_mode       = "PerformanceMode",
  throughput_mode        = "ThroughputMode",
  provisioned_throughput = "ProvisionedThroughputInMibps",
  kms_key                = "KmsKeyId",
}
--- Options of it that need more than their value.
local wrapped <const> = { "lifecycle_policy", "backup_policy" }
--- Options of access points.
local of_point <const> = { "uid", "gid", "permissions", "root_directory", "access_point" }
--- Options of Docker's local driver, which say where files are.
local of_local <const> = { "type", "o", "device" }

--- Names of options that stand for others here.
local meant <const> = { path = "root_directory", root_dir = "root_directory", mode = "permissions", owner = "uid", user = "uid", group = "gid" }

local function known()
  local list <const> = {}
  for name in pairs(options.of_system) do table.insert(list, name) end
  for _, name in ipairs(wrapped) do table.insert(list, name) end
  for _, name in ipairs(of_point) do table.insert(list, name) end
  table.sort(list)
  return list
end

--- Whether options ask for EFS by themselves.
function options.ask_for_efs(definition)
  for name in pairs(read.at(definition, "driver_opts") or {}) do
    if options.of_system[name] then return true end
  end
  return false
end

--- Reports the options that EFS does not have, and those of the local driver where composex makes the file system. A volume that is on
--- EFS because the project says so for all (`x-composex: {volumes: efs}`) may be one of Docker's elsewhere.
function options.check(name, definition, is_made)
  local written <const> = read.at(definition, "driver_opts")
  if written == nil or not run.is_first("options of EFS", name) then return end
  local names <const> = known()
  local is_asked <const> = definition.driver == "efs" or definition.driver == "nfs" or definition["x-efs"] ~= nil or options.ask_for_efs(definition)
  local lost <const> = {}
  for option in pairs(written) do
    local is_local <const> = read.has(of_local, option)
    if is_local and is_made or not is_asked and not is_local and not read.has(names, option) then
      table.insert(lost, option)
    elseif not is_local and not read.has(names, option) then
      engine.error({ written, option, "key" }, "volumes::" .. name .. " driver efs has no option \"" .. option .. "\"",
        meant[option] and "did you mean \"" .. meant[option] .. "\"?" or engine.near(option, names, "it has"))
    end
  end
  if #lost > 0 then
    engine.warn({ definition, "driver_opts", "key" }, "volumes::" .. name .. " driver_opts " .. table.concat(lost, ", ")
      .. (#lost > 1 and " have" or " has") .. " no effect: composex makes the file system on EFS", "name one that exists: name: fs-0123456789abcdef0")
  end
end

--- The value of an option that has to look like `pattern`, at its place; nil where there is none, or a wrong one, which is reported.
local function value(name, definition, option, pattern, must)
  local written <const> = read.at(definition, "driver_opts")
  local found <const> = written ~= nil and written[option] or nil
  if found == nil then return nil end
  if not tostring(found):find(pattern) then
    return engine.error({ written, option }, "volumes::" .. name .. " " .. option .. " must be " .. must[1], "write " .. option .. ": " .. must[2])
  end
  return engine.placed(tostring(found), { written, option }), tostring(found)
end

local number <const> = { "a number", "\"1000\"" }

--- What the options say of access points: `{ user, permissions, path, id }`, each nil when they do not say it; `user` is
--- `{ Uid, Gid, name, is_root, is_stated }`, `id` is that of an access point which exists. `is_made`: the file system is one of the template's.
function options.of_point(name, definition, is_made)
  local uid <const>, uid_text <const> = value(name, definition, "uid", "^%d+$", number)
  local gid <const>, gid_text <const> = value(name, definition, "gid", "^%d+$", number)
  local made <const> = {
    permissions = value(name, definition, "permissions", "^[0-7]?[0-7][0-7][0-7]$", { "three or four digits from 0 to 7", "\"0750\"" }),
    path = value(name, definition, "root_directory", "^/", { "a path that begins with /", "/data" }),
    id = value(name, definition, "access_point", "^fsap%-%x+$", { "the id of an access point", "fsap-0123456789abcdef0" }),
  }
  local stated <const> = read.at(definition, "x-efs", "AccessPointId")
  if stated ~= nil then made.id = read.placed(definition["x-efs"], "AccessPointId") end
  if uid or gid then
    local id <const>, group <const> = uid_text or gid_text, gid_text or uid_text
    made.user = { Uid = uid or gid, Gid = gid or uid, name = id .. ":" .. group, is_root = tonumber(id) == 0, is_stated = true }
  end
  if made.id and is_made then
    engine.error({ definition, "driver_opts", "key" }, "volumes::" .. name .. " names an access point that exists, of a file system that does not",
      "write name: fs-0123456789abcdef0 as well, the file system of the access point")
  elseif made.id and (made.user or made.permissions or made.path) then
    engine.error({ definition, "driver_opts", "key" }, "volumes::" .. name .. " names an access point that exists, which has its own user and folder",
      "leave uid, gid, permissions and root_directory out")
  end
  return made
end

return options
