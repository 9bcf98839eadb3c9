--- Sources and destinations of delivery streams: the role, its policies, the logs, and the keys.
local access <const> = engine.use("kinds/access")
local definitions <const> = engine.use("kinds/definitions")
local environment <const> = engine.use("kinds/variables")
local read <const> = engine.use("base/read")
local links <const> = engine.use("kinds/links")
local permits <const> = engine.use("kinds/permits")
local targets <const> = engine.use("x/kinesis_firehose/delivery_role")
local delivery <const> = {}

--- Properties that hold a destination, each with a role of its own.
local destinations <const> = targets.destinations

--- Those that take no RoleARN themselves: only what is below them does.
local without_role <const> = { "SplunkDestinationConfiguration" }

--- What below a destination takes the role as well: buckets, networks, secrets, the schema of a table.
local below <const> = {
  "S3BackupConfiguration", "S3Configuration", "VpcConfiguration", "SecretsManagerConfiguration",
  "DataFormatConversionConfiguration.SchemaConfiguration",
}

--- The property that holds the stream's destination, or nil.
function delivery.destination(properties)
  for _, name in ipairs(destinations) do
    if properties[name] ~= nil then return name end
  end
end

local function source_of(stream)
  local properties <const> = stream.resource.Properties
  return properties.KinesisStreamSourceConfiguration, properties.MSKSourceConfiguration
end

function delivery.source_type(stream)
  local kinesis <const>, kafka <const> = source_of(stream)
  return kinesis ~= nil and "KinesisStreamAsSource" or kafka ~= nil and "MSKAsSource" or "DirectPut"
end

--- A stream that reads from another one takes over its encryption; one that is written to is encrypted.
function delivery.encryption(stream)
  local kinesis <const>, kafka <const> = source_of(stream)
  if kinesis ~= nil or kafka ~= nil then return nil end
  return { KeyType = "AWS_OWNED_CMK" }
end

local function role(stream)
  return permits.role(stream, "firehose.amazonaws.com", "DeliveryStreamRole")
end

-- Roles and logs ----------------------------------------------------------------------------------------------------

--- Whether the file keeps the role of that configuration to itself (`MacroParameters: {DoNotOverrideIamRole: ...}`).
local function is_own(stream, name, node)
  if stream.own_roles == true then return true end
  for _, entry in ipairs(stream.own_roles or {}) do
    if entry == name or entry .. "Configuration" == name then return true end
  end
  local given <const> = read.get(node, "RoleARN")
  return stream.own_roles == nil and type(given) == "string" and given:find("^arn:") ~= nil
end

--- The names that `DoNotOverrideIamRole` may list.
local function role_holders()
  local names <const> = { "KinesisStreamSource", "MSKSource" }
  for _, name in ipairs(destinations) do table.insert(names, (name:gsub("Configuration$", ""))) end
  return names
end

function delivery.own_roles(stream, value, where)
  local subject <const> = stream.subject .. " DoNotOverrideIamRole"
  if type(value) == "boolean" then
    stream.own_roles = value or nil
    return
  end
  if not read.is_list(value) then
    return engine.error(where, subject .. " must be true, false or a list of destinations",
      "write [ExtendedS3Destination]")
  end
  stream.own_roles = {}
  for index = 1, #value do
    local name <const> = type(value[index]) == "string" and value[index]:gsub("Configuration$", "") or ""
    if read.has(role_holders(), name) then
      table.insert(stream.own_roles, name)
    else
      engine.error({ value, index }, subject .. " names \"" .. tostring(value[index]) .. "\", which is no destination",
        engine.near(name, role_holders(), "there are"))
    end
  end
end

function delivery.boundary(stream, value, where)
  local body <const> = read.as_mapping(value, where, stream.subject .. " x-iam", "write {PermissionsBoundary: NAME}")
  read.keys(body, { "PermissionsBoundary" }, stream.subject .. " x-iam")
  local boundary <const> = body.PermissionsBoundary
  if boundary == nil then return end
  if type(boundary) ~= "string" then
    return engine.error({ body, "PermissionsBoundary" }, stream.subject .. " PermissionsBoundary must be a policy",
      "write its name or its ARN")
  end
  local arn <const> = boundary:find("^arn:") and boundary
    or composex.sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/" .. boundary)
  stream.boundary = engine.placed(arn, { body, "PermissionsBoundary" })
end

--- A log stream for each configuration that can log, unless the file says how it logs.
local function log(stream, node, name)
  if node.CloudWatchLoggingOptions ~= nil then return end
  local group <const> = definitions.part(stream, "log_group") or definitions.add(stream, "log_group",
    "AWS::Logs::LogGroup", "DeliveryStreamLogGroup", { RetentionInDays = 30 })
  local log_stream <const> = definitions.add(stream, name .. "_log", "AWS::Logs::LogStream",
    "DeliveryStream" .. name:gsub("Configuration$", "") .. "LogStream", { LogGroupName = group:ref() })
  node.CloudWatchLoggingOptions = { Enabled = true, LogGroupName = group:ref(), LogStreamName = log_stream:ref() }
  targets.allow(stream, "Logs", { "logs:CreateLogStream", "logs:PutLogEvents" }, { group:att("Arn") })
end

local function give_role(stream, node, name)
  if read.has(without_role, name) or is_own(stream, name, node) then return end
  node.RoleARN = role(stream):att("Arn")
  stream.takes_role = true
end

--- Below a destination whose role is the file's own, the roles are as well.
local function configure_below(stream, node, is_own_role)
  for _, path in ipairs(below) do
    links.visit(node, path, function(holder, key)
      local inner <const> = holder[key]
      if not read.is_mapping(inner) or is_own_role and read.get(inner, "RoleARN") ~= nil then return end
      give_role(stream, inner, key)
      if key == "S3BackupConfiguration" then log(stream, inner, key) end
      targets.beside(stream, key, inner)
    end)
  end
end

--- Gives every configuration its role and its logs.
function delivery.prepare(stream)
  local properties <const> = stream.resource.Properties
  local kinesis <const>, kafka <const> = source_of(stream)
  if read.is_mapping(kinesis) then give_role(stream, kinesis, "KinesisStreamSourceConfiguration") end
  if read.is_mapping(kafka) then
    if kafka.AuthenticationConfiguration == nil then kafka.AuthenticationConfiguration = { Connectivity = "PRIVATE" } end
    if read.is_mapping(kafka.AuthenticationConfiguration) then
      give_role(stream, kafka.AuthenticationConfiguration, "MSKSourceConfiguration")
    end
  end
  for _, name in ipairs(destinations) do
    local node <const> = properties[name]
    if read.is_mapping(node) then
      give_role(stream, node, name)
      configure_below(stream, node, is_own(stream, name, node))
      log(stream, node, name)
    end
  end
end

--- Records of a stream with a source come from there, and from nobody else.
function delivery.serve(stream, service, body)
  local has_source = false
  if stream.resource then
    local kinesis <const>, kafka <const> = source_of(stream)
    has_source = kinesis ~= nil or kafka ~= nil
  end
  if has_source and body.Access ~= nil and body.Access ~= "RO" then
    engine.warn({ body, "Access" }, stream.subject .. " reads from another stream: Firehose refuses the records of services",
      "let them put records into its source, or write Access: RO")
  end
  access.grant(stream, service, body)
  environment.grant(stream, service, body)
end

delivery.links = targets.links

return delivery
