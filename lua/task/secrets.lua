--- Compose secrets: where their values come from on AWS, and what a task needs to read them. No value ever stands in the template.
local json_keys <const> = engine.use("kinds/json_keys")
local read <const> = engine.use("base/read")
local shell <const> = engine.use("base/shell")
local shape <const> = engine.use("base/shape")
local secrets <const> = {}

local extension <const> = shape.record {
  Name = shape.text, Parameter = shape.text, VarName = shape.text, KmsKeyId = shape.value, Lookup = shape.any,
  VersionStage = shape.text, VersionId = shape.text,
  JsonKeys = shape.list(shape.record {
    SecretKey = shape.text, VarName = shape.text, Transform = shape.one_of { "java_properties", "title", "capitalize" },
    VersionStage = shape.text, VersionId = shape.text,
  }),
  LinksTo = shape.list(shape.one_of { "EcsExecutionRole", "EcsTaskRole" }), Files = shape.list(shape.text, "password"),
}
--- What `x-secrets` of a secret may say.
secrets.shape = extension

--- The ARNs that a policy names for the ARN of a secret. Secrets Manager ends those with six characters of its own; ECS finds a secret
--- by an ARN without them as well, a policy does not. Six small letters may be either.
--- https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen (2026-11-29)
local function arns_of(arn)
  local last <const> = arn:match("%-(%w%w%w%w%w%w)$")
  if not arn:find(":secretsmanager:", 1, true) or last and last:find("[%u%d]") then return { arn } end
  return last and { arn, arn .. "-??????" } or { arn .. "-??????" }
end

--- What a secret of that name or ARN is to ECS: `{ from, at, sid, actions, resources }`; what is wrong with it is reported.
--- A full ARN is taken as it is; a name is one of this account and region.
local function secret(name, where)
  if name:find("^arn:[%w-]+:ssm:") then
    return { from = name, at = where, sid = "Parameters", actions = { "ssm:GetParameters" }, resources = { name } }
  end
  if name:find("^arn:") then
    local arn <const> = name:match("^arn:[%w-]+:secretsmanager:[^:]*:[^:]*:secret:[^:]+") or name
    return { from = name, at = where, sid = "Secrets", actions = { "secretsmanager:GetSecretValue" }, resources = arns_of(arn) }
  end
  if not name:find("^[%w/_+=.@-]+$") then
    return engine.error(where, "\"" .. name .. "\" is no name of a secret", "a name has letters, digits and /_+=.@-")
  end
  local arn <const> = "arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:" .. name
  return {
    from = composex.sub(arn), at = where, sid = "Secrets", actions = { "secretsmanager:GetSecretValue" },
    -- Secrets Manager adds six characters of its own.
    resources = { composex.sub(arn .. "-??????") },
  }
end

--- The same for a parameter of the Systems Manager.
function secrets.parameter(name, where)
  if name:find("^arn:") then return secret(name, where) end
  if not name:find("^[%w/_.-]+$") then
    return engine.error(where, "\"" .. name .. "\" is no name of a parameter", "a name has letters, digits and /_.-")
  end
  local arn <const> = composex.sub("arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/" .. name:gsub("^/", ""))
  return { from = arn, at = where, sid = "Parameters", actions = { "ssm:GetParameters" }, resources = { arn } }
end

--- The same for a secret that is none of the project's.
secrets.external = secret

--- How a secret's value is found on the machine that deploys, for the message.
local function value_at_hand(definition)
  if definition.file ~= nil then return "\"$(cat " .. shell.quoted(engine.files(definition.file, 0, { definition, "file" }).shown) .. ")\"" end
  return shell.variable(definition.environment or "VALUE")
end

--- A secret of the project: its value is a parameter that whoever deploys gives.
local function own(name, definition)
  local made = engine.find("secrets", name)
  if not made then
    local parameter <const> = engine.pascal(name) .. "SecretValue"
    made = engine.add {
      type = "AWS::SecretsManager::Secret", noun = "Secret", key = "secrets", name = name, at = definition,
      properties = {
        Description = "Compose secret " .. name,
        SecretString = engine.parameter(parameter, { Type = "String", NoEcho = true, Description = "The value of the compose secret " .. name }),
      },
    }
    engine.note({ engine.section("secrets"), name, "key" }, "the value of secrets::" .. name
      .. " is not in the template: give it when the template is deployed",
      "--parameter-overrides " .. parameter .. "=" .. value_at_hand(definition))
  end
  return { from = made:ref(), sid = "Secrets", actions = { "secretsmanager:GetSecretValue" }, resources = { made:ref() } }
