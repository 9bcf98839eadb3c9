--- Logs through FireLens: a router (Fluent Bit) in the task, and where it sends them.
local modules <const> = engine.use("kinds/modules")
local read <const> = engine.use("base/read")
local values <const> = engine.use("kinds/texts")
local firelens <const> = {}

--- The router's image and its parameter, by its type.
local router_images <const> = {
  fluentbit = { "LogRouterImage", "public.ecr.aws/aws-observability/aws-for-fluent-bit:stable" },
  fluentd   = { "FluentdImage", "public.ecr.aws/docker/library/fluentd:v1.17-debian-1" },
}

--- Outputs of Fluent Bit to AWS: they take a region, which others refuse.
local of_aws <const> = { "cloudwatch", "cloudwatch_logs", "firehose", "kinesis", "kinesis_firehose", "kinesis_streams", "s3" }

--- Options that say which output it is when `Name` does not: option, output of Fluent Bit.
local outputs <const> = {
  { "delivery_stream", "kinesis_firehose" }, { "log_group_name", "cloudwatch_logs" }, { "stream", "kinesis_streams" }, { "bucket", "s3" },
}

--- What the task role needs for an output: the option that names the target, the key of its module, actions, the ARN by name, and what
--- of the target the actions are on: objects of a bucket, streams of a log group.
local access <const> = {
  { "delivery_stream", "x-kinesis_firehose", { "firehose:PutRecordBatch" }, "firehose:${AWS::Region}:${AWS::AccountId}:deliverystream/", "" },
  { "stream",          "x-kinesis",          { "kinesis:PutRecords" },      "kinesis:${AWS::Region}:${AWS::AccountId}:stream/", "" },
  { "bucket",          "x-s3",               { "s3:PutObject" },            "s3:::", "/*" },
  { "log_group_name",  "x-logs",             { "logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams" },
    "logs:${AWS::Region}:${AWS::AccountId}:log-group:", ":*" },
}

--- The options that name a target.
local targets <const> = {}
for _, row in ipairs(access) do targets[row[1]] = true end

--- The row of log groups.
local of_groups <const> = access[4]

local function section(service) return read.at(service, "x-logging", "FireLens") end

--- The first FireLens section of the family, or nil.
local function settings(family)
  for _, service in ipairs(family.services) do
    if section(service) ~= nil then return section(service), service end
  end
end

--- `fluentbit`, or the `fluentd` that `Advanced.FirelensConfiguration` asks for.
local function type_of(advanced) return read.at(advanced, "FirelensConfiguration", "Type") or "fluentbit" end

--- Whether awslogs gives way to the router: `Shorthands.ReplaceAwsLogs`, or `Advanced`, whose destinations would get nothing.
function firelens.replaces(family)
  local written <const> = settings(family)
  return written ~= nil and (read.at(written, "Shorthands", "ReplaceAwsLogs") == true or written.Advanced ~= nil)
end

--- The resource that an option names, as `{ value, arn }`: `x-kinesis::stream`, an ARN, or a plain name.
local function target(row, text, where, service)
  local key <const>, name <const> = text:match("^(x%-[%w_-]+)::([%w._-]+)")
  if key and modules.by_key[key] then
    local definition <const> = engine.use("kinds/definitions").find(key, name)
    if definition and definition.lookup then
      local arn <const> = engine.use("kinds/values").of(definition, "Arn")
      local names <const> = { name = definition.lookup.parts.name }
      return { value = names.name or arn, arn = type(arn) == "string" and arn .. row[5] or arn }
    end
    local made <const> = engine.find(key, name)
    -- Why it was not made has been said.
    if not made and read.at(engine.section(key), name) ~= nil then return { value = text, arn = "*" } end
    if not made then
      engine.error(where, text .. " is not in the compose file", engine.near(name, read.names(engine.section(key) or {}), "there are"))
      return { value = text, arn = "*" }
    end
    return { value = made:ref(), arn = row[5] == "" and made:att("Arn") or made:att("Arn") .. row[5] }
  end
  if text:find("^arn:") then
    local arn <const> = text:gsub("[:/]%*$", "")
    return { value = arn:match(":log%-group:(.+)$") or arn:match("[:/]([^:/]+)$") or arn, arn = arn .. row[5] }
  end
  return { value = values.text(text, where, service), arn = composex.sub("arn:${AWS::Partition}:" .. row[4] .. text .. row[5]) }
