--- Contracts of AWS Lambda: functions, and what they read from.
local values <const> = engine.use("contracts/values")

local api <const> = "https://docs.aws.amazon.com/lambda/latest/api/API_"
local cfn <const> = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-"
local checked <const> = "2026-11-29"
local made_function <const>, mapping <const> = "AWS::Lambda::Function", "AWS::Lambda::EventSourceMapping"

--- The type of what a mapping reads from, when it is of the template.
local function source(made, template)
  local found <const> = template.find(made.EventSourceArn)
  return found and found.type or nil, found
end

local function is_of(made, types, template)
  local found <const> = source(made, template)
  if found == nil then return nil end
  for _, name in ipairs(types) do
    if found == name then return true end
  end
  return false
end

local streams <const> = { "AWS::Kinesis::Stream", "AWS::DynamoDB::Table", "AWS::Kinesis::StreamConsumer" }

--- What only streams have.
local function only_streams(id, property)
  return {
    id = "lambda-mapping-" .. id, on = mapping, at = property, must = "must not have " .. property .. ": it reads from no stream of Kinesis or DynamoDB",
    holds = function(made, _, template)
      local value <const> = made[property]
      return value == nil or values.is_false(value) or is_of(made, streams, template) ~= false
    end,
    remedy = "leave " .. property .. " out", page = api .. "CreateEventSourceMapping.html", checked = checked,
  }
end

--- A function of a kind of package has, or has not, a property.
local function zip(property, example)
  return {
    id = "lambda-zip-" .. property:lower(), on = made_function, at = property, must = "must have a " .. property .. ": its code is no image",
    holds = function(made)
      return made[property] ~= nil or made.PackageType ~= nil and made.PackageType ~= "Zip" or values.at(made, "Code.ImageUri") ~= nil
    end,
    remedy = "write " .. property .. ": " .. example, page = api .. "CreateFunction.html", checked = checked,
  }
end

return {
  {
    id = "lambda-name", on = made_function, at = "FunctionName", must = "must have a FunctionName of at most 64 letters",
    holds = function(made)
      local name <const> = values.string(made.FunctionName)
      return not name or name:find(":", 1, true) ~= nil or #name <= 64, nil, name and "not " .. #name
    end,
    remedy = "write a shorter FunctionName", page = cfn .. "function.html", checked = checked,
  },
  {
    id = "lambda-name-letters", on = made_function, at = "FunctionName", pattern = { "^[%w:_$-]+$", "letters, digits, - and _" },
    remedy = "write it like shop-thumbnails", page = api .. "CreateFunction.html", checked = checked,
  },
  zip("Handler", "index.handler"),
  zip("Runtime", "python3.13"),
  {
    id = "lambda-image-runtime", on = made_function, at = "Runtime", when = { PackageType = "Image" }, excludes = "PackageType",
    must = "must not have a Runtime: its code is an image", remedy = "leave Runtime out", page = api .. "CreateFunction.html", checked = checked,
  },
  {
    id = "lambda-architectures", on = made_function, at = "Architectures", items = { 1, 1 }, must = "must have one of the Architectures",
    remedy = "write Architectures: [arm64]", page = api .. "CreateFunction.html", checked = checked,
  },
  {
    id = "lambda-groups", on = made_function, at = "VpcConfig.SecurityGroupIds", items = { 0, 5 }, remedy = "leave all but 5 of them out",
    page = api .. "VpcConfig.html", checked = checked,
  },
  {
    id = "lambda-subnets", on = made_function, at = "VpcConfig.SubnetIds", items = { 0, 16 }, remedy = "leave all but 16 of them out",
    page = api .. "VpcConfig.html", checked = checked,
  },
  {
    id = "lambda-mapping-position", on = mapping, at = "StartingPosition", must = "must have a StartingPosition: it reads from a stream",
    holds = function(made, _, template) return made.StartingPosition ~= nil or is_of(made, streams, template) ~= true end,
    remedy = "write StartingPosition: LATEST, or TRIM_HORIZON", page = cfn .. "eventsourcemapping.html", checked = checked,
  },
  {
    id = "lambda-mapping-fifo", on = mapping, at = "BatchSize", must = "must have a BatchSize of at most 10: its queue is FIFO",
    holds = function(made, _, template)
      local size <const> = values.number(made.BatchSize)
      local kind <const>, queue <const> = source(made, template)
      return not size or size <= 10 or kind ~= "AWS::SQS::Queue" or not values.is_true(queue.properties.FifoQueue), nil, "not " .. tostring(size)
    end,
    remedy = "write BatchSize: 10", page = cfn .. "eventsourcemapping.html", checked = checked,
  },
  {
    id = "lambda-mapping-window", on = mapping, at = "MaximumBatchingWindowInSeconds",
    must = "must wait for a BatchSize above 10 from its queue (MaximumBatchingWindowInSeconds)",
    holds = function(made, _, template)
      local size <const>, wait <const> = values.number(made.BatchSize), made.MaximumBatchingWindowInSeconds
      if not size or size <= 10 or source(made, template) ~= "AWS::SQS::Queue" then return true end
      return values.is_computed(wait) or (values.number(wait) or 0) >= 1
    end,
    remedy = "write MaximumBatchingWindowInSeconds: 1", page = cfn .. "eventsourcemapping.html", checked = checked,
  },
  {
    id = "lambda-mapping-scaling", on = mapping, at = "ScalingConfig", excludes = "ProvisionedPollerConfig",
    must = "must not have both ScalingConfig and ProvisionedPollerConfig", remedy = "leave one of them out", page = cfn .. "eventsourcemapping.html",
    checked = checked,
  },
  {
    id = "lambda-mapping-age", on = mapping, at = "MaximumRecordAgeInSeconds", must = "must have a MaximumRecordAgeInSeconds of -1, or of 60 and more",
    holds = function(made)
      local age <const> = values.number(made.MaximumRecordAgeInSeconds)
      return not age or age == -1 or age >= 60, nil, "not " .. tostring(age)
    end,
    remedy = "write MaximumRecordAgeInSeconds: 60", page = cfn .. "eventsourcemapping.html", checked = checked,
  },
  only_streams("bisect", "BisectBatchOnFunctionError"),
  only_streams("parallel", "ParallelizationFactor"),
  only_streams("tumbling", "TumblingWindowInSeconds"),
  {
    id = "lambda-mapping-visibility", on = mapping, at = "EventSourceArn",
    must = "must read from a queue whose VisibilityTimeout is not below the Timeout of its function",
    holds = function(made, _, template)
      local kind <const>, queue <const> = source(made, template)
      local called <const> = template.find(made.FunctionName)
      if kind ~= "AWS::SQS::Queue" or not called or called.type ~= made_function then return true end
      local hidden <const>, runs <const> = queue.properties.VisibilityTimeout, called.properties.Timeout
      if type(hidden) == "table" or type(runs) == "table" then return true end
      local seconds <const>, most <const> = values.number(hidden) or 30, values.number(runs) or 3
      return seconds >= most, nil, "not " .. math.tointeger(seconds) .. " seconds with a function of " .. math.tointeger(most)
    end,
    remedy = "raise VisibilityTimeout of the queue", page = "https://github.com/aws-cloudformation/cfn-lint/issues/3987", checked = checked,
  },
}
