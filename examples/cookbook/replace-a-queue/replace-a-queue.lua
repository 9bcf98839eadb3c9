composex.stack(function(stack)
  local old <const> = stack:one("x-sqs::jobs")
  local new <const> = stack:add("AWS::SQS::Queue", "SharedJobs", composex.merge(old.Properties, {
    QueueName = "shared-jobs", MessageRetentionPeriod = 1209600,
  }))
  for _, resource in ipairs(stack:all("*")) do resource:replace_references(old, new) end
  old:remove()
end)
