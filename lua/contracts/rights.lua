--- What the roles of a template allow, as far as the template says: for contracts that ask whether a role may do something.
local values <const> = engine.use("contracts/values")
local rights <const> = {}

--- The items of what may be one or a list.
local function all(value)
  if type(value) == "table" and value[1] ~= nil then return value end
  return value ~= nil and { value } or {}
end

--- Whether a pattern of actions (`ecs:*`) covers an action.
local function covers(pattern, action)
  if type(pattern) ~= "string" then return true end
  local like <const> = "^" .. pattern:lower():gsub("[%-%.%+%[%]%(%)%$%^%%]", "%%%0"):gsub("%*", ".*"):gsub("%?", ".") .. "$"
  return action:lower():find(like) ~= nil
end

--- Whether a document allows an action; what is not known is taken for allowed.
local function allows(document, action)
  if type(document) ~= "table" or values.is_computed(document) then return document ~= nil end
  for _, statement in ipairs(all(document.Statement)) do
    if type(statement) ~= "table" or values.is_computed(statement) or statement.NotAction ~= nil then return true end
    for _, pattern in ipairs(statement.Effect ~= "Deny" and all(statement.Action) or {}) do
      if covers(pattern, action) then return true end
    end
  end
  return false
end

--- Whether a policy of its own is attached to the role.
local function is_attached(policy, role)
  for _, each in ipairs(all(policy.properties.Roles)) do
    if values.target(each) == role.id or values.is_computed(each) and not values.target(each) then return true end
  end
  return false
end

--- Whether a role may do something: false only for a role of the template whose policies are all in it, and none allows it. Managed
--- policies of elsewhere are not known; `managed` names those that do not allow it.
function rights.may(template, reference, action, managed)
  local role <const> = template.find(reference)
  if not role or role.type ~= "AWS::IAM::Role" then return true end
  for _, policy in ipairs(all(role.properties.Policies)) do
    if type(policy) ~= "table" or values.is_computed(policy) or allows(policy.PolicyDocument, action) then return true end
  end
  for _, arn in ipairs(all(role.properties.ManagedPolicyArns)) do
    local own <const> = template.find(arn)
    if own then
      if allows(own.properties.PolicyDocument, action) then return true end
    else
      local is_known = false
      for _, name in ipairs(managed or {}) do is_known = is_known or type(arn) == "string" and arn:find(name, 1, true) ~= nil end
      if not is_known then return true end
    end
  end
  for _, type_name in ipairs { "AWS::IAM::Policy", "AWS::IAM::ManagedPolicy" } do
    for _, policy in ipairs(template.of(type_name)) do
      if is_attached(policy, role) and allows(policy.properties.PolicyDocument, action) then return true end
    end
  end
  return false
end

return rights
