--- How a service grows with the messages that wait in a queue.
local grants <const> = engine.use("kinds/grants")
local scaling <const> = engine.use("kinds/step_scaling")
local values <const> = engine.use("kinds/values")

return function(queue, service, value, where)
  local steps <const>, scale_in <const>, scale_out <const> = scaling.read(value, where, queue.subject)
  if not steps or #steps == 0 then return end
  grants.scale(service, {
    noun = engine.pascal(queue.name) .. "Queue", steps = steps, threshold = steps[1].lower + 1,
    scale_in_cooldown = scale_in, scale_out_cooldown = scale_out,
    metric = {
      Namespace = "AWS/SQS", MetricName = "ApproximateNumberOfMessagesVisible", Statistic = "Sum", Period = 60,
      EvaluationPeriods = 1, DatapointsToAlarm = 1, ComparisonOperator = "GreaterThanOrEqualToThreshold",
      TreatMissingData = "notBreaching", Dimensions = { { Name = "QueueName", Value = values.of(queue, "QueueName") } },
      AlarmDescription = "Messages that wait in " .. queue.name,
    },
  })
end
