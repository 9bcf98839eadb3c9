--- Generated credentials: a secret per database, attached to it, or one that AWS manages; or those that the file brings itself.
local definitions <const> = engine.use("kinds/definitions")
local read <const> = engine.use("base/read")
local links <const> = engine.use("kinds/links")
local pointers <const> = engine.use("kinds/pointers")
local values <const> = engine.use("kinds/values")
local credentials <const> = {}

local setting_keys <const> = { "Username", "PasswordLength", "ExcludeCharacters", "KmsKeyId", "Rotate" }

--- What a setting must be: a text of a Lua pattern, or a number from the least to the most (`lengths` of a module).
local must <const> = {
  Username          = { "^%a[%w_]*$", "a letter, then letters, digits or _" },
  ExcludeCharacters = { "^.+$", "the characters that the password must not have" },
  PasswordLength    = { 8, 128 },
}

local function check_setting(settings, name, row, subject)
  local value <const> = settings[name]
  if value == nil or type(value) == "userdata" then return end
  local is_number <const> = type(row[1]) == "number"
  if is_number and (math.type(value) ~= "integer" or value < row[1] or value > row[2]) then
    engine.error({ settings, name }, subject .. " " .. name .. " must be a number from " .. row[1] .. " to " .. row[2])
  elseif not is_number and (type(value) ~= "string" or not value:find(row[1])) then
    engine.error({ settings, name }, subject .. " " .. name .. " must be " .. row[2])
  end
end

local function settings_of(definition, rows)
  local node <const> = read.path(definition.body, "Settings.Secret")
  if node == nil then return {} end
  local subject <const> = definition.subject .. " Settings.Secret"
  local settings <const> = read.as_mapping(node, { definition.body.Settings, "Secret" }, subject)
  read.keys(settings, setting_keys, subject)
  for name, row in pairs(must) do
    if name == "PasswordLength" then row = rows.lengths or row end
    check_setting(settings, name, row, subject)
  end
  return settings
end

local function setting(settings, name, default)
  if settings[name] == nil then return default end
  return engine.placed(settings[name], { settings, name })
end

--- The key that encrypts the secret, `x-kms::data` or an ARN; whoever reads the secret may then use it.
local function key_of(definition, settings)
  local text <const>, where <const> = settings.KmsKeyId, { settings, "KmsKeyId" }
  if text == nil then return nil end
  local found <const> = type(text) == "string" and (pointers.parse(text) and pointers.definition(text, where)
    or definitions.find("x-kms", text))
  if found then
    definition.secret_key = values.of(found, "Arn")
    return engine.placed(definition.secret_key, where)
  end
  if type(text) == "string" and not text:find("^arn:[%w-]+:kms:.*:key/") then
    if not pointers.parse(text) then
      engine.error(where, definition.subject .. " KmsKeyId of its secret must be a key: its name or its ARN",
        "write x-kms::NAME: services that read the secret are allowed to use it")
    end
    return nil
  end
  definition.secret_key = engine.placed(text, where)
  return definition.secret_key
end

--- The text of a secret's template, `{"username": "..."}`.
local function template(name)
  local escaped <const> = tostring(name):gsub("[\\\"]", "\\%0")
  return "{\"username\": \"" .. escaped .. "\"}"
end

--- A reference that CloudFormation resolves into a value of the secret.
function credentials.dynamic(secret, key)
  return "{{resolve:secretsmanager:" .. secret:ref() .. ":SecretString:" .. key .. "}}"
end

--- Whether a password stands in the file as it is: itself, or in a list of users.
local function is_plain(value)
  if type(value) == "string" then return not value:find("{{resolve:", 1, true) end
  for index = 1, read.is_list(value) and #value or 0 do
    local own <const> = read.is_mapping(value[index]) and read.get(value[index], "Password")
    if type(own) == "string" and is_plain(own) then return true end
  end
  return false
end

--- Whether the file brings its own credentials, or the database takes those of another. A password in the file is reported: whoever may
--- read the template may read it. Where a secret can be generated, it gives way to that, as in ECS ComposeX.
local function has_own(definition, rows, properties)
  local own <const> = rows.password and read.get(properties, rows.password)
  if type(own) == "string" and is_plain(own) and rows.username then
    engine.warn({ properties, rows.password }, definition.subject .. " " .. rows.password .. " gives way to a generated secret: the template "
      .. "would show it", "leave it out, or name a secret: \"{{resolve:secretsmanager:NAME:SecretString:password}}\"")
  elseif own ~= nil then
    if is_plain(own) then
      engine.warn({ properties, rows.password }, definition.subject .. " has its password in the template",
        "leave " .. rows.password .. " away: one is generated, and services get it as a secret")
    end
    return true
  end
  for _, name in ipairs(rows.sources or {}) do
    local source <const> = read.get(properties, name)
    if source ~= nil and source ~= false then return true end
  end
  return false
end

--- `Rotate: {RotationLambdaARN, AutomaticallyAfterDays}`: a function of the file changes the password.
local function rotate(definition, secret, settings)
  local node <const> = settings.Rotate
  if not read.is_mapping(node) then return end
  local subject <const> = definition.subject .. " Settings.Secret.Rotate"
  read.keys(node, { "RotationLambdaARN", "AutomaticallyAfterDays" }, subject)
  if node.RotationLambdaARN == nil then
    return engine.error({ settings, "Rotate" }, subject .. " needs RotationLambdaARN", "name the function that rotates it")
  end
  local schedule <const> = definitions.add(definition, "secret_rotation", "AWS::SecretsManager::RotationSchedule",
    definition.noun .. "SecretRotation", {
      SecretId = secret:ref(), RotationLambdaARN = engine.placed(node.RotationLambdaARN, { node, "RotationLambdaARN" }),
      RotationRules = { AutomaticallyAfterDays = setting(node, "AutomaticallyAfterDays", 30) },
    })
  local attached <const> = definitions.part(definition, "secret_attachment")
  if attached then links.wait(schedule, attached) end
  definitions.written(definition, schedule)
