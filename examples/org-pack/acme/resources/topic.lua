--- x-acme_topic: a topic that only the organisation may publish to.
return {
  key      = "x-acme_topic",
  type     = "AWS::SNS::Topic",
  id       = "Topic",
  defaults = { KmsMasterKeyId = "alias/acme/data" },
  returns  = { Arn = "Ref", Name = "TopicName" },
  env      = { ["{NAME}_TOPIC"] = "Arn" },
  access   = { Publish = { "sns:Publish" } },
  checks   = {
    ["must not be renamed"] = function(topic) return topic.Properties.TopicName == nil end,
  },
}