end

--- What the compose secret `name` is to ECS; nil when it is nothing, which is reported.
function secrets.source(name, where)
  local definition <const> = read.at(engine.section("secrets"), name)
  if definition == nil then return nil end
  local extra <const> = definition["x-secrets"]
  local source
  -- Files are parts of a secret, whosever it is; everything else names one that exists.
  local is_own <const> = definition.external ~= true and (extra == nil or extra.Files ~= nil and extra.Name == nil
    and extra.Parameter == nil and extra.Lookup == nil and (definition.file ~= nil or definition.environment ~= nil))
  if is_own then
    source = own(name, definition)
  elseif extra ~= nil then
    if extra.Lookup ~= nil then
      local arn <const> = read.at(extra, "Lookup", "Arn")
      if type(arn) ~= "string" then
        return engine.error({ extra, "Lookup" }, "secrets::" .. name .. " cannot be looked up by its tags",
          "write Lookup: {Arn: ...}, or Name with the name or ARN of the secret")
      end
      source = secret(arn, { extra.Lookup, "Arn" })
    elseif extra.Parameter ~= nil then
      source = secrets.parameter(extra.Parameter, { extra, "Parameter" })
    else
      local own_name <const> = definition.external == true and definition.name or nil
      source = secret(extra.Name or own_name or name, extra.Name and { extra, "Name" } or own_name and { definition, "name" } or where)
    end
  else
    source = secret(definition.name, { definition, "name" })
  end
  if source and extra ~= nil and extra.KmsKeyId ~= nil then
    source.key = engine.use("kinds/kms_keys").statement(extra, "KmsKeyId", "Keys", { "kms:Decrypt" })
  end
  return source
end

--- What a role needs to read a source: `{ sid, actions, resources, condition }`, one for the key when it has one of its own.
local function statements(source)
  local list <const> = { { sid = source.sid, actions = source.actions, resources = source.resources } }
  if source.key then table.insert(list, source.key) end
  return list
end

--- Lets the execution role of the family read a source.
function secrets.allow(family, source)
  for _, statement in ipairs(statements(source)) do table.insert(family.execution, statement) end
end

local transforms <const> = {
  java_properties = function(text) return (text:upper():gsub("%.", "_")) end,
  title = function(text) return (text:gsub("(%a)(%w*)", function(first, rest) return first:upper() .. rest:lower() end)) end,
  capitalize = function(text) return text:upper() end,
}

--- `db-password` -> `DB_PASSWORD`.
local function variable_name(name)
  return (name:upper():gsub("-", "_"):gsub("[^%w_]", ""))
end

--- Whether a role reads the secret: both do, unless LinksTo says otherwise.
local function links(extra, role)
  return extra.LinksTo == nil or read.index(extra.LinksTo, role) ~= nil
end

--- The variable of the secret's ARN: `db-password` -> `DB_PASSWORD`; `DB_PASSWORD_ARN` where a value has that name.
local function variable_of_arn(mount, extra, values)
  if extra.VarName then return extra.VarName end
  local name <const> = variable_name(mount.source)
  for _, each in ipairs(values) do
    if each.Name == name then return name .. "_ARN" end
  end
  return name
end

--- The version that an item of JsonKeys asks for: its own, else that of the secret.
local function version_of(extra, entry)
  return entry and (entry.VersionStage ~= nil or entry.VersionId ~= nil) and entry or extra
end

--- What ECS reads of a source: all of it, or the value under one key of its JSON.
local function value_from(extra, source, key, entry)
  return engine.placed(json_keys.value_from(source.from, key, version_of(extra, entry)), source.at)
end

