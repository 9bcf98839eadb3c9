--- What services get of the credentials of a database: all of its secret, by key, or as a connection string.
local credentials <const> = engine.use("kinds/credentials")
local definitions <const> = engine.use("kinds/definitions")
local environment <const> = engine.use("kinds/variables")
local grants <const> = engine.use("kinds/grants")
local json_keys <const> = engine.use("kinds/json_keys")
local read <const> = engine.use("base/read")
local values <const> = engine.use("kinds/values")
local secrets <const> = { prepare = credentials.prepare, arn = credentials.arn }

--- What `Settings`, and `Services.<name>`, may say about credentials.
secrets.words = {
  settings = { "SecretsMappings", "Secret" },
  service = { "SecretsMappings", "GrantTaskAccess", "DoNotExposeMappings", "GenerateConnectionStringSecret" },
}

--- The rows of SecretsMappings as `{ key, variable, where, row }`; `row` is the mapping of the file, where there is one.
local function mappings(definition, body)
  local holder, node = body, body.SecretsMappings
  if node == nil then holder, node = definition.body.Settings, read.path(definition.body, "Settings.SecretsMappings") end
  if node == nil then return nil end
  local is_mapping <const> = read.is_mapping(node)
  node = read.as_mapping(node, { holder, "SecretsMappings" }, "SecretsMappings")
  read.keys(node, { "Mappings", "PrefixWithDbName" }, "SecretsMappings")
  if is_mapping and node.Mappings == nil then
    engine.error({ holder, "SecretsMappings" }, "SecretsMappings needs Mappings", "write Mappings: {password: DB_PASSWORD}")
  end
  local prefix = node.PrefixWithDbName
  if prefix == true then prefix = definition.name end
  if prefix ~= nil and prefix ~= false and type(prefix) ~= "string" then
    engine.error({ node, "PrefixWithDbName" }, "PrefixWithDbName must be true, false or a string")
  end
  prefix = type(prefix) == "string" and prefix .. "_" or ""
  local rows <const> = {}
  local function add(key, variable, where, row)
    if type(key) ~= "string" or type(variable) ~= "string" then
      engine.error(where, "SecretsMappings must give a key of the secret the name of an environment variable")
    else
      table.insert(rows, { key = key, variable = prefix .. variable, where = where, row = row })
    end
  end
  if read.is_list(node.Mappings) then
    for index, row in ipairs(node.Mappings) do
      local where <const> = { node.Mappings, index }
      row = read.as_mapping(row, where, "Mappings")
      read.keys(row, { "SecretKey", "VarName", table.unpack(json_keys.versions) }, "Mappings")
      json_keys.check(row, "Mappings")
      for _, name in ipairs(json_keys.versions) do read.text(row, name, "Mappings") end
      add(row.SecretKey, row.VarName or row.SecretKey, where, row)
    end
  else
    local map <const> = read.as_mapping(node.Mappings, { node, "Mappings" }, "SecretsMappings Mappings")
    for key, variable in pairs(map) do add(key, variable, { map, key }) end
  end
  return rows
end

--- A secret made of the credentials and the address: `postgresql://user:password@host:port/name`.
local function connection_string(definition, rows)
  local made <const> = definitions.part(definition, "connection_string")
  if made then return made end
  local secret <const> = definitions.part(definition, "secret")
  -- It would keep the password that the function takes away.
  if definitions.part(definition, "secret_rotation") then return nil end
  local address <const>, port <const> = values.of(definition, rows.address), values.of(definition, rows.port)
  if not secret or address == nil or port == nil then return nil end
  local text = rows.scheme(definition) .. "://" .. credentials.dynamic(secret, "username") .. ":" .. credentials.dynamic(secret, "password")
    .. "@"
    .. address .. ":" .. port
  local database <const> = rows.database and definition.resource.Properties[rows.database]
  if database ~= nil then text = text .. "/" .. database end
  if rows.options then text = text .. rows.options end
  return definitions.add(definition, "connection_string", "AWS::SecretsManager::Secret",
    definition.noun .. "ConnectionString", {
      Description = "How to connect to " .. definition.name, SecretString = text,
      KmsKeyId = secret.Properties.KmsKeyId,
    })
end

--- What a secret holds: credentials, and the address once it is attached to its database.
local unattached <const> = { "username", "password" }
local attached <const> = { "username", "password", "engine", "host", "port", "dbname", "dbClusterIdentifier",
  "dbInstanceIdentifier", "ssl" }

--- Tells a key that the secret will not hold: the task would not start. What is in a looked-up one is not known.
local function check_key(definition, row)
  if definition.lookup then return end
  local rows <const> = credentials.rows(definition)
  local known <const> = rows.token and { "password" }
    or rows.attach and not definition.managed_secret and attached or unattached
  if not read.has(known, row.key) then
    engine.error(row.where, "the secret of " .. definition.subject .. " has no key \"" .. row.key .. "\"",
      engine.near(row.key, known, "it has"))
  end
end

