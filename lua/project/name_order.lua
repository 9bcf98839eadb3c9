--- The order of families that name each other: who is created before the service that it names finds it only after another deployment,
--- because Service Connect fixes the names that a task resolves when its service is deployed.
--- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html (2026-11-29)
local families <const> = engine.use("project/families")
local images <const> = engine.use("project/images/images")
local read <const> = engine.use("base/read")
local used_names <const> = engine.use("project/used_names")

--- The families on the way from one to another, both included; nil when it does not wait for that.
local function way(from, to, seen)
  if from == to then return { to } end
  seen[from] = true
  for _, other in ipairs(from.waits_for) do
    local found <const> = not seen[other] and way(other, to, seen)
    if found then
      table.insert(found, 1, from)
      return found
    end
  end
end

--- Reports a name that cannot count: its service waits for the one that names it.
local function report_cycle(service, used, family, back)
  local names <const> = { family.name }
  for _, each in ipairs(back) do table.insert(names, each.name) end
  engine.warn(used.where, "services::" .. service.name .. " names services::" .. used.name .. ", which waits for it: "
    .. table.concat(names, " -> ") .. ": it is created first, and resolves the name only after its next deployment",
    "deploy it once more after the first time, or take one of the names out", { group = "cycles of names" })
end

--- Roles of images that call nobody but others of their kind.
local called_only <const> = read.set { "database", "cache", "search", "storage" }

--- Whether a service calls the one that its texts name. A store that shares the variables of the whole project does not.
local function calls(service, used)
  local row <const> = images.of(service)
  if not row or not called_only[row.role] then return true end
  local other <const> = engine.section("services")[used.name]
  return other ~= nil and other.image == service.image
end

--- Adds the families that services name to what theirs waits for, without what would close a cycle, which is reported.
--- `resolves(family, other)` says whether the one resolves the names of the other.
return function(resolves)
  for _, family in ipairs(families.all()) do
    for _, service in ipairs(family.services) do
      for _, used in ipairs(used_names.of(service)) do
        local other <const> = not family.by_name[used.name] and families.of(used.name)[1]
        if other and not read.index(family.waits_for, other) and resolves(family, other) and calls(service, used) then
          local back <const> = way(other, family, {})
          if back then report_cycle(service, used, family, back) else table.insert(family.waits_for, other) end
        end
      end
    end
  end
end
