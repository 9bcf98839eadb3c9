local options <const> = composex.options {
  days = { type = "integer", default = 365, doc = "How many days logs are kept" },
}

composex.patch("AWS::Logs::LogGroup", { RetentionInDays = options.days })

-- Logs of the worker outlive the stack.
composex.each("#WorkerLogGroup", function(group)
  group.DeletionPolicy = "RetainExceptOnCreate"
  group.UpdateReplacePolicy = "Retain"
end)
