local renders, same = composex.test.renders, composex.test.same

renders("a service may publish to a topic that it names", [[
services: { web: { image: "nginx:1" } }
x-@name@_topic: { news: { Services: { web: { Access: Publish } } } }
]], function(stack)
  same(stack:one("AWS::IAM::Policy").Properties.PolicyDocument.Statement[1].Action, { "sns:Publish" })
  same(stack:one("#NewsTopic").Properties.KmsMasterKeyId, "alias/aws/sns")
end)
