--- The images that overrides put into task definitions: the role that starts the task may pull those of ECR too. What the file says has
--- been granted with the family; a patch, a script or an overlay comes later.
local read <const> = engine.use("base/read")
local roles <const> = engine.use("task/roles")

--- The text of an image, with the pseudo parameters in it: of a parameter its default, "" for one without, whose image nobody knows; nil
--- for what cannot be read.
local function text_of(image)
  if type(image) == "string" then return image end
  if type(image) ~= "table" then return nil end
  if image.Ref ~= nil then return engine.parameter_default(image.Ref) or "" end
  local sub <const> = image["Fn::Sub"]
  return type(sub) == "table" and sub[1] or sub
end

local function is_covered(resource, wanted)
  if resource == "*" then return true end
  local text <const> = text_of(resource)
  if text == nil then return false end
  return text == wanted or text:sub(-1) == "*" and wanted:sub(1, #text - 1) == text:sub(1, -2)
end

--- Whether the inline policies of a role let it pull from a repository.
local function may_pull(role, wanted)
  for _, policy in ipairs(role.Policies or {}) do
    for _, statement in ipairs(read.at(policy, "PolicyDocument", "Statement") or {}) do
      local actions <const> = type(statement.Action) == "table" and statement.Action or { statement.Action }
      local resources <const> = type(statement.Resource) == "table" and statement.Resource[1] ~= nil and statement.Resource or { statement.Resource }
      for _, action in ipairs(actions) do
        for _, resource in ipairs(resources) do
          if (action == "ecr:BatchGetImage" or action == "ecr:*" or action == "*") and is_covered(resource, wanted) then return true end
        end
      end
    end
  end
  return #(role.ManagedPolicyArns or {}) > 0
end

--- The role that starts a task, when the template makes it.
local function role_of(task, by_id)
  local target <const> = type(task.ExecutionRoleArn) == "table" and task.ExecutionRoleArn["Fn::GetAtt"]
  local role <const> = type(target) == "table" and by_id[target[1]] or nil
  return role and role.type == "AWS::IAM::Role" and role or nil
end

local function grant(role, arn)
  local policies <const> = role.made.Properties.Policies
  local policy <const> = {
    PolicyName = "pull-images",
    PolicyDocument = { Version = "2012-10-17", Statement = {
      { Sid = "RegistryLogin", Effect = "Allow", Action = { "ecr:GetAuthorizationToken" }, Resource = { "*" } },
      { Sid = "ImagePull", Effect = "Allow", Action = roles.pulling, Resource = { arn } },
    } },
  }
  if policies == nil then
    role.made.Properties.Policies = { policy }
    return
  end
  for _, each in ipairs(policies) do
    if each.PolicyName == "pull-images" then
      local resources <const> = each.PolicyDocument.Statement[2].Resource
      resources[#resources + 1] = arn
      return
    end
  end
  policies[#policies + 1] = policy
end

return function()
  local by_id <const>, tasks <const> = {}, {}
  for _, each in ipairs(engine.template()) do
    by_id[each.id] = each
    if each.type == "AWS::ECS::TaskDefinition" then tasks[#tasks + 1] = each end
  end
  for _, task in ipairs(tasks) do
    local properties <const> = engine.plain(task.made).properties
    local role <const> = role_of(properties, by_id)
    for _, container in ipairs(role and properties.ContainerDefinitions or {}) do
      local image <const> = text_of(container.Image)
      local arn <const> = image and roles.repository(image)
      if arn and not may_pull(engine.plain(role.made).properties, tostring(arn)) then grant(role, arn) end
    end
  end
end
