--- x-@name@_topic: a topic that is encrypted.
return {
  key      = "x-@name@_topic",
  type     = "AWS::SNS::Topic",
  id       = "Topic",
  defaults = { KmsMasterKeyId = "alias/aws/sns" },
  returns  = { Arn = "Ref", Name = "TopicName" },
  env      = { ["{NAME}_TOPIC"] = "Arn" },
  access   = { Publish = { "sns:Publish" } },
  checks   = {
    ["must be encrypted"] = function(topic) return topic.Properties.KmsMasterKeyId ~= nil end,
  },
}
