--- What tells clusters of x-rds from single instances, and the macros of each.
local database <const> = engine.use("kinds/database_clusters")
local read <const> = engine.use("base/read")
local kinds <const> = {}

--- Properties that clusters have, and single instances have not.
local of_clusters <const> = {
  "BacktrackWindow", "DBClusterIdentifier", "DBClusterInstanceClass", "DBClusterParameterGroupName", "DatabaseName",
  "EnableHttpEndpoint", "EngineMode", "GlobalClusterIdentifier", "RestoreType", "ScalingConfiguration",
  "ServerlessV2ScalingConfiguration", "SnapshotIdentifier", "SourceDBClusterIdentifier", "VpcSecurityGroupIds",
}

local function engine_of(body)
  return tostring(read.path(body, "Properties.Engine") or read.path(body, "MacroParameters.Engine") or "")
end

--- Aurora, what asks for instances, and what has a property of clusters.
function kinds.is_cluster(body)
  local lookup <const> = body.Lookup
  if read.is_mapping(lookup) then
    local arn <const> = tostring(read.path(lookup, "Arn") or read.path(lookup, "db.Arn") or read.path(lookup, "instance.Arn")
      or "")
    return lookup.db == nil and lookup.instance == nil and not arn:find(":db:", 1, true)
  end
  if engine_of(body):find("^aurora") or read.path(body, "MacroParameters.Instances") ~= nil then return true end
  for name in pairs(read.path(body, "Properties") or {}) do
    if read.has(of_clusters, name) then return true end
  end
  return false
end

--- The zones that a cluster needs: one of MySQL or PostgreSQL is a Multi-AZ DB cluster, which has an instance in each of three.
--- https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/create-multi-az-db-cluster.html (2026-11-29)
function kinds.zones(body)
  local engine_name <const> = engine_of(body)
  return (engine_name == "mysql" or engine_name == "postgres") and 3 or 2
end

function kinds.macros(type, property, is_instance)
  local group <const> = database.parameter_group(type, property, "ParameterGroup")
  return {
    Engine = { sets = "Engine" }, EngineVersion = { sets = "EngineVersion" }, MultiAZ = is_instance and { sets = "MultiAZ" } or nil,
    UseMultiAz = is_instance and { sets = "MultiAZ" } or nil,
    Instances = "any", ParametersGroups = group, ParametersGroup = group, Proxy = "any", RdsFeatures = "any",
    PermissionsBoundary = database.boundary,
  }
end

return kinds
