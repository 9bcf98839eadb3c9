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
  composex.each("AWS::ECS::TaskDefinition", function(task)
    task.Properties.Cpu, task.Properties.Memory = "256", "512"
    for _, container in ipairs(task.Properties.ContainerDefinitions) do
      container.Cpu, container.Memory, container.MemoryReservation = nil, nil, nil
    end
  end)
end
