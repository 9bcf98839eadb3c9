--- The order of families: each is created when those that its services depend on are stable.

--- Whether two services are containers of one task, in one of the families of the first.
local function are_together(service, name, holders)
  for _, family in ipairs(holders[service.name]) do
    if family.by_name[name] then return true end
  end
  return false
end

--- What the services of a family depend on in others: `{ family, where }`, each family once. `holders` are families by the names of their
--- services. What a service of several families waits for beside it in one of them is a matter of that task: it is no order of families.
local function needs(family, holders)
  local list <const>, seen <const> = {}, {}
  for _, service in ipairs(family.services) do
    for name in pairs(service.depends_on or {}) do
      for _, other in ipairs(not are_together(service, name, holders) and holders[name] or {}) do
        if not seen[other] then table.insert(list, { family = other, where = { service.depends_on, name, "key" } }) end
        seen[other] = true
      end
    end
  end
  return list
end

--- Reports that the last family of `path` waits for `first`, which stands earlier in it: it does not, as none could be created.
local function report_cycle(path, first, where)
  local names <const> = {}
  for _, each in ipairs(path) do
    if each == first or #names > 0 then table.insert(names, each.name) end
  end
  engine.warn(where, "families wait for each other: " .. table.concat(names, " -> ") .. " -> " .. first.name .. ": " .. path[#path].name
    .. " does not wait for " .. first.name, "put the services into one family, or take a depends_on out")
end

--- Sets `waits_for` of all families: what each needs, without what would close a cycle.
return function(project)
  local state <const> = {}
  local function visit(family, path)
    state[family] = "open"
    table.insert(path, family)
    family.waits_for = {}
    for _, need in ipairs(needs(family, project.holders)) do
      if state[need.family] == "open" then
        report_cycle(path, need.family, need.where)
      else
        table.insert(family.waits_for, need.family)
        if not state[need.family] then visit(need.family, path) end
      end
    end
    table.remove(path)
    state[family] = "done"
  end
  for _, family in ipairs(project.list) do
    if not state[family] then visit(family, {}) end
  end
end
