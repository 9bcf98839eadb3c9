--- What the two kinds of x-rds have in common: how one tells them apart, access, credentials, macros.
local database <const> = engine.use("kinds/database_clusters")
local definitions <const> = engine.use("kinds/definitions")
local features <const> = engine.use("x/rds/rds_features")
local grants <const> = engine.use("kinds/grants")
local read <const> = engine.use("base/read")
local serving <const> = engine.use("kinds/serving")
local proxy <const> = engine.use("x/rds/rds_proxy")
local rds <const> = { proxy = proxy.make, features = features.make, finish = features.finish }

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
function rds.is_cluster(body)
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

-- Defaults ----------------------------------------------------------------------------------------------------------

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

--- A copy of another database is as encrypted as that one, and an instance as its snapshot.
function rds.encrypted(definition)
  if has(definition, "SourceDBInstanceIdentifier", "SourceDBClusterIdentifier", "DBSnapshotIdentifier") then return nil end
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

local function wants_data_api(body)
  local access <const> = read.is_mapping(body) and body.Access
  for index = 1, read.is_list(access) and #access or 0 do
    if access[index] == "DataApi" then return true end
  end
  return access == "DataApi"
end

--- The Data API is on when a service asks for it.
function rds.data_api(definition)
  for _, service in pairs(definition.body.Services or {}) do
    if wants_data_api(service) then return true end
  end
end

--- What every service gets; and who uses the Data API reads the secret, and needs the key of it.
function rds.serve(definition, service, body)
  serving.usual(definition, service, body)
  if wants_data_api(body) and definition.secret_key ~= nil then
    grants.allow(service, definition.key, engine.pascal(definition.name) .. definition.noun .. "SecretKey",
      { "kms:Decrypt" }, { definition.secret_key })
  end
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

-- Parts -------------------------------------------------------------------------------------------------------------

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

local describe <const> = {
  cluster = { "rds:DescribeDBClusterSnapshots", "rds:DescribeDBClusters", "rds:ListTagsForResource" },
  instance = { "rds:DescribeDBInstances", "rds:DescribeDBLogFiles", "rds:DescribeDBSnapshots",
    "rds:ListTagsForResource" },
}

--- What may be done with a database: describe it, log in by IAM as any user that the database lets in so, use its Data
--- API.
function rds.access(kind)
  local connect <const> = {
    on = "arn:${AWS::Partition}:rds-db:${AWS::Region}:${AWS::AccountId}:dbuser:${ResourceId}/*", "rds-db:connect",
  }
  return {
    DBCluster = { RO = describe[kind], connect = { connect } },
    RO        = { "DBCluster.RO" },
    connect   = { "DBCluster.connect" },
    DataApi   = kind == "cluster" and {
      "rds-data:BatchExecuteStatement", "rds-data:BeginTransaction", "rds-data:CommitTransaction",
      "rds-data:ExecuteStatement", "rds-data:RollbackTransaction",
      { on = "${DBSecret}", "secretsmanager:GetSecretValue" },
    } or nil,
  }
end

function rds.macros(type, property, is_instance)
  local group <const> = database.parameter_group(type, property, "ParameterGroup")
  return {
    Engine = { sets = "Engine" }, EngineVersion = { sets = "EngineVersion" }, MultiAZ = is_instance and { sets = "MultiAZ" } or nil,
    UseMultiAz = is_instance and { sets = "MultiAZ" } or nil,
    Instances = "any", ParametersGroups = group, ParametersGroup = group, Proxy = "any", RdsFeatures = "any",
    PermissionsBoundary = database.boundary,
  }
end

rds.checks = {
  ["must have an Engine and an EngineVersion"] = function(made)
    local properties <const> = made.Properties
    return properties.Engine ~= nil and properties.EngineVersion ~= nil
  end,
}

return rds
