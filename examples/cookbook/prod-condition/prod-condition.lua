composex.stack(function(stack)
  local stage <const> = stack:parameter("Stage", {
    Type = "String", Default = "dev", AllowedValues = { "dev", "prod" },
  })
  local prod <const> = stack:condition("IsProd", { ["Fn::Equals"] = { stage, "prod" } })

  stack:one("services::web").Properties.DesiredCount = { ["Fn::If"] = { prod, 3, 1 } }

  local alarm <const> = stack:add("AWS::CloudWatch::Alarm", "JobsWaiting", {
    Namespace = "AWS/SQS", MetricName = "ApproximateAgeOfOldestMessage", Statistic = "Maximum",
    Dimensions = { { Name = "QueueName", Value = stack:one("x-sqs::jobs"):att("QueueName") } },
    ComparisonOperator = "GreaterThanThreshold", Threshold = 600, Period = 60, EvaluationPeriods = 5,
  })
  alarm.Condition = prod
end)
