--- What a job asks for that only services have, and what a service says of jobs.
local definitions <const> = engine.use("kinds/definitions")
local jobs <const> = engine.use("project/jobs")
local members <const> = engine.use("project/members")
local read <const> = engine.use("base/read")

--- What is said of services, with the path to it.
local of_services <const> = {
  { "x-scaling" }, { "x-alarms" }, { "x-ecs", "ServiceName" },
}

local function report(service, family)
  for _, path in ipairs(of_services) do
    local name <const> = path[#path]
    local holder <const> = #path == 1 and service or read.at(service, table.unpack(path, 1, #path - 1))
    if holder ~= nil and holder[name] ~= nil then
      engine.warn({ holder, name, "key" }, "services::" .. service.name .. " " .. table.concat(path, ".") .. " has no effect: a job has no ECS service",
        "leave it out, or take the job away: deploy.mode, x-ecs: {Job: true}")
    end
  end
  if family.disks and service == family.main then
    engine.warn(service, "services::" .. service.name .. " has a volume on EBS, which ECS makes for tasks of services only",
      "keep it on EFS: x-efs: {} in the volume")
  end
end

--- Whether a rule or a schedule of the file runs a family.
local function is_run(family)
  for _, rule in ipairs(definitions.of("x-events")) do
    for _, run in ipairs(rule.runs or {}) do
      if members.family(run.service) == family then return true end
    end
  end
  return false
end

local function service_of(family)
  for _, service in ipairs(family.services) do
    local where <const>, mode <const> = jobs.says(service)
    if where then return service, where, mode end
  end
end

--- Reports a job of Docker's that nothing runs: a swarm would run it once.
local function report_idle(family)
  local service <const>, where <const>, mode <const> = service_of(family)
  if not mode or is_run(family) then return end
  engine.warn(where, "nothing runs services::" .. service.name .. " deploy.mode " .. mode .. ": it is a task definition without a service",
    "write x-events: {" .. service.name .. "-run: {Properties: {ScheduleExpression: rate(1 day)}, Services: {" .. service.name
      .. ": {TaskCount: 1}}}}, start it with aws ecs run-task, or write x-ecs: {Job: true} in place of the mode")
end

local report_jobs <const> = {}

--- Reports it for all families, once the rules are made that run them.
function report_jobs.report(list)
  for _, family in ipairs(list) do
    local is_job <const> = jobs.is(family)
    if is_job then report_idle(family) end
    for _, service in ipairs(family.services) do
      local where <const>, mode <const> = jobs.says(service)
      if is_job then
        report(service, family)
      elseif where and not mode and family.essential[service.name] then
        engine.warn(where, "services::" .. service.name .. " Job has no effect: others of family " .. family.name .. " do not end",
          "give it a family of its own: deploy.labels ecs.task.family")
      end
    end
  end
end

return report_jobs
