--- Jobs: families whose tasks end, so that nothing keeps them running. A service says so with `deploy.mode: replicated-job` or
--- `global-job`, or with `x-ecs: {Job: true}`. A job is a task definition without a service; schedules and people run it.
local read <const> = engine.use("base/read")
local jobs <const> = {}

--- Where a service says that it is a job, and by which mode; nil when it does not.
function jobs.says(service)
  local mode <const> = read.at(service, "deploy", "mode")
  if mode == "replicated-job" or mode == "global-job" then return { service.deploy, "mode" }, mode end
  if read.at(service, "x-ecs", "Job") == true then return { service["x-ecs"], "Job" } end
end

--- Whether the tasks of a family end: all services whose end ends the task are jobs.
function jobs.is(family)
  if family.is_job == nil then
    family.is_job = true
    for _, service in ipairs(family.services) do
      if family.essential[service.name] and not jobs.says(service) then family.is_job = false end
    end
  end
  return family.is_job
end

return jobs
