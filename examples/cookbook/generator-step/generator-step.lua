-- One log group for all services: the first family makes it, the others use it.
local shared

composex.override("ecs.service.log_group", function(original, family, made)
  if shared then return shared end
  shared = original(family, made)
  shared:rename("Logs")
  shared.Properties.LogGroupName = composex.sub("/ecs/${AWS::StackName}")
  return shared
end)
