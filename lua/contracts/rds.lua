--- Contracts of Amazon RDS: instances, clusters, groups of subnets and proxies.
local databases <const> = engine.use("contracts/databases")
local passwords <const> = engine.use("contracts/passwords")
local values <const> = engine.use("contracts/values")

local api <const> = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/"
local of_instance <const>, of_cluster <const> = api .. "API_CreateDBInstance.html", api .. "API_CreateDBCluster.html"
local template_reference <const> = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/"
local instance_page <const> = template_reference .. "aws-resource-rds-dbinstance.html"
local checked <const> = "2026-11-29"

local instance <const>, cluster <const> = "AWS::RDS::DBInstance", "AWS::RDS::DBCluster"
local both <const> = { instance, cluster }

local mysql <const>, postgres <const> = { "mysql", "mariadb" }, "postgres"
local oracle <const> = { "oracle-ee", "oracle-ee-cdb", "oracle-se2", "oracle-se2-cdb" }
local sql_server <const> = { "sqlserver-ee", "sqlserver-se", "sqlserver-ex", "sqlserver-web" }
local db2 <const> = { "db2-ae", "db2-se" }

local shorter <const> = "write a password of that length, or Settings: {Secret: {PasswordLength: 30}} for the generated one"
local plainer <const> = "leave those characters out, or write ExcludePunctuation: true for a generated one"

local function password(engine_name, engines, least, most)
  return passwords.length({
    id = "rds-" .. engine_name .. "-password", on = instance, at = "MasterUserPassword", when = { Engine = engines }, remedy = shorter,
    page = of_instance,
  }, least, most)
end

local function user(engine_name, engines, most)
  return passwords.user_length({
    id = "rds-" .. engine_name .. "-user", on = instance, at = "MasterUsername", when = { Engine = engines },
    remedy = "write a shorter MasterUsername", page = instance_page,
  }, most)
end

--- The storage of a type for the engines of open source.
local function storage(kind, types, least, most)
  return {
    id = "rds-storage-" .. kind, on = instance, at = "AllocatedStorage", range = { least, most },
    when = { Engine = { "mysql", "mariadb", "postgres" }, StorageType = types },
    must = "AllocatedStorage of " .. table.concat(types, " or ") .. " must be from " .. least .. " to " .. most .. " GiB",
    remedy = "write AllocatedStorage: " .. least, page = of_instance, checked = checked,
  }
end

