--- Targets of rules and schedules: tasks of services, with the role that may run them, and what links name.
local definitions <const> = engine.use("composex/definitions")
local keys <const> = engine.use("composex/keys")
local permits <const> = engine.use("composex/permits")
local pointers <const> = engine.use("composex/pointers")
local values <const> = engine.use("composex/values")
local events <const> = {}

-- Links -------------------------------------------------------------------------------------------------------------

--- What a target needs from the role of the rule; queues, topics and functions are opened by their own policies.
local sends <const> = {
  ["x-kinesis"]          = { "kinesis:PutRecord", "kinesis:PutRecords" },
  ["x-kinesis_firehose"] = { "firehose:PutRecord", "firehose:PutRecordBatch" },
  ["x-sqs"]              = { "sqs:SendMessage" },
  ["x-sns"]              = { "sns:Publish" },
}

local function role_of(rule, principal)
  return permits.role(rule, principal, rule.noun .. "Role")
end

local function through_role(rule, target, holder, principal)
  local actions <const> = sends[target.key]
  if not actions then return end
  local role <const> = role_of(rule, principal)
  permits.allow_role(rule, role, rule.noun .. "Access", engine.pascal(target.key:sub(3)), actions,
    { values.of(target, "Arn") })
  for _, key in ipairs(target.encrypted_by) do
    permits.allow_role(rule, role, rule.noun .. "Access", "Keys", { "kms:Decrypt", "kms:GenerateDataKey" }, { key.arn })
  end
  if keys.get(holder, "RoleArn") == nil then holder.RoleArn = role:att("Arn") end
end

local function sid(rule) return rule.noun .. engine.pascal(rule.name) end

events.links = {
  ["Targets[].Arn"] = {
    "x-sqs.Arn", "x-sns.TopicArn", "x-kinesis.Arn", "x-kinesis_firehose.Arn", "x-resources.Arn",
    after = function(rule, target, where, holder)
      if target.key == "x-kinesis" or target.key == "x-kinesis_firehose" then
        return through_role(rule, target, holder, "events.amazonaws.com")
      end
      permits.link(target, "events.amazonaws.com", values.of(rule, "Arn"), sid(rule), where)
    end,
  },
  ["Targets[].DeadLetterConfig.Arn"] = {
    "x-sqs.Arn", permit = "events.amazonaws.com", source = "Arn", sid = sid,
  },
}

events.schedule_links = {
  ["Target.Arn"] = {
    "x-sqs.Arn", "x-sns.TopicArn", "x-kinesis.Arn", "x-kinesis_firehose.Arn", "x-resources.Arn",
    after = function(rule, target, _, holder) through_role(rule, target, holder, "scheduler.amazonaws.com") end,
  },
  ["Target.DeadLetterConfig.Arn"] = {
    "x-sqs.Arn", after = function(rule, target)
      local role <const> = role_of(rule, "scheduler.amazonaws.com")
      permits.allow_role(rule, role, rule.noun .. "Access", "DeadLetters", { "sqs:SendMessage" },
        { values.of(target, "Arn") })
    end,
  },
}

-- Services ----------------------------------------------------------------------------------------------------------

--- Remembers a service that the rule runs; its task is there only after the services are made.
function events.serve(rule, service, body, where)
  local count <const> = body.TaskCount
  if count ~= nil and (math.type(count) ~= "integer" or count < 1) then
    return engine.error({ body, "TaskCount" }, rule.subject .. " TaskCount must be a whole number from 1")
  end
  if count == nil then
    engine.error(where, rule.subject .. " Services." .. service .. " needs TaskCount", "write TaskCount: 1")
  end
  rule.runs = rule.runs or {}
  table.insert(rule.runs, { service = service, body = body, count = count
    and engine.placed(count, { body, "TaskCount" }) or 1 })
end

