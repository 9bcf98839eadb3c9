--- Targets of rules and schedules: tasks of services, with the role that may run them.
local definitions <const> = engine.use("kinds/definitions")
local families <const> = engine.use("project/families")
local jobs <const> = engine.use("project/jobs")
local links <const> = engine.use("x/events/event_links")
local members <const> = engine.use("project/members")
local read <const> = engine.use("base/read")
local permits <const> = engine.use("kinds/permits")
local pointers <const> = engine.use("kinds/pointers")
local values <const> = engine.use("kinds/values")
local used_names <const> = engine.use("project/used_names")
local events <const> = {}

--- Whether a key of a service holds what it should; a wrong value is reported.
local function check(rule, body, key, fits, what, example)
  if body[key] == nil or fits(body[key]) then return body[key] ~= nil end
  engine.error({ body, key }, rule.subject .. " " .. key .. " must be " .. what, "write " .. key .. ": " .. example)
  return false
end

--- How many tasks of a job have to end (`deploy.replicas`), or nil.
local function replicas_of(family)
  for _, service in ipairs(family and family.services or {}) do
    local deploy <const> = service.deploy
    if deploy ~= nil and deploy.replicas ~= nil then return read.placed(deploy, "replicas") end
  end
end

--- Remembers a service that the rule runs; its task is there only after the services are made.
function events.serve(rule, service, body, where)
  local family <const> = members.family(service)
  if body.TaskCount == nil and not (family and jobs.is(family)) then
    engine.error(where, rule.subject .. " Services." .. service .. " needs TaskCount", "write TaskCount: 1")
  end
  local is_counted <const> = body.TaskCount ~= nil and check(rule, body, "TaskCount", function(count) return math.type(count) == "integer" and count >= 1 end,
    "an integer from 1", "1")
  check(rule, body, "DeleteDefaultService", function(value) return type(value) == "boolean" end, "true or false", "true")
  check(rule, body, "Command", read.is_list, "a list", "[run, once]")
  check(rule, body, "Input", function(value) return type(value) == "string" end, "a string", "'{}'")
  rule.runs = rule.runs or {}
  -- A family is one task, whichever of its services are named.
  for _, run in ipairs(rule.runs) do
    if run.where[2] == where[2] then return end
  end
  table.insert(rule.runs, {
    service = service, name = where[2], body = body, where = where,
    count = is_counted and engine.placed(body.TaskCount, { body, "TaskCount" }) or replicas_of(family) or 1,
  })
end

local function at(main, ...)
  local node = main.Properties
  for _, name in ipairs { ... } do
    if not read.is_mapping(node) then return nil end
    node = read.get(node, name)
  end
  return node
end

--- The ARNs of the tasks of a cluster, which is an ARN itself or the name in one.
local function tasks_of(parts)
  if parts.cluster_name == nil then return (tostring(parts.cluster):gsub(":cluster/", ":task/")) .. "/*" end
  return composex.sub("arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:task/") .. parts.cluster_name .. "/*"
end

--- The role may run this task on this cluster, tag it, and hand it its two roles; nothing else. ECS refuses a task with tags (those of
--- the task definition, and its own) to whom may not tag.
--- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/CWE_IAM_role.html (2026-11-29)
local function allow_run(rule, run, principal, parts)
  local role <const> = links.role_of(rule, principal)
  local name, noun <const> = engine.pascal(run.name), rule.noun .. "Access"
  permits.allow_role(rule, role, noun, "Run" .. name, { "ecs:RunTask" }, { parts.task:ref() })
  permits.allow_role(rule, role, noun, "Tag" .. name, { "ecs:TagResource" }, { tasks_of(parts) })
  local policy <const> = permits.allow_role(rule, role, noun, "Pass" .. name, { "iam:PassRole" }, parts.roles)
  local list <const> = policy.Properties.PolicyDocument.Statement
  for index = 1, #list do
    if list[index].Sid == "Run" .. name then
      list[index].Condition = { ArnEquals = { ["ecs:cluster"] = parts.cluster } }
    end
    if list[index].Sid == "Tag" .. name then
      list[index].Condition = { StringEquals = { ["ecs:CreateAction"] = "RunTask" } }
    end
    if list[index].Sid == "Pass" .. name then
      list[index].Condition = { StringLike = { ["iam:PassedToService"] = "ecs-tasks.amazonaws.com" } }
    end
  end
  return role
end

local function parts_of(run)
  local made <const> = run.family.made
  -- A job has no service: its family says how it is run.
  local task <const>, main <const> = made.task, made.service or run.family.run_as and { Properties = run.family.run_as }
  if not task or not main then return nil end
  local roles <const> = {}
  for _, part in ipairs { "role", "execution_role" } do
    if made[part] then table.insert(roles, made[part]:att("Arn")) end
  end
  local cluster = at(main, "Cluster")
  local text <const> = type(cluster) == "string" and cluster or nil
  local name <const> = not (text and text:find("^arn:")) and cluster or nil
  if name ~= nil then
    cluster = composex.sub("arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:cluster/") .. cluster
  end
  return { task = task, main = main, roles = roles, cluster = cluster, cluster_name = name }
end

--- The network of a task as rules spell it, or as schedules do.
local function network_of(main, for_rule)
  local own <const> = at(main, "NetworkConfiguration", "AwsvpcConfiguration")
  if own == nil then return nil end
  local made <const> = {}
  for name, value in pairs(own) do made[name] = value end
  return for_rule and { AwsVpcConfiguration = made } or { AwsvpcConfiguration = made }
end

