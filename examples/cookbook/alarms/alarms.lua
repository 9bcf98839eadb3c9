composex.stack(function(stack)
  local topic <const> = stack:add("AWS::SNS::Topic", "Alarms", { DisplayName = "Alarms" })
  for _, service in ipairs(composex.services()) do
    stack:add("AWS::CloudWatch::Alarm", service.service.id .. "Busy", {
      AlarmDescription = service.name .. " uses nearly all of its processor time",
      Namespace = "AWS/ECS", MetricName = "CPUUtilization", Statistic = "Average",
      Dimensions = {
        { Name = "ClusterName", Value = service.service.Properties.Cluster },
        { Name = "ServiceName", Value = service.service:att("Name") },
      },
      ComparisonOperator = "GreaterThanThreshold", Threshold = 90, Period = 300, EvaluationPeriods = 3,
      AlarmActions = { topic:ref() },
    })
  end
end)
