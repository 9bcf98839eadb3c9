--- Generated credentials: a secret per database, attached to it, and what services get of it (whole, by key, or as a
--- connection string).
local definitions <const> = engine.use("composex/definitions")
local grants <const> = engine.use("composex/grants")
local keys <const> = engine.use("composex/keys")
local values <const> = engine.use("composex/values")
local environment <const> = engine.use("composex/environment")
local secrets <const> = {}

--- What `Services.<name>` may say about credentials.
secrets.service_keys = { "SecretsMappings", "GrantTaskAccess", "DoNotExposeMappings", "GenerateConnectionStringSecret" }

local setting_keys <const> = { "Username", "PasswordLength", "ExcludeCharacters", "KmsKeyId", "Rotate" }

local function settings_of(definition)
  local node <const> = keys.at(definition.body, "Settings.Secret")
  if node == nil then return {} end
  local settings <const> = keys.mapping(node, { definition.body.Settings, "Secret" }, definition.subject
    .. " Settings.Secret")
  keys.check(settings, setting_keys, definition.subject .. " Settings.Secret")
  return settings
end

local function setting(settings, name, default)
  if settings[name] == nil then return default end
  return engine.placed(settings[name], { settings, name })
end

--- The text of a secret's template, `{"username": "..."}`.
local function template(name)
  local escaped <const> = tostring(name):gsub("[\\\"]", "\\%0")
  return "{\"username\": \"" .. escaped .. "\"}"
end

local function dynamic(secret, key)
  return "{{resolve:secretsmanager:" .. secret:ref() .. ":SecretString:" .. key .. "}}"
end

--- Whether the file brings its own credentials, or the database takes those of another.
local function has_own(rows, properties)
  if rows.password and properties[rows.password] ~= nil then return true end
  for _, name in ipairs(rows.sources or {}) do
    if keys.get(properties, name) ~= nil then return true end
  end
  return false
end

--- A password alone, for what knows no users.
local function generate_token(definition, rows, settings)
  local noun <const> = definition.noun .. "Secret"
  local secret <const> = definitions.add(definition, "secret", "AWS::SecretsManager::Secret", noun, {
    Description = "The password of " .. definition.name, KmsKeyId = setting(settings, "KmsKeyId"),
    GenerateSecretString = {
      PasswordLength = setting(settings, "PasswordLength", 32), ExcludePunctuation = true, IncludeSpace = false,
    },
  }, { DeletionPolicy = "Retain", UpdateReplacePolicy = "Retain" })
  definition.resource.Properties[rows.password] = "{{resolve:secretsmanager:" .. secret:ref() .. ":SecretString}}"
end

local function generate(definition, rows, settings)
  if rows.token then return generate_token(definition, rows, settings) end
  local properties <const> = definition.resource.Properties
  local username = settings.Username or (rows.username and properties[rows.username]) or rows.name or "dbadmin"
  if type(username) ~= "string" then
    engine.error({ properties, rows.username }, definition.subject .. " " .. rows.username .. " must be a text",
      "it is written into the generated secret")
    username = "dbadmin"
  end
  local noun <const> = definition.noun .. "Secret"
  local secret <const> = definitions.add(definition, "secret", "AWS::SecretsManager::Secret", noun, {
    Description = "Credentials of " .. definition.name,
    KmsKeyId = setting(settings, "KmsKeyId"),
    GenerateSecretString = {
      SecretStringTemplate = template(username), GenerateStringKey = "password",
      PasswordLength = setting(settings, "PasswordLength", 32), ExcludePunctuation = true, IncludeSpace = false,
      RequireEachIncludedType = true, ExcludeCharacters = setting(settings, "ExcludeCharacters"),
    },
  }, { DeletionPolicy = "Retain", UpdateReplacePolicy = "Retain" })
  if rows.custom then return rows.custom(definition, dynamic(secret, "username"), dynamic(secret, "password")) end
  local is_restored <const> = rows.restored and keys.get(properties, rows.restored) ~= nil
  if not is_restored then properties[rows.username] = dynamic(secret, "username") end
  properties[rows.password] = dynamic(secret, "password")
  if rows.attach then
    definitions.add(definition, "secret_attachment", "AWS::SecretsManager::SecretTargetAttachment",
      definition.noun .. "SecretAttachment",
      { SecretId = secret:ref(), TargetId = definition.resource:ref(), TargetType = definition.type })
  end