--- How the task is run: like the service's own tasks.
local function ecs_parameters(run, parts, network)
  local launch <const> = at(parts.main, "LaunchType")
  return {
    TaskDefinitionArn = parts.task:ref(), TaskCount = run.count, LaunchType = launch,
    CapacityProviderStrategy = launch == nil and at(parts.main, "CapacityProviderStrategy") or nil,
    PlatformVersion = at(parts.main, "PlatformVersion"),
    NetworkConfiguration = network,
    PropagateTags = "TASK_DEFINITION", EnableECSManagedTags = true,
  }
end

--- `Command: [...]` replaces that of the container; `Input` is the override as a string.
local function input(run)
  local body <const> = run.body
  if body.Input ~= nil then return engine.placed(body.Input, { body, "Input" }) end
  if not read.is_list(body.Command) then return nil end
  local words <const> = {}
  for index = 1, #body.Command do
    table.insert(words, "\"" .. tostring(body.Command[index]):gsub("[\\\"]", "\\%0"):gsub("\n", "\\n") .. "\"")
  end
  return engine.placed("{\"containerOverrides\":[{\"name\":\"" .. run.service .. "\",\"command\":["
    .. table.concat(words, ",") .. "]}]}", { body, "Command" })
end

local function dead_letters(rule, run, principal)
  local text <const> = run.body.DeadLetter
  if text == nil then return nil end
  local where <const> = { run.body, "DeadLetter" }
  local queue = type(text) == "string" and (pointers.parse(text) and pointers.definition(text, where)
    or definitions.find("x-sqs", text)) or nil
  if not queue then
    engine.error(where, rule.subject .. " DeadLetter must name a queue of x-sqs", "write DeadLetter: x-sqs::NAME")
    return nil
  end
  if principal == "events.amazonaws.com" then
    permits.link(queue, principal, values.of(rule, "Arn"), links.sid(rule), where)
  else
    permits.allow_role(rule, links.role_of(rule, principal), rule.noun .. "Access", "DeadLetters", { "sqs:SendMessage" },
      { values.of(queue, "Arn") })
  end
  return { Arn = values.of(queue, "Arn") }
end

--- Services that are created after that of the rule do not wait for it when it is not there.
local function forget(main)
  for _, family in ipairs(families.all()) do
    local own <const> = family.made and family.made.service
    local kept <const>, after <const> = {}, own and own.DependsOn or {}
    for _, id in ipairs(type(after) == "string" and { after } or after) do
      if tostring(id) ~= tostring(main:ref()) and tostring(id) ~= main.id then table.insert(kept, id) end
    end
    if own and #kept < #after then own.DependsOn = #kept > 0 and kept or nil end
  end
end

--- Takes the ECS service away and leaves the task, which the rule runs.
local function delete_service(run)
  local made <const> = run.family.made
  if made.service then forget(made.service) end
  for _, resource in ipairs(run.family.policies) do resource:remove() end
  for _, step in ipairs { "scaling", "service" } do
    if made[step] then made[step]:remove() end
  end
end

--- Reports the names that a task of its own uses: it is no service, and Service Connect is for those.
--- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect.html (2026-11-29)
local function report_names(rule, run)
  local family <const> = run.family
  if read.at(engine.section("x-composex"), "discovery") == "none" or jobs.is(family) then return end
  for _, service in ipairs(family.services) do
    for _, used in ipairs(used_names.of(service)) do
      if not family.by_name[used.name] then
        engine.warn(used.where, "services::" .. service.name .. " names services::" .. used.name .. ", which it does not resolve when "
          .. rule.subject .. " runs it: Service Connect is for services, not for single tasks",
          "name it by DNS: write x-cloudmap: {NAMESPACE: {Name: shop.internal}}, at " .. used.name
            .. " x-network: {x-cloudmap: NAMESPACE}, and connect to " .. used.name .. ".shop.internal")
      end
    end
  end
end

local function target(rule, run, principal, for_rule)
  local parts <const> = parts_of(run)
  if not parts then return nil end
  report_names(rule, run)
  local role <const> = allow_run(rule, run, principal, parts)
  local made <const> = {
    Arn = parts.cluster, RoleArn = role:att("Arn"),
    EcsParameters = ecs_parameters(run, parts, network_of(parts.main, for_rule)),
    Input = input(run), DeadLetterConfig = dead_letters(rule, run, principal),
  }
  if run.body.DeleteDefaultService == true then delete_service(run) end
  return made
end

--- What the rule runs: each task once, also when several services of its family are named.
local function runs_of(rule)
  local list <const>, seen <const> = {}, {}
  for _, run in ipairs(rule.runs or {}) do
    run.family = families.one(run.name, { run.where[1], run.name, "key" }, rule.subject)
    local task <const> = run.family and run.family.made and run.family.made.task
    local other <const> = task and seen[task.id]
    if other then
      engine.warn({ run.where[1], run.where[2], "key" }, rule.subject .. " runs " .. other .. " and " .. run.name
        .. ", which are one task: it is run once", "name the family, or one of them")
    elseif task then
      table.insert(list, run)
      seen[task.id] = run.name
    end
  end
  return list
end

function events.finish(rule)
  for _, run in ipairs(runs_of(rule)) do
    local made <const> = rule.resource and target(rule, run, "events.amazonaws.com", true)
    if made then
      made.Id = engine.pascal(run.name)
      local list <const> = rule.resource.Properties.Targets
      if list == nil then rule.resource.Properties.Targets = { made } else list[#list + 1] = made end
    end
  end
end

function events.finish_schedule(rule)
  for index, run in ipairs(runs_of(rule)) do
    if index > 1 then
      engine.error(rule.at, rule.subject .. " runs several services: a schedule has one target",
        "write a schedule for each")
    elseif rule.resource then
      rule.resource.Properties.Target = target(rule, run, "scheduler.amazonaws.com", false)
    end
  end
end

return events
