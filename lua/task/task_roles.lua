--- The roles of a family and their policies, as resources; `task/roles` says what they hold.
local add <const> = engine.use("task/family_resource")
local roles <const> = engine.use("task/roles")
local task_roles <const> = {}

--- The role by which ECS starts the tasks; nil when the file names one.
function task_roles.execution(family, made)
  local own <const> = roles.own(family, "ExecutionRoleArn")
  if own then
    made.definition.ExecutionRoleArn = own
    return nil
  end
  local groups <const> = {}
  if made.log_group then table.insert(groups, made.log_group:att("Arn")) end
  local role <const> = add(family, "execution_role", "AWS::IAM::Role", "ExecutionRole", roles.execution(family, groups, made.definition))
  made.definition.ExecutionRoleArn = role:att("Arn")
  return role
end

--- The role of the application; nil when the file names one.
function task_roles.task(family, made)
  local own <const>, where <const> = roles.own(family, "TaskRoleArn")
  if own then
    made.definition.TaskRoleArn = own
    if #roles.granted(family, "statements") + #family.managed_policies > 0 then
      engine.warn(where, "services::" .. family.main.name .. " has a role of its own: what resources grant it is for you to attach")
    end
    return nil
  end
  local made_role <const> = add(family, "role", "AWS::IAM::Role", "TaskRole", roles.task(family))
  made.definition.TaskRoleArn = made_role:att("Arn")
  return made_role
end

--- The policies of the task role: one for each kind of resource.
function task_roles.access(family, made)
  local list <const> = {}
  if not made.role then return list end
  for _, policy in ipairs(roles.policies(roles.granted(family, "statements"), made.role)) do
    local noun <const> = engine.pascal(policy.kind) .. "Access"
    table.insert(list, add(family, "access", "AWS::IAM::Policy", noun, policy.properties))
  end
  return list
end

return task_roles