--- The variables that one secret with `x-secrets` fills: one per JSON key, or one for all of it.
local function filled(mount, extra, source)
  local list <const> = {}
  for index, entry in ipairs(extra.JsonKeys or {}) do
    if entry.SecretKey == nil then
      engine.error({ extra.JsonKeys, index }, "an item of JsonKeys needs a SecretKey", "write the key in the secret's JSON")
      return {}
    end
    local transform <const> = transforms[entry.Transform] or function(text) return text end
    table.insert(list, {
      Name = entry.VarName or transform(entry.SecretKey), ValueFrom = value_from(extra, source, entry.SecretKey, entry),
      from = mount.source, where = { extra.JsonKeys, index },
    })
  end
  if #list == 0 then
    local is_free <const> = extra.VarName and not links(extra, "EcsTaskRole")
    table.insert(list, {
      Name = is_free and extra.VarName or mount.source, ValueFrom = value_from(extra, source), from = mount.source,
      where = { mount, "source" },
    })
  end
  return list
end

--- The variables of a service's container that ECS fills from secrets with `x-secrets`: `{ Name, ValueFrom }`, and lets the task's
--- roles read what LinksTo names.
function secrets.variables(service, family)
  local list <const> = {}
  for _, mount in ipairs(service.secrets or {}) do
    local extra <const> = mount.source ~= nil and read.at(engine.section("secrets"), mount.source, "x-secrets") or nil
    local source <const> = extra ~= nil and secrets.source(mount.source, { mount, "source" }) or nil
    -- Keys that become files are no variables.
    local is_variable <const> = extra ~= nil and (extra.Files == nil or extra.JsonKeys ~= nil or extra.VarName ~= nil)
    local values <const> = source and is_variable and links(extra, "EcsExecutionRole") and filled(mount, extra, source) or {}
    if source and (is_variable or extra.LinksTo ~= nil) and links(extra, "EcsTaskRole") then
      for _, statement in ipairs(statements(source)) do
        table.insert(family.statements, {
          key = "secrets", sid = statement.sid, actions = statement.actions, resources = statement.resources, condition = statement.condition,
        })
      end
      table.insert(family.environment[service.name], {
        name = variable_of_arn(mount, extra, values), value = engine.placed(source.from, source.at),
      })
    end
    if #values > 0 then
      secrets.allow(family, source)
      table.move(values, 1, #values, #list + 1, list)
    end
  end
  return list
end

--- Whether a compose secret is a file in the container: those with `x-secrets` are variables, unless it asks for files.
function secrets.is_file(name)
  local extra <const> = read.at(engine.section("secrets"), name, "x-secrets")
  return extra == nil or extra.Files ~= nil
end

--- The keys of a secret's JSON that are a file each, and what ECS reads for them: `{ { key, source } }`; nil when the secret is one file.
function secrets.parts(name, source)
  local extra <const> = read.at(engine.section("secrets"), name, "x-secrets")
  if extra == nil or extra.Files == nil then return nil end
  local list <const> = {}
  for index, key in ipairs(extra.Files) do
    if source.sid == "Parameters" then
      engine.error({ extra.Files, index }, "secrets::" .. name .. " is a parameter, which ECS reads whole", "leave Files out, or keep it in Secrets Manager")
      return {}
    end
    table.insert(list, { key = key, source = { from = value_from(extra, source, key), at = { extra.Files, index }, sid = source.sid, actions = source.actions,
      resources = source.resources, key = source.key } })
  end
  return list
end

--- Reports keys and versions of a parameter of the Systems Manager, which has neither for ECS, and versions that are named twice.
local function check_parts(extra, subject)
  local is_parameter <const> = extra.Parameter ~= nil
  json_keys.check(extra, subject)
  for _, key in ipairs { "JsonKeys", table.unpack(json_keys.versions) } do
    if is_parameter and extra[key] ~= nil then
      engine.error({ extra, key, "key" }, subject .. " " .. key .. " has no effect: ECS reads a parameter of the Systems Manager as a whole",
        "write Name, the name or ARN of a secret of Secrets Manager, in place of Parameter")
    end
  end
  for _, entry in ipairs(read.items(extra, "JsonKeys")) do
    if read.is_mapping(entry) then json_keys.check(entry, subject .. " JsonKeys " .. tostring(entry.SecretKey or "")) end
  end
end

--- Checks the extensions of the project's secrets.
function secrets.check()
  local section <const> = engine.section("secrets") or {}
  for name, definition in pairs(section) do
    local subject <const> = "secrets::" .. name .. " x-secrets"
    if definition ~= nil and shape.check(extension, definition, "x-secrets", subject) and definition["x-secrets"] ~= nil then
      check_parts(definition["x-secrets"], subject)
    end
  end
end

return secrets
