--- Changes what composex generates. Every resource gets these tags.
composex.each("*", function(resource)
  resource:tag { owner = "me" }
end)

composex.default("x-sqs", { MessageRetentionPeriod = 1209600 })

composex.check("x-sqs", "must keep messages for at least a day", function(queue)
  return queue.Properties.MessageRetentionPeriod >= 86400
end)
