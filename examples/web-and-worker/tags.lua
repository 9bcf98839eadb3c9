-- tags.lua, run with: composex render --script tags.lua
composex.each("*", function(resource)
  resource:tag { owner = "payments", ["cost-center"] = "4711" }
end)

composex.default("x-sqs::dead-jobs", { MessageRetentionPeriod = 1209600 })
composex.patch("x-sqs::jobs", { VisibilityTimeout = 300 })
composex.patch("services::web", { DeploymentConfiguration = { MinimumHealthyPercent = 50 } })
