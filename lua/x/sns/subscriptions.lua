--- Subscriptions of topics: what must hold between a topic and what it delivers to, the role for delivery streams, and
--- those that are resources of their own.
local definitions <const> = engine.use("kinds/definitions")
local read <const> = engine.use("base/read")
local permits <const> = engine.use("kinds/permits")
local values <const> = engine.use("kinds/values")
local subscriptions <const> = {}

local function sid(topic) return "Topic" .. engine.pascal(topic.name) end

--- A delivery stream is reached with a role, which only a resource of its own can name.
local function through_role(topic, stream, properties)
  local role <const> = permits.role(topic, "sns.amazonaws.com", "TopicDeliveryRole", "delivery_role")
  local policy <const> = permits.allow_role(topic, role, "TopicDeliveryAccess", "Deliver",
    { "firehose:DescribeDeliveryStream", "firehose:PutRecord", "firehose:PutRecordBatch" },
      { values.of(stream, "Arn") })
  if properties.SubscriptionRoleArn ~= nil then return end
  properties.SubscriptionRoleArn = role:att("Arn")
  topic.separate[properties].DependsOn = { policy:ref() }
end

--- Called for each subscription that names a definition.
local function check(topic, target, where, holder)
  if target.key == "x-kinesis_firehose" then return through_role(topic, target, holder) end
  if target.key ~= "x-sqs" or not target.resource then return end
  local is_fifo <const> = target.resource.Properties.FifoQueue == true
  if is_fifo and topic.resource.Properties.FifoTopic ~= true then
    engine.error(where, topic.subject .. " is not FIFO and cannot deliver to " .. target.subject .. ", which is",
      "set FifoTopic: true, or let the queue be a standard one")
  end
end

--- What a subscription may name.
subscriptions.endpoint = {
  "x-sqs.Arn", "x-resources.Arn", "x-kinesis_firehose.Arn",
  permit = "sns.amazonaws.com", source = "Arn", sid = sid, after = check,
}
local own_links <const> = {
  Endpoint = subscriptions.endpoint,
  ["RedrivePolicy.deadLetterTargetArn"] = {
    "x-sqs.Arn", arn = true, permit = "sns.amazonaws.com", source = "Arn", sid = sid,
  },
}

--- Whether each subscription in the topic's own list passes.
local function all(topic, passes)
  local list <const> = topic.Properties.Subscription
  for index = 1, read.is_list(list) and #list or 0 do
    local item <const> = list[index]
    if read.is_mapping(item) and not passes(read.get(item, "Protocol"), read.get(item, "Endpoint")) then return false end
  end
  return true
end

--- Whether a FIFO topic keeps to what it can deliver to.
function subscriptions.fits(topic)
  return topic.Properties.FifoTopic ~= true or all(topic, function(protocol) return protocol == "sqs" end)
end

local by_arn <const> = { sqs = true, lambda = true, firehose = true, application = true }

function subscriptions.is_addressed(topic)
  return all(topic, function(protocol, endpoint)
    return not by_arn[protocol] or type(endpoint) ~= "string" or endpoint:find("^arn:") ~= nil
  end)
end

--- Whether the topic's own list, which knows protocol and endpoint, can hold a subscription.
local function is_short(item)
  local endpoint <const> = read.get(item, "Endpoint")
  return #read.names(item) <= 2 and not (type(endpoint) == "string" and endpoint:find("^x%-kinesis_firehose::"))
end

--- A subscription that says more is a resource of its own.
function subscriptions.separate(topic)
  local list <const> = topic.resource.Properties.Subscription
  for index = 1, read.is_list(list) and #list or 0 do
    if not read.is_mapping(list[index]) then return end
  end
  local kept <const> = {}
  topic.separate, topic.further = {}, {}
  for index = 1, read.is_list(list) and #list or 0 do
    local item <const> = list[index]
    if is_short(item) then
      table.insert(kept, item)
    else
      local made <const> = definitions.add(topic, "subscription_" .. index, "AWS::SNS::Subscription",
        "TopicSubscription" .. index, item)
      made.Properties.TopicArn = topic.resource:ref()
      topic.separate[made.Properties] = made
      table.insert(topic.further, { resource = made, links = own_links })
    end
  end
  if #topic.further > 0 then topic.resource.Properties.Subscription = #kept > 0 and kept or nil end
end

return subscriptions