end

--- A password alone, for what knows no users.
local function generate_token(definition, rows, settings)
  local noun <const> = definition.noun .. "Secret"
  local secret <const> = definitions.add(definition, "secret", "AWS::SecretsManager::Secret", noun, {
    Description = "The password of " .. definition.name, KmsKeyId = key_of(definition, settings),
    GenerateSecretString = {
      PasswordLength = setting(settings, "PasswordLength", 32), ExcludePunctuation = true, IncludeSpace = false,
      ExcludeCharacters = setting(settings, "ExcludeCharacters"),
    },
  }, { DeletionPolicy = "RetainExceptOnCreate", UpdateReplacePolicy = "Retain" })
  definition.resource.Properties[rows.password] = "{{resolve:secretsmanager:" .. secret:ref() .. ":SecretString}}"
  rotate(definition, secret, settings)
end

--- The special characters that a password must not have: all but `specials`; nil when it has none at all.
local function others(specials)
  if not specials then return nil end
  return (("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"):gsub(".", function(letter)
    return specials:find(letter, 1, true) and "" or letter
  end))
end

local function generate(definition, rows, settings)
  if rows.token then return generate_token(definition, rows, settings) end
  local properties <const> = definition.resource.Properties
  local username = settings.Username or (rows.username and properties[rows.username]) or rows.name or "dbadmin"
  if type(username) ~= "string" then
    local is_set <const> = settings.Username ~= nil
    engine.error(is_set and { settings, "Username" } or { properties, rows.username }, definition.subject .. " "
      .. (is_set and "Username" or rows.username) .. " must be a string", "it is written into the generated secret")
    username = "dbadmin"
  end
  local noun <const> = definition.noun .. "Secret"
  local secret <const> = definitions.add(definition, "secret", "AWS::SecretsManager::Secret", noun, {
    Description = "Credentials of " .. definition.name,
    KmsKeyId = key_of(definition, settings),
    GenerateSecretString = {
      SecretStringTemplate = template(username), GenerateStringKey = "password",
      PasswordLength = setting(settings, "PasswordLength", math.min(32, rows.lengths and rows.lengths[2] or 32)),
      ExcludePunctuation = not rows.specials, IncludeSpace = false,
      RequireEachIncludedType = true, ExcludeCharacters = setting(settings, "ExcludeCharacters", others(rows.specials)),
    },
  }, { DeletionPolicy = "RetainExceptOnCreate", UpdateReplacePolicy = "Retain" })
  if rows.custom then
    rows.custom(definition, credentials.dynamic(secret, "username"), credentials.dynamic(secret, "password"))
    return rotate(definition, secret, settings)
  end
  local is_restored <const> = rows.restored and read.get(properties, rows.restored) ~= nil
  if not is_restored then properties[rows.username] = credentials.dynamic(secret, "username") end
  properties[rows.password] = credentials.dynamic(secret, "password")
  if rows.attach then
    definitions.add(definition, "secret_attachment", "AWS::SecretsManager::SecretTargetAttachment",
      definition.noun .. "SecretAttachment",
      { SecretId = secret:ref(), TargetId = definition.resource:ref(), TargetType = definition.type })
  end
  rotate(definition, secret, settings)
end

--- The rows of the module for this definition, or nil.
function credentials.rows(definition)
  local rows <const> = definition.module.secret
  if type(rows) == "function" then return rows(definition) end
  return rows
end

--- Lets AWS make, keep and rotate the credentials.
local function manage(definition, rows, settings)
  local properties <const> = definition.resource.Properties
  properties[rows.managed] = true
  if properties[rows.username] == nil then
    properties[rows.username] = setting(settings, "Username", rows.name or "dbadmin")
  end
  local own <const> = read.get(properties, "MasterUserSecret")
  local key <const> = key_of(definition, read.is_mapping(own) and own or settings)
  if key ~= nil then properties.MasterUserSecret = { KmsKeyId = key } end
  definition.managed_secret = true
end

--- Generates the credentials of a database, or lets AWS manage and rotate them (`Settings: {Secret: {Rotate: true}}`).
function credentials.prepare(definition)
  local rows <const> = definition.resource and credentials.rows(definition)
  if not rows then return end
  local properties <const>, settings <const> = definition.resource.Properties, settings_of(definition, rows)
  if has_own(definition, rows, properties) then return end
  local wanted <const> = settings.Rotate
  if wanted ~= nil and type(wanted) ~= "boolean" and not read.is_mapping(wanted) then
    engine.error({ settings, "Rotate" }, definition.subject
      .. " Settings.Secret.Rotate must be true, false or {RotationLambdaARN: ...}")
  elseif wanted == true and not rows.managed then
    engine.error({ settings, "Rotate" }, definition.key .. " cannot have its credentials rotated by AWS itself",
      "name a function that does it: Rotate: {RotationLambdaARN: ...}")
  end
  if rows.managed and (wanted == true or read.get(properties, rows.managed) == true) then
    return manage(definition, rows, settings)
  end
  generate(definition, rows, settings)
end

--- The ARN of the secret, or nil when there is none.
function credentials.arn(definition)
  if definition.lookup then
    local node <const> = definition.lookup.secret
    if node == nil then return nil end
    local arn <const> = read.is_mapping(node) and node.Arn or node
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

return credentials
