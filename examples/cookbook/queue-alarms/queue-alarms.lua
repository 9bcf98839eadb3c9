composex.stack(function(stack)
  local topic <const> = stack:add("AWS::SNS::Topic", "QueueAlarms", { DisplayName = "Queues" })
  for _, queue in ipairs(stack:all("x-sqs")) do
    local threshold = 100
    for _, tag in ipairs(queue.Properties.Tags or {}) do
      if tag.Key == "alarm-threshold" then threshold = tonumber(tag.Value) end
    end
    stack:add("AWS::CloudWatch::Alarm", queue.id .. "Depth", {
      Namespace = "AWS/SQS", MetricName = "ApproximateNumberOfMessagesVisible", Statistic = "Maximum",
      Dimensions = { { Name = "QueueName", Value = queue:att("QueueName") } },
      ComparisonOperator = "GreaterThanThreshold", Threshold = threshold, Period = 60, EvaluationPeriods = 5,
      AlarmActions = { topic:ref() },
    })
  end
end)
