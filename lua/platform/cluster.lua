--- The cluster that the services run on, made when the first of them asks for it.
local cluster <const> = {}
local made

--- What names the cluster in the properties of a service.
function cluster.name()
  made = made or engine.add { type = "AWS::ECS::Cluster", noun = "Cluster", part = "cluster", properties = {} }
  return made:ref()
end

return cluster
