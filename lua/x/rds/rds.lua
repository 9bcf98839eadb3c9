--- x-rds: Amazon RDS: Aurora and Multi-AZ clusters, serverless ones, single instances, and proxies.
local database <const> = engine.use("kinds/database_clusters")
local access <const> = engine.use("x/rds/rds_access")
local data_api <const> = engine.use("x/rds/data_api")
local features <const> = engine.use("x/rds/rds_features")
local kinds <const> = engine.use("x/rds/rds_kinds")
local protection <const> = engine.use("kinds/protection")
local proxy <const> = engine.use("x/rds/rds_proxy")
local rds <const> = engine.use("x/rds/rds_engines")

return {
  key      = "x-rds",
  keep     = "Snapshot",
  env      = { ["{NAME}"] = "DBCluster" },
  hooks    = { serve = data_api.serve, finish = features.finish },
  kinds    = {
    {
      when      = kinds.is_cluster,
      type      = "AWS::RDS::DBCluster",
      noun      = "Database",
      defaults  = {
        StorageEncrypted = rds.encrypted, DeletionProtection = protection.flag "DeletionProtection", BackupRetentionPeriod = rds.backups(7),
        CopyTagsToSnapshot = true,
        EnableIAMDatabaseAuthentication = rds.iam_login, DatabaseName = rds.first_database,
        EnableHttpEndpoint = data_api.is_on, EnableCloudwatchLogsExports = rds.logs,
      },
      returns   = {
        DBCluster = "Ref", DBClusterArn = "DBClusterArn", Arn = "DBClusterArn",
        ["Endpoint.Address"] = "Endpoint.Address",
        ["Endpoint.Port"] = "Endpoint.Port", ["ReadEndpoint.Address"] = "ReadEndpoint.Address",
        DBClusterResourceId = "DBClusterResourceId", ResourceId = "DBClusterResourceId",
        ProxyEndpoint = { part = "proxy", "Endpoint" },
      },
      network   = {
        ports = { "Endpoint.Port", rds.proxy_port }, groups = "VpcSecurityGroupIds", group = rds.subnet_group, zones = kinds.zones,
      },
      access    = access("cluster"),
      secret    = rds.secret { database = "DatabaseName", restored = "SnapshotIdentifier" },
      accepts   = { macros = kinds.macros("AWS::RDS::DBClusterParameterGroup", "DBClusterParameterGroupName") },
      hooks     = { after_make = { database.instances(rds.instances), proxy.make, features.make } },
      metrics   = {
        namespace = "AWS/RDS", dimensions = { { "DBClusterIdentifier", "DBCluster" } },
        charts = { { "CPUUtilization", "Average" }, { "DatabaseConnections", "Average" } },
        alarms = {
          HighCpuUsage = { "CPUUtilization", "Average", above = 80 },
          LowMemory = { "FreeableMemory", "Minimum", below = 256 << 20 },
          ManyConnections = { "DatabaseConnections", "Maximum", above = 500 },
        },
      },
      lookup    = {
        arn     = { "arn:{partition}:rds:{region}:{account}:cluster:{name}" },
        returns = { DBCluster = "{name}", DBClusterArn = "{arn}" },
      },
      checks    = rds.checks,
    },
    {
      type      = "AWS::RDS::DBInstance",
      keep      = rds.keep,
      noun      = "Database",
      defaults  = {
        StorageEncrypted = rds.encrypted, DeletionProtection = protection.flag "DeletionProtection", BackupRetentionPeriod = rds.backups(7),
        CopyTagsToSnapshot = true,
        EnableIAMDatabaseAuthentication = rds.iam_login, PubliclyAccessible = false, DBInstanceClass = "db.t3.medium",
        AllocatedStorage = rds.storage, StorageType = rds.storage_type, DBName = rds.first_database,
        EnableCloudwatchLogsExports = rds.logs,
      },
      returns   = {
        DBInstance = "Ref", DBCluster = "Ref", DBInstanceArn = "DBInstanceArn", Arn = "DBInstanceArn",
        ["Endpoint.Address"] = "Endpoint.Address", ["Endpoint.Port"] = "Endpoint.Port", ResourceId = "DbiResourceId",
        ProxyEndpoint = { part = "proxy", "Endpoint" },
      },
      network   = { ports = { "Endpoint.Port", rds.proxy_port }, groups = "VPCSecurityGroups", group = rds.subnet_group },
      access    = access("instance"),
      secret    = rds.secret { database = "DBName", restored = "DBSnapshotIdentifier" },
      accepts   = { macros = kinds.macros("AWS::RDS::DBParameterGroup", "DBParameterGroupName", true) },
      hooks     = { after_make = { proxy.make, features.make } },
      metrics   = {
        namespace = "AWS/RDS", dimensions = { { "DBInstanceIdentifier", "DBInstance" } },
        charts = { { "CPUUtilization", "Average" }, { "DatabaseConnections", "Average" } },
        alarms = {
          HighCpuUsage = { "CPUUtilization", "Average", above = 80 },
          LowMemory = { "FreeableMemory", "Minimum", below = 256 << 20 },
          ManyConnections = { "DatabaseConnections", "Maximum", above = 500 },
          LowStorage = { "FreeStorageSpace", "Minimum", below = 2048 << 20 },
        },
      },
      lookup    = {
        arn     = { "arn:{partition}:rds:{region}:{account}:db:{name}" },
        returns = { DBInstance = "{name}", DBCluster = "{name}", DBInstanceArn = "{arn}" },
      },
      checks    = rds.checks,
    },
  },
  links    = {
    ["KmsKeyId"] = "x-kms.Arn", ["MasterUserSecret.KmsKeyId"] = "x-kms.Arn", ["MonitoringRoleArn"] = "x-resources.Arn",
    ["PerformanceInsightsKmsKeyId"] = "x-kms.Arn", ["PerformanceInsightsKMSKeyId"] = "x-kms.Arn",
  },
}
