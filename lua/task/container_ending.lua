--- How a container ends and starts again: `stop_grace_period`, `restart`.
local one_off <const> = engine.use("project/one_off")
local fates <const> = engine.use("project/fates")
local jobs <const> = engine.use("project/jobs")
local read <const> = engine.use("base/read")
local units <const> = engine.use("base/units")
local ending <const> = {}

function ending.stop_timeout(service, family)
  local asked <const> = units.seconds(service.stop_grace_period)
  if not asked then return nil end
  local seconds <const> = math.max(2, math.min(120, math.ceil(asked)))
  if seconds ~= math.ceil(asked) then
    engine.warn({ service, "stop_grace_period" }, "services::" .. service.name .. " stop_grace_period becomes " .. seconds
      .. "s: " .. (family.fargate and "Fargate takes" or "a task gets") .. " 2 to 120 seconds", nil, { consequence = "none" })
  end
  return engine.placed(seconds, { service, "stop_grace_period" })
end

--- What a service says of restarts (`deploy.restart_policy.condition`, else `restart`), and where.
local function restarts(service)
  local policy <const> = read.at(service, "deploy", "restart_policy")
  if policy ~= nil and policy.condition ~= nil then return policy.condition, { policy, "condition" } end
  return service.restart, { service, "restart" }
end

--- Whether the task has another container whose end ends it: the end of one would end them both.
local function has_other_essential(service, family)
  for _, other in ipairs(family.services) do
    if other.name ~= service.name and family.essential[other.name] then return true end
  end
  return false
end

--- `restart` restarts a container that ends, within its task, when its end does not end the task, or would end others that Compose keeps
--- running beside it; ECS restarts tasks always.
--- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-restart-policy.html (2026-11-29)
function ending.restart_policy(service, family)
  local wanted <const>, where <const> = restarts(service)
  local is_never <const>, on_failure <const> = wanted == "no" or wanted == "none", wanted ~= nil and wanted:find("^on%-failure") ~= nil
  local is_job <const>, by_policy <const> = jobs.is(family), read.at(service, "deploy", "restart_policy", "condition") ~= nil
  if is_job and family.essential[service.name] and not is_never and wanted ~= nil and not by_policy then
    engine.warn(where, "services::" .. service.name .. " restart " .. wanted .. " has no effect on jobs: nothing starts the task of a job again")
  elseif not is_job and family.essential[service.name] and one_off.is(service) then
    engine.warn(wanted ~= nil and where or service, "services::" .. service.name .. " ends, and ECS starts it again until its deployment is rolled back",
      "run it as a job, or let others wait for its end (service_completed_successfully):",
      { consequence = "start", block = "services: {" .. service.name .. ": {x-ecs: {Job: true}}}" })
  elseif not is_job and family.essential[service.name] and (is_never or on_failure) then
    engine.warn(where, fates.without_effect(service, family, "restart " .. wanted, "a service always starts its tasks again"),
      "a job that others wait for (service_completed_successfully) runs once per task", { consequence = is_never and "start" or "none" })
  end
  local is_kept <const> = wanted ~= nil and not is_never and not on_failure and not is_job and has_other_essential(service, family)
  if wanted == nil or is_never or family.ending[service.name] or family.essential[service.name] and not is_kept then return nil end
  return { Enabled = engine.placed(true, where), IgnoredExitCodes = on_failure and { 0 } or nil, RestartAttemptPeriod = 60 }
end

return ending