return {
  {
    id = "rds-instance-name", on = instance, at = "DBInstanceIdentifier", identifier = 63, remedy = "write DBInstanceIdentifier: shop-db",
    page = of_instance, checked = checked,
  },
  {
    id = "rds-cluster-name", on = cluster, at = "DBClusterIdentifier", identifier = 63, remedy = "write DBClusterIdentifier: shop-db",
    page = of_cluster, checked = checked,
  },
  password("mysql", mysql, 8, 41),
  password("postgres", postgres, 8, 128),
  password("oracle", oracle, 8, 30),
  password("sqlserver", sql_server, 8, 128),
  password("db2", db2, 8, 255),
  passwords.length({ id = "rds-cluster-password", on = cluster, at = "MasterUserPassword", remedy = shorter, page = of_cluster }, 8, 41),
  passwords.without({ id = "rds-password-letters", on = both, at = "MasterUserPassword", remedy = plainer, page = of_instance },
    "[/\"@ ]", "/, \", @ and spaces"),
  passwords.without({
    id = "rds-oracle-password-letters", on = instance, at = "MasterUserPassword", when = { Engine = oracle }, remedy = plainer,
    page = of_instance,
  }, "[&']", "& and '"),
  user("mysql", mysql, 16),
  user("oracle", oracle, 30),
  user("postgres", postgres, 63),
  passwords.users({
    id = "rds-user-letters", on = both, at = "MasterUsername",
    must = "must have a master user name of letters, digits and _ that begins with a letter", remedy = "write MasterUsername: dbadmin",
    page = of_instance,
  }, function(name) return not name:find("^%a[%w_]*$") and "not \"" .. name .. "\"" or nil end),
  -- cfn-lint#4425 has deployed them: admin is refused for PostgreSQL and taken by MySQL, rdsadmin is refused for both.
  passwords.users({
    id = "rds-user-kept", on = both, at = "MasterUsername", must = "must not have a master user name that RDS keeps (rdsadmin)",
    remedy = "write MasterUsername: dbadmin", page = of_instance,
  }, function(name) return name:lower() == "rdsadmin" and "not \"" .. name .. "\"" or nil end),
  passwords.users({
    id = "rds-postgres-user-kept", on = both, at = "MasterUsername", when = { Engine = { "postgres", "aurora-postgresql" } },
    must = "must not have a master user name that PostgreSQL keeps (admin, pg_...)", remedy = "write MasterUsername: dbadmin", page = of_instance,
  }, function(name) return (name:lower() == "admin" or name:lower():find("^pg_")) and "not \"" .. name .. "\"" or nil end),
  {
    id = "rds-encrypted-class", on = instance, at = "DBInstanceClass", when = { StorageEncrypted = true },
    must = "must be of a class that can encrypt its storage (not db.m1, db.m2 or db.t2.micro)",
    holds = function(made)
      local class <const> = values.string(made.DBInstanceClass) or ""
      return not (class:find("^db%.m[12]%.") or class == "db.t2.micro"), nil, "not " .. class
    end,
    remedy = "write DBInstanceClass: db.t3.micro, or StorageEncrypted: false",
    page = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html", checked = checked,
  },
  {
    id = "rds-managed-password", on = both, at = "MasterUserPassword", when = { ManageMasterUserPassword = true }, excludes = "ManageMasterUserPassword",
    must = "must not have a MasterUserPassword where RDS manages it (ManageMasterUserPassword)", remedy = "leave one of them out",
    page = of_instance, checked = checked,
  },
  {
    id = "rds-managed-secret-key", on = both, at = "MasterUserSecret.KmsKeyId",
    must = "must not have a key for a secret of RDS that it does not have",
    holds = function(made)
      return values.at(made, "MasterUserSecret.KmsKeyId") == nil
        or made.ManageMasterUserPassword ~= nil and not values.is_false(made.ManageMasterUserPassword)
    end,
    remedy = "write ManageMasterUserPassword: true, or leave MasterUserSecret out", page = of_instance, checked = checked,
  },
  {
    id = "rds-multi-az-zone", on = instance, at = "AvailabilityZone", when = { MultiAZ = true }, excludes = "MultiAZ",
    must = "must not name an AvailabilityZone: it is in several (MultiAZ)", remedy = "leave AvailabilityZone out", page = of_instance,
    checked = checked,
  },
  {
    id = "rds-instance-backup-days", on = instance, at = "BackupRetentionPeriod", range = { 0, 35 },
    remedy = "write BackupRetentionPeriod: 35, and AWS Backup for what is kept longer", page = of_instance, checked = checked,
  },
  databases.backup_window("rds-backup-window", both, of_instance),
  databases.maintenance_window("rds-maintenance-window", both, of_instance),
  databases.windows("rds-windows", both, of_instance),
  {
    id = "rds-monitoring-interval", on = both, at = "MonitoringInterval", one_of = { "0", "1", "5", "10", "15", "30", "60" },
    page = of_instance, checked = checked,
  },
  {
    id = "rds-monitoring-role", on = both, at = "MonitoringInterval",
    must = "must have a MonitoringRoleArn beside its MonitoringInterval",
    holds = function(made)
      local seconds <const> = values.number(made.MonitoringInterval)
      return not seconds or seconds == 0 or made.MonitoringRoleArn ~= nil
    end,
    remedy = "name a role with the policy AmazonRDSEnhancedMonitoringRole, or leave MonitoringInterval out", page = of_instance, checked = checked,
  },
  {
    id = "rds-storage-throughput", on = instance, at = "StorageThroughput", when = { StorageType = { "gp2", "io1", "io2", "standard" } },
    must = "must not have a StorageThroughput: only gp3 has one", holds = function(made) return made.StorageThroughput == nil end,
    remedy = "write StorageType: gp3, or leave StorageThroughput out", page = of_instance, checked = checked,
  },
  {
    id = "rds-iops", on = instance, at = "StorageType", when = { StorageType = { "io1", "io2" } }, needs = "Iops",
    must = "must have Iops beside a StorageType of io1 or io2", remedy = "write Iops: 1000, or StorageType: gp3", page = of_instance,
    checked = checked,
  },
  storage("gp", { "gp2", "gp3" }, 20, 65536),
  storage("io", { "io1", "io2" }, 100, 65536),
  storage("standard", { "standard" }, 5, 3072),
  {
    id = "rds-insights-off", on = instance, at = "PerformanceInsightsRetentionPeriod",
    must = "must not have a PerformanceInsightsRetentionPeriod without Performance Insights",
    holds = function(made)
      return made.PerformanceInsightsRetentionPeriod == nil
        or made.EnablePerformanceInsights ~= nil and not values.is_false(made.EnablePerformanceInsights)
    end,
    remedy = "write EnablePerformanceInsights: true, or leave it out", page = instance_page, checked = checked,
  },
  {
    id = "rds-advanced-insights", on = cluster, at = "PerformanceInsightsRetentionPeriod", when = { DatabaseInsightsMode = "advanced" },
    must = "must keep Performance Insights for 465 days with DatabaseInsightsMode: advanced",
    holds = function(made)
      local days <const> = made.PerformanceInsightsRetentionPeriod
      return values.is_computed(days) or values.number(days) == 465
    end,
    remedy = "write PerformanceInsightsEnabled: true and PerformanceInsightsRetentionPeriod: 465", page = of_cluster, checked = checked,
  },
  {
    id = "rds-multi-az-cluster", on = cluster, at = "Engine", when = { Engine = { "mysql", "postgres" } },
    must = "must have a DBClusterInstanceClass, AllocatedStorage and Iops: a cluster of MySQL or PostgreSQL is a Multi-AZ DB cluster",
    holds = function(made)
      for _, name in ipairs { "DBClusterInstanceClass", "AllocatedStorage", "Iops" } do
        if made[name] == nil then return made.SnapshotIdentifier ~= nil, nil, name .. " is missing" end
      end
      return true
    end,
    remedy = "write them (db.m6gd.large, 100, 1000), or Engine: aurora-mysql or aurora-postgresql", page = of_cluster, checked = checked,
  },
  {
    id = "rds-cluster-zones", on = cluster, at = "AvailabilityZones", items = { 0, 3 }, remedy = "name three of them", page = of_cluster,
    checked = checked,
  },
  {
    id = "rds-serverless-steps", on = cluster, at = "ServerlessV2ScalingConfiguration",
    must = "ServerlessV2ScalingConfiguration must have capacities in steps of 0.5, with a MaxCapacity above 0.5",
    faults = function(made)
      local found <const> = {}
      for _, name in ipairs { "MinCapacity", "MaxCapacity" } do
        local units <const> = values.number(values.at(made, "ServerlessV2ScalingConfiguration." .. name))
        if units and (units * 2 % 1 ~= 0 or units < 0 or name == "MaxCapacity" and units <= 0.5) then
          found[#found + 1] = { path = { "ServerlessV2ScalingConfiguration", name }, detail = name .. " is " .. units }
        end
      end
      return found
    end,
    remedy = "write MinCapacity: 0.5 and MaxCapacity: 4", page = template_reference .. "aws-properties-rds-dbcluster-serverlessv2scalingconfiguration.html",
    checked = checked,
  },
  {
    id = "rds-backtrack", on = cluster, at = "BacktrackWindow", when = { Engine = { "aurora-postgresql", "mysql", "postgres" } },
    must = "must not have a BacktrackWindow: only Aurora MySQL has one", holds = function(made) return made.BacktrackWindow == nil end,
    remedy = "leave BacktrackWindow out", page = of_cluster, checked = checked,
  },
  {
    id = "rds-sqlserver-name", on = instance, at = "DBName", when = { Engine = sql_server },
    must = "must not have a DBName: SQL Server makes no database", holds = function(made) return made.DBName == nil end,
    remedy = "leave DBName out", page = of_instance, checked = checked,
  },
  {
    id = "rds-oracle-name", on = instance, at = "DBName", when = { Engine = oracle }, length = { 1, 8 }, must = "DBName of Oracle must have 1 to 8 letters",
    remedy = "write DBName: ORCL", page = of_instance, checked = checked,
  },
  {
    id = "rds-sqlserver-port", on = instance, at = "Port", when = { Engine = sql_server },
    must = "must not have a Port that SQL Server keeps for itself: 1234, 1434, 3260, 3343, 3389, 47001, 49152 to 49156",
    holds = function(made)
      local port <const> = values.number(made.Port)
      local is_kept <const> = { [1234] = true, [1434] = true, [3260] = true, [3343] = true, [3389] = true, [47001] = true }
      return not port or not (is_kept[port] or port >= 49152 and port <= 49156)
    end,
    remedy = "write Port: 1433", page = of_instance, checked = checked,
  },
  {
    id = "rds-multi-az-subnets", on = cluster, at = "DBSubnetGroupName", when = { Engine = { "mysql", "postgres" } },
    must = "must be in three Availability Zones: a cluster of MySQL or PostgreSQL is a Multi-AZ DB cluster",
    holds = function(made, _, template)
      local group <const> = template.find(made.DBSubnetGroupName)
      local count <const> = group and group.type == "AWS::RDS::DBSubnetGroup" and #values.items(group.properties.SubnetIds) or 0
      return count == 0 or count >= 3, nil, "not " .. count
    end,
    remedy = "write x-vpc: {Properties: {Zones: 3}}, or Engine: aurora-mysql or aurora-postgresql",
    page = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/create-multi-az-db-cluster.html", checked = checked,
  },
  databases.subnets("rds-subnets", "AWS::RDS::DBSubnetGroup", api .. "API_CreateDBSubnetGroup.html"),
  {
    id = "rds-proxy-name", on = "AWS::RDS::DBProxy", at = "DBProxyName", identifier = 63, remedy = "write DBProxyName: shop-proxy",
    page = api .. "API_CreateDBProxy.html", checked = checked,
  },
  {
    id = "rds-encrypted-express", on = instance, at = "StorageEncrypted", when = { Engine = "sqlserver-ex", StorageEncrypted = true },
    must = "must not have StorageEncrypted: SQL Server Express does not encrypt", holds = function() return false end,
    remedy = "leave it out, or write Engine: sqlserver-web", page = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html",
    checked = checked,
  },
  {
    id = "rds-member-password", on = instance, at = "MasterUserPassword", given = "DBClusterIdentifier", excludes = "DBClusterIdentifier",
    must = "must not have a MasterUserPassword: it is of a cluster, which has one", remedy = "write it at the cluster",
    page = "https://github.com/crossplane-contrib/provider-aws/issues/854", checked = checked,
  },
  {
    id = "rds-member-engine", on = instance, at = "Engine", must = "must have the Engine of its cluster",
    holds = function(made, _, template)
      local of <const>, own <const> = template.find(made.DBClusterIdentifier), values.string(made.Engine)
      local its <const> = of and of.type == cluster and values.string(of.properties.Engine)
      return not own or not its or own:lower() == its:lower(), nil, "not " .. tostring(own) .. ": " .. tostring(of and of.id) .. " has " .. tostring(its)
    end,
    remedy = "write the Engine of the cluster", page = of_instance, checked = checked,
  },
  {
    id = "rds-serverless-capacity", on = instance, at = "DBInstanceClass", when = { DBInstanceClass = "db.serverless" },
    must = "must be of a cluster with a ServerlessV2ScalingConfiguration, for its class is db.serverless",
    holds = function(made, _, template)
      local of <const> = template.find(made.DBClusterIdentifier)
      return not of or of.type ~= cluster or of.properties.ServerlessV2ScalingConfiguration ~= nil, nil, of and of.id .. " has none"
    end,
    remedy = "write ServerlessV2ScalingConfiguration: {MinCapacity: 0.5, MaxCapacity: 4} at the cluster",
    page = "https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1153", checked = checked,
  },
}
