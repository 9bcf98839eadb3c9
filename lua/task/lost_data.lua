--- What ends with the task that wrote it: plain volumes, and folders of the project that its containers fill; reported together.
local families <const> = engine.use("project/families")
local lazy <const> = engine.use("base/lazy")
local mounts <const> = lazy("project/mounts")
local read <const> = engine.use("base/read")
local run <const> = engine.use("base/run")
local lost <const> = {}

--- In the order in which it is met: `{ name }` of a volume, `{ path, where, source }` of a folder.
local note <const>, rows <const> = run.each_of()

--- Notes that what is written to a volume ends with the task.
function lost.note_volume(name) note(name) end

--- Notes that what a container writes to a folder of the project ends with the task; `shown` is the folder's path in the project.
function lost.note_folder(shown, mount, where)
  local row <const> = note(shown)
  row[2], row[3] = row[2] or where, mount.source
end

--- By the name of a volume: the services that mount it, one of each family: not what ends before the others begin.
local mounters <const> = run.once(function()
  local by_volume <const> = {}
  for _, family in ipairs(families.all()) do
    local of_family <const>, list <const> = {}, {}
    for _, service in ipairs(family.services) do
      for _, each in ipairs(service.volumes or {}) do
        local name <const> = mounts.read(family, each).source or ""
        if not of_family[name] then table.insert(list, name) end
        if not of_family[name] or family.ending[of_family[name]] then of_family[name] = service.name end
      end
    end
    for _, name in ipairs(list) do
      by_volume[name] = by_volume[name] or {}
      table.insert(by_volume[name], of_family[name])
    end
  end
  return by_volume
end)

--- The services that share a volume on a laptop, and have one each in their tasks.
local function sharers(name)
  local names <const> = mounters()[name] or {}
  return #names > 1 and names or {}
end

--- How a folder is named: below the project's, or elsewhere on the host.
local function path_of(name) return name:find("^[/~.]") and name or "./" .. name end

--- Reports once what is lost of the project's volumes and of the folders that its containers fill.
function lost.report()
  if #rows == 0 then return end
  local section <const>, names <const>, apart <const> = engine.section("volumes"), {}, {}
  for _, row in ipairs(rows) do
    local name <const> = row[1]
    table.insert(names, row[2] and path_of(name) or "volumes::" .. name)
    local shared <const> = sharers(row[3] or name)
    if #shared > 0 then table.insert(apart, (row[2] and path_of(name) or name) .. " is not shared by " .. table.concat(shared, ", ")) end
  end
  local first <const> = rows[1][1]
  engine.warn(rows[1][2] or read.at(section, first) ~= nil and { section, first, "key" } or nil, "the data of " .. table.concat(names, ", ")
    .. " ends with the task, and each task has its own" .. (#apart > 0 and ": " .. table.concat(apart, "; ") or ""),
    "keep it on EFS, x-efs: {} in a volume or all of them:", { consequence = "data", block = "x-composex: {volumes: efs}" })
end

return lost