--- Gives the secret, unless another definition gives one of that name, which counts; that is reported.
local function give(definition, service, variable, from, where)
  local other <const> = grants.giver_of_secret(service, variable)
  if other and other ~= definition.subject then
    return engine.warn(where, definition.subject .. " and " .. other .. " both give services::" .. service
      .. " the secret " .. variable .. ": it gets that of " .. other, "name them apart with SecretsMappings")
  end
  grants.secret(service, variable, from, definition.subject)
end

local function expose(definition, service, body, arn, arn_text)
  local rows <const> = mappings(definition, body)
  if not rows then
    give(definition, service, definition.name, arn, definition.at)
    give(definition, service, environment.name("{NAME}_SECRET", definition.name), arn, definition.at)
    return
  end
  local is_plain <const> = not definition.lookup and credentials.rows(definition).token
  for _, row in ipairs(rows) do
    check_key(definition, row)
    local from <const> = is_plain and arn or json_keys.value_from(arn_text or arn, row.key, row.row)
    give(definition, service, row.variable, engine.placed(from, row.where), row.where)
  end
end

local function expose_connection_string(definition, service, body)
  local wanted <const> = body.GenerateConnectionStringSecret
  if wanted == nil then return end
  local where <const> = { body, "GenerateConnectionStringSecret" }
  local rows <const> = credentials.rows(definition)
  local made <const> = not definition.lookup and type(wanted) == "string" and rows and rows.scheme
    and connection_string(definition, rows)
  if not made then
    return engine.error(where, definition.subject .. " cannot make a connection string",
      "it takes the name of an environment "
      .. "variable, on a database whose credentials are generated here and are not rotated")
  end
  give(definition, service, wanted, made:ref(), where)
  grants.allow_execution(service, engine.pascal(definition.name) .. definition.noun .. "ConnectionString",
    { "secretsmanager:GetSecretValue" }, { made:ref() })
end

local function grant_task(definition, service, body, arn)
  local wanted <const> = body.GrantTaskAccess
  if wanted == nil or wanted == false then return end
  local variable = environment.name("{NAME}_SECRET_ARN", definition.name)
  if read.is_mapping(wanted) then
    read.keys(wanted, { "SecretEnvName" }, "GrantTaskAccess")
    if wanted.SecretEnvName ~= nil and type(wanted.SecretEnvName) ~= "string" then
      return engine.error({ wanted, "SecretEnvName" }, "SecretEnvName must be the name of an environment variable",
        "write SecretEnvName: NAME")
    end
    variable = wanted.SecretEnvName or variable
  elseif wanted ~= true then
    return engine.error({ body, "GrantTaskAccess" }, "GrantTaskAccess must be true, false or {SecretEnvName: NAME}")
  end
  local sid <const> = engine.pascal(definition.name) .. definition.noun .. "Secret"
  grants.allow(service, definition.key, sid, { "secretsmanager:GetSecretValue" }, { arn })
  if definition.secret_key ~= nil then
    grants.allow(service, definition.key, sid .. "Key", { "kms:Decrypt" }, { definition.secret_key })
  end
  environment.give(definition, service, variable, arn, { body, "GrantTaskAccess" })
end

--- Tells what a service asks of credentials that there are not.
local function refuse(definition, body)
  for _, key in ipairs(secrets.words.service) do
    local wanted <const> = body[key]
    if wanted ~= nil and wanted ~= false and key ~= "DoNotExposeMappings" then
      engine.error({ body, key, "key" }, definition.subject .. " has no secret of its own, which " .. key .. " needs",
        definition.lookup and "name it: Lookup: {secret: {Arn: ...}}"
        or not credentials.rows(definition) and "ask for one in MacroParameters"
        or "leave the password to composex, or say it with compose secrets")
    end
  end
end

--- Whether the containers get no secrets (`DoNotExposeMappings: true`).
local function is_hidden(body)
  local wanted <const> = body.DoNotExposeMappings
  if wanted ~= nil and type(wanted) ~= "boolean" then
    engine.error({ body, "DoNotExposeMappings" }, "DoNotExposeMappings must be true or false")
  end
  if wanted == true and body.GenerateConnectionStringSecret ~= nil then
    engine.warn({ body, "GenerateConnectionStringSecret", "key" },
      "GenerateConnectionStringSecret has no effect together with DoNotExposeMappings")
  end
  return wanted == true
end

--- What a service gets of the credentials: secrets of its containers, which its execution role may read.
function secrets.grant(definition, service, body)
  local arn <const>, arn_text <const> = secrets.arn(definition)
  if arn == nil then return refuse(definition, body) end
  grant_task(definition, service, body, arn)
  if is_hidden(body) then return end
  local sid <const> = engine.pascal(definition.name) .. definition.noun .. "Secret"
  grants.allow_execution(service, sid, { "secretsmanager:GetSecretValue" }, { arn })
  if definition.secret_key ~= nil then
    grants.allow_execution(service, sid .. "Key", { "kms:Decrypt" }, { definition.secret_key })
  end
  expose(definition, service, body, arn, arn_text)
  expose_connection_string(definition, service, body)
end

return secrets
