--- x-sqs.
local renders, refuses, same = composex.test.renders, composex.test.refuses, composex.test.same

local function statement(stack, index)
  return stack:one("AWS::IAM::Policy").Properties.PolicyDocument.Statement[index or 1]
end

renders("a queue is encrypted", [[ x-sqs: { jobs: {} } ]], function(stack)
  same(stack:one("x-sqs::jobs").Properties.SqsManagedSseEnabled, true)
end)

renders("plain text is refused on the way", [[ x-sqs: { jobs: {} } ]], function(stack)
  local policy <const> = stack:one("#JobsQueuePolicy").Properties.PolicyDocument.Statement[1]
  same(policy.Effect, "Deny")
  same(policy.Condition, { Bool = { ["aws:SecureTransport"] = false } })
end)

renders("who publishes may not receive", [[
services: { web: { image: a } }
x-sqs: { jobs: { Services: { web: { Access: Publish } } } }
]], function(stack)
  for _, action in ipairs(statement(stack).Action) do
    if action == "sqs:ReceiveMessage" then error("may receive") end
  end
  same(tostring(statement(stack).Resource[1]), "${JobsQueue.Arn}")
end)

renders("the URL is in the environment, unless the file sets the variable itself", [[
services: { web: { image: a }, other: { image: a, environment: { MY_JOBS: mine } } }
x-sqs: { my-jobs: { Services: { web: { Access: RO }, other: { Access: RO } } } }
]], function(stack)
  local function value(id)
    for _, variable in ipairs(stack:one(id).Properties.ContainerDefinitions[1].Environment) do
      if variable.Name == "MY_JOBS" then return tostring(variable.Value) end
    end
  end
  same(value("#WebTaskDefinition"), "${MyJobsQueue}")
  same(value("#OtherTaskDefinition"), "mine")
end)

refuses("a profile that is not there", [[
services: { web: { image: a } }
x-sqs: { jobs: { Services: { web: { Access: Publsh } } } }
]], 'did you mean "Publish"?')

refuses("a FIFO queue whose name does not say so", [[
x-sqs: { jobs: { Properties: { FifoQueue: true, QueueName: jobs } } }
]], "must have a QueueName that ends in .fifo")
