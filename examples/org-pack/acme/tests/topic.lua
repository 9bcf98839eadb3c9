local renders, refuses, same, snapshot =
  composex.test.renders, composex.test.refuses, composex.test.same, composex.test.snapshot

renders("a service may publish to a topic that it names", [[
services: { web: { image: "nginx:1" } }
x-acme_topic: { news: { Services: { web: { Access: Publish } } } }
]], function(stack)
  same(stack:one("AWS::IAM::Policy").Properties.PolicyDocument.Statement[1].Action, { "sns:Publish" })
end)

renders("a topic, whole", [[ x-acme_topic: { news: {} } ]], function(stack)
  snapshot(stack, "topic")
end)

refuses("a topic with a name of its own", [[ x-acme_topic: { news: { Properties: { TopicName: mine } } } ]],
  "x-acme_topic::news must not be renamed")
