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
  return key ~= nil and key:find("^alias/acme/") ~= nil
end)

-- The image of a container is what runs, whoever wrote it; one of a registry with a port has a colon before its name.
composex.check("AWS::ECS::TaskDefinition", "must not use the tag latest", function(task)
  for _, container in ipairs(task.Properties.ContainerDefinitions or {}) do
    local tag <const> = container.Image:match("@sha256:%x+$") or container.Image:match(":([^/:]+)$")
    if tag == nil or tag == "latest" then return false end
  end
  return true
end, { unknown = "pass" }) -- an image that is a parameter is chosen by whoever deploys

composex.check("AWS::ECS::Service", "must not have public addresses", function(service)
  local network <const> = service.Properties.NetworkConfiguration
  local addresses <const> = network and network.AwsvpcConfiguration
  return addresses == nil or addresses.AssignPublicIp ~= "ENABLED"
end)
