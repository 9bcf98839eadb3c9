--- What x-msk needs beside its table.
local database <const> = engine.use("resources/database")
local definitions <const> = engine.use("composex/definitions")
local keys <const> = engine.use("composex/keys")
local network <const> = engine.use("composex/network")
local msk <const> = { noted = database.noted }

function msk.is_serverless(body)
  return keys.at(body, "MacroParameters.Serverless") == true or keys.at(body, "Properties.VpcConfigs") ~= nil
end

function msk.name(cluster) return composex.sub("${AWS::StackName}-" .. cluster.name) end

function msk.group(cluster)
  local group <const> = definitions.part(cluster, "security_group")
  return group and group:att("GroupId")
end

function msk.serverless_network(cluster, group)
  local properties <const> = cluster.resource.Properties
  if properties.VpcConfigs == nil then
    properties.VpcConfigs = { { SubnetIds = network.subnets(cluster), SecurityGroups = { group:att("GroupId") } } }
  end
end

--- Topics and groups of a cluster have ARNs that begin with its name.
local function below(kind)
  return function(cluster)
    return composex.sub("arn:${AWS::Partition}:kafka:${AWS::Region}:${AWS::AccountId}:" .. kind .. "/")
      .. cluster.resource.Properties.ClusterName .. "/*"
  end
end

msk.topics, msk.groups = below("topic"), below("group")
msk.access = {
  RO       = {
    "kafka:DescribeCluster", "kafka:DescribeClusterV2", "kafka:ListTagsForResource",
    { on = "*", "kafka:GetBootstrapBrokers" },
  },
  Consumer = {
    "RO", "kafka-cluster:Connect", "kafka-cluster:DescribeCluster",
    { on = "${Topics}", "kafka-cluster:DescribeTopic", "kafka-cluster:ReadData" },
    { on = "${Groups}", "kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup" },
  },
  Producer = {
    "RO", "kafka-cluster:Connect", "kafka-cluster:DescribeCluster", "kafka-cluster:WriteDataIdempotently",
    { on = "${Topics}", "kafka-cluster:DescribeTopic", "kafka-cluster:WriteData" },
  },
  PowerUser = {
    "Consumer", "Producer",
    { on = "${Topics}", "kafka-cluster:AlterTopic", "kafka-cluster:CreateTopic", "kafka-cluster:DeleteTopic" },
  },
}

return msk
