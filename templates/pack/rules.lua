--- Defaults that a project may change, overrides that it may not, and rules that refuse.
local options <const> = composex.pack.options

composex.default("x-sqs", { MessageRetentionPeriod = 1209600 })

composex.each("*", function(resource)
  resource:tag { owner = options.owner, organisation = "@name@" }
end)

composex.check("x-sqs", "must keep messages for at least a day", function(queue)
  return queue.Properties.MessageRetentionPeriod >= 86400
end)
