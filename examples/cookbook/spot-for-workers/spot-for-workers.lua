composex.each("services", function(service)
  local properties <const> = service.Properties
  -- What answers requests stays; so does what runs on instances.
  if properties.LoadBalancers or properties.LaunchType ~= "FARGATE" or service.name == "web" then return end
  properties.LaunchType = nil
  properties.CapacityProviderStrategy = {
    { CapacityProvider = "FARGATE_SPOT", Weight = 4 },
    { CapacityProvider = "FARGATE", Weight = 1, Base = 1 },
  }
end)

composex.each("AWS::ECS::Cluster", function(cluster)
  if not cluster.Properties.CapacityProviders then
    cluster.Properties.CapacityProviders = { "FARGATE", "FARGATE_SPOT" }
  end
end)
