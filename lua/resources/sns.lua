--- x-sns: Amazon SNS topics: who may publish, and queues and streams that subscribe.
local principals <const> = engine.use("composex/principals")
local subscriptions <const> = engine.use("resources/sns_subscriptions")
local this <const> = composex.this

return {
  key      = "x-sns",
  type     = "AWS::SNS::Topic",
  id       = "Topic",
  -- The policy of the key alias/aws/sns cannot be changed: a topic that another AWS service publishes to does without
  -- it.
  defaults = {
    KmsMasterKeyId = function(topic) return not topic.is_permitted and "alias/aws/sns" or nil end,
  },
  returns  = { TopicArn = "Ref", Arn = "Ref", TopicName = "TopicName" },
  env      = { ["{NAME}"] = "TopicArn" },
  lookup   = {
    arn     = "arn:{partition}:sns:{region}:{account}:{name}",
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
    ["Subscription[].Endpoint"] = {
      "x-sqs.Arn", "x-resources.Arn", "x-kinesis_firehose.Arn",
      permit = "sns.amazonaws.com", source = "Arn",
      sid = function(topic) return "Topic" .. engine.pascal(topic.name) end, after = subscriptions.check,
    },
  },
  permits  = { part = "policy", actions = { "sns:Publish" } },
  macros   = { AwsPrincipalsAccess = principals.macro { Publish = { "sns:Publish" } } },
  companions = {
    { type = "AWS::SNS::TopicPolicy", id = "TopicPolicy", part = "policy", properties = {
      Topics = { this.Ref },
      PolicyDocument = { Version = "2012-10-17", Statement = { {
        Sid = "TransportIsEncrypted", Effect = "Deny", Principal = "*", Action = "sns:Publish", Resource = this.Ref,
        Condition = { Bool = { ["aws:SecureTransport"] = false } },
      } } },
    } },
  },
  checks   = {
    ["must have a TopicName that ends in .fifo when FifoTopic is true"] = function(topic)
      local name <const> = topic.Properties.TopicName
      return not topic.Properties.FifoTopic or type(name) ~= "string" or name:sub(-5) == ".fifo"
    end,
  },
}
