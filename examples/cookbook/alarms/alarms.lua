composex.stack(function(stack)
  local topic <const> = stack:add("AWS::SNS::Topic", "Alarms", { DisplayName = "Alarms" })
  -- ECS measures what it runs: a task, whichever services share it.
  for _, task in ipairs(composex.tasks()) do
    stack:add("AWS::CloudWatch::Alarm", task.service.id .. "Busy", {
      AlarmDescription = task.name .. " uses nearly all of its processor time",
      Namespace = "AWS/ECS", MetricName = "CPUUtilization", Statistic = "Average",
      Dimensions = {
        { Name = "ClusterName", Value = task.service.Properties.Cluster },
        { Name = "ServiceName", Value = task.service:att("Name") },
      },
      ComparisonOperator = "GreaterThanThreshold", Threshold = 90, Period = 300, EvaluationPeriods = 3,
      AlarmActions = { topic:ref() },
    })
  end
end)
