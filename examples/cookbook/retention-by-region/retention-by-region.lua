composex.stack(function(stack)
  stack:mapping("Retention", { ["eu-west-1"] = { Days = 365 }, ["us-east-1"] = { Days = 90 } })
  for _, task in ipairs(composex.tasks()) do
    task.log_group.Properties.RetentionInDays =
      { ["Fn::FindInMap"] = { "Retention", composex.ref("AWS::Region"), "Days" } }
  end
end)
