composex.stack(function(stack)
  for _, task in ipairs(composex.tasks()) do
    local id <const> = task.service.id
    stack:output(id .. "Name", {
      Description = "The ECS service of " .. task.name,
      Value = task.service:att("Name"),
      Export = { Name = composex.sub("${AWS::StackName}-" .. task.name) },
    })
    stack:output(id .. "LogGroup", { Value = task.log_group:ref() })
  end
end)
