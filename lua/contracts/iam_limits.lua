--- Contracts of IAM: names, numbers and sizes of roles and policies.
local values <const> = engine.use("contracts/values")

local api <const> = "https://docs.aws.amazon.com/IAM/latest/APIReference/"
local quotas <const> = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html"
local checked <const> = "2026-11-29"
local role <const>, words <const> = "AWS::IAM::Role", "letters, digits and _+=,.@-"

local function named(id, on, property, most, page)
  return {
    id = id, on = on, at = property, name = { 1, most, "^[%w_+=,.@-]+$", words },
    must = "must have " .. (property:find("^I") and "an " or "a ") .. property:gsub(".*%.", "") .. " of 1 to " .. most .. " " .. words,
    remedy = "write a shorter name, of those letters",
    page = api .. page, checked = checked,
  }
end

--- The least number of characters, without white space, that a document has as JSON: what is computed counts as nothing.
local function size(value)
  if type(value) == "string" then return #value:gsub("%s", "") + 2 end
  if type(value) ~= "table" then return #tostring(value) end
  if values.is_computed(value) then return 0 end
  local count, items = 2, 0
  for key, item in pairs(value) do
    count, items = count + size(item) + (type(key) == "string" and #key + 3 or 0), items + 1
  end
  return count + math.max(items - 1, 0)
end

return {
  named("iam-role-name", role, "RoleName", 64, "API_CreateRole.html"),
  named("iam-profile-name", "AWS::IAM::InstanceProfile", "InstanceProfileName", 128, "API_CreateInstanceProfile.html"),
  named("iam-managed-policy-name", "AWS::IAM::ManagedPolicy", "ManagedPolicyName", 128, "API_CreatePolicy.html"),
  named("iam-policy-name", "AWS::IAM::Policy", "PolicyName", 128, "API_PutRolePolicy.html"),
  named("iam-inline-policy-name", role, "Policies[].PolicyName", 128, "API_PutRolePolicy.html"),
  {
    id = "iam-inline-policy-names", on = role, at = "Policies", unique = "PolicyName", must = "must have policies of different names",
    remedy = "write another PolicyName, or merge their statements", page = quotas, checked = checked,
  },
  {
    id = "iam-path", on = { role, "AWS::IAM::ManagedPolicy", "AWS::IAM::InstanceProfile" }, at = "Path", must = "must have a Path that begins and ends with /",
    holds = function(properties)
      local path <const> = values.string(properties.Path)
      return not path or path == "/" or path:find("^/[!-~]+/$") ~= nil, nil, "not \"" .. tostring(path) .. "\""
    end,
    remedy = "write Path: /shop/", page = api .. "API_CreateRole.html", checked = checked,
  },
  {
    id = "iam-role-description", on = role, at = "Description", must = "must have a Description of at most 1000 characters of Latin-1",
    holds = function(properties)
      local text <const> = values.string(properties.Description)
      if not text then return true end
      local count <const> = utf8.len(text) or #text
      if count > 1000 then return false, nil, "not " .. count end
      for _, code in utf8.codes(text, true) do
        if code > 255 then return false, nil, "not " .. utf8.char(code) end
      end
      return true
    end,
    remedy = "write a shorter Description, of those characters", page = api .. "API_CreateRole.html", checked = checked,
  },
  {
    id = "iam-managed-policies", on = role, at = "ManagedPolicyArns", severity = "warning",
    must = "must have at most 10 managed policies, where the quota was not raised",
    holds = function(properties)
      local count <const> = #values.items(properties.ManagedPolicyArns)
      return count <= 10 or count > 25, nil, "not " .. count
    end,
    remedy = "merge some of them into Policies", page = quotas,
    checked = checked,
  },
  {
    id = "iam-managed-policies-most", on = role, at = "ManagedPolicyArns", items = { 0, 25 }, must = "must have at most 25 managed policies",
    remedy = "merge some of them into Policies", page = quotas, checked = checked,
  },
  {
    id = "iam-inline-size", on = role, at = "Policies", must = "must have policies of at most 10,240 characters together",
    holds = function(properties)
      local count = 0
      for _, policy in ipairs(values.items(properties.Policies)) do count = count + size(values.at(policy, "PolicyDocument") or "") end
      return count <= 10240, nil, "not " .. count
    end,
    remedy = "put some statements into an AWS::IAM::ManagedPolicy (x-resources)", page = quotas, checked = checked,
  },
  {
    id = "iam-managed-size", on = "AWS::IAM::ManagedPolicy", at = "PolicyDocument", must = "must have a policy of at most 6,144 characters",
    holds = function(properties)
      local count <const> = size(properties.PolicyDocument or "")
      return count <= 6144, nil, "not " .. count
    end,
    remedy = "put some statements into a second policy", page = quotas, checked = checked,
  },
  {
    id = "iam-trust-size", on = role, at = "AssumeRolePolicyDocument", severity = "warning",
    must = "must have a trust policy of at most 2,048 characters, where the quota was not raised",
    holds = function(properties)
      local count <const> = size(properties.AssumeRolePolicyDocument or "")
      return count <= 2048, nil, "not " .. count
    end,
    remedy = "name fewer principals", page = quotas, checked = checked,
  },
}
