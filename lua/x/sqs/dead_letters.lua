--- Dead letter queues: what must hold between a queue and the one that takes what it could not deliver, and who may use one.
local read <const> = engine.use("base/read")
local dead_letters <const> = {}

local function is_fifo(queue)
  if queue.resource then return queue.resource.Properties.FifoQueue == true end
  return type(queue.lookup.arn) == "string" and queue.lookup.arn:find("%.fifo$") ~= nil
end

--- A dead letter queue is of the same kind as the queue that fills it.
function dead_letters.connect(queue, dead, where)
  if is_fifo(queue) ~= is_fifo(dead) then
    engine.error(where, queue.subject .. " and its dead letter queue must both be FIFO, or neither",
      "set FifoQueue on both")
  end
  dead.filled_by = dead.filled_by or {}
  table.insert(dead.filled_by, queue)
end

--- A dead letter queue takes from the queues that name it, where their names are known: the ARN of one that CloudFormation names
--- would make a cycle.
function dead_letters.allowed(dead)
  local arns <const> = {}
  for _, queue in ipairs(dead.filled_by or {}) do
    local name <const> = queue.resource.Properties.QueueName
    if type(name) ~= "string" then return nil end
    table.insert(arns, composex.sub("arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:" .. name))
  end
  -- SQS takes ten at most.
  if #arns == 0 or #arns > 10 then return nil end
  return { redrivePermission = "byQueue", sourceQueueArns = arns }
end

--- Whether the RedrivePolicy of a queue, if it has one, says where to and when.
function dead_letters.is_complete(queue)
  local policy <const> = queue.Properties.RedrivePolicy
  if policy == nil then return true end
  return read.is_mapping(policy) and read.get(policy, "deadLetterTargetArn") ~= nil
    and read.get(policy, "maxReceiveCount") ~= nil
end

return dead_letters
