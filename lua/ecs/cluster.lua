--- The cluster that the services run on.
return function()
  return engine.add { type = "AWS::ECS::Cluster", noun = "Cluster", part = "cluster", properties = {} }
end
