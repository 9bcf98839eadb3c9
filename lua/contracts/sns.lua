--- Contracts of Amazon SNS.
local values <const> = engine.use("contracts/values")

local api <const> = "https://docs.aws.amazon.com/sns/latest/api/"
local cfn <const> = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-"
local checked <const> = "2026-11-29"
local topic <const>, subscription <const> = "AWS::SNS::Topic", "AWS::SNS::Subscription"

local function is_standard(made)
  return made.FifoTopic == nil or values.is_false(made.FifoTopic)
end

local function only_fifo(id, property)
  return {
    id = "sns-" .. id, on = topic, at = property, must = "must be FIFO to have " .. property,
    holds = function(made)
      local value <const> = made[property]
      return value == nil or values.is_false(value) or values.is_computed(value) or not is_standard(made)
    end,
    remedy = "write FifoTopic: true, or leave " .. property .. " out", page = cfn .. "topic.html", checked = checked,
  }
end

--- What of the template publishes to topics as a service of AWS: the type, where it names them, and the name of the service.
local publishers <const> = {
  { "AWS::CloudWatch::Alarm", "AlarmActions[]", "cloudwatch.amazonaws.com" },
  { "AWS::CloudWatch::Alarm", "OKActions[]", "cloudwatch.amazonaws.com" },
  { "AWS::CloudWatch::Alarm", "InsufficientDataActions[]", "cloudwatch.amazonaws.com" },
  { "AWS::CloudWatch::CompositeAlarm", "AlarmActions[]", "cloudwatch.amazonaws.com" },
  { "AWS::CloudWatch::CompositeAlarm", "OKActions[]", "cloudwatch.amazonaws.com" },
  { "AWS::Events::Rule", "Targets[].Arn", "events.amazonaws.com" },
  { "AWS::S3::Bucket", "NotificationConfiguration.TopicConfigurations[].Topic", "s3.amazonaws.com" },
}

--- The first resource by which a service of AWS publishes to a topic, and that service.
local function publisher(id, template)
  for _, row in ipairs(publishers) do
    for _, each in ipairs(template.of(row[1])) do
      local is_target = false
      values.visit(each.properties, row[2], function(value) is_target = is_target or values.target(value) == id end)
      if is_target then return each.id, row[3] end
    end
  end
end

return {
  {
    id = "sns-key-of-publisher", on = topic, at = "KmsMasterKeyId", given = "KmsMasterKeyId", severity = "warning",
    must = "must have a key of its own, or none, for a service of AWS to publish to it: the policy of alias/aws/sns lets none in",
    holds = function(made, own, template)
      if made.KmsMasterKeyId ~= "alias/aws/sns" then return true end
      local by <const>, service <const> = publisher(own.id, template)
      return by == nil, nil, "and " .. tostring(by) .. " does by " .. tostring(service)
    end,
    remedy = "write Properties: {KmsMasterKeyId: !Ref AWS::NoValue}, or x-kms::NAME with a policy that lets the service use it",
    page = "https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html", checked = checked,
  },
  {
    id = "sns-name", on = topic, at = "TopicName", length = { 1, 256 }, remedy = "write a shorter TopicName", page = api .. "API_CreateTopic.html",
    checked = checked,
  },
  {
    id = "sns-name-letters", on = topic, at = "TopicName", must = "must have a TopicName of letters, digits, - and _",
    holds = function(made)
      local name <const> = values.string(made.TopicName)
      return not name or name:gsub("%.fifo$", ""):find("^[%w_-]+$") ~= nil, nil, name and "not \"" .. name .. "\""
    end,
    remedy = "write it like shop-events", page = api .. "API_CreateTopic.html", checked = checked,
  },
  {
    id = "sns-fifo-suffix", on = topic, at = "TopicName", must = "must be FIFO: its name ends in .fifo",
    holds = function(made)
      local name <const> = values.string(made.TopicName)
      return not name or name:sub(-5) ~= ".fifo" or not is_standard(made)
    end,
    remedy = "write FifoTopic: true", page = api .. "API_CreateTopic.html", checked = checked,
  },
  {
    id = "sns-fifo-name", on = topic, at = "TopicName", must = "must have a TopicName that ends in .fifo: it is FIFO",
    holds = function(made) return not values.is_true(made.FifoTopic) or values.ends_in(made.TopicName, ".fifo") ~= false end,
    remedy = "write .fifo at its end, or leave TopicName out", page = api .. "API_CreateTopic.html", checked = checked,
  },
  only_fifo("content-deduplication", "ContentBasedDeduplication"),
  only_fifo("archive", "ArchivePolicy"),
  only_fifo("throughput-scope", "FifoThroughputScope"),
  {
    id = "sns-display-name", on = topic, at = "DisplayName", length = { 0, 100 }, remedy = "write a shorter DisplayName", page = cfn .. "topic.html",
    checked = checked,
  },
  {
    id = "sns-firehose-role", on = subscription, at = "Protocol", when = { Protocol = "firehose" }, needs = "SubscriptionRoleArn",
    must = "must have a SubscriptionRoleArn to deliver to Firehose", remedy = "name a role that SNS may take and that may write to the stream",
    page = cfn .. "subscription.html", checked = checked,
  },
  {
    id = "sns-role-without-firehose", on = subscription, at = "SubscriptionRoleArn",
    must = "must not have a SubscriptionRoleArn: it delivers to no Firehose stream",
    holds = function(made) return made.SubscriptionRoleArn == nil or type(made.Protocol) == "table" or made.Protocol == "firehose" end,
    severity = "warning", remedy = "leave SubscriptionRoleArn out", page = cfn .. "subscription.html", checked = checked,
  },
  {
    id = "sns-fifo-protocol", on = subscription, at = "Protocol", must = "must be of the protocol sqs: its topic is FIFO",
    holds = function(made, _, template)
      local protocol <const>, found <const> = values.string(made.Protocol), template.find(made.TopicArn)
      return not protocol or protocol == "sqs" or not found or found.type ~= topic or is_standard(found.properties), nil, "not " .. tostring(protocol)
    end,
    remedy = "subscribe a queue, which others read", page = "https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html", checked = checked,
  },
  {
    id = "sns-standard-fifo", on = subscription, at = "Endpoint", must = "must not deliver from a standard topic to a FIFO queue",
    holds = function(made, _, template)
      local queue <const>, found <const> = template.find(made.Endpoint), template.find(made.TopicArn)
      if not queue or queue.type ~= "AWS::SQS::Queue" or not found or found.type ~= topic then return true end
      return not values.is_true(queue.properties.FifoQueue) or not is_standard(found.properties), nil, queue.id .. " is FIFO"
    end,
    remedy = "write FifoTopic: true at the topic", page = "https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html", checked = checked,
  },
}
