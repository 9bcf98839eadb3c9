--- Contracts of Amazon MQ.
local passwords <const> = engine.use("contracts/passwords")
local values <const> = engine.use("contracts/values")

local page <const> = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-amazonmq-broker.html"
local of_user <const> = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-amazonmq-broker-user.html"
local checked <const> = "2026-11-29"
local broker <const> = "AWS::AmazonMQ::Broker"

--- How many subnets a way of deployment takes.
local function subnets(mode, name, count)
  return {
    id = "mq-subnets-" .. name, on = broker, at = "SubnetIds", when = { DeploymentMode = mode }, items = { count, count },
    must = "must have " .. (count == 1 and "one subnet" or "two subnets") .. " for " .. mode,
    remedy = count == 1 and "name one subnet" or "name two subnets of different zones", page = page, checked = checked,
  }
end

--- How many letters of a kind a password has at most: different ones.
local function distinct(text)
  local seen <const> = {}
  local count = 0
  for letter in text:gmatch(".") do
    if not seen[letter] then count = count + 1 end
    seen[letter] = true
  end
  return count
end

--- What RabbitMQ does not have.
local function not_rabbit(id, path)
  return {
    id = "mq-rabbitmq-" .. id, on = broker, at = path, when = { EngineType = { "RABBITMQ", "RabbitMQ" } },
    must = "must not have " .. path .. ": RabbitMQ does not take it",
    holds = function(made)
      local value <const> = values.at(made, path)
      return value == nil or values.is_false(value)
    end,
    remedy = "leave it out", page = "https://docs.aws.amazon.com/amazon-mq/latest/api-reference/brokers.html", checked = checked,
  }
end

return {
  {
    id = "mq-name", on = broker, at = "BrokerName", length = { 1, 50 }, remedy = "write a shorter BrokerName", page = page, checked = checked,
  },
  {
    id = "mq-name-letters", on = broker, at = "BrokerName", pattern = { "^[%w_-]+$", "letters, digits, - and _" }, remedy = "write it like shop-broker",
    page = page, checked = checked,
  },
  passwords.length({
    id = "mq-password", on = broker, at = "Users[].Password", remedy = "write Settings: {Secret: {PasswordLength: 32}} for the generated one", page = of_user,
  }, 12, math.huge),
  passwords.without({
    id = "mq-password-letters", on = broker, at = "Users[].Password",
    remedy = "leave those characters out, or write ExcludePunctuation: true for a generated one", page = of_user,
  }, "[,:=]", "commas, colons and equal signs"),
  passwords.contract({
    id = "mq-password-unique", on = broker, at = "Users[].Password", must = "must have a password of 4 different characters or more",
    remedy = "leave Users out: one is generated", page = of_user,
  }, function(password)
    return not password.is_generated and distinct(password.letters) < 4 and "this one has " .. distinct(password.letters) or nil
  end),
  passwords.users({
    id = "mq-user", on = broker, at = "Users[].Username", must = "must have user names of 2 to 100 letters, digits and -._~",
    remedy = "write Username: shop", page = of_user,
  }, function(name) return (not name:find("^[%w._~-]+$") or #name < 2 or #name > 100) and "not \"" .. name .. "\"" or nil end),
  passwords.users({
    id = "mq-rabbitmq-user", on = broker, at = "Users[].Username", when = { EngineType = { "RABBITMQ", "RabbitMQ" } },
    must = "must have a user of RabbitMQ whose name has no ~ and is not guest", remedy = "write Username: shop", page = of_user,
  }, function(name) return (name:find("~", 1, true) or name == "guest") and "not \"" .. name .. "\"" or nil end),
  {
    id = "mq-rabbitmq-users", on = broker, at = "Users", when = { EngineType = { "RABBITMQ", "RabbitMQ" } }, items = { 0, 1 },
    must = "must have one user: RabbitMQ makes the others itself", remedy = "leave all but one of the Users out", page = page, checked = checked,
  },
  subnets("SINGLE_INSTANCE", "single", 1),
  subnets("ACTIVE_STANDBY_MULTI_AZ", "standby", 2),
  {
    id = "mq-upgrades", on = broker, at = "AutoMinorVersionUpgrade", when = { AutoMinorVersionUpgrade = false },
    must = "must have AutoMinorVersionUpgrade: true from ActiveMQ 5.18 and RabbitMQ 3.13 on",
    holds = function(made)
      local engine_type <const> = values.string(made.EngineType)
      local major <const>, minor <const> = (values.string(made.EngineVersion) or ""):match("^(%d+)%.(%d+)")
      if not engine_type or not major then return true end
      local least <const> = engine_type:upper() == "RABBITMQ" and { 3, 13 } or { 5, 18 }
      local is_newer <const> = tonumber(major) > least[1] or tonumber(major) == least[1] and tonumber(minor) >= least[2]
      return not is_newer, nil, "not " .. major .. "." .. minor .. " without it"
    end,
    remedy = "write AutoMinorVersionUpgrade: true", page = page, checked = checked,
  },
  not_rabbit("ldap", "LdapServerMetadata"),
  not_rabbit("audit", "Logs.Audit"),
  {
    id = "mq-replication", on = broker, at = "DataReplicationMode", when = { DataReplicationMode = "CRDR" }, needs = "DataReplicationPrimaryBrokerArn",
    must = "must have a DataReplicationPrimaryBrokerArn beside DataReplicationMode: CRDR", remedy = "name the primary broker by its ARN", page = page,
    checked = checked,
  },
  {
    id = "mq-security-groups", on = broker, at = "SecurityGroups", items = { 1, 125 }, remedy = "name 125 groups at most", page = page, checked = checked,
  },
}
