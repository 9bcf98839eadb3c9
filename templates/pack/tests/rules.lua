local renders, refuses, same = composex.test.renders, composex.test.refuses, composex.test.same

renders("a queue keeps messages for two weeks", [[ x-sqs: { jobs: {} } ]], function(stack)
  same(stack:one("x-sqs::jobs").Properties.MessageRetentionPeriod, 1209600)
end)

renders("everything is tagged with its owner", [[ x-sqs: { jobs: {} } ]], function(stack)
  same(stack:one("x-sqs::jobs").Properties.Tags, {
    { Key = "organisation", Value = "@name@" }, { Key = "owner", Value = "payments" },
  })
end, { set = { owner = "payments" } })

refuses("a queue that forgets", [[ x-sqs: { jobs: { Properties: { MessageRetentionPeriod: 60 } } } ]],
  "x-sqs::jobs must keep messages for at least a day")
