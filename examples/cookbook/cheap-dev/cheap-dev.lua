local options <const> = composex.options {
  cheap = { type = "boolean", default = false, doc = "Whether to save money: Spot, one task each, the smallest size" },
}

if options.cheap then
  composex.patch("AWS::ECS::Service", {
    DesiredCount = 1,
    LaunchType = composex.unset,
    CapacityProviderStrategy = { { CapacityProvider = "FARGATE_SPOT", Weight = 1 } },
  })
  composex.patch("AWS::ECS::Cluster", { CapacityProviders = { "FARGATE", "FARGATE_SPOT" } })
  composex.patch("AWS::ECS::TaskDefinition", { Cpu = "256", Memory = "512" })
end
