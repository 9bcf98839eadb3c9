--- Contracts of Amazon EventBridge: rules and their targets, and schedules.
local rights <const> = engine.use("contracts/rights")
local values <const> = engine.use("contracts/values")

local api <const> = "https://docs.aws.amazon.com/eventbridge/latest/APIReference/"
local scheduler <const> = "https://docs.aws.amazon.com/scheduler/latest/APIReference/"
local pattern <const> = "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html"
local checked <const> = "2026-11-29"
local rule <const>, schedule <const> = "AWS::Events::Rule", "AWS::Scheduler::Schedule"
local both <const> = { rule, schedule }

local units <const> = { minute = true, hour = true, day = true }

--- The fields of `cron(...)`; nil for another expression.
local function fields(properties)
  local text <const> = type(properties.ScheduleExpression) == "string" and properties.ScheduleExpression:match("^cron%((.*)%)$")
  if not text then return nil end
  local found <const> = {}
  for field in text:gmatch("%S+") do found[#found + 1] = field end
  return found
end

--- What of a task is tagged when a target runs it.
local function tagged(parameters)
  for _, name in ipairs { "PropagateTags", "TagList", "Tags" } do
    if type(parameters) == "table" and parameters[name] ~= nil then return name end
  end
end

--- The fault of a target that tags its tasks by a role that may not.
local function tag_fault(target, path, template)
  local name <const> = type(target) == "table" and tagged(target.EcsParameters)
  if not name or target.RoleArn == nil or rights.may(template, target.RoleArn, "ecs:TagResource") then return nil end
  table.insert(path, "EcsParameters")
  table.insert(path, name)
  return { path = path, detail = "its role may not tag" }
end

--- The policies of the types that let rules in: the type of the policy, and the property that names what it is of.
local policies <const> = {
  ["AWS::SNS::Topic"] = { "AWS::SNS::TopicPolicy", "Topics" }, ["AWS::SQS::Queue"] = { "AWS::SQS::QueuePolicy", "Queues" },
}

--- Whether a statement may let EventBridge in; what is not known may.
local function may_let_in(statement)
  if type(statement) ~= "table" or values.is_computed(statement) then return true end
  if statement.Effect == "Deny" then return false end
  local principal <const> = statement.Principal
  if type(principal) ~= "table" then return principal == "*" end
  if values.is_computed(principal) then return true end
  local services <const> = principal.Service
  if principal.AWS == "*" or services == "events.amazonaws.com" then return true end
  return values.has(services, "events.amazonaws.com")
end

--- Whether the policies of the template let EventBridge publish to a topic or a queue of it.
local function is_let_in(target, template)
  local row <const> = policies[target.type]
  for _, policy in ipairs(row and template.of(row[1]) or {}) do
    local is_of_it = false
    for _, each in ipairs(values.items(policy.properties[row[2]])) do is_of_it = is_of_it or values.target(each) == target.id end
    local document <const> = policy.properties.PolicyDocument
    if is_of_it and (type(document) ~= "table" or values.is_computed(document)) then return true end
    for _, statement in ipairs(is_of_it and values.items(document.Statement) or {}) do
      if may_let_in(statement) then return true end
    end
  end
  return row == nil
end

return {
  {
    id = "events-target-policy", on = rule, given = "Targets", severity = "warning",
    must = "must have targets whose policies let EventBridge in",
    faults = function(properties, _, template)
      local found <const> = {}
      for index, target in ipairs(values.items(properties.Targets)) do
        local made <const> = template.find(type(target) == "table" and type(target.Arn) == "table" and target.Arn or "")
        if made and target.RoleArn == nil and not is_let_in(made, template) then
          found[#found + 1] = { path = { "Targets", index, "Arn" }, detail = made.id .. " does not" }
        end
      end
      return found
    end,
    remedy = "write the rule under x-events, which opens its targets: x-events: {NAME: {Properties: {...}}}",
    page = "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html", checked = checked,
  },
  {
    id = "events-expression", on = both, at = "ScheduleExpression", must = "must have a ScheduleExpression of rate(...), cron(...) or at(...)",
    holds = function(properties, made)
      local text <const> = properties.ScheduleExpression
      if type(text) ~= "string" then return true end
      if text:find("^rate%(.+%)$") or text:find("^cron%(.+%)$") then return true end
      return made.type == schedule and text:find("^at%(%d%d%d%d%-%d%d%-%d%dT%d%d:%d%d:%d%d%)$") ~= nil, nil, "not \"" .. text .. "\""
    end,
    remedy = "write ScheduleExpression: rate(1 hour)", page = scheduler .. "API_CreateSchedule.html", checked = checked,
  },
  {
    id = "events-rate", on = rule, at = "ScheduleExpression", must = "must have a rate of minutes, hours or days, and of minute, hour or day for 1",
    holds = function(properties)
      local text <const> = type(properties.ScheduleExpression) == "string" and properties.ScheduleExpression:match("^rate%((.*)%)$")
      if not text then return true end
      local number <const>, unit <const> = text:match("^(%d+) (%a+)$")
      local count <const> = tonumber(number)
      local is_right <const> = count and count > 0 and (count == 1 and units[unit] or count > 1 and unit:find("s$") and units[unit:sub(1, -2)])
      return is_right or false, nil, "not \"" .. properties.ScheduleExpression .. "\""
    end,
    remedy = "write rate(1 minute), or rate(5 minutes)", page = pattern, checked = checked,
  },
  {
    id = "events-cron-fields", on = both, at = "ScheduleExpression",
    must = "must have six fields in cron: minutes, hours, day of month, month, day of week, year",
    holds = function(properties)
      local found <const> = fields(properties)
      return not found or #found == 6, nil, "not " .. (found and #found or 0)
    end,
    remedy = "write cron(0 3 * * ? *)", page = pattern, checked = checked,
  },
  {
    id = "events-cron-days", on = both, at = "ScheduleExpression", must = "must have a ? for the day of the month or for the day of the week in cron",
    holds = function(properties)
      local found <const> = fields(properties)
      return not found or #found ~= 6 or found[3] == "?" or found[5] == "?"
    end,
    remedy = "write cron(0 3 * * ? *)", page = pattern, checked = checked,
  },
  {
    id = "events-rule-name", on = rule, at = "Name", name = { 1, 64, "^[%w._-]+$", "letters, digits and ._-" },
    must = "must have a Name of 1 to 64 letters, digits and ._-", remedy = "write Name: nightly", page = api .. "API_PutRule.html", checked = checked,
  },
  {
    id = "events-rule-description", on = rule, at = "Description", length = { 0, 512 }, must = "must have a Description of at most 512 letters",
    remedy = "write a shorter Description", page = api .. "API_PutRule.html", checked = checked,
  },
  {
    id = "events-rule-when", on = rule, must = "must have a ScheduleExpression or an EventPattern",
    holds = function(properties) return properties.ScheduleExpression ~= nil or properties.EventPattern ~= nil end,
    remedy = "write ScheduleExpression: rate(1 hour)", page = api .. "API_PutRule.html", checked = checked,
  },
  {
    id = "events-targets", on = rule, at = "Targets", items = { 0, 5 }, must = "must have at most 5 targets", remedy = "write a second rule",
    page = api .. "API_PutTargets.html", checked = checked,
  },
  {
    id = "events-target-ids", on = rule, at = "Targets", unique = "Id", must = "must have targets of different Ids", remedy = "write another Id",
    page = api .. "API_PutTargets.html", checked = checked,
  },
  {
    id = "events-target-id", on = rule, at = "Targets[].Id", name = { 1, 64, "^[%w._-]+$", "letters, digits and ._-" },
    must = "must have Ids of targets of 1 to 64 letters, digits and ._-", remedy = "write Id: web", page = api .. "API_Target.html", checked = checked,
  },
  {
    id = "events-target-input", on = rule, must = "must have one of Input, InputPath and InputTransformer at a target",
    faults = function(properties)
      local found <const> = {}
      for index, target in ipairs(values.items(properties.Targets)) do
        local count <const> = (target.Input ~= nil and 1 or 0) + (target.InputPath ~= nil and 1 or 0) + (target.InputTransformer ~= nil and 1 or 0)
        if count > 1 then found[#found + 1] = { path = { "Targets", index }, detail = "not " .. count } end
      end
      return found
    end,
    remedy = "leave the others out", page = api .. "API_PutTargets.html", checked = checked,
  },
  {
    id = "events-task-network", on = rule, each = "Targets[].EcsParameters", at = "LaunchType", when = { LaunchType = "FARGATE" },
    needs = "NetworkConfiguration",
    must = "must have a NetworkConfiguration for tasks on Fargate", remedy = "write NetworkConfiguration: {AwsVpcConfiguration: {Subnets: [...]}}",
    page = api .. "API_EcsParameters.html", checked = checked,
  },
  {
    id = "events-task-provider", on = rule, each = "Targets[].EcsParameters", at = "LaunchType", excludes = "CapacityProviderStrategy",
    must = "must have a LaunchType or a capacity provider strategy for a task, not both", remedy = "leave LaunchType out",
    page = api .. "API_EcsParameters.html", checked = checked,
  },
  {
    id = "events-tag-rights", on = both, must = "must have a role that may tag the tasks which it starts with tags",
    faults = function(properties, made, template)
      if made.type == schedule then return { tag_fault(properties.Target, { "Target" }, template) } end
      local found <const> = {}
      for index, target in ipairs(values.items(properties.Targets)) do
        found[#found + 1] = tag_fault(target, { "Targets", index }, template)
      end
      return found
    end,
    remedy = "allow ecs:TagResource on arn:aws:ecs:REGION:ACCOUNT:task/CLUSTER/* where ecs:CreateAction is RunTask, or leave the tags out",
    page = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/CWE_IAM_role.html", checked = checked,
  },
  {
    id = "events-schedule-name", on = schedule, at = "Name", name = { 1, 64, "^[%w._-]+$", "letters, digits and ._-" },
    must = "must have a Name of 1 to 64 letters, digits and ._-", remedy = "write Name: nightly", page = scheduler .. "API_CreateSchedule.html",
    checked = checked,
  },
  {
    id = "events-schedule-window", on = schedule, each = "FlexibleTimeWindow", at = "Mode", when = { Mode = "FLEXIBLE" }, needs = "MaximumWindowInMinutes",
    must = "must have MaximumWindowInMinutes in a flexible window", remedy = "write MaximumWindowInMinutes: 15",
    page = scheduler .. "API_FlexibleTimeWindow.html", checked = checked,
  },
  {
    id = "events-fifo-group", on = rule, given = "Targets", must = "must have a MessageGroupId for a FIFO queue",
    faults = function(properties, _, template)
      local found <const> = {}
      for index, target in ipairs(values.items(properties.Targets)) do
        local to <const> = template.find(type(target) == "table" and type(target.Arn) == "table" and target.Arn or "")
        if to and to.type == "AWS::SQS::Queue" and values.is_true(to.properties.FifoQueue) and values.at(target, "SqsParameters.MessageGroupId") == nil then
          found[#found + 1] = { path = { "Targets", index, "Arn" }, detail = to.id .. " is FIFO" }
        end
      end
      return found
    end,
    remedy = "write SqsParameters: {MessageGroupId: shop}",
    page = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-events-rule-sqsparameters.html", checked = checked,
  },
  {
    id = "events-logs-role", on = rule, given = "Targets", severity = "warning", must = "must not have a RoleArn at a target of CloudWatch Logs",
    faults = function(properties, _, template)
      local found <const> = {}
      for index, target in ipairs(values.items(properties.Targets)) do
        local to <const> = template.find(type(target) == "table" and type(target.Arn) == "table" and target.Arn or "")
        if to and to.type == "AWS::Logs::LogGroup" and target.RoleArn ~= nil then
          found[#found + 1] = { path = { "Targets", index, "RoleArn" }, detail = to.id .. " has a policy of its own" }
        end
      end
      return found
    end,
    remedy = "write an AWS::Logs::ResourcePolicy, and leave RoleArn out",
    page = "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html", checked = checked,
  },
}
