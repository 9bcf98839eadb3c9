--- Where logs go: the family's log group unless `logging` says otherwise.
local cluster <const> = engine.use("x/cluster/project_cluster")
local compat <const> = engine.use("project/compat")
local lazy <const> = engine.use("base/lazy")
local fates <const> = engine.use("project/fates")
local firelens <const> = lazy("task/firelens")
local read <const> = engine.use("base/read")
local secrets <const> = lazy("task/secrets")
local units <const> = engine.use("base/units")
local values <const> = engine.use("kinds/texts")
local logging <const> = {}

--- Log drivers of ECS, with the platforms that have them.
local drivers <const> = {
  awslogs = "all", awsfirelens = "all", splunk = "all",
  fluentd = "instances", gelf = "instances", journald = "instances", syslog = "instances", ["json-file"] = "instances",
}
--- Drivers of Docker that keep logs on the host: CloudWatch takes their place.
local on_host <const> = { ["json-file"] = true, ["local"] = true, journald = true, none = true, db = true }

--- What ECS takes of awslogs.
--- https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ecs-taskdefinition-logconfiguration.html
local awslogs_options <const> = {
  "awslogs-create-group", "awslogs-datetime-format", "awslogs-group", "awslogs-multiline-pattern", "awslogs-region",
  "awslogs-stream-prefix", "max-buffer-size", "mode",
}

--- The least retention that is at least `days`; nil for ever.
local function retention(days, where)
  if days <= 0 then return nil end
  for _, allowed in ipairs(units.retentions) do
    if allowed >= days then
      if allowed ~= days then
        engine.warn(where, "logs are kept " .. allowed .. " days: CloudWatch has no retention of " .. days)
      end
      return allowed
    end
  end
  engine.warn(where, "logs are kept for ever: CloudWatch has no retention of " .. days .. " days")
end

--- The retention of a family: the longest that its services ask for, else 30 days; nil for ever.
local function retention_of(family)
  local longest, at
  for _, service in ipairs(family.services) do
    local days <const> = tonumber(read.at(service, "x-logging", "RetentionInDays"))
    if days and (not longest or days <= 0 or (longest > 0 and days > longest)) then
      longest, at = days, { service["x-logging"], "RetentionInDays" }
    end
  end
  if not longest then return 30 end
  local days <const> = retention(longest, at)
  return days and engine.placed(days, at)
end

--- The name of a family's log group; with another one it would be another group, and what it holds would go.
local function group_name(family)
  if not compat.is("ecs-composex") then return engine.name("log_group", family.name) end
  return composex.sub("${AWS::StackName}/svc/ecs/") .. cluster.name() .. "/" .. family.name:gsub("[^%w]", "")
end

--- The properties of the family's log group.
function logging.group(family)
  local made <const> = { LogGroupName = group_name(family), RetentionInDays = retention_of(family) }
  for _, service in ipairs(family.services) do
    local section <const> = service["x-logging"]
    if section ~= nil and section.KmsKeyId ~= nil then made.KmsKeyId = engine.use("kinds/kms_keys").of_logs(section, "KmsKeyId") end
    if section ~= nil and section.LogGroupClass ~= nil then made.LogGroupClass = read.placed(section, "LogGroupClass") end
  end
  return made
end

--- The driver of a service: what it asks for where ECS has it, else awslogs.
local function driver_of(service, family)
  local asked <const> = read.at(service, "logging", "driver")
  if family.has_log_section and firelens.replaces(family) and (asked == nil or asked == "awslogs") then return "awsfirelens" end
  if asked == nil or drivers[asked] == "all" then return asked or "awslogs" end
  if drivers[asked] == "instances" and not family.fargate then return asked end
  local where <const> = { service.logging, "driver" }
  local what <const> = "logging driver " .. asked
  if on_host[asked] then
    engine.warn(where, fates.without_effect(service, family, what, "logs go to CloudWatch"))
  elseif drivers[asked] then
    engine.warn(where, fates.without_effect(service, family, what, "logs go to CloudWatch"), "send them on with driver awsfirelens")
  else
    local known <const> = read.names(drivers)
    engine.warn(where, fates.without_effect(service, family, what, "ECS does not know it, and logs go to CloudWatch"), engine.near(asked, known, "there are"))
  end
  return "awslogs"
