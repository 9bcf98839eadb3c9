--- What depends on the engine of a database of x-rds: defaults, logs, logins, ports, the form of its secret.
local database <const> = engine.use("kinds/database_clusters")
local definitions <const> = engine.use("kinds/definitions")
local read <const> = engine.use("base/read")
local proxy <const> = engine.use("x/rds/rds_proxy")
local rds <const> = {}

local function has(definition, ...)
  for _, name in ipairs { ... } do
    if read.get(definition.resource.Properties, name) ~= nil then return true end
  end
  return false
end

function rds.backups(days)
  return function(definition)
    local is_replica <const> = definition.type == "AWS::RDS::DBInstance"
      and has(definition, "SourceDBInstanceIdentifier")
    return not is_replica and days or nil
  end
end

--- A copy of another database is as encrypted as that one, and an instance as its snapshot. SQL Server Express has no encryption.
--- https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html (2026-11-29)
function rds.encrypted(definition)
  if has(definition, "SourceDBInstanceIdentifier", "SourceDBClusterIdentifier", "DBSnapshotIdentifier") then return nil end
  if read.get(definition.resource.Properties, "Engine") == "sqlserver-ex" then return nil end
  return true
end

--- There is no last snapshot of a replica.
function rds.keep(definition)
  return read.path(definition.body, "Properties.SourceDBInstanceIdentifier") ~= nil and "Delete" or "Snapshot"
end

local function engine_name(definition)
  local value <const> = definition.resource.Properties.Engine
  return type(value) == "string" and value or ""
end

--- Engines that take a login by IAM; Multi-AZ clusters take none.
function rds.iam_login(definition)
  if has(definition, "DBClusterInstanceClass") then return nil end
  local name <const> = engine_name(definition)
  for _, known in ipairs { "aurora", "mysql", "mariadb", "postgres" } do
    if name:find("^" .. known) then return true end
  end
end

--- The logs that engines send to CloudWatch.
function rds.logs(definition)
  local name <const> = engine_name(definition)
  if read.get(definition.resource.Properties, "EngineMode") == "serverless" then return nil end
  if name:find("postgres", 1, true) then return { "postgresql" } end
  if name:find("mysql", 1, true) or name == "mariadb" then return { "error", "slowquery" } end
  if name:find("^sqlserver") then return { "error" } end
  if name:find("^oracle") then return { "alert", "listener" } end
end

function rds.first_database(definition)
  local name <const> = engine_name(definition)
  if name:find("^sqlserver") or name:find("^oracle") or name:find("^custom") or name:find("^db2") then return nil end
  if has(definition, "SnapshotIdentifier", "DBSnapshotIdentifier", "SourceDBClusterIdentifier",
    "SourceDBInstanceIdentifier",
    "ReplicationSourceIdentifier") then return nil end
  return database.name(definition)
end

function rds.storage(definition)
  return not has(definition, "DBSnapshotIdentifier", "SourceDBInstanceIdentifier") and "20" or nil
end

function rds.storage_type(definition)
  return not has(definition, "DBSnapshotIdentifier", "SourceDBInstanceIdentifier") and "gp3" or nil
end

rds.subnet_group = {
  type = "AWS::RDS::DBSubnetGroup", property = "DBSubnetGroupName", description = "DBSubnetGroupDescription",
}

--- One instance: serverless where the cluster scales so, else of the usual size.
rds.instances = {
  type = "AWS::RDS::DBInstance",
  skip = function(cluster)
    local properties <const> = cluster.resource.Properties
    return properties.EngineMode == "serverless" or properties.DBClusterInstanceClass ~= nil
  end,
  defaults = function(cluster)
    local properties <const> = cluster.resource.Properties
    return {
      Engine = read.placed(properties, "Engine"), PubliclyAccessible = false,
      DBInstanceClass = properties.ServerlessV2ScalingConfiguration ~= nil and "db.serverless" or "db.t3.medium",
    }
  end,
}

--- A proxy listens on the usual port, whatever the database does.
function rds.proxy_port(definition)
  if definition.lookup or not definitions.part(definition, "proxy") or not has(definition, "Port") then return nil end
  return proxy.port(definition)
end

local schemes <const> = { postgres = "postgresql", ["aurora-postgresql"] = "postgresql", sqlserver = "sqlserver",
  oracle = "oracle", db2 = "db2" }

local function scheme(definition)
  local name <const> = engine_name(definition)
  for prefix, text in pairs(schemes) do
    if name:sub(1, #prefix) == prefix then return text end
  end
  return name:find("mariadb", 1, true) and "mariadb" or "mysql"
end

function rds.secret(rows)
  return function(definition)
    local is_oracle <const> = definition.resource and engine_name(definition):find("^oracle") ~= nil
    return {
      username = "MasterUsername", password = "MasterUserPassword", managed = "ManageMasterUserPassword", attach = true,
      sources = { "SourceDBClusterIdentifier", "SourceDBInstanceIdentifier", "ReplicationSourceIdentifier" },
      restored = rows.restored, database = rows.database, address = "Endpoint.Address", port = "Endpoint.Port",
      scheme = scheme, lengths = is_oracle and { 8, 30 } or nil,
    }
  end
end

rds.checks = {
  ["must have an Engine and an EngineVersion"] = function(made)
    local properties <const> = made.Properties
    return properties.Engine ~= nil and properties.EngineVersion ~= nil
  end,
}

return rds
