composex.stack(function(stack)
  for _, task in ipairs(composex.tasks()) do
    -- Alone, it would stand in the root template.
    stack:add("AWS::Logs::MetricFilter", task.definition.id .. "Errors", {
      LogGroupName = task.log_group:ref(),
      FilterPattern = "ERROR",
      MetricTransformations = { { MetricName = task.name .. "-errors", MetricNamespace = "shop", MetricValue = "1" } },
    }, { beside = task })
  end
end)
