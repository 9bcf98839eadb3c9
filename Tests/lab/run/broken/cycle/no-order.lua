composex.each("AWS::ECS::Service", function(service) service.DependsOn = nil end)
