--- Kafka clusters of x-msk: names, brokers, the ports of their logins, the ARNs of topics and groups.
local own_names <const> = engine.use("kinds/own_names")
local read <const> = engine.use("base/read")
local network <const> = engine.use("kinds/exposure")
local kafka <const> = {}

function kafka.is_serverless(body)
  return read.path(body, "MacroParameters.Serverless") == true or read.path(body, "Properties.VpcConfigs") ~= nil
end

function kafka.name(cluster) return own_names.of(cluster, "ClusterName", 64) end

function kafka.cluster_name(cluster)
  return read.get(cluster.resource.Properties, "ClusterName") or kafka.name(cluster)
end

--- As many brokers as there are subnets, which they are spread over.
function kafka.brokers(cluster)
  local all <const> = network.subnets(cluster)
  return type(all) == "table" and #all > 1 and #all or 2
end

--- A port that is open when `path` below ClientAuthentication is true, or when `also` says so.
local function port(number, path, also)
  return function(cluster)
    if cluster.lookup then return number == 9098 and number or nil end
    local properties <const> = cluster.resource.Properties
    local is_open <const> = read.path(properties, "ClientAuthentication." .. path) == true or also and also(properties)
    return is_open and number or nil
  end
end

--- The ports of the logins that the cluster takes: IAM, SCRAM, TLS, and none at all.
kafka.ports = {
  port(9098, "Sasl.Iam.Enabled"), port(9096, "Sasl.Scram.Enabled"),
  port(9094, "Tls.Enabled", function(properties)
    return read.path(properties, "ClientAuthentication.Unauthenticated.Enabled") == true
  end),
  function(cluster)
    local wire <const> = not cluster.lookup
      and read.path(cluster.resource.Properties, "EncryptionInfo.EncryptionInTransit.ClientBroker")
    return (wire == "PLAINTEXT" or wire == "TLS_PLAINTEXT") and 9092 or nil
  end,
}

function kafka.serverless_network(cluster, group)
  local properties <const> = cluster.resource.Properties
  if properties.VpcConfigs == nil then
    properties.VpcConfigs = { { SubnetIds = network.subnets(cluster), SecurityGroups = { group:att("GroupId") } } }
  end
end

--- Topics and groups of a cluster have ARNs that begin with its name.
local function below(kind)
  return function(cluster)
    return composex.sub("arn:${AWS::Partition}:kafka:${AWS::Region}:${AWS::AccountId}:" .. kind .. "/")
      .. kafka.cluster_name(cluster) .. "/*"
  end
end

kafka.topics, kafka.groups = below("topic"), below("group")

return kafka
