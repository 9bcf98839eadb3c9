--- x-docdb: Amazon DocumentDB clusters.
local database <const> = engine.use("kinds/database_clusters")
local protection <const> = engine.use("kinds/protection")
local rds <const> = engine.use("x/rds/rds_engines")

local arn <const> = "arn:${AWS::Partition}:rds:${AWS::Region}:${AWS::AccountId}:cluster:${DBClusterName}"

return {
  key      = "x-docdb",
  type     = "AWS::DocDB::DBCluster",
  noun     = "DocumentDatabase",
  keep     = "Snapshot",
  defaults = {
    StorageEncrypted = rds.encrypted, DeletionProtection = protection.flag "DeletionProtection", BackupRetentionPeriod = 7, CopyTagsToSnapshot = true,
    EnableCloudwatchLogsExports = { "audit" },
  },
  returns  = {
    DBClusterName = "Ref", DBCluster = "Ref", Endpoint = "Endpoint", ReadEndpoint = "ReadEndpoint", Port = "Port",
    ClusterResourceId = "ClusterResourceId", DBClusterArn = arn, Arn = arn,
  },
  env      = { ["{NAME}"] = "DBClusterName" },
  lookup   = {
    arn     = "arn:{partition}:rds:{region}:{account}:cluster:{name}",
    returns = { DBClusterName = "{name}", DBCluster = "{name}", DBClusterArn = "{arn}" },
  },
  access   = {
    DBCluster = { RO = { "rds:DescribeDBClusterSnapshots", "rds:DescribeDBClusters", "rds:ListTagsForResource" } },
    RO        = { "DBCluster.RO" },
  },
  network  = {
    ports = { "Port" }, groups = "VpcSecurityGroupIds",
    group = {
      type = "AWS::DocDB::DBSubnetGroup", property = "DBSubnetGroupName", description = "DBSubnetGroupDescription",
    },
  },
  secret   = {
    username = "MasterUsername", password = "MasterUserPassword", attach = true,
    lengths = { 8, 100 },
    sources = { "SourceDBClusterIdentifier", "ManageMasterUserPassword" }, restored = "SnapshotIdentifier", address = "Endpoint", port = "Port",
    scheme = function() return "mongodb" end,
    -- What clusters ask of their clients: TLS, and no retries of writes.
    options = "/?tls=true&replicaSet=rs0&readPreference=secondaryPreferred&retryWrites=false",
  },
  links    = { ["KmsKeyId"] = "x-kms.Arn" },
  metrics  = {
    namespace = "AWS/DocDB", dimensions = { { "DBClusterIdentifier", "DBClusterName" } },
    charts = { { "CPUUtilization", "Average" }, { "DatabaseConnections", "Average" } },
    alarms = {
      HighCpuUsage = { "CPUUtilization", "Average", above = 80 },
      LowMemory = { "FreeableMemory", "Minimum", below = 256 << 20 },
      ManyConnections = { "DatabaseConnections", "Maximum", above = 500 },
    },
  },
  accepts  = { macros = {
    Instances = "any", EngineVersion = { sets = "EngineVersion" },
    DBClusterParameterGroup = database.parameter_group(
      "AWS::DocDB::DBClusterParameterGroup", "DBClusterParameterGroupName", "ParameterGroup"),
  } },
  hooks    = { after_make = database.instances {
    type = "AWS::DocDB::DBInstance",
    defaults = function(cluster)
      local scales <const> = cluster.resource.Properties.ServerlessV2ScalingConfiguration ~= nil
      return { DBInstanceClass = scales and "db.serverless" or "db.t3.medium" }
    end,
  } },
}