end

--- Options of a driver as the file has them; each is a text.
local function options_of(service)
  local options <const> = {}
  local written <const> = read.at(service, "logging", "options") or {}
  for name, value in pairs(written) do
    local is_kept <const> = value ~= nil and values.is_own_name(written, name, "services::" .. service.name .. " logging options")
    if is_kept then options[name] = values.text(tostring(value), { written, name }, service) end
  end
  return options
end

--- `logging.x-secret_options`: options that are secrets, by the name of a compose secret or an ARN.
local function secret_options(service, family)
  local list <const> = {}
  local written <const> = read.at(service, "logging", "x-secret_options")
  for name, text in pairs(written or {}) do
    local where <const> = { written, name }
    local source <const> = secrets.source(text, where) or secrets.external(text, where)
    if source then
      secrets.allow(family, source)
      table.insert(list, { Name = name, ValueFrom = engine.placed(source.from, where) })
    end
  end
  return #list > 0 and list or nil
end

--- Fills what awslogs needs, and lets the execution role write to a log group that the file names itself.
local function awslogs(service, family, options)
  local own <const> = options["awslogs-group"]
  options["awslogs-region"] = options["awslogs-region"] or composex.ref("AWS::Region")
  options["awslogs-stream-prefix"] = options["awslogs-stream-prefix"] or service.name
  if own == nil then
    options["awslogs-group"] = family.log_group():ref()
    return options
  end
  local written <const> = service.logging.options
  local region <const> = written["awslogs-region"] or "${AWS::Region}"
  local arn <const> = "arn:${AWS::Partition}:logs:" .. region .. ":${AWS::AccountId}:log-group:" .. written["awslogs-group"]
  local actions <const> = { "logs:CreateLogStream", "logs:PutLogEvents" }
  table.insert(family.execution, { sid = "OwnLogs", actions = actions, resources = { composex.sub(arn .. ":*") } })
  if written["awslogs-create-group"] == "true" or written["awslogs-create-group"] == true then
    table.insert(family.execution, { sid = "CreateLogGroup", actions = { "logs:CreateLogGroup" }, resources = { composex.sub(arn) } })
  end
  return options
end

--- The options of `service` that the driver takes. Those of another driver, which is reported, say nothing to it; those of its own
--- that ECS does not have are reported one by one.
local function kept(service, family, options, driver, asked)
  local is_own <const> = driver == asked or (asked == nil and driver == "awslogs")
  if is_own and driver ~= "awslogs" then return options end
  local written <const>, list <const> = read.at(service, "logging", "options"), {}
  for name in pairs(written or {}) do
    if read.index(awslogs_options, name) then
      list[name] = options[name]
    elseif is_own then
      engine.warn({ written, name, "key" }, fates.without_effect(service, family, "logging " .. name, "logs go to CloudWatch"),
        asked == "awslogs" and engine.near(name, awslogs_options, "awslogs has") or nil)
    end
  end
  return list
end

--- The log configuration of a container that has no service of its own: `prefix` names its streams.
function logging.default(family, prefix)
  return { LogDriver = "awslogs", Options = {
    ["awslogs-group"] = family.log_group():ref(),
    ["awslogs-region"] = composex.ref("AWS::Region"),
    ["awslogs-stream-prefix"] = prefix,
  } }
end

--- The LogConfiguration of a service's container.
function logging.of(service, family)
  local asked <const> = read.at(service, "logging", "driver")
  local driver <const> = driver_of(service, family)
  local options = kept(service, family, options_of(service), driver, asked)
  if driver == "awslogs" then options = awslogs(service, family, options) end
  if driver == "awsfirelens" then options = firelens.options(service, family, options, asked == "awsfirelens") end
  return {
    LogDriver = asked == driver and engine.placed(driver, { service.logging, "driver" }) or driver,
    Options = next(options) and options or nil, SecretOptions = secret_options(service, family),
  }
end


return logging
