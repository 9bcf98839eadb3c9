-- One log group for all services: the first service makes it, the others use it.
local shared

composex.override("ecs.service.log_group", function(original, service, made)
  if shared then return shared end
  shared = original(service, made)
  shared:rename("Logs")
  shared.Properties.LogGroupName = composex.sub("/ecs/${AWS::StackName}")
  return shared
end)
