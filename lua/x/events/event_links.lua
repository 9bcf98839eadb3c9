--- What links of rules and schedules name as targets, and the rights that they need for it.
local any_type <const> = engine.use("kinds/any_access")
local permits <const> = engine.use("kinds/permits")
local read <const> = engine.use("base/read")
local values <const> = engine.use("kinds/values")
local links <const> = {}

--- What a target needs from the role of the rule; queues, topics and functions are opened to rules by their own policies.
local sends <const> = {
  ["x-kinesis"]          = { "kinesis:PutRecord", "kinesis:PutRecords" },
  ["x-kinesis_firehose"] = { "firehose:PutRecord", "firehose:PutRecordBatch" },
  ["x-sqs"]              = { "sqs:SendMessage" },
  ["x-sns"]              = { "sns:Publish" },
}

local function actions_on(target)
  if sends[target.key] then return sends[target.key] end
  local action <const> = any_type.actions[target.type]
  return action and { action }
end

--- The role of a rule or schedule that `principal` takes.
function links.role_of(rule, principal)
  return permits.role(rule, principal, rule.noun .. "Role")
end

local function through_role(rule, target, holder, principal)
  local actions <const> = actions_on(target)
  if not actions then return end
  local role <const> = links.role_of(rule, principal)
  permits.allow_role(rule, role, rule.noun .. "Access", engine.pascal(target.key:sub(3)) .. engine.pascal(target.name),
    actions, { values.of(target, "Arn") })
  for _, key in ipairs(target.encrypted_by) do
    permits.allow_role(rule, role, rule.noun .. "Access", "Keys", { "kms:Decrypt", "kms:GenerateDataKey" }, { key.arn })
  end
  if read.get(holder, "RoleArn") == nil then holder.RoleArn = role:att("Arn") end
end

--- The statement id of what the rule is permitted.
function links.sid(rule) return rule.noun .. engine.pascal(rule.name) end

--- Whether a rule reaches the target with a role; others are opened by policies of their own.
local function takes_role(target)
  return target.key == "x-kinesis" or target.key == "x-kinesis_firehose"
    or any_type.opens(target) and not any_type.is_function(target)
end

local function is_fifo(queue)
  return queue.key == "x-sqs" and queue.resource ~= nil and queue.resource.Properties.FifoQueue == true
end

local function to_target(rule, target, where, holder)
  if read.get(holder, "Id") == nil then holder.Id = engine.pascal(target.name) end
  if is_fifo(target) and read.get(holder, "SqsParameters") == nil then
    engine.error(where, rule.subject .. " needs a message group for " .. target.subject .. ", which is FIFO",
      "write SqsParameters: {MessageGroupId: ...} beside Arn")
  end
  if takes_role(target) then return through_role(rule, target, holder, "events.amazonaws.com") end
  permits.link(target, "events.amazonaws.com", values.of(rule, "Arn"), links.sid(rule), where)
end

local targets <const> = { "x-sqs.Arn", "x-sns.TopicArn", "x-kinesis.Arn", "x-kinesis_firehose.Arn", "x-resources.Arn" }

local function link(rows, more)
  for index, row in ipairs(rows) do more[index] = row end
  more.arn = true
  return more
end

links.of_rules = {
  ["Targets[].Arn"] = link(targets, { after = to_target }),
  ["Targets[].DeadLetterConfig.Arn"] = link({ "x-sqs.Arn" }, {
    permit = "events.amazonaws.com", source = "Arn", sid = links.sid,
  }),
}

links.of_schedules = {
  ["Target.Arn"] = link(targets, {
    after = function(rule, target, _, holder) through_role(rule, target, holder, "scheduler.amazonaws.com") end,
  }),
  ["Target.DeadLetterConfig.Arn"] = link({ "x-sqs.Arn" }, {
    after = function(rule, target)
      local role <const> = links.role_of(rule, "scheduler.amazonaws.com")
      permits.allow_role(rule, role, rule.noun .. "Access", "DeadLetters", { "sqs:SendMessage" },
        { values.of(target, "Arn") })
    end,
  }),
}

return links
