--- What a compose service becomes.
local renders, refuses, same = composex.test.renders, composex.test.refuses, composex.test.same

local function container(stack, service)
  return stack:one("#" .. service .. "TaskDefinition").Properties.ContainerDefinitions[1]
end

renders("a service runs as often as deploy says", [[
services:
  web: { image: nginx, deploy: { replicas: 3 } }
]], function(stack)
  same(stack:one("services::web").Properties.DesiredCount, 3)
end)

renders("the smallest Fargate size that satisfies CPU and memory", [[
services:
  small: { image: a }
  wide: { image: a, deploy: { resources: { limits: { cpus: "0.25", memory: 8G } } } }
]], function(stack)
  local small <const>, wide <const> = stack:one("#SmallTaskDefinition").Properties, stack:one("#WideTaskDefinition").Properties
  same({ small.Cpu, small.Memory }, { "256", "512" })
  same({ wide.Cpu, wide.Memory }, { "1024", "8192" })
end)

renders("limits stay limits", [[
services:
  web: { image: a, deploy: { resources: { limits: { memory: 300M } } } }
]], function(stack)
  same(container(stack, "Web").Memory, 300)
end)

renders("a healthcheck in seconds", [[
services:
  web: { image: a, healthcheck: { test: curl localhost, interval: 1m30s } }
]], function(stack)
  same(container(stack, "Web").HealthCheck, { Command = { "CMD-SHELL", "curl localhost" }, Interval = 90 })
end)

renders("deployments that fail roll back", [[ services: { web: { image: a } } ]], function(stack)
  same(stack:one("services::web").Properties.DeploymentConfiguration.DeploymentCircuitBreaker,
    { Enable = true, Rollback = true })
end)

renders("the task role may do nothing until something is granted", [[ services: { web: { image: a } } ]], function(stack)
  same(stack:one("#WebTaskRole").Properties.Policies, nil)
  same(#stack:all("AWS::IAM::Policy"), 0)
end)

renders("tasks have no public address", [[ services: { web: { image: a } } ]], function(stack)
  same(stack:one("services::web").Properties.NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp, "DISABLED")
end)

refuses("more than Fargate has", [[
services:
  web: { image: a, deploy: { resources: { limits: { cpus: "32" } } } }
]], "services::web asks for more than the largest Fargate task has")
