--- The order of families: each is created when those that its services depend on are stable.
local labels <const> = engine.use("project/family_labels")

--- Whether a service of the family says itself which family it is in.
local function is_labelled(family)
  for _, service in ipairs(family.services) do
    if labels.of(service, "ecs.task.family") then return true end
  end
  return false
end

--- The families that have the services that those of `family` depend on. `holders` are families by the names of their services.
local function needs(family, holders)
  local list <const>, seen <const> = {}, {}
  for _, service in ipairs(family.services) do
    for name in pairs(service.depends_on or {}) do
      for _, other in ipairs(not family.by_name[name] and holders[name] or {}) do
        if not seen[other] then table.insert(list, other) end
        seen[other] = true
      end
    end
  end
  return list
end

--- Reports that the last family of `path` waits for `first`, which stands earlier in it. Where the file grouped services that is an
--- error; where they came together by themselves (a shared network), the last family does not wait.
local function report_cycle(path, first)
  local names <const>, from, is_grouped = {}, nil, false
  for index, each in ipairs(path) do
    if each == first then from = index end
    if from then
      table.insert(names, each.name)
      is_grouped = is_grouped or is_labelled(each)
    end
  end
  local last <const>, shown <const> = path[#path], table.concat(names, " -> ") .. " -> " .. first.name
  if is_grouped then
    engine.error(first.main, "families wait for each other: " .. shown, "put the services into one family, or take a depends_on out")
  else
    engine.warn(last.main, "families wait for each other: " .. shown .. ": " .. last.name .. " does not wait for " .. first.name,
      "put the services into one family, or take a depends_on out")
  end
end

--- Sets `waits_for` of all families: what each needs, without what would close a cycle, as none of those could be created.
return function(project)
  local state <const> = {}
  local function visit(family, path)
    state[family] = "open"
    table.insert(path, family)
    family.waits_for = {}
    for _, other in ipairs(needs(family, project.holders)) do
      if state[other] == "open" then
        report_cycle(path, other)
      else
        table.insert(family.waits_for, other)
        if not state[other] then visit(other, path) end
      end
    end
    table.remove(path)
    state[family] = "done"
  end
  for _, family in ipairs(project.list) do
    if not state[family] then visit(family, {}) end
  end
end
