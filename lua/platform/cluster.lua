--- The cluster that the services run on, made when the first of them asks for it.
local cluster <const> = {}

--- What names the cluster in the properties of a service.
function cluster.name()
  local made <const> = engine.find("x-cluster", "") or engine.add {
    type = "AWS::ECS::Cluster", noun = "Cluster", key = "x-cluster", properties = {},
  }
  return made:ref()
end

--- The names of the capacity providers that the cluster has; nil when nobody knows.
function cluster.providers()
  return { "FARGATE", "FARGATE_SPOT" }
end

--- What names a capacity provider in a strategy.
function cluster.provider(name) return name end

--- The strategy of a family that asks for none, on the platform that its labels ask for (nil when they do not); nil for a launch type.
function cluster.strategy() return nil end

--- Whether a family without strategy and launch type is placed by the cluster itself.
function cluster.has_default_strategy() return false end

--- What families run on that do not say.
function cluster.platform() return "FARGATE" end

--- What tasks need that run on the cluster's own instances.
function cluster.platform_of_instances() return "EC2" end

return cluster
