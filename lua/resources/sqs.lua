--- x-sqs: Amazon SQS queues, and what services may do with them.
local principals <const> = engine.use("composex/principals")
local queue_scaling <const> = engine.use("resources/sqs_scaling")
local this <const> = composex.this

--- A dead letter queue is of the same kind as the queue that fills it.
local function same_kind(queue, dead, where)
  local function is_fifo(each)
    return each.resource and each.resource.Properties.FifoQueue == true
      or (each.lookup and each.lookup.arn or ""):find("%.fifo$")
  end
  if (is_fifo(queue) and 1 or 0) ~= (is_fifo(dead) and 1 or 0) then
    engine.error(where, queue.subject .. " and its dead letter queue must both be FIFO, or neither")
  end
end

return {
  key      = "x-sqs",
  type     = "AWS::SQS::Queue",
  id       = "Queue",
  defaults = {
    SqsManagedSseEnabled = function(queue) return queue.resource.Properties.KmsMasterKeyId == nil or nil end,
  },
  returns  = { Url = "Ref", Arn = "Arn", QueueName = "QueueName" },
  env      = { ["{NAME}"] = "Url" },
  lookup   = {
    arn     = "arn:{partition}:sqs:{region}:{account}:{name}",
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
    PowerUser            = { "RWMessages", "sqs:PurgeQueue", "sqs:SetQueueAttributes", "sqs:TagQueue",
      "sqs:UntagQueue" },
    SQSPollerPolicy      = { "sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes",
      "sqs:ReceiveMessage" },
    SQSSendMessagePolicy = { "sqs:SendMessage" },
  },
  links    = {
    ["KmsMasterKeyId"]                    = "x-kms.Arn",
    ["RedrivePolicy.deadLetterTargetArn"] = { "x-sqs.Arn", after = same_kind },
  },
  permits  = { part = "policy", actions = { "sqs:SendMessage" } },
  macros   = {
    AwsPrincipalsAccess = principals.macro {
      Publish        = { "sqs:SendMessage" },
      Consume        = { "sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes",
        "sqs:ReceiveMessage" },
      PublishConsume = { "Publish", "Consume" },
    },
  },
  scaling  = queue_scaling,
  companions = {
    { type = "AWS::SQS::QueuePolicy", id = "QueuePolicy", part = "policy", properties = {
      Queues = { this.Ref },
      PolicyDocument = { Version = "2012-10-17", Statement = { {
        Sid = "TransportIsEncrypted", Effect = "Deny", Principal = "*", Action = "sqs:*", Resource = this.Arn,
        Condition = { Bool = { ["aws:SecureTransport"] = false } },
      } } },
    } },
  },
  checks   = {
    ["must have a QueueName that ends in .fifo when FifoQueue is true"] = function(queue)
      local name <const> = queue.Properties.QueueName
      return not queue.Properties.FifoQueue or type(name) ~= "string" or name:sub(-5) == ".fifo"
    end,
    ["must not use a customer key and SqsManagedSseEnabled at once"] = function(queue)
      return not queue.Properties.KmsMasterKeyId or queue.Properties.SqsManagedSseEnabled ~= true
    end,
  },
}