end

--- Generates the credentials of a database, or lets AWS manage and rotate them (`Settings: {Secret: {Rotate: true}}`).
function secrets.prepare(definition)
  local rows = definition.module.secret
  if not rows or not definition.resource then return end
  if type(rows) == "function" then rows = rows(definition) end
  if not rows then return end
  local properties <const>, settings <const> = definition.resource.Properties, settings_of(definition)
  if has_own(rows, properties) then return end
  local is_managed <const> = rows.managed and keys.get(properties, rows.managed) == true
  if not is_managed and settings.Rotate ~= true then
    if settings.Rotate ~= nil and settings.Rotate ~= false then
      engine.error({ settings, "Rotate" }, definition.subject .. " Settings.Secret.Rotate must be true or false")
    end
    return generate(definition, rows, settings)
  end
  if not rows.managed then
    return engine.error({ settings, "Rotate" }, definition.key .. " cannot have its credentials rotated by AWS")
  end
  properties[rows.managed] = true
  if properties[rows.username] == nil then
    properties[rows.username] = setting(settings, "Username", rows.name or "dbadmin")
  end
  definition.managed_secret = true
end

--- The ARN of the secret, or nil when there is none.
function secrets.arn(definition)
  if definition.lookup then
    local node <const> = definition.lookup.secret
    if node == nil then return nil end
    local arn <const> = keys.is_mapping(node) and node.Arn or node
    if type(arn) ~= "string" or not arn:find("^arn:[%w-]+:secretsmanager:") then
      engine.error({ definition.body.Lookup, "secret" }, definition.subject .. " Lookup.secret needs its Arn",
        "write secret: {Arn: arn:aws:secretsmanager:...}")
      return nil
    end
    return engine.placed(arn, { node, "Arn" }), arn
  end
  if definition.managed_secret then return definition.resource:att("MasterUserSecret.SecretArn") end
  local secret <const> = definitions.part(definition, "secret")
  return secret and secret:ref()
end

--- The rows of SecretsMappings as `{ key, variable, where }`.
local function mappings(definition, body)
  local holder, node = body, body.SecretsMappings
  if node == nil then holder, node = definition.body.Settings, keys.at(definition.body, "Settings.SecretsMappings") end
  if node == nil then return nil end
  node = keys.mapping(node, { holder, "SecretsMappings" }, "SecretsMappings")
  keys.check(node, { "Mappings", "PrefixWithDbName" }, "SecretsMappings")
  local prefix = node.PrefixWithDbName
  if prefix == true then prefix = definition.name end
  if prefix ~= nil and prefix ~= false and type(prefix) ~= "string" then
    engine.error({ node, "PrefixWithDbName" }, "PrefixWithDbName must be true, false or a text")
  end
  prefix = type(prefix) == "string" and prefix .. "_" or ""
  local rows <const> = {}
  local function add(key, variable, where)
    if type(key) ~= "string" or type(variable) ~= "string" then
      engine.error(where, "SecretsMappings must give a key of the secret the name of an environment variable")
    else
      table.insert(rows, { key = key, variable = prefix .. variable, where = where })
    end
  end
  if keys.is_list(node.Mappings) then
    for index, row in ipairs(node.Mappings) do
      local where <const> = { node.Mappings, index }
      row = keys.mapping(row, where, "Mappings")
      keys.check(row, { "SecretKey", "VarName" }, "Mappings")
      add(row.SecretKey, row.VarName or row.SecretKey, where)
    end
  else
    local map <const> = keys.mapping(node.Mappings, { node, "Mappings" }, "SecretsMappings Mappings")
    for key, variable in pairs(map) do add(key, variable, { map, key }) end
  end
  return rows
end

