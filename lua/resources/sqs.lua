--- x-sqs: Amazon SQS queues, and what services may do with them.
local this <const> = composex.this

return {
  key      = "x-sqs",
  type     = "AWS::SQS::Queue",
  id       = "Queue",
  defaults = { SqsManagedSseEnabled = true },
  returns  = { Url = "Ref", Arn = "Arn", QueueName = "QueueName" },
  env      = { ["{NAME}"] = "Url" },
  access   = {
    RO                   = { "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ListQueueTags" },
    Publish              = { "RO", "sqs:SendMessage" },
    Consume              = { "RO", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility" },
    RWMessages           = { "Publish", "Consume" },
    RWPermissions        = { "RWMessages", "sqs:AddPermission", "sqs:RemovePermission" },
    SQSPollerPolicy      = { "sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage" },
    SQSSendMessagePolicy = { "sqs:SendMessage" },
  },
  links    = {
    ["KmsMasterKeyId"]                    = "x-kms.Arn",
    ["RedrivePolicy.deadLetterTargetArn"] = "x-sqs.Arn",
  },
  companions = {
    { type = "AWS::SQS::QueuePolicy", id = "QueuePolicy", part = "policy", properties = {
      Queues = { this.Ref },
      PolicyDocument = {
        Version = "2012-10-17",
        Statement = { {
          Sid = "TransportIsEncrypted", Effect = "Deny", Principal = "*", Action = "sqs:*", Resource = this.Arn,
          Condition = { Bool = { ["aws:SecureTransport"] = false } },
        } },
      },
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
