--- What a database may do with other services: `MacroParameters: {RdsFeatures: [{Name: s3Import, Resources:
--- [x-s3::files]}]}`.
local read <const> = engine.use("base/read")
local permits <const> = engine.use("kinds/permits")
local pointers <const> = engine.use("kinds/pointers")
local values <const> = engine.use("kinds/values")
local features <const> = {}

--- Actions of each feature, and what of a resource they are on.
local rows <const> = {
  s3Import   = { { "s3:GetObject", on = "/*" }, { "s3:ListBucket", on = "" } },
  s3Export   = { { "s3:AbortMultipartUpload", "s3:PutObject", on = "/*" }, { "s3:ListBucket", on = "" } },
  Lambda     = { { "lambda:InvokeFunction", on = "" } },
  SageMaker  = { { "sagemaker:InvokeEndpoint", on = "" } },
  Comprehend = { { "comprehend:BatchDetectSentiment", "comprehend:DetectSentiment", on = "*" } },
}

--- The ARN that an entry of Resources means: a definition, an ARN, or the name of a bucket.
local function arn_of(definition, role, text, where)
  if type(text) ~= "string" then return nil end
  if pointers.parse(text) then
    local found <const>, returned <const> = pointers.definition(text, where)
    if found then table.insert(definition.feature_targets, { role = role, target = found }) end
    return found and values.of(found, returned or "Arn")
  end
  if text:find("^arn:") then return engine.placed((text:gsub("/%*$", "")), where), (text:gsub("/%*$", "")) end
  return composex.sub("arn:${AWS::Partition}:s3:::" .. text)
end

local function allow(definition, name, role, resources)
  for index, row in ipairs(rows[name]) do
    local on <const> = {}
    for position = 1, read.is_list(resources) and #resources or 0 do
      local arn <const>, text <const> = arn_of(definition, role, resources[position], { resources, position })
      if arn ~= nil then table.insert(on, row.on == "/*" and (text or arn) .. "/*" or arn) end
    end
    if row.on == "*" then on[1] = "*" end
    local actions <const> = { table.unpack(row) }
    if #on > 0 then
      permits.allow_role(definition, role, definition.noun .. engine.pascal(name) .. "Access", name
        .. (index > 1 and index or ""), actions, on)
    end
  end
end

function features.make(definition)
  local list <const> = read.path(definition.body, "MacroParameters.RdsFeatures")
  if list == nil then return end
  local subject <const> = definition.subject .. " RdsFeatures"
  if not read.is_list(list) then
    return engine.error({ definition.body.MacroParameters, "RdsFeatures" }, subject
      .. " must be a list of {Name, Resources}")
  end
  local associated <const> = {}
  definition.feature_targets = {}
  for index = 1, #list do
    local row <const> = read.as_mapping(list[index], { list, index }, subject)
    read.keys(row, { "Name", "Resources" }, subject)
    if read.is_mapping(list[index]) and row.Name == nil then
      engine.error({ list, index }, subject .. " needs a Name", engine.near("", read.names(rows), "there are"))
    elseif read.is_mapping(list[index]) and not rows[row.Name] then
      engine.error({ row, "Name" }, subject .. " has no feature \"" .. tostring(row.Name) .. "\"",
        engine.near(tostring(row.Name), read.names(rows), "there are"))
    elseif read.is_mapping(list[index]) then
      local role <const> = permits.role(definition, "rds.amazonaws.com", definition.noun .. engine.pascal(row.Name)
        .. "Role", row.Name)
      allow(definition, row.Name, role, row.Resources)
      table.insert(associated, { FeatureName = engine.placed(row.Name, { row, "Name" }), RoleArn = role:att("Arn") })
    end
  end
  local own <const> = definition.resource.Properties.AssociatedRoles
  if own == nil then
    definition.resource.Properties.AssociatedRoles = associated
  else
    for _, row in ipairs(associated) do own[#own + 1] = row end
  end
end

--- Keys that encrypt what the features use; they are known once all links are.
function features.finish(definition)
  local opened <const> = {}
  for _, row in ipairs(definition.feature_targets or {}) do
    for _, key in ipairs(row.target.encrypted_by) do
      local name <const> = row.role.part .. " " .. tostring(key.arn)
      if not opened[name] then
        permits.allow_role(definition, row.role, "", "Keys", { "kms:Decrypt", "kms:GenerateDataKey" }, { key.arn })
      end
      opened[name] = true
    end
  end
end

return features
