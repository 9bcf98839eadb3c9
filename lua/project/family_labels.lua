--- The labels of `deploy.labels` that composex reads: which there are, and what they say.
local read <const> = engine.use("base/read")
local family_labels <const> = {}

local known <const> = {
  "ecs.task.family", "ecs.task.family.hostname", "ecs.depends.condition", "ecs.essential", "ecs.ephemeral.storage",
  "ecs.compute.platform",
}

--- What others of the same task wait for that do not say.
local waits <const> = { "START", "COMPLETE", "SUCCESS", "HEALTHY" }
family_labels.waits = {}
for _, name in ipairs(waits) do family_labels.waits[name] = true end

--- The value of a label as a string, and its place; nil when the service does not have it.
function family_labels.of(service, name)
  local all <const> = read.at(service, "deploy", "labels")
  if all == nil or all[name] == nil then return nil end
  return tostring(all[name]), { all, name }
end

--- Reports labels that look like composex's and are not.
function family_labels.check(service)
  for name in pairs(read.at(service, "deploy", "labels") or {}) do
    if name:find("^ecs%.") and not read.index(known, name) then
      engine.error({ service.deploy.labels, name, "key" }, "services::" .. service.name .. " has an unknown label \"" .. name .. "\"",
        engine.near(name, known, "there are"))
    end
  end
  local wait <const>, where <const> = family_labels.of(service, "ecs.depends.condition")
  if wait and not family_labels.waits[wait:upper()] then
    engine.error(where, "ecs.depends.condition has no value \"" .. wait .. "\"", engine.near(wait:upper(), waits, "it has"))
  end
end

--- The families that `ecs.task.family` names, between commas, each once; nil when the service does not have the label.
function family_labels.families(service)
  local value <const>, where <const> = family_labels.of(service, "ecs.task.family")
  if not value then return nil end
  local names <const>, seen <const> = {}, {}
  for item in value:gmatch("[^,]+") do
    local name <const> = read.trimmed(item)
    if name ~= "" and not seen[name] then table.insert(names, name) end
    seen[name] = true
  end
  if #names == 0 then
    engine.error(where, "ecs.task.family of services::" .. service.name .. " names no family", "write the name of one")
  end
  return names
end

return family_labels
