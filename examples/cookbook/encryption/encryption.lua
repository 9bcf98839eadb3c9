composex.stack(function(stack)
  local key <const> = stack:parameter("DataKey", {
    Type = "String", Default = "alias/acme/data", Description = "The key that encrypts data at rest",
  })
  for _, queue in ipairs(stack:all("x-sqs")) do
    queue.Properties.SqsManagedSseEnabled = nil
    queue.Properties.KmsMasterKeyId = key
  end
  for _, topic in ipairs(stack:all("x-sns")) do
    topic.Properties.KmsMasterKeyId = key
  end
  -- Who sends or receives needs the key too.
  for _, task in ipairs(composex.tasks()) do
    stack:add("AWS::IAM::Policy", task.role.id .. "DataKey", {
      PolicyName = "data-key",
      Roles = { task.role:ref() },
      PolicyDocument = {
        Version = "2012-10-17",
        Statement = { {
          Sid = "DataKey", Effect = "Allow", Action = { "kms:Decrypt", "kms:GenerateDataKey" },
          Resource = composex.sub("arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/*"),
          Condition = { ["ForAnyValue:StringEquals"] = { ["kms:ResourceAliases"] = key } },
        } },
      },
    })
  end
end)

composex.check({ "AWS::SQS::Queue", "AWS::SNS::Topic" }, "must be encrypted with the data key", function(resource)
  return resource.Properties.KmsMasterKeyId == composex.ref("DataKey")
end)
