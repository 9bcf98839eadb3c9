--- x-neptune: Amazon Neptune clusters; services log in by IAM.
local database <const> = engine.use("kinds/database_clusters")
local protection <const> = engine.use("kinds/protection")

local arn <const> = "arn:${AWS::Partition}:rds:${AWS::Region}:${AWS::AccountId}:cluster:${DBCluster}"
local data <const> = "arn:${AWS::Partition}:neptune-db:${AWS::Region}:${AWS::AccountId}:${ClusterResourceId}/*"

return {
  key      = "x-neptune",
  type     = "AWS::Neptune::DBCluster",
  noun     = "GraphDatabase",
  keep     = "Snapshot",
  defaults = {
    StorageEncrypted = true, DeletionProtection = protection.flag "DeletionProtection", BackupRetentionPeriod = 7, CopyTagsToSnapshot = true,
    IamAuthEnabled = true, EnableCloudwatchLogsExports = { "audit" },
  },
  returns  = {
    DBCluster = "Ref", ClusterResourceId = "ClusterResourceId", DBClusterArn = arn, Arn = arn,
    DBClusterResources = data,
    Endpoint = "Endpoint", ReadEndpoint = "ReadEndpoint", Port = "Port",
  },
  env      = { ["{NAME}"] = "DBCluster" },
  lookup   = {
    arn     = "arn:{partition}:rds:{region}:{account}:cluster:{name}",
    returns = { DBCluster = "{name}", DBClusterArn = "{arn}",
      DBClusterResources = "arn:{partition}:neptune-db:{region}:{account}:{ClusterResourceId}/*" },
  },
  access   = {
    DBCluster = { RO = { "rds:DescribeDBClusterSnapshots", "rds:DescribeDBClusters", "rds:ListTagsForResource" } },
    NeptuneDB = {
      on      = data,
      connect = { "neptune-db:connect" },
      Read    = { "neptune-db:GetEngineStatus", "neptune-db:GetGraphSummary", "neptune-db:GetQueryStatus",
        "neptune-db:ReadDataViaQuery" },
      Write   = { "Read", "neptune-db:WriteDataViaQuery" },
      Delete  = { "Write", "neptune-db:DeleteDataViaQuery" },
      Load    = { "neptune-db:CancelLoaderJob", "neptune-db:GetLoaderJobStatus", "neptune-db:ListLoaderJobs",
        "neptune-db:StartLoaderJob" },
    },
    RO = { "DBCluster.RO", "NeptuneDB.Read" },
    RW = { "DBCluster.RO", "NeptuneDB.Delete" },
  },
  network  = {
    ports = { "Port" }, groups = "VpcSecurityGroupIds",
    group = {
      type = "AWS::Neptune::DBSubnetGroup", property = "DBSubnetGroupName", description = "DBSubnetGroupDescription",
    },
  },
  links    = { ["KmsKeyId"] = "x-kms.Arn" },
  metrics  = {
    namespace = "AWS/Neptune", dimensions = { { "DBClusterIdentifier", "DBCluster" } },
    charts = { { "CPUUtilization", "Average" }, { "GremlinRequestsPerSec", "Average" } },
    alarms = {
      HighCpuUsage = { "CPUUtilization", "Average", above = 80 },
      LowMemory = { "FreeableMemory", "Minimum", below = 256 << 20 },
    },
  },
  accepts  = { macros = {
    Instances = "any", EngineVersion = { sets = "EngineVersion" },
    DBClusterParameterGroup = database.parameter_group(
      "AWS::Neptune::DBClusterParameterGroup", "DBClusterParameterGroupName", "ParameterGroup"),
  } },
  hooks    = { after_make = database.instances {
    type = "AWS::Neptune::DBInstance",
    defaults = function(cluster)
      local scales <const> = cluster.resource.Properties.ServerlessScalingConfiguration ~= nil
      return { DBInstanceClass = scales and "db.serverless" or "db.t3.medium" }
    end,
  } },
}
