--- Contracts of Amazon SQS.
local values <const> = engine.use("contracts/values")

local api <const> = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html"
local cfn <const> = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html"
local checked <const> = "2026-11-29"
local queue <const> = "AWS::SQS::Queue"

--- What only FIFO queues have.
local function only_fifo(id, property)
  return {
    id = "sqs-" .. id, on = queue, at = property, must = "must be FIFO to have " .. property,
    holds = function(made)
      local value <const>, fifo <const> = made[property], made.FifoQueue
      return value == nil or values.is_false(value) or values.is_computed(value) or fifo ~= nil and not values.is_false(fifo)
    end,
    remedy = "write FifoQueue: true, or leave " .. property .. " out", page = api, checked = checked,
  }
end

--- Whether a queue is FIFO; nil when it is not known.
local function is_fifo(properties)
  if values.is_computed(properties.FifoQueue) then return nil end
  return values.is_true(properties.FifoQueue)
end

--- What of the template sends to queues as a service of AWS: the type, and where it names them.
local senders <const> = {
  { "AWS::SNS::Subscription", "Endpoint" }, { "AWS::Events::Rule", "Targets[].Arn" },
  { "AWS::S3::Bucket", "NotificationConfiguration.QueueConfigurations[].Queue" },
}

--- The first resource by which a service of AWS sends to a queue.
local function sender(id, template)
  for _, row in ipairs(senders) do
    for _, each in ipairs(template.of(row[1])) do
      local is_target = false
      values.visit(each.properties, row[2], function(value) is_target = is_target or values.target(value) == id end)
      if is_target then return each.id end
    end
  end
end

return {
  {
    id = "sqs-name", on = queue, at = "QueueName", length = { 1, 80 }, remedy = "write a shorter QueueName", page = api, checked = checked,
  },
  {
    id = "sqs-name-letters", on = queue, at = "QueueName", must = "must have a QueueName of letters, digits, - and _",
    holds = function(made)
      local name <const> = values.string(made.QueueName)
      return not name or name:gsub("%.fifo$", ""):find("^[%w_-]+$") ~= nil, nil, name and "not \"" .. name .. "\""
    end,
    remedy = "write it like shop-jobs", page = api, checked = checked,
  },
  {
    id = "sqs-fifo-suffix", on = queue, at = "QueueName", must = "must be FIFO: its name ends in .fifo",
    holds = function(made)
      local name <const> = values.string(made.QueueName)
      return not name or name:sub(-5) ~= ".fifo" or is_fifo(made) ~= false
    end,
    remedy = "write FifoQueue: true", page = api, checked = checked,
  },
  {
    id = "sqs-fifo-name", on = queue, at = "QueueName", must = "must have a QueueName that ends in .fifo: it is FIFO",
    holds = function(made) return not is_fifo(made) or values.ends_in(made.QueueName, ".fifo") ~= false end,
    remedy = "write .fifo at its end, or leave QueueName out", page = api, checked = checked,
  },
  only_fifo("content-deduplication", "ContentBasedDeduplication"),
  only_fifo("deduplication-scope", "DeduplicationScope"),
  only_fifo("throughput-limit", "FifoThroughputLimit"),
  {
    id = "sqs-dead-letters", on = queue, at = "RedrivePolicy", must = "must be of the kind of its dead letter queue: both FIFO, or neither",
    holds = function(made, _, template)
      local target <const> = template.find(values.at(made, "RedrivePolicy.deadLetterTargetArn"))
      if not target or target.type ~= queue then return true end
      local own <const>, other <const> = is_fifo(made), is_fifo(target.properties)
      return own == nil or other == nil or own == other
    end,
    remedy = "write FifoQueue: true for both", page = cfn, checked = checked,
  },
  {
    id = "sqs-redrive-sources", on = queue, at = "RedriveAllowPolicy.sourceQueueArns",
    must = "must have sourceQueueArns with redrivePermission: byQueue only",
    holds = function(made)
      local permission <const> = values.at(made, "RedriveAllowPolicy.redrivePermission")
      return values.at(made, "RedriveAllowPolicy.sourceQueueArns") == nil or type(permission) == "table" or permission == "byQueue"
    end,
    remedy = "write redrivePermission: byQueue", page = cfn, checked = checked,
  },
  {
    id = "sqs-redrive-count", on = queue, at = "RedriveAllowPolicy.sourceQueueArns", items = { 0, 10 }, remedy = "write redrivePermission: allowAll",
    page = cfn, checked = checked,
  },
  {
    id = "sqs-high-throughput", on = queue, at = "FifoThroughputLimit", severity = "warning", when = { FifoThroughputLimit = "perMessageGroupId" },
    must = "must have DeduplicationScope: messageGroup beside FifoThroughputLimit: perMessageGroupId to be fast",
    holds = function(made) return made.DeduplicationScope ~= nil and made.DeduplicationScope ~= "queue" end,
    remedy = "write DeduplicationScope: messageGroup", page = cfn, checked = checked,
  },
  {
    id = "sqs-key-of-sender", on = queue, at = "KmsMasterKeyId", severity = "warning",
    must = "must have a key of its own, or none, for a service of AWS to send to it: the policy of alias/aws/sqs lets none in",
    holds = function(made, own, template)
      if made.KmsMasterKeyId ~= "alias/aws/sqs" then return true end
      local by <const> = sender(own.id, template)
      return by == nil, nil, "and " .. tostring(by) .. " does"
    end,
    remedy = "write SqsManagedSseEnabled: true in its place, or x-kms::NAME with a policy that lets the service use it",
    page = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html", checked = checked,
  },
}
