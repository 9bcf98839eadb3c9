composex.stack(function(stack)
  local level <const> = stack:parameter("LogLevel", {
    Type = "String", Default = "info", AllowedValues = { "debug", "info", "warning" },
  })
  for _, service in ipairs(composex.services()) do
    local container <const> = service.container(service.name)
    if not container.Environment then container.Environment = {} end
    table.insert(container.Environment, { Name = "LOG_LEVEL", Value = level })
  end
end)
