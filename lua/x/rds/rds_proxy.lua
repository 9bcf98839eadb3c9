--- A proxy before a database (`MacroParameters: {Proxy: true}`): it reads the generated credentials, and is reached
--- like the database.
local definitions <const> = engine.use("kinds/definitions")
local read <const> = engine.use("base/read")
local network <const> = engine.use("kinds/exposure")
local own_names <const> = engine.use("kinds/own_names")
local permits <const> = engine.use("kinds/permits")
local secrets <const> = engine.use("kinds/secret_values")

local proxy <const> = {}

local ports <const> = { POSTGRESQL = 5432, MYSQL = 3306, SQLSERVER = 1433 }

local families <const> = {
  { "postgres", "POSTGRESQL" }, { "aurora%-postgresql", "POSTGRESQL" }, { "mysql", "MYSQL" }, { "mariadb", "MYSQL" },
  { "aurora%-mysql", "MYSQL" }, { "sqlserver", "SQLSERVER" },
}

local function family(definition, where)
  local name <const> = tostring(definition.resource.Properties.Engine)
  for _, row in ipairs(families) do
    if name:find("^" .. row[1]) then return row[2] end
  end
  engine.error(where, definition.subject .. " cannot have a proxy: there is none for " .. name)
end

function proxy.port(definition) return ports[family(definition, definition.at)] end

--- Members of the database's group reach each other on its port: the proxy is one.
local function open(definition, group)
  definitions.add(definition, "proxy_ingress", "AWS::EC2::SecurityGroupIngress", definition.noun .. "ProxyIngress", {
    GroupId = group:att("GroupId"), SourceSecurityGroupId = group:att("GroupId"), IpProtocol = "tcp",
    FromPort = definition.resource:att("Endpoint.Port"), ToPort = definition.resource:att("Endpoint.Port"),
    Description = "From the proxy",
  })
end

function proxy.make(definition)
  local wanted <const> = read.path(definition.body, "MacroParameters.Proxy")
  if wanted == nil or wanted == false then return end
  local where <const> = { definition.body.MacroParameters, "Proxy" }
  if wanted ~= true and not read.is_mapping(wanted) then
    return engine.error(where, definition.subject .. " Proxy must be true or properties of a proxy")
  end
  local secret <const>, engine_family <const> = secrets.arn(definition), family(definition, where)
  if secret == nil then
    return engine.error(where, definition.subject
      .. " cannot have a proxy: its credentials are not in a secret of its own")
  end
  local role <const> = permits.role(definition, "rds.amazonaws.com", definition.noun .. "ProxyRole", "proxy_role")
  permits.allow_role(definition, role, definition.noun .. "ProxyAccess", "Credentials",
    { "secretsmanager:GetSecretValue" },
    { secret })
  if definition.secret_key ~= nil then
    permits.allow_role(definition, role, definition.noun .. "ProxyAccess", "CredentialsKey", { "kms:Decrypt" },
      { definition.secret_key })
  end
  local group <const> = definitions.part(definition, "security_group")
  local properties <const> = {
    EngineFamily = engine_family,
    RequireTLS = true,
    RoleArn = role:att("Arn"), Auth = { { AuthScheme = "SECRETS", IAMAuth = "DISABLED", SecretArn = secret } },
    VpcSubnetIds = network.subnets(definition), VpcSecurityGroupIds = { group:att("GroupId") },
  }
  for name, value in pairs(read.is_mapping(wanted) and wanted or {}) do
    properties[name] = engine.placed(value, { wanted, name })
  end
  local made <const> = definitions.written(definition,
    definitions.add(definition, "proxy", "AWS::RDS::DBProxy", definition.noun .. "Proxy", properties))
  if made.Properties.DBProxyName == nil then
    made.Properties.DBProxyName = own_names.of(definition, "DBProxyName", 63, made)
  end
  local is_cluster <const> = definition.type == "AWS::RDS::DBCluster"
  definitions.add(definition, "proxy_targets", "AWS::RDS::DBProxyTargetGroup", definition.noun .. "ProxyTargets", {
    DBProxyName = made:ref(), TargetGroupName = "default",
    DBClusterIdentifiers = is_cluster and { definition.resource:ref() } or nil,
    DBInstanceIdentifiers = not is_cluster and { definition.resource:ref() } or nil,
  }).DependsOn = is_cluster and definitions.part(definition, "instance_1") and
    { definitions.part(definition, "instance_1"):ref() } or nil
  open(definition, group)
end

return proxy
