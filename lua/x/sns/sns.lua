--- x-sns: Amazon SNS topics: who may publish, and queues and streams that subscribe.
local permits <const> = engine.use("kinds/permits")
local principals <const> = engine.use("kinds/principals")
local subscriptions <const> = engine.use("x/sns/subscriptions")

return {
  key      = "x-sns",
  type     = "AWS::SNS::Topic",
  noun     = "Topic",
  -- The policy of the key alias/aws/sns cannot be changed: a topic that another AWS service publishes to does without
  -- it.
  defaults = {
    KmsMasterKeyId = function(topic) return not topic.is_permitted and "alias/aws/sns" or nil end,
  },
  returns  = { TopicArn = "Ref", Arn = "Ref", TopicName = "TopicName" },
  env      = { ["{NAME}"] = "TopicArn" },
  lookup   = {
    arn     = "arn:{partition}:sns:{region}:{account}:{name}",
    keys    = { "KmsMasterKeyId" },
    returns = { TopicArn = "{arn}", TopicName = "{name}" },
  },
  access   = {
    RO                      = { "sns:GetTopicAttributes", "sns:ListSubscriptionsByTopic", "sns:ListTagsForResource" },
    Publish                 = { "sns:Publish" },
    Subscribe               = { "RO", "sns:Subscribe" },
    SNSPublishMessagePolicy = { "sns:Publish" },
    SNSCrudPolicy           = {
      "sns:ListSubscriptionsByTopic", "sns:CreateTopic", "sns:SetTopicAttributes", "sns:Subscribe", "sns:Publish",
    },
  },
  links    = {
    ["KmsMasterKeyId"]          = "x-kms.Arn",
    ["Subscription[].Endpoint"] = subscriptions.endpoint,
  },
  permits  = { part = "policy", actions = { "sns:Publish" } },
  metrics  = {
    namespace = "AWS/SNS", dimensions = { { "TopicName", "TopicName" } },
    charts = { { "NumberOfMessagesPublished", "Sum" }, { "NumberOfNotificationsFailed", "Sum" } },
    alarms = {
      FailedDeliveries = { "NumberOfNotificationsFailed", "Sum", above = 1 },
    },
  },
  accepts  = {
    macros = { AwsPrincipalsAccess = principals.macro { Publish = { "sns:Publish" } } },
    item_types = { Subscription = "AWS::SNS::Subscription" },
  },
  hooks    = { after_make = {
    permits.policy("AWS::SNS::TopicPolicy", "TopicPolicy", "Topics", "sns:Publish", composex.this.Ref),
    subscriptions.separate,
  } },
  checks   = {
    ["must have a TopicName that ends in .fifo when FifoTopic is true"] = function(topic)
      local name <const> = topic.Properties.TopicName
      return not topic.Properties.FifoTopic or type(name) ~= "string" or name:sub(-5) == ".fifo"
    end,
    ["must deliver to queues only, for it is FIFO"] = subscriptions.fits,
    ["must name the ARN of a queue, a function or a stream as the Endpoint"] = subscriptions.is_addressed,
  },
}
