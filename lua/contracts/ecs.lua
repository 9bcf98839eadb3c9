--- Contracts of Amazon ECS: services, task definitions, clusters and capacity providers.
local values <const> = engine.use("contracts/values")

local guide <const> = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/"
local api <const> = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/"

--- A property of a container that a task on Fargate cannot have.
local function not_on_fargate(id, property, remedy)
  return {
    id = "ecs-fargate-" .. id, on = "AWS::ECS::TaskDefinition", each = "ContainerDefinitions[]", at = property, given = property,
    must = "must not have " .. property .. " in a container: Fargate does not take it",
    holds = function(container, task)
      local value <const> = values.at(container, property)
      return value == nil or values.is_false(value) or not values.has(task.properties.RequiresCompatibilities, "FARGATE")
    end,
    remedy = remedy or "leave it out, or run the service on instances: deploy: {labels: {ecs.compute.platform: EC2}}",
    page = guide .. "fargate-tasks-services.html", checked = "2026-11-29",
  }
end

return {
  {
    id = "ecs-daemon-strategy", on = "AWS::ECS::Service", at = "CapacityProviderStrategy",
    must = "must not have a capacity provider strategy: a DAEMON service runs on every instance",
    when = { SchedulingStrategy = "DAEMON" }, holds = function(service) return service.CapacityProviderStrategy == nil end,
    remedy = "write LaunchType: EC2, or leave SchedulingStrategy: DAEMON (mode: global) out",
    page = api .. "API_CreateService.html", checked = "2026-11-29",
  },
  {
    id = "ecs-daemon-count", on = "AWS::ECS::Service", at = "DesiredCount",
    must = "must not have a DesiredCount: a DAEMON service runs one task on each instance",
    when = { SchedulingStrategy = "DAEMON" }, holds = function(service) return service.DesiredCount == nil end,
    remedy = "leave DesiredCount out",
    page = api .. "API_CreateService.html", checked = "2026-11-29",
  },
  {
    id = "ecs-launch-type-strategy", on = "AWS::ECS::Service", at = "LaunchType", excludes = "CapacityProviderStrategy",
    must = "must not have a LaunchType beside a capacity provider strategy",
    remedy = "leave one of them out",
    page = api .. "API_CreateService.html", checked = "2026-11-29",
  },
  not_on_fargate("links", "Links"),
  not_on_fargate("extra-hosts", "ExtraHosts"),
  not_on_fargate("privileged", "Privileged"),
  not_on_fargate("dns-servers", "DnsServers"),
  not_on_fargate("dns-search", "DnsSearchDomains"),
  not_on_fargate("security-options", "DockerSecurityOptions"),
  not_on_fargate("disable-networking", "DisableNetworking"),
  not_on_fargate("swap", "LinuxParameters.MaxSwap"),
  not_on_fargate("swappiness", "LinuxParameters.Swappiness"),
}