--- A secret made of the credentials and the address: `postgresql://user:password@host:port/name`.
local function connection_string(definition, rows)
  local made <const> = definitions.part(definition, "connection_string")
  if made then return made end
  local secret <const> = definitions.part(definition, "secret")
  local address <const>, port <const> = values.of(definition, rows.address), values.of(definition, rows.port)
  if not secret or address == nil or port == nil then return nil end
  local text = rows.scheme(definition) .. "://" .. dynamic(secret, "username") .. ":" .. dynamic(secret, "password")
    .. "@"
    .. address .. ":" .. port
  local database <const> = rows.database and definition.resource.Properties[rows.database]
  if database ~= nil then text = text .. "/" .. database end
  return definitions.add(definition, "connection_string", "AWS::SecretsManager::Secret",
    definition.noun .. "ConnectionString", {
      Description = "How to connect to " .. definition.name, SecretString = text,
      KmsKeyId = secret.Properties.KmsKeyId,
    })
end

local function expose(definition, service, body, arn, arn_text)
  local rows <const> = mappings(definition, body)
  if not rows then
    grants.secret(service, definition.name, arn)
    local alias <const> = environment.name("{NAME}_SECRET", definition.name)
    grants.secret(service, alias, arn)
    return
  end
  for _, row in ipairs(rows) do
    grants.secret(service, row.variable, engine.placed((arn_text or arn) .. ":" .. row.key .. "::", row.where))
  end
end

local function expose_connection_string(definition, service, body)
  local wanted <const> = body.GenerateConnectionStringSecret
  if wanted == nil then return end
  local where <const> = { body, "GenerateConnectionStringSecret" }
  local rows = definition.module.secret
  if type(rows) == "function" then rows = rows(definition) end
  local made <const> = not definition.lookup and type(wanted) == "string" and rows and rows.scheme
    and connection_string(definition, rows)
  if not made then
    return engine.error(where, definition.subject .. " cannot make a connection string",
      "it takes the name of an environment "
      .. "variable, on a database whose credentials are generated here and are not rotated")
  end
  grants.secret(service, wanted, made:ref())
  grants.allow_execution(service, engine.pascal(definition.name) .. definition.noun .. "ConnectionString",
    { "secretsmanager:GetSecretValue" }, { made:ref() })
end

local function grant_task(definition, service, body, arn)
  local wanted <const> = body.GrantTaskAccess
  if wanted == nil or wanted == false then return end
  local variable = environment.name("{NAME}_SECRET_ARN", definition.name)
  if keys.is_mapping(wanted) then
    keys.check(wanted, { "SecretEnvName" }, "GrantTaskAccess")
    variable = wanted.SecretEnvName or variable
  elseif wanted ~= true then
    return engine.error({ body, "GrantTaskAccess" }, "GrantTaskAccess must be true, false or {SecretEnvName: NAME}")
  end
  local sid <const> = engine.pascal(definition.name) .. definition.noun .. "Secret"
  grants.allow(service, definition.key, sid, { "secretsmanager:GetSecretValue" }, { arn })
  environment.give(definition, service, variable, arn, { body, "GrantTaskAccess" })
end

--- What a service gets of the credentials: secrets of its containers, which its execution role may read.
function secrets.grant(definition, service, body)
  if not definition.module.secret then return end
  local arn <const>, arn_text <const> = secrets.arn(definition)
  if arn == nil then return end
  grants.allow_execution(service, engine.pascal(definition.name) .. definition.noun .. "Secret",
    { "secretsmanager:GetSecretValue" }, { arn })
  local secret <const> = not definition.lookup and definitions.part(definition, "secret")
  if secret and secret.Properties.KmsKeyId ~= nil then
    for _, key in ipairs(definition.encrypted_by) do
      grants.allow_execution(service, engine.pascal(definition.name) .. definition.noun .. "SecretKey",
        { "kms:Decrypt" }, { key.arn })
    end
  end
  if body.DoNotExposeMappings ~= true then
    expose(definition, service, body, arn, arn_text)
    expose_connection_string(definition, service, body)
  end
  grant_task(definition, service, body, arn)
end

return secrets
