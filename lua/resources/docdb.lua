--- x-docdb: Amazon DocumentDB clusters.
local database <const> = engine.use("resources/database")
local rds <const> = engine.use("resources/rds_parts")

local arn <const> = "arn:${AWS::Partition}:rds:${AWS::Region}:${AWS::AccountId}:cluster:${DBClusterName}"

return {
  key      = "x-docdb",
  type     = "AWS::DocDB::DBCluster",
  id       = "DocumentDatabase",
  keep     = "Snapshot",
  defaults = {
    StorageEncrypted = true, DeletionProtection = true, BackupRetentionPeriod = 7, CopyTagsToSnapshot = true,
    EnableCloudwatchLogsExports = { "audit" },
  },
  returns  = {
    DBClusterName = "Ref", DBCluster = "Ref", Endpoint = "Endpoint", ReadEndpoint = "ReadEndpoint", Port = "Port",
    ClusterResourceId = "ClusterResourceId", DBClusterArn = arn, Arn = arn, DBSecret = rds.secret_arn,
    GroupId = rds.group,
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
    sources = { "SourceDBClusterIdentifier" }, restored = "SnapshotIdentifier", address = "Endpoint", port = "Port",
    scheme = function() return "mongodb" end,
  },
  links    = { ["KmsKeyId"] = "x-kms.Arn" },
  macros   = {
    Instances = database.noted, EngineVersion = "EngineVersion",
    DBClusterParameterGroup = database.parameter_group(
      "AWS::DocDB::DBClusterParameterGroup", "DBClusterParameterGroupName", "ParameterGroup"),
  },
  settings = { "SecretsMappings" },
  companions = { database.instances {
    type = "AWS::DocDB::DBInstance", defaults = function() return { DBInstanceClass = "db.t3.medium" } end,
  } },
}