end

local function allow(family, row, arn)
  table.insert(family.statements, { key = "logs", sid = "Route" .. engine.pascal(row[1]), actions = row[3], resources = { arn } })
end

--- What CloudWatch needs beside the name of a group: where the streams are, without which Fluent Bit does not start, and somebody who
--- makes the group.
--- https://docs.fluentbit.io/manual/pipeline/outputs/cloudwatch (2026-11-29)
local function complete_group(service, family, options, arn)
  if options.log_stream_name == nil and options.log_stream_prefix == nil and options.log_stream_template == nil then
    options.log_stream_prefix = values.name(service.name) .. "/"
  end
  if options.auto_create_group == nil then options.auto_create_group = "true" end
  if tostring(options.auto_create_group):lower() ~= "true" then return end
  local actions <const> = { "logs:CreateLogGroup" }
  if options.log_retention_days ~= nil then table.insert(actions, "logs:PutRetentionPolicy") end
  table.insert(family.statements, { key = "logs", sid = "MakeLogGroup", actions = actions, resources = { arn } })
end

--- Options of one destination, with the target resolved and the task role let in.
local function destination(service, family, holder)
  local options <const> = {}
  for name, value in pairs(holder) do
    -- What names a resource is resolved below.
    local is_resource <const> = type(value) == "string" and value:find("^x%-[%w_-]+::[%w._-]+$") and targets[name]
    if value ~= nil and not is_resource then options[name] = values.text(tostring(value), { holder, name }, service) end
  end
  for _, row in ipairs(access) do
    local text <const> = holder[row[1]]
    if type(text) == "string" then
      local found <const> = target(row, text, { holder, row[1] }, service)
      options[row[1]] = engine.placed(found.value, { holder, row[1] })
      allow(family, row, found.arn)
      if row == of_groups then complete_group(service, family, options, found.arn) end
    end
  end
  for _, row in ipairs(outputs) do
    if holder[row[1]] ~= nil and options.Name == nil and options.name == nil then options.Name = row[2] end
  end
  if holder.role_arn ~= nil then
    table.insert(family.statements, {
      key = "logs", sid = "RouteAs", actions = { "sts:AssumeRole" }, resources = { read.placed(holder, "role_arn") },
    })
  end
  if read.index(of_aws, options.Name or options.name or holder.Name or holder.name) then
    options.region = options.region or composex.ref("AWS::Region")
  end
  return options
end

--- A destination beyond the first, which the log driver has no room for, as text of the router's configuration.
local function output(service, options)
  local names <const> = {}
  for name in pairs(options) do table.insert(names, name) end
  table.sort(names)
  local text = "[OUTPUT]\n    Match " .. values.name(service.name) .. "-firelens*\n"
  for _, name in ipairs(names) do text = text .. "    " .. name .. " " .. options[name] .. "\n" end
  return text
end

--- The family's log group as a destination.
local function own_group(service, family)
  local group <const> = family.log_group()
  allow(family, of_groups, group:att("Arn"))
  return {
    Name = "cloudwatch_logs", region = composex.ref("AWS::Region"), log_group_name = group:ref(),
    log_stream_prefix = service.name .. "/", auto_create_group = "false",
  }
end

