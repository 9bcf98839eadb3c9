--- x-sqs: Amazon SQS queues, and what services may do with them.
local dead_letters <const> = engine.use("x/sqs/dead_letters")
local permits <const> = engine.use("kinds/permits")
local principals <const> = engine.use("kinds/principals")
local queue_scaling <const> = engine.use("x/sqs/queue_scaling")

local poll <const> = {
  "sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage",
}

return {
  key      = "x-sqs",
  type     = "AWS::SQS::Queue",
  noun     = "Queue",
  defaults = {
    SqsManagedSseEnabled = function(queue) return queue.resource.Properties.KmsMasterKeyId == nil or nil end,
    RedriveAllowPolicy = dead_letters.allowed,
  },
  returns  = { Url = "Ref", Arn = "Arn", QueueName = "QueueName" },
  env      = { ["{NAME}"] = "Url" },
  lookup   = {
    arn     = "arn:{partition}:sqs:{region}:{account}:{name}",
    keys    = { "QueueKmsKey" },
    returns = { Url = "https://sqs.{region}.{suffix}/{account}/{name}", QueueName = "{name}" },
  },
  access   = {
    RO                   = { "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ListQueueTags" },
    Publish              = { "RO", "sqs:SendMessage" },
    Producer             = { "Publish" },
    Consume              = { "RO", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility" },
    Consumer             = { "Consume" },
    RWMessages           = { "Publish", "Consume" },
    RWPermissions        = { "RWMessages", "sqs:AddPermission", "sqs:RemovePermission" },
    PowerUser            = { "RWMessages", "sqs:PurgeQueue", "sqs:SetQueueAttributes", "sqs:TagQueue", "sqs:UntagQueue" },
    SQSPollerPolicy      = poll,
    SQSSendMessagePolicy = { "sqs:SendMessage" },
  },
  links    = {
    ["KmsMasterKeyId"]                    = "x-kms.Arn",
    ["RedrivePolicy.deadLetterTargetArn"] = { "x-sqs.Arn", arn = true, after = dead_letters.connect },
  },
  permits  = { part = "policy", actions = { "sqs:SendMessage" } },
  metrics  = {
    namespace = "AWS/SQS", dimensions = { { "QueueName", "QueueName" } },
    charts = { { "ApproximateNumberOfMessagesVisible", "Maximum" }, { "ApproximateAgeOfOldestMessage", "Maximum" } },
    alarms = {
      OldMessages = { "ApproximateAgeOfOldestMessage", "Maximum", above = 900 },
      ManyMessages = { "ApproximateNumberOfMessagesVisible", "Maximum", above = 1000 },
      AnyMessage = { "ApproximateNumberOfMessagesVisible", "Maximum", above = 1, EvaluationPeriods = 1 },
    },
  },
  accepts  = {
    macros = { AwsPrincipalsAccess = principals.macro {
      Publish = { "sqs:SendMessage" }, Consume = poll, PublishConsume = { "Publish", "Consume" },
    } },
    service = { Scaling = { apply = queue_scaling } },
  },
  hooks    = { after_make = { permits.policy("AWS::SQS::QueuePolicy", "QueuePolicy", "Queues", "sqs:*", composex.this.Arn) } },
  checks   = {
    ["must have a QueueName that ends in .fifo when FifoQueue is true"] = function(queue)
      local name <const> = queue.Properties.QueueName
      return not queue.Properties.FifoQueue or type(name) ~= "string" or name:sub(-5) == ".fifo"
    end,
    ["needs deadLetterTargetArn and maxReceiveCount in its RedrivePolicy"] = dead_letters.is_complete,
    ["must not use a customer key and SqsManagedSseEnabled at once"] = function(queue)
      return not queue.Properties.KmsMasterKeyId or queue.Properties.SqsManagedSseEnabled ~= true
    end,
  },
}
