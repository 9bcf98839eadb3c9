composex.stack(function(stack)
  for _, service in ipairs(composex.services()) do
    local id <const> = service.service.id
    stack:output(id .. "Name", {
      Description = "The ECS service of " .. service.name,
      Value = service.service:att("Name"),
      Export = { Name = composex.sub("${AWS::StackName}-" .. service.name) },
    })
    stack:output(id .. "LogGroup", { Value = service.log_group:ref() })
  end
end)