--- The options of a container's awsfirelens driver; `own` when the file asks for the driver itself.
function firelens.options(service, family, options, own)
  family.routes = true
  local written <const> = settings(family)
  local advanced <const> = read.at(written, "Advanced")
  local managed <const> = advanced ~= nil and read.list(advanced, "ComposeXManagedAwsDestinations",
    "services::" .. service.name .. " FireLens", "{log_group_name: NAME}") or {}
  local limit <const> = read.at(written, "Advanced", "LogDriverBufferLimit")
  local made
  if own and next(options) then
    made = destination(service, family, service.logging.options)
  elseif #managed > 0 then
    made = destination(service, family, managed[1])
    for index = 2, #managed do
      table.insert(family.outputs, output(service, destination(service, family, managed[index])))
    end
  elseif read.at(written, "Advanced", "SourceFile") ~= nil then
    made = {}
  else
    made = own_group(service, family)
  end
  if made.Name ~= nil and type_of(written and written.Advanced) == "fluentd" then
    engine.error(written.Advanced, "services::" .. service.name .. " FireLens: these outputs are Fluent Bit's, and the router is fluentd",
      "write its outputs into Advanced.SourceFile, or options of the log driver (\"@type\")")
  end
  if limit ~= nil then
    made["log-driver-buffer-limit"] = engine.placed(tostring(math.tointeger(limit) or limit), { advanced, "LogDriverBufferLimit" })
  end
  return made
end

-- The router --------------------------------------------------------------------------------------------------------

--- The file that the router reads.
local configuration <const> = "composex.conf"

--- Where the files of the router are in its container.
local folder <const> = "/fluent-bit/composex"

--- Whether the file asks for the health check of the router, which its HTTP server answers.
local function checks_health(written) return written.EnableApiHeathCheck == true or written.EnableApiHealthCheck == true end

--- The [SERVICE] section of the router: how long it goes on at the end, the server of its health check, and its files of parsers.
--- https://docs.fluentbit.io/manual/administration/monitoring (2026-11-29)
local function service_section(written, parsers)
  local lines <const> = {}
  if written.GracePeriod ~= nil then
    table.insert(lines, "Flush 1")
    table.insert(lines, "Grace " .. math.floor(math.max(1, math.min(120, written.GracePeriod))))
  end
  if checks_health(written) then
    for _, line in ipairs { "HTTP_Server On", "HTTP_Listen 127.0.0.1", "HTTP_Port 2020", "Health_Check On" } do table.insert(lines, line) end
  end
  for _, path in ipairs(parsers) do table.insert(lines, "Parsers_File " .. path) end
  return #lines > 0 and "[SERVICE]\n    " .. table.concat(lines, "\n    ") .. "\n" or nil
end

--- The files of `SourceFile` and `ParserFiles`, as entries of `task/file_writer`. An absolute path of a parser that is no file of the
--- project is one of the image.
local function entries(family, written)
  local list <const> = {}
  local function add(path, where, name, may_be_of_image)
    local found <const> = engine.files(path, family.room, where)
    if (found.fault or found.folder) and may_be_of_image and path:find("^/") then return end
    if found.fault or found.folder then
      engine.error(where, "services::" .. family.main.name .. " FireLens " .. path .. " cannot be read",
        "name a file of the project: paths start from its directory (--project-directory . makes that the current one)")
      return
    end
    family.room = family.room - found.files[1].size
    table.insert(list, { path = name, text = found.files[1].text, base64 = found.files[1].base64 })
    return true
  end
  if written.SourceFile ~= nil then
    add(written.SourceFile, { written, "SourceFile" }, configuration)
  else
    table.insert(list, { path = configuration, text = "" })
  end
  local parsers <const> = {}
  for index, path in ipairs(written.ParserFiles or {}) do
    local name <const> = path:match("[^/]+$")
    table.insert(parsers, add(path, { written.ParserFiles, index }, name, true) and folder .. "/" .. name or path)
  end
  local head <const>, first <const> = service_section(written, parsers), list[1]
  if head and type_of(written) == "fluentd" then
    engine.error(written, "services::" .. family.main.name .. " FireLens: GracePeriod, ParserFiles and EnableApiHealthCheck are Fluent Bit's, "
      .. "and the router is fluentd", "write what it needs into Advanced.SourceFile")
  end
  if first and first.text then
    for index = #family.outputs, 1, -1 do first.text = family.outputs[index] .. (first.text == "" and "" or "\n") .. first.text end
    if head then first.text = head .. (first.text == "" and "" or "\n") .. first.text end
  end
  return list
