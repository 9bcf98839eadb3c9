--- Subscriptions of topics: what must hold between a topic and what it delivers to, and the role for delivery streams.
local definitions <const> = engine.use("composex/definitions")
local permits <const> = engine.use("composex/permits")
local values <const> = engine.use("composex/values")
local subscriptions <const> = {}

--- A delivery stream is reached with a role, which the topic's own list of subscriptions cannot name.
local function through_role(topic, stream, holder)
  local role <const> = permits.role(topic, "sns.amazonaws.com", "TopicDeliveryRole", "delivery_role")
  local policy <const> = permits.allow_role(topic, role, "TopicDeliveryAccess", "Deliver",
    { "firehose:DescribeDeliveryStream", "firehose:PutRecord", "firehose:PutRecordBatch" },
      { values.of(stream, "Arn") })
  local made <const> = definitions.add(topic, "subscription_" .. stream.name, "AWS::SNS::Subscription",
    "TopicTo" .. engine.pascal(stream.name), {
      TopicArn = topic.resource:ref(), Protocol = "firehose", Endpoint = holder.Endpoint,
      SubscriptionRoleArn = role:att("Arn"),
    })
  made.DependsOn = { policy:ref() }
  local kept <const>, list <const> = {}, topic.resource.Properties.Subscription
  for index = 1, #list do
    if list[index] ~= holder then table.insert(kept, list[index]) end
  end
  topic.resource.Properties.Subscription = #kept > 0 and kept or nil
end

--- Called for each subscription that names a definition.
function subscriptions.check(topic, target, where, holder)
  if target.key == "x-kinesis_firehose" then return through_role(topic, target, holder) end
  if target.key ~= "x-sqs" or not target.resource then return end
  local is_fifo <const> = target.resource.Properties.FifoQueue == true
  if is_fifo and topic.resource.Properties.FifoTopic ~= true then
    engine.error(where, topic.subject .. " is not FIFO and cannot deliver to " .. target.subject .. ", which is",
      "set FifoTopic: true, or let the queue be a standard one")
  end
end

return subscriptions
