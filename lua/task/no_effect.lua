--- Reports what a compose file asks for and a task does not have, by the table of `project/attributes`. What depends on more than
--- one value (a volume and its definition, the services of a family) is reported by the step that makes it.
local fates <const> = engine.use("project/fates")
local jobs <const> = engine.use("project/jobs")
local lazy <const> = engine.use("base/lazy")
local lost_names <const> = lazy("project/lost_names")
local read <const> = engine.use("base/read")
local units <const> = engine.use("base/units")
local no_effect <const> = {}

--- Attributes of services without which a container does not do what it was written for; nobody misses the others.
local missed <const> = {
  devices = "start", gpus = "start", models = "start", privileged = "start", provider = "start", external_links = "reach", extra_hosts = "reach",
  group_add = "differs", ipc = "differs", network_mode = "differs", pid = "differs", post_start = "differs", pre_start = "differs", pre_stop = "differs",
  shm_size = "differs", sysctls = "differs", runtime = "differs",
}

local report_mapping

--- The mappings of `value`, each with its step in the path: one, or those of a list or of a mapping of names.
local function report_below(path, value, subject, step, on, about)
  if read.is_list(value) then
    for index, item in ipairs(value) do
      if read.is_mapping(item) then report_mapping(path, item, subject, step .. "[" .. index - 1 .. "].", on, about) end
    end
  elseif not fates.table(path).by_name then
    report_mapping(path, value, subject, step .. ".", on, about)
  else
    for name, entry in pairs(value) do
      if entry ~= nil and read.is_mapping(entry) then
        report_mapping(path, entry, subject, step .. "." .. name .. ".", on, { service = about.service, name = name, definition = entry })
      end
    end
  end
end

--- Reports the attributes of one mapping, and of those below it. `step` leads to it from the subject.
function report_mapping(path, mapping, subject, step, on, about)
  local rows <const> = fates.table(path).rows
  for key, value in pairs(mapping) do
    local row <const> = rows[key]
    if row then
      local answer <const>, where <const>, remedy <const> = fates.of(row, on, value, about)
      if fates.is_reported(answer) then
        engine.warn({ mapping, key, "key" }, fates.sentence(subject .. " " .. step .. key, row, value, answer, where), fates.remedy(row, on, answer, remedy), {
          consequence = answer.fate == "refused" and "start" or path == "services" and missed[key] or "none", group = path .. " " .. key,
        })
      elseif value ~= nil and type(value) == "userdata" then
        local below <const> = path .. "." .. key
        local inner <const> = fates.table(below)
        if inner and inner.reports then report_below(below, value, subject, step .. key, on, about) end
      end
    end
  end
end

--- What a family runs on, as the table asks for it.
local function runs_on(family)
  return { platform = family.runs.platform, windows = family.windows, job = jobs.is(family), network_mode = family.runs.network_mode }
end

--- Whether a service gives or takes names beside its own: links, and what it says of its networks.
local function says_names(service)
  if service.links ~= nil then return true end
  for _, attached in pairs(service.networks or {}) do
    if attached ~= nil then return true end
  end
  return false
end

--- Reports the ports of `expose` that are of another protocol than ECS has; those of `ports` have a row.
local function report_exposed(service, family)
  for index, text in ipairs(service.expose or {}) do
    local range <const> = units.ports(text)
    if range and range.protocol ~= "tcp" and range.protocol ~= "udp" then
      engine.warn({ service.expose, index }, fates.without_effect(service, family, "expose " .. text, "tasks have tcp and udp ports"))
    end
  end
end

--- Reports every attribute of a service that has no effect on what its family runs on.
function no_effect.of_service(service, family)
  report_mapping("services", service, "services::" .. service.name, "", runs_on(family), { service = service, name = service.name })
  report_exposed(service, family)
  if says_names(service) then lost_names.tell(service, family) end
end

local sections <const> = { "networks", "volumes", "secrets", "configs" }

--- Reports what the project's networks, volumes, secrets and configs ask for without effect; the families share them, and the answers
--- are the same wherever these run.
function no_effect.of_project(list, runs_of)
  local on <const> = list[1] and runs_of(list[1]) or { platform = "FARGATE", network_mode = "awsvpc" }
  for key, row in pairs(fates.table("").rows) do
    local answer <const>, where <const> = fates.of(row, on, engine.section(key), {})
    if fates.is_reported(answer) then engine.warn({ engine.root(), key, "key" }, fates.sentence(key, row, nil, answer, where)) end
  end
  for _, key in ipairs(sections) do
    for name, definition in pairs(engine.section(key) or {}) do
      if definition ~= nil then
        report_mapping(key, definition, key .. "::" .. name, "", on, { name = name, definition = definition })
      end
    end
  end
end

return no_effect