end

--- Whether the router has a configuration beside what ECS writes for it.
local function is_configured(family, written)
  return written.SourceFile ~= nil or written.ParserFiles ~= nil or written.GracePeriod ~= nil or checks_health(written) or #family.outputs > 0
end

--- The value of a variable: a string, or a function; `Fn::Ref` is how ECS ComposeX writes `Ref`.
local function variable(holder, name, service)
  local value <const>, where <const> = holder[name], { holder, name }
  if read.is_mapping(value) and value["Fn::Ref"] ~= nil then return { Ref = read.placed(value, "Fn::Ref") } end
  if read.is_function(value) then return read.placed(holder, name) end
  if read.is_mapping(value) or read.is_list(value) then
    return engine.error(where, "services::" .. service.name .. " FireLens EnvironmentVariables " .. name .. " must be a string or a function",
      "write " .. name .. ": value, or {\"Fn::Sub\": \"${AWS::Region}\"}")
  end
  return values.text(tostring(value), where, service)
end

local function environment(written, service)
  local list <const> = {}
  for name in pairs(written.EnvironmentVariables or {}) do
    table.insert(list, { Name = name, Value = variable(written.EnvironmentVariables, name, service) })
  end
  return #list > 0 and list or nil
end

--- Units of CPU of `SidecarCpuReservation`, which is in CPUs as those of compose are.
local function cpu_of(written, service)
  local wanted <const> = written.SidecarCpuReservation
  if wanted == nil then return nil end
  local where <const> = { written, "SidecarCpuReservation" }
  local number <const> = tonumber(wanted)
  if not number or number <= 0 or number > 16 then
    return engine.error(where, "services::" .. service.name .. " FireLens SidecarCpuReservation must be CPUs, up to 16, not " .. tostring(wanted),
      "write SidecarCpuReservation: 0.25 for 256 units")
  end
  return engine.placed(math.max(1, math.floor(number * 1024 + 0.5)), where)
end

--- The router's container; nil when no container sends its logs to it. `write` makes the container that writes its files.
function firelens.router(family, default_logs, write)
  local section_of_file <const>, service <const> = settings(family)
  local written <const> = read.at(section_of_file, "Advanced") or {}
  local cpu <const> = cpu_of(written, service)
  local options <const> = { ["enable-ecs-log-metadata"] = "true" }
  local image <const> = router_images[type_of(written)]
  local container <const> = {
    Name = "log_router", Essential = true, User = "0", Environment = environment(written, service),
    Image = written.DockerImageOverride ~= nil and read.placed(written, "DockerImageOverride") or engine.parameter(image[1], {
      Type = "String", Default = image[2], Description = "The image of the log router (FireLens)",
    }),
    LogConfiguration = default_logs,
    MemoryReservation = 64, Cpu = cpu,
  }
  local result <const> = { container = container, cpu = cpu and math.tointeger(tonumber(tostring(cpu))), reservation = 64, condition = "START" }
  if is_configured(family, written) then
    local writer <const> = write("log_router", folder, entries(family, written))
    container.MountPoints, result.writer = writer.mounts, writer.container
    container.DependsOn = { { ContainerName = writer.container.Name, Condition = "SUCCESS" } }
    options["config-file-type"], options["config-file-value"] = "file", folder .. "/" .. configuration
  end
  if checks_health(written) then
    container.HealthCheck = { Command = { "CMD-SHELL", "curl -sf http://127.0.0.1:2020/api/v1/health || exit 1" },
      Interval = 10, Timeout = 5, Retries = 3, StartPeriod = 10 }
    result.condition = "HEALTHY"
  end
  local own <const> = read.at(written, "FirelensConfiguration", "Options") or {}
  for name in pairs(own) do options[name] = engine.placed(tostring(own[name]), { own, name }) end
  container.FirelensConfiguration = { Type = type_of(written), Options = options }
  return result
end

return firelens
