--- Contracts of policies: the documents of IAM and of resources, statement by statement. CloudFormation passes them on as they are, so
--- that a misspelt key is found when the stack fails.
local values <const> = engine.use("contracts/values")

local elements <const> = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html"

local of_document <const> = { "Version", "Id", "Statement" }
local of_statement <const> = {
  "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition",
}

--- Where the types keep their documents, and whether statements name a resource or a principal there.
local documents <const> = {
  { "AWS::IAM::Role",                "AssumeRolePolicyDocument", trusts = true },
  { "AWS::IAM::Role",                "Policies[].PolicyDocument" },
  { "AWS::IAM::Policy",              "PolicyDocument" },
  { "AWS::IAM::ManagedPolicy",       "PolicyDocument" },
  { "AWS::SQS::QueuePolicy",         "PolicyDocument",           is_shared = true },
  { "AWS::SNS::TopicPolicy",         "PolicyDocument",           is_shared = true },
  { "AWS::S3::BucketPolicy",         "PolicyDocument",           is_shared = true },
  { "AWS::KMS::Key",                 "KeyPolicy",                is_shared = true },
  { "AWS::SecretsManager::ResourcePolicy", "ResourcePolicy",     is_shared = true },
  { "AWS::EFS::FileSystem",          "FileSystemPolicy",         is_shared = true },
}

local function has(list, wanted)
  for _, item in ipairs(list) do
    if item == wanted then return true end
  end
  return false
end

--- Reports the keys of a mapping that are none of `known`, which `holder` has; whether there are none.
local function check_keys(mapping, known, holder, fault)
  local others
  -- In any order: nearly no mapping has one.
  for key in next, mapping do
    if type(key) == "string" and not has(known, key) then
      others = others or {}
      others[#others + 1] = key
    end
  end
  if not others then return true end
  table.sort(others)
  for _, key in ipairs(others) do fault({ key }, "it has the key \"" .. key .. "\"", engine.near(key, known, holder .. " has")) end
  return false
end

--- The items of what may be one or a list.
local function all(value)
  if type(value) == "table" and value[1] ~= nil then return value end
  return value ~= nil and not values.is_computed(value) and { value } or {}
end

--- Calls `fault(path, detail, remedy)` for what is wrong with the actions of a statement.
local function check_actions(statement, key, fault)
  for _, action in ipairs(all(statement[key])) do
    if type(action) == "string" and action ~= "*" and not action:find("^[%w-]+:[%w*?]+$") then
      fault({ key }, "it has the action \"" .. action .. "\"", "an action is SERVICE:NAME: sqs:SendMessage")
    end
  end
end

--- What is wrong with one statement.
local function check_statement(statement, row, fault)
  local is_known <const> = check_keys(statement, of_statement, "a statement", fault)
  if type(statement.Effect) ~= "table" and statement.Effect ~= "Allow" and statement.Effect ~= "Deny" then
    fault({ "Effect" }, "its Effect is \"" .. tostring(statement.Effect or "") .. "\"", "write Effect: Allow, or Deny")
  end
  -- A key that is missing is often the one that is misspelt.
  if statement.Action == nil and statement.NotAction == nil then
    if is_known then fault({}, "it has no Action", "write Action: [sqs:SendMessage]") end
  elseif statement.Action ~= nil and statement.NotAction ~= nil then
    fault({ "NotAction" }, "it has Action and NotAction", "leave one of them out")
  end
  if is_known and not row.trusts and not row.is_shared and statement.Resource == nil and statement.NotResource == nil then
    fault({}, "it has no Resource", "write Resource: \"*\", or the ARN of what it is about")
  end
  if row.trusts and (statement.Resource ~= nil or statement.NotResource ~= nil) then
    fault({ "Resource" }, "it names a Resource, and is about the role that it stands in", "leave Resource out")
  end
  if not row.trusts and not row.is_shared and (statement.Principal ~= nil or statement.NotPrincipal ~= nil) then
    fault({ "Principal" }, "it names a Principal, and is about the role that has it", "leave Principal out")
  end
  check_actions(statement, "Action", fault)
  check_actions(statement, "NotAction", fault)
end

local function check_document(document, row, fault)
  if type(document) ~= "table" or values.is_computed(document) then return end
  local is_known <const> = check_keys(document, of_document, "a policy", fault)
  if document.Statement == nil and not is_known then return end
  if type(document.Statement) ~= "table" then return fault({}, "it has no Statement", "write Statement: [{Effect: Allow, ...}]") end
  if document.Statement[1] == nil then
    return check_statement(document.Statement, row, function(path, ...) fault({ "Statement", table.unpack(path) }, ...) end)
  end
  for index, statement in ipairs(document.Statement) do
    if type(statement) == "table" and not values.is_computed(statement) then
      check_statement(statement, row, function(path, ...) fault({ "Statement", index, table.unpack(path) }, ...) end)
    end
  end
end

--- What is wrong with every document of a resource.
local function faults(properties, made)
  local found <const> = {}
  for _, row in ipairs(documents) do
    if row[1] == made.type then
      values.visit(properties, row[2], function(document, steps)
        check_document(document, row, function(path, detail, remedy)
          local full <const> = { table.unpack(steps) }
          for _, step in ipairs(path) do full[#full + 1] = step end
          found[#found + 1] = { path = full, detail = detail, remedy = remedy }
        end)
      end)
    end
  end
  return found
end

local types <const> = {}
for _, row in ipairs(documents) do
  if not has(types, row[1]) then types[#types + 1] = row[1] end
end

return {
  {
    id = "iam-statements", on = types, must = "must have a policy of statements that IAM takes", faults = faults,
    page = elements, checked = "2026-11-29",
  },
}
