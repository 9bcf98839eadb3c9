--- Capacity of tables: on demand, unless the file provisions it or lets it scale.
local definitions <const> = engine.use("kinds/definitions")
local protection <const> = engine.use("kinds/protection")
local read <const> = engine.use("base/read")
local capacity <const> = {}

local units <const> = { "ReadCapacityUnits", "WriteCapacityUnits" }
local unit_keys <const> = { "MinCapacity", "MaxCapacity", "TargetValue", "ScaleInCooldown", "ScaleOutCooldown" }

function capacity.billing(table)
  local properties <const> = table.resource.Properties
  for _, name in ipairs { "ProvisionedThroughput", "WriteProvisionedThroughputSettings" } do
    if read.get(properties, name) ~= nil then return "PROVISIONED" end
  end
  return "PAY_PER_REQUEST"
end

--- What every replica of a global table has, unless the file says otherwise.
local per_replica <const> = {
  DeletionProtectionEnabled = protection.parameter, PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled = true },
}

function capacity.replicas(table)
  local list <const> = table.type == "AWS::DynamoDB::GlobalTable" and table.resource.Properties.Replicas or nil
  for index = 1, read.is_list(list) and #list or 0 do
    for name, value in pairs(per_replica) do
      if read.is_mapping(list[index]) and list[index][name] == nil then
        list[index][name] = type(value) == "function" and value() or value
      end
    end
  end
end

--- Replicas are fed by the stream of the table.
function capacity.stream(table)
  local list <const> = read.get(table.resource.Properties, "Replicas")
  return read.is_list(list) and #list > 1 and { StreamViewType = "NEW_AND_OLD_IMAGES" } or nil
end

--- The ARN of the stream; a table without one is reported.
function capacity.stream_arn(table)
  if table.resource.Properties.StreamSpecification == nil and not capacity.stream(table) then
    return engine.error(table.at, table.subject .. " is read as a stream but has no StreamSpecification",
      "write Properties: {StreamSpecification: {StreamViewType: NEW_AND_OLD_IMAGES}}")
  end
  return table.resource:att("StreamArn")
end

function capacity.customer_key(_, _, _, holder)
  holder.SSEEnabled = true
  holder.SSEType = "KMS"
end

--- A number of a capacity unit, placed; reported when it is missing, too small or too large.
local function number(unit, name, least, subject, default, most)
  local value <const> = unit[name]
  if value == nil and default then return default end
  if type(value) ~= "number" or value < least or value > (most or math.huge) then
    engine.error({ unit, name }, subject .. " needs " .. name .. ", "
      .. (most and "from " .. least .. " to " .. most or "at least " .. least),
      "write {MinCapacity: 5, MaxCapacity: 100, TargetValue: 70}")
    return least
  end
  return engine.placed(value, { unit, name })
end

--- A scalable target and its policy for reads or writes of a table or an index.
local function scalable(definition, unit, kind, index, subject)
  read.keys(unit, unit_keys, subject)
  local is_read <const> = kind == "ReadCapacityUnits"
  local noun <const> = "Table" .. (index and "Index" .. engine.pascal(tostring(index)) or "") .. (is_read and "Reads" or "Writes")
  local path = "table/" .. definition.resource:ref()
  if index then path = path .. "/index/" .. tostring(index) end
  local least <const> = number(unit, "MinCapacity", 1, subject)
  local target <const> = definitions.add(definition, noun, "AWS::ApplicationAutoScaling::ScalableTarget", noun
    .. "Target", {
    ServiceNamespace = "dynamodb", ResourceId = path,
    ScalableDimension = "dynamodb:" .. (index and "index" or "table") .. ":" .. kind,
    MinCapacity = least, MaxCapacity = number(unit, "MaxCapacity", tonumber(unit.MinCapacity) or 1, subject),
  })
  definitions.add(definition, noun .. "_policy", "AWS::ApplicationAutoScaling::ScalingPolicy", noun .. "Policy", {
    PolicyName = noun, PolicyType = "TargetTrackingScaling", ScalingTargetId = target:ref(),
    TargetTrackingScalingPolicyConfiguration = {
      PredefinedMetricSpecification = {
        PredefinedMetricType = is_read and "DynamoDBReadCapacityUtilization" or "DynamoDBWriteCapacityUtilization",
      },
      TargetValue = number(unit, "TargetValue", 1, subject, nil, 100),
      ScaleInCooldown = number(unit, "ScaleInCooldown", 0, subject, 60),
      ScaleOutCooldown = number(unit, "ScaleOutCooldown", 0, subject, 60),
    },
  })
  return least
end

--- Targets for both units that `node` gives; `holder` (the table or an index) begins with the least of each.
local function scale_one(definition, node, holder, index, subject)
  read.keys(node, units, subject)
  local throughput <const> = {}
  for _, kind in ipairs(units) do
    local given <const> = holder.ProvisionedThroughput
    throughput[kind] = given ~= nil and given[kind] or 5
    if node[kind] ~= nil then
      local unit <const> = read.as_mapping(node[kind], { node, kind }, subject)
      local least <const> = read.is_mapping(node[kind])
        and scalable(definition, unit, kind, index, subject .. " " .. kind)
      if given == nil and least then throughput[kind] = least end
    end
  end
  if holder.ProvisionedThroughput == nil then holder.ProvisionedThroughput = throughput end
end

local function index_named(list, name)
  for position = 1, list ~= nil and #list or 0 do
    if list[position].IndexName == name then return list[position] end
  end
end

--- `Scaling: {Table, Indexes, CopyToIndexes}`.
function capacity.scale(definition)
  local node <const> = definition.body.Scaling
  if node == nil then return end
  local subject <const> = definition.subject .. " Scaling"
  local body <const> = read.as_mapping(node, { definition.body, "Scaling" }, subject)
  read.keys(body, { "Table", "Indexes", "CopyToIndexes" }, subject)
  local properties <const> = definition.resource.Properties
  if definition.type ~= "AWS::DynamoDB::Table" then
    return engine.error({ definition.body, "Scaling", "key" }, subject .. " does not apply to a global table",
      "write WriteProvisionedThroughputSettings in its Properties")
  end
  properties.BillingMode = "PROVISIONED"
  local table_body <const> = read.as_mapping(body.Table, { body, "Table" }, subject .. " Table")
  scale_one(definition, table_body, properties, nil, subject .. " Table")
  local indexes <const> = read.as_mapping(body.Indexes, { body, "Indexes" }, subject .. " Indexes")
  local list <const> = properties.GlobalSecondaryIndexes
  for name in pairs(indexes) do
    if not index_named(list, name) then
      local names <const> = {}
      for position = 1, list ~= nil and #list or 0 do table.insert(names, list[position].IndexName) end
      engine.error({ indexes, name, "key" }, subject .. " names an index \"" .. name
        .. "\", which the table does not have",
        engine.near(name, names, "it has") or "write it under GlobalSecondaryIndexes")
    end
  end
  for position = 1, list ~= nil and #list or 0 do
    local index <const> = list[position]
    local own <const> = indexes[index.IndexName] or (body.CopyToIndexes == true and table_body) or nil
    if own then scale_one(definition, own, index, index.IndexName, subject .. " Indexes") end
  end
end

return capacity
