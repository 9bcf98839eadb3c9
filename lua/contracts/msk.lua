--- Contracts of Amazon MSK.
local values <const> = engine.use("contracts/values")

local page <const> = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-msk-cluster-brokernodegroupinfo.html"
local api <const> = "https://docs.aws.amazon.com/msk/1.0/apireference/clusters.html"
local checked <const> = "2026-11-29"
local cluster <const> = "AWS::MSK::Cluster"

return {
  {
    id = "msk-name", on = cluster, at = "ClusterName", length = { 1, 64 }, remedy = "write a shorter ClusterName", page = api, checked = checked,
  },
  {
    id = "msk-subnets", on = cluster, at = "BrokerNodeGroupInfo.ClientSubnets", items = { 2, 3 }, must = "must have two or three subnets, of different zones",
    remedy = "name a subnet of each zone", page = page, checked = checked,
  },
  {
    id = "msk-brokers", on = cluster, at = "NumberOfBrokerNodes", must = "must have as many brokers in each of its subnets",
    holds = function(made)
      local brokers <const>, subnets <const> = values.number(made.NumberOfBrokerNodes), #values.items(values.at(made, "BrokerNodeGroupInfo.ClientSubnets"))
      return not brokers or subnets == 0 or brokers % subnets == 0, nil, "not " .. tostring(brokers) .. " in " .. subnets
    end,
    remedy = "write NumberOfBrokerNodes: 3 with three subnets, or a multiple", page = page, checked = checked,
  },
}