local function at(main, ...)
  local node = main.Properties
  for _, name in ipairs { ... } do
    if not keys.is_mapping(node) then return nil end
    node = keys.get(node, name)
  end
  return node
end

--- The role may run this task on this cluster, and hand it its two roles; nothing else.
local function allow_run(rule, run, principal, parts)
  local role <const> = role_of(rule, principal)
  local name, noun <const> = engine.pascal(run.service), rule.noun .. "Access"
  permits.allow_role(rule, role, noun, "Run" .. name, { "ecs:RunTask" }, { parts.task:ref() })
  local policy <const> = permits.allow_role(rule, role, noun, "Pass" .. name, { "iam:PassRole" }, parts.roles)
  local list <const> = policy.Properties.PolicyDocument.Statement
  for index = 1, #list do
    if list[index].Sid == "Run" .. name then
      list[index].Condition = { ArnEquals = { ["ecs:cluster"] = parts.cluster } }
    end
    if list[index].Sid == "Pass" .. name then
      list[index].Condition = { StringLike = { ["iam:PassedToService"] = "ecs-tasks.amazonaws.com" } }
    end
  end
  return role
end

local function parts_of(run)
  local task <const>, main <const> = engine.find("services", run.service, "task"), engine.find("services", run.service)
  if not task or not main then return nil end
  local roles <const> = {}
  for _, part in ipairs { "role", "execution_role" } do
    local role <const> = engine.find("services", run.service, part)
    if role then table.insert(roles, role:att("Arn")) end
  end
  local cluster = at(main, "Cluster")
  local text <const> = type(cluster) == "string" and cluster or nil
  if not (text and text:find("^arn:")) then
    cluster = composex.sub("arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:cluster/") .. cluster
  end
  return { task = task, main = main, roles = roles, cluster = cluster }
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

--- `Command: [...]` replaces that of the container; `Input` is the whole override as text.
local function input(run)
  local body <const> = run.body
  if body.Input ~= nil then return engine.placed(body.Input, { body, "Input" }) end
  if not keys.is_list(body.Command) then return nil end
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
    permits.link(queue, principal, values.of(rule, "Arn"), sid(rule), where)
  else
    permits.allow_role(rule, role_of(rule, principal), rule.noun .. "Access", "DeadLetters", { "sqs:SendMessage" },
      { values.of(queue, "Arn") })
  end
  return { Arn = values.of(queue, "Arn") }
end

--- Takes the ECS service away and leaves the task, which the rule runs.
local function delete_service(run)
  for _, part in ipairs { "scaling_policy", "scalable_target", "main" } do
    local resource <const> = engine.find("services", run.service, part)
    if resource then resource:remove() end
  end
end

local function target(rule, run, principal, for_rule)
  local parts <const> = parts_of(run)
  if not parts then return nil end
  local role <const> = allow_run(rule, run, principal, parts)
  local made <const> = {
    Arn = parts.cluster, RoleArn = role:att("Arn"),
    EcsParameters = ecs_parameters(run, parts, network_of(parts.main, for_rule)),
    Input = input(run), DeadLetterConfig = dead_letters(rule, run, principal),
  }
  if run.body.DeleteDefaultService == true then delete_service(run) end
  return made
end

function events.finish(rule)
  for _, run in ipairs(rule.runs or {}) do
    local made <const> = rule.resource and target(rule, run, "events.amazonaws.com", true)
    if made then
      made.Id = engine.pascal(run.service)
      local list <const> = rule.resource.Properties.Targets
      if list == nil then rule.resource.Properties.Targets = { made } else list[#list + 1] = made end
    end
  end
end

function events.finish_schedule(rule)
  for index, run in ipairs(rule.runs or {}) do
    if index > 1 then
      engine.error(rule.at, rule.subject .. " runs several services: a schedule has one target",
        "write a schedule for each")
    elseif rule.resource then
      rule.resource.Properties.Target = target(rule, run, "scheduler.amazonaws.com", false)
    end
  end
end

return events
