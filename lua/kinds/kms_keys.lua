--- What a role needs of a key of AWS KMS that the file names: by its ARN, its id, an alias, or a definition of `x-kms`.
local values <const> = engine.use("kinds/texts")
local keys <const> = {}

local any_key <const> = "arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/"

--- The ARN that `x-kms::data` or `x-kms::data::Arn` stands for.
local function arn(id, where)
  return values.text(id:match("^x%-kms::[^:]+$") and id .. "::Arn" or id, where)
end

--- The statement that allows `actions` with the key `holder[key]`: `{ sid, actions, resources, condition }`. An alias is no resource of a
--- policy, but a condition of one; its sid is its own.
function keys.statement(holder, key, sid, actions)
  local id <const>, where <const> = holder[key], { holder, key }
  local statement <const> = { sid = sid, actions = actions }
  if type(id) ~= "string" or id:find("^arn:[^:]+:kms:[^:]*:[^:]*:key/") then
    statement.resources = { id }
  elseif id:find("^x%-") then
    statement.resources = { arn(id, where) }
  elseif id:find("alias/", 1, true) then
    local alias <const> = id:match("alias/.*$")
    statement.sid, statement.resources = sid .. engine.pascal((alias:gsub("[^%w]", "-"))), { composex.sub(any_key .. "*") }
    statement.condition = { ["ForAnyValue:StringEquals"] = { ["kms:ResourceAliases"] = { engine.placed(alias, where) } } }
  else
    statement.resources = { composex.sub(any_key .. id) }
  end
  return statement
end

--- The statement of a key's policy that lets CloudWatch Logs use it for the log groups of this account that have that name.
function keys.for_logs(groups)
  return {
    Sid = "Logs", Effect = "Allow", Resource = "*", Principal = { Service = composex.sub("logs.${AWS::Region}.${AWS::URLSuffix}") },
    Action = { "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*" },
    Condition = { ArnLike = {
      ["kms:EncryptionContext:aws:logs:arn"] = composex.sub("arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:" .. groups),
    } },
  }
end

--- Lets CloudWatch Logs use a key of the project.
local function open_to_logs(key)
  local statements <const> = key.Properties.KeyPolicy.Statement
  for index = 1, #statements do
    if statements[index].Sid == "Logs" then return end
  end
  statements[#statements + 1] = keys.for_logs("*")
end

--- The key `holder[key]` for a log group. One of the project lets CloudWatch Logs use it; of another that is reported.
function keys.of_logs(holder, key)
  local id <const>, where <const> = holder[key], { holder, key }
  if type(id) ~= "string" then return id end
  local name <const> = id:match("^x%-kms::([^:]+)")
  local own <const> = name and engine.find("x-kms", name)
  if own and own.Properties.KeyPolicy ~= nil then
    open_to_logs(own)
  elseif name then
    engine.warn(where, id .. " is looked up: its policy must let CloudWatch Logs use it", "allow logs.REGION.amazonaws.com in the key's policy")
  end
  return name and arn(id, where) or values.text(id, where)
end

return keys
