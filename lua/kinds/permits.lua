--- Resource policies: what other AWS services may do to a resource, because a definition links them.
local definitions <const> = engine.use("kinds/definitions")
local values <const> = engine.use("kinds/values")
local permits <const> = {}

--- The condition that holds an AWS service to this account, or to one resource of it.
local function condition(source)
  if source then return { ArnLike = { ["aws:SourceArn"] = source } } end
  return { StringEquals = { ["aws:SourceAccount"] = composex.ref("AWS::AccountId") } }
end

local function words(principal)
  return engine.pascal((principal:gsub("%.amazonaws%.com$", "")))
end

--- The statements of the definition's policy, or nil when its module has none; the policy is made when there was none.
local function statements(definition)
  local permit <const> = definition.module.permits
  local policy <const> = definition.policy or definitions.part(definition, permit.part)
  if policy then
    local document <const> = policy.Properties[permit.document or "PolicyDocument"]
    return document ~= nil and document.Statement or nil, policy
  end
  if not permit.policy then return nil end
  definition.policy = definitions.add(definition, permit.part, permit.policy.type, permit.policy.noun,
    permit.policy.properties)
  return definition.policy.Properties.PolicyDocument.Statement, definition.policy
end

--- Whether a list of references holds one.
local function holds(list, wanted)
  for index = 1, #list do
    if tostring(list[index]) == tostring(wanted) then return true end
  end
  return false
end

local function has(list, sid)
  for index = 1, #list do
    if list[index].Sid == sid then return true end
  end
  return false
end

--- Lets the AWS service `principal` do `actions` to the definition, from `source` (an ARN) or from anywhere in the
--- account; the keys that encrypt the definition are opened to it as well. Returns the policy, which others may have to
--- wait for. A definition that is looked up has its policy elsewhere: that is reported at `where`.
function permits.service(definition, principal, actions, source, sid, where)
  if definition.lookup then
    engine.warn(where, definition.subject .. " is looked up: composex does not change its policy",
      "its policy must allow " .. principal .. " " .. table.concat(actions, ", "))
    return nil
  end
  local permit <const> = definition.module.permits
  if not permit then return nil end
  if permit.grant then return permit.grant(definition, principal, source, sid or words(principal), where) end
  local list <const>, policy <const> = statements(definition)
  definition.is_permitted = true
  sid = sid or words(principal)
  local resource <const> = values.expand(definition, permit.resource or "${Arn}")
  if list and not has(list, sid) then
    list[#list + 1] = {
      Sid = sid, Effect = "Allow", Principal = { Service = principal }, Action = actions,
      Resource = resource, Condition = condition(source),
    }
  end
  for _, key in ipairs(definition.encrypted_by) do
    if key.definition then permits.key(key.definition, principal, where) end
  end
  return policy
end

--- What an AWS service needs of a key to write to, and to read from, what the key encrypts.
function permits.key(definition, principal, where)
  return permits.service(definition, principal, { "kms:Decrypt", "kms:GenerateDataKey*" }, nil, nil, where)
end

--- What the module says that a linked AWS service may do to its definitions.
function permits.link(definition, principal, source, sid, where)
  local permit <const> = definition.module.permits
  return permit and permits.service(definition, principal, permit.actions or {}, source, sid, where)
end

--- The policy that comes with a queue or a topic, named by its property `list`: nobody does `action` on `resource` but over TLS.
--- Links add to it what they permit.
function permits.policy(type, id, list, action, resource)
  return { type = type, noun = id, part = "policy", properties = {
    [list] = { composex.this.Ref },
    PolicyDocument = { Version = "2012-10-17", Statement = { {
      Sid = "TransportIsEncrypted", Effect = "Deny", Principal = "*", Action = action, Resource = resource,
      Condition = { Bool = { ["aws:SecureTransport"] = false } },
    } } },
  } }
end

-- Roles of resources ------------------------------------------------------------------------------------------------

--- The role that a definition's resource takes, made when it is asked for; only `principal` may take it, for this
--- account.
function permits.role(definition, principal, noun, part)
  part = part or "role"
  local role <const> = definitions.part(definition, part)
  if role then return role end
  local boundary <const> = definition.boundary
  return definitions.add(definition, part, "AWS::IAM::Role", noun or (definition.noun .. "Role"), {
    AssumeRolePolicyDocument = { Version = "2012-10-17", Statement = { {
      Effect = "Allow", Principal = { Service = principal }, Action = "sts:AssumeRole",
      Condition = condition(),
    } } },
    PermissionsBoundary = boundary,
  })
end

--- Lets a role do `actions` on `resources`; returns the policy, which the resource must wait for.
function permits.allow_role(definition, role, noun, sid, actions, resources)
  local part <const> = role.part .. "_policy"
  local policy <const> = definitions.part(definition, part)
  local statement <const> = { Sid = sid, Effect = "Allow", Action = actions, Resource = resources }
  if not policy then
    return definitions.add(definition, part, "AWS::IAM::Policy", noun, {
      PolicyName = "access", Roles = { role:ref() },
      PolicyDocument = { Version = "2012-10-17", Statement = { statement } },
    })
  end
  local list <const> = policy.Properties.PolicyDocument.Statement
  for index = 1, #list do
    if list[index].Sid == sid then
      local allowed <const> = list[index].Resource
      for _, resource in ipairs(resources) do
        if not holds(allowed, resource) then allowed[#allowed + 1] = resource end
      end
      return policy
    end
  end
  list[#list + 1] = statement
  return policy
end

return permits
