--- The two roles of a task: what ECS may do to start it, and what the application may do.
local grants <const> = engine.use("kinds/grants")
local read <const> = engine.use("base/read")
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

-- x-iam -------------------------------------------------------------------------------------------------------------

--- A policy by name is one of this account's; `arn:...` is itself.
local function policy_arn(holder, key)
  local value <const> = holder[key]
  if type(value) ~= "string" or value:find("^arn:") or value:find("^x%-[%w_-]+::") then return read.placed(holder, key) end
  if value:find("^Amazon") or value:find("^AWS") then
    engine.warn({ holder, key }, "policy " .. value .. " is taken for one of this account", "write one of AWS's by its ARN: arn:aws:iam::aws:policy/" .. value)
  end
  return engine.placed(composex.sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/" .. value:gsub("^/", "")), { holder, key })
end

--- What the services of a family say under a key of x-iam: `{ value, holder }` for the first, and all of them.
local function sections_with(family, key)
  local all <const> = {}
  for _, service in ipairs(family.services) do
    local section <const> = service["x-iam"]
    if section ~= nil and section[key] ~= nil then table.insert(all, { value = section[key], holder = section, service = service }) end
  end
  return all[1], all
end

--- The permissions boundary of a family's roles, or nil.
local function boundary(family)
  if family.boundary ~= nil then return family.boundary or nil end
  local first <const>, all <const> = sections_with(family, "PermissionsBoundary")
  for index = 2, #all do
    if type(all[index].value) ~= "string" or all[index].value ~= first.value then
      engine.error({ all[index].holder, "PermissionsBoundary" }, "services of family " .. family.name
        .. " name different permissions boundaries", "the roles of a task have one")
    end
  end
  family.boundary = first and policy_arn(first.holder, "PermissionsBoundary") or false
  return family.boundary or nil
end

roles.boundary = boundary

--- The managed policies that the services of a family name, each once.
local function managed(family)
  local list <const>, seen <const> = {}, {}
  local function add(holder, key)
    local value <const> = holder[key]
    if type(value) == "string" then
      if seen[value] then return end
      seen[value] = true
    end
    table.insert(list, policy_arn(holder, key))
  end
  for _, service in ipairs(family.services) do
    local named <const> = read.at(service, "x-iam", "ManagedPolicyArns")
    for index in ipairs(named or {}) do add(named, index) end
  end
  for _, arn in ipairs(family.managed_policies) do
    if not seen[tostring(arn)] then
      seen[tostring(arn)] = true
      table.insert(list, arn)
    end
  end
  return #list > 0 and list or nil
end

--- Inline policies of x-iam; one without a name gets one.
local function inline(family)
  local list <const> = {}
  for _, service in ipairs(family.services) do
    for index, policy in ipairs(read.at(service, "x-iam", "Policies") or {}) do
      table.insert(list, {
        PolicyName = policy.PolicyName ~= nil and read.placed(policy, "PolicyName") or (service.name .. "-" .. index),
        PolicyDocument = policy.PolicyDocument,
      })
    end
  end
  return #list > 0 and list or nil
end

--- The ARN of a role of somebody else's that the file names, or nil. `key` is TaskRoleArn or ExecutionRoleArn.
function roles.own(family, key)
  local first <const> = sections_with(family, key)
  return first and read.placed(first.holder, key), first and { first.holder, key }
end

-- What was granted --------------------------------------------------------------------------------------------------

--- The lists that steps add to beside what services are granted (`project/family`).
local own_kinds <const> = { statements = true, execution = true, reach = true, after = true }

--- What a service was granted of a kind for its container in a family; `kind` is a list of `kinds/grants`.
function roles.granted_to(service, family, kind)
  local list <const> = {}
  for _, grant in ipairs(grants.of(service.name)[kind]) do
    if grants.is_for(grant, family) then table.insert(list, grant) end
  end
  return list
end

--- All that the services of a family were granted of a kind.
function roles.granted(family, kind)
  local list <const> = {}
  for _, service in ipairs(family.services) do
    for _, grant in ipairs(roles.granted_to(service, family, kind)) do table.insert(list, grant) end
  end
  for _, grant in ipairs(own_kinds[kind] and family[kind] or {}) do table.insert(list, grant) end
  return list
end

--- What distinguishes statements of one name: two kinds of a section may allow other actions by it.
local function distinction(grant)
  local texts <const> = { grant.effect or "Allow" }
  for _, action in ipairs(grant.actions) do table.insert(texts, tostring(action)) end
  return table.concat(texts, " ")
end

--- Statements of one policy: those of the same name and actions share one, their resources side by side, each once. References are
--- equal when they are written alike.
local function merged(granted)
  local function placed(value, grant) return grant.at and engine.placed(value, grant.at) or value end
  local statements <const>, by_sid <const>, count <const> = {}, {}, {}
  for _, grant in ipairs(granted) do
    local name <const> = grant.sid .. " " .. distinction(grant)
    local known = by_sid[name]
    if not known then
      count[grant.sid] = (count[grant.sid] or 0) + 1
      local actions <const> = {}
      for _, action in ipairs(grant.actions) do table.insert(actions, placed(action, grant)) end
      known = { seen = {}, statement = {
        Sid = grant.sid .. (count[grant.sid] > 1 and "Kind" .. count[grant.sid] or ""), Effect = grant.effect or "Allow",
        Action = actions, Resource = {}, Condition = grant.condition,
      } }
      by_sid[name] = known
      table.insert(statements, known.statement)
    end
    for _, resource in ipairs(grant.resources) do
      local text <const> = tostring(resource)
      -- Functions of CloudFormation that the file wrote are not compared.
      if text == "mapping" or not known.seen[text] then
        known.seen[text] = true
        table.insert(known.statement.Resource, placed(resource, grant))
      end
    end
  end
  return statements
end

--- The repository that an image is pulled from, as an ARN; nil when it is not on ECR. Account and region may be pseudo parameters; names
--- of both address families are known: 111122223333.dkr.ecr.eu-west-1.amazonaws.com, 111122223333.dkr-ecr.eu-west-1.on.aws.
--- https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-requests.html (2026-11-29)
local function repository(image)
  if type(image) ~= "string" or image == "" then
    return composex.sub("arn:${AWS::Partition}:ecr:${AWS::Region}:${AWS::AccountId}:repository/*")
  end
  local account <const>, region <const>, name <const> = image:match("^([^./]+)%.dkr[.-]ecr[%w-]*%.([^./]+)%.[^/]+/([^:@]+)")
  if not account or not (account:find("^%d+$") or account == "${AWS::AccountId}") then return nil end
  return composex.sub("arn:${AWS::Partition}:ecr:" .. region .. ":" .. account .. ":repository/" .. name)
end

roles.repository = repository

--- What it takes to pull an image of a repository.
roles.pulling = { "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer" }

--- What the containers of a task pull: the images of its services, and those that its definition names beside them (sidecars, what
--- `x-ecs` writes).
local function pull(family, definition)
  local granted <const>, images <const> = {}, {}
  for _, service in ipairs(family.services) do table.insert(images, service.image or "") end
  for _, each in ipairs(definition ~= nil and definition.ContainerDefinitions or {}) do
    if each.Image ~= nil then table.insert(images, tostring(each.Image)) end
  end
  for _, image in ipairs(images) do
    local arn <const> = repository(image)
    if arn then
      table.insert(granted, { sid = "RegistryLogin", actions = { "ecr:GetAuthorizationToken" }, resources = { "*" } })
      table.insert(granted, { sid = "ImagePull", resources = { arn }, actions = roles.pulling })
    end
  end
  return granted
end

-- Roles -------------------------------------------------------------------------------------------------------------

--- The role that ECS starts the task with: its log groups, its images when they are on ECR, and what was granted.
function roles.execution(family, log_groups, definition)
  local granted <const> = {}
  if #log_groups > 0 then
    table.insert(granted, { sid = "Logs", actions = { "logs:CreateLogStream", "logs:PutLogEvents" }, resources = log_groups })
  end
  for _, grant in ipairs(pull(family, definition)) do table.insert(granted, grant) end
  for _, grant in ipairs(roles.granted(family, "execution")) do table.insert(granted, grant) end
  local policies
  if #granted > 0 then
    policies = { { PolicyName = "start-task", PolicyDocument = { Version = "2012-10-17", Statement = merged(granted) } } }
  end
  return { AssumeRolePolicyDocument = trust(), PermissionsBoundary = boundary(family), Policies = policies }
end

--- The role of the application: nothing, until something is granted or x-iam says so.
function roles.task(family)
  return {
    AssumeRolePolicyDocument = trust(), PermissionsBoundary = boundary(family), ManagedPolicyArns = managed(family),
    Policies = inline(family),
  }
end

--- One policy per kind of resource that the family was granted: `{ { kind, properties } }`.
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
