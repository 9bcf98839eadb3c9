local renders, refuses, same = composex.test.renders, composex.test.refuses, composex.test.same

refuses("a queue that hides messages for a moment", [[ x-sqs: { jobs: { Properties: { VisibilityTimeout: 5 } } } ]],
  "x-sqs::jobs VisibilityTimeout must be from 30 to 43200, not 5")

refuses("a queue in order without dead letters", [[ x-sqs: { jobs: { Properties: { FifoQueue: true } } } ]],
  "x-sqs::jobs must have dead letters when it is in order")

renders("a queue within bounds", [[ x-sqs: { jobs: { Properties: { VisibilityTimeout: 60 } } } ]], function(stack)
  same(stack:one("x-sqs::jobs").Properties.VisibilityTimeout, 60)
end)

renders("an image of elsewhere is a warning", [[ services: { web: { image: "docker.io/nginx:1" } } ]], function(stack)
  same(#stack:all("AWS::ECS::TaskDefinition"), 1)
end)
