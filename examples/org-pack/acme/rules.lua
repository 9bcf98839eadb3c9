--- Defaults that a project may change, overrides that it may not, and rules that refuse.
local options <const> = composex.pack.options

-- Defaults: what the compose file says is stronger.
composex.default("x-sqs", { MessageRetentionPeriod = 1209600 })

-- Overrides.
composex.each("*", function(resource)
  resource:tag { owner = options.owner, organisation = "acme" }
end)

composex.patch("AWS::Logs::LogGroup", { RetentionInDays = options.retention })

composex.each("AWS::IAM::Role", function(role)
  role.Properties.PermissionsBoundary = composex.sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/acme-boundary")
end)

composex.patch("x-sqs", { KmsMasterKeyId = "alias/acme/data", SqsManagedSseEnabled = composex.unset })

-- Rules.
composex.check("x-sqs", "must be encrypted with an acme key", function(queue)
  local key <const> = queue.Properties.KmsMasterKeyId
  return type(key) == "string" and key:find("^alias/acme/") ~= nil
end)

composex.check("services", "must not use the tag latest", function(service)
  for _, made in ipairs(composex.services()) do
    if made.name == service.name then
      return made.image == nil or (made.image:find(":", 1, true) and not made.image:find(":latest$")) ~= nil
    end
  end
end)

composex.check("AWS::ECS::Service", "must not have public addresses", function(service)
  return service.Properties.NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp ~= "ENABLED"
end)
