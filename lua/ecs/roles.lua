--- The two roles of a task: what ECS may do to start it, and what the application may do.
local roles <const> = {}

--- Only tasks of this account may take the role.
local function trust()
  return {
    Version = "2012-10-17",
    Statement = { {
      Effect = "Allow", Action = "sts:AssumeRole",
      Principal = { Service = "ecs-tasks.amazonaws.com" },
      Condition = { StringEquals = { ["aws:SourceAccount"] = composex.ref("AWS::AccountId") } },
    } },
  }
end

--- The repository that an image is pulled from, as an ARN; nil when it is not on ECR.
local function repository(image)
  if type(image) ~= "string" then
    return composex.sub("arn:${AWS::Partition}:ecr:${AWS::Region}:${AWS::AccountId}:repository/*")
  end
  local account <const>, region <const>, name <const> =
    image:match("^(%d+)%.dkr%.ecr%.([%w-]+)%.amazonaws%.com[%w.]*/([^:@]+)")
  if not account then return nil end
  return composex.sub("arn:${AWS::Partition}:ecr:" .. region .. ":" .. account .. ":repository/" .. name)
end

local function pull(image)
  local arn <const> = repository(image)
  if not arn then return {} end
  return {
    { Sid = "RegistryLogin", Effect = "Allow", Action = { "ecr:GetAuthorizationToken" }, Resource = "*" },
    { Sid = "ImagePull", Effect = "Allow", Resource = { arn }, Action = {
      "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer",
    } },
  }
end

--- The role that ECS starts the task with: its own log group, its image when that is on ECR, and what was granted.
function roles.execution(service, log_group, granted)
  local statements <const> = { {
    Sid = "Logs", Effect = "Allow", Resource = { log_group:att("Arn") },
    Action = { "logs:CreateLogStream", "logs:PutLogEvents" },
  } }
  for _, statement in ipairs(pull(service.image)) do table.insert(statements, statement) end
  for _, grant in ipairs(granted) do
    table.insert(statements, { Sid = grant.sid, Effect = "Allow", Action = grant.actions, Resource = grant.resources })
  end
  return {
    AssumeRolePolicyDocument = trust(),
    Policies = { { PolicyName = "start-task", PolicyDocument = { Version = "2012-10-17", Statement = statements } } },
  }
end

--- The role of the application: nothing, until something is granted.
function roles.task()
  return { AssumeRolePolicyDocument = trust() }
end

--- Statements of one policy: those of the same profile share one, their resources side by side.
local function merged(granted)
  local statements <const>, by_sid <const> = {}, {}
  for _, grant in ipairs(granted) do
    local statement = by_sid[grant.sid]
    if not statement then
      statement = {
        Sid = grant.sid, Effect = grant.effect or "Allow", Action = grant.actions, Resource = {}, Condition = grant.condition,
      }
      by_sid[grant.sid] = statement
      table.insert(statements, statement)
    end
    for _, resource in ipairs(grant.resources) do table.insert(statement.Resource, resource) end
  end
  return statements
end

--- One policy per kind of resource that the service was granted: `{ { key, noun, properties } }`.
function roles.policies(granted, role)
  local keys <const>, by_key <const> = {}, {}
  for _, grant in ipairs(granted) do
    if not by_key[grant.key] then
      by_key[grant.key] = {}
      table.insert(keys, grant.key)
    end
    table.insert(by_key[grant.key], grant)
  end
  local policies <const> = {}
  for _, key in ipairs(keys) do
    local kind <const> = key:gsub("^x%-", "")
    table.insert(policies, {
      kind = kind,
      properties = {
        PolicyName = kind .. "-access",
        PolicyDocument = { Version = "2012-10-17", Statement = merged(by_key[key]) },
        Roles = { role:ref() },
      },
    })
  end
  return policies
end

return roles
