--- What x-s3 needs beside its table: names, the bucket policy, notifications.
local definitions <const> = engine.use("kinds/definitions")
local permits <const> = engine.use("kinds/permits")
local read <const> = engine.use("base/read")
local bucket <const> = {}

--- Ownership by the bucket's owner switches ACLs off; a bucket that is given an ACL keeps them.
function bucket.ownership(definition)
  if definition.resource.Properties.AccessControl ~= nil then return nil end
  return { Rules = { { ObjectOwnership = "BucketOwnerEnforced" } } }
end

--- A notification to `target`: the bucket can only be created once it may send.
function bucket.notify(target)
  return {
    target, arn = true, permit = "s3.amazonaws.com", wait = true, sid = function() return "BucketsOfThisAccount" end,
    after = function(definition, linked, where)
      if linked.key == "x-sqs" and linked.resource and linked.resource.Properties.FifoQueue == true then
        engine.error(where, definition.subject .. " cannot notify " .. linked.subject
          .. ": S3 does not send to FIFO queues",
          "name a standard queue")
      end
    end,
  }
end

function bucket.logs(definition, target, where)
  if target == definition then
    engine.error(where, definition.subject .. " cannot log to itself", "name another bucket")
  else
    permits.service(target, "logging.s3.amazonaws.com", { "s3:PutObject" }, nil, "AccessLogs", where)
  end
end

--- `given` with `parts` after it; a function of CloudFormation is joined by CloudFormation. Nil for what is no name, which its type
--- tells.
local function joined(given, parts, separator)
  local kind <const> = engine.kind(given)
  if type(given) == "boolean" or type(given) == "number" then given = tostring(given) end
  if read.is_function(given) then return { ["Fn::Join"] = { separator, { given, table.unpack(parts) } } } end
  if kind == "mapping" or kind == "list" then return nil end
  local text = given
  for _, part in ipairs(parts) do text = text .. separator .. part end
  return text
end

local function name(definition, _, where)
  local macros <const> = definition.body.MacroParameters
  local given <const> = definition.resource.Properties.BucketName
  if given == nil then
    engine.warn({ where[1], where[2], "key" }, definition.subject .. " has no BucketName: " .. where[2]
      .. " has no effect", "write Properties: {BucketName: ...}")
  end
  if given == nil or definition.is_expanded then return end
  definition.is_expanded = true
  local separator <const> = macros.NameSeparator == nil and "-" or tostring(macros.NameSeparator)
  local parts <const>, at <const> = {}, { definition.body.Properties, "BucketName" }
  if macros.ExpandAccountIdToBucket == true then table.insert(parts, composex.ref("AWS::AccountId")) end
  if macros.ExpandRegionToBucket == true then table.insert(parts, composex.ref("AWS::Region")) end
  local text <const> = joined(given, parts, separator)
  if text ~= nil then definition.resource.Properties.BucketName = engine.placed(text, at) end
end

--- The file's own statements: `${ARN}` in their resources is the bucket's.
local function add_policies(definition, list)
  for index = 1, #list do
    local made <const> = {}
    local statement <const> = read.as_mapping(list[index], { list, index }, definition.subject .. " Policies",
      "write {Effect: Allow, Principal: ..., Action: ..., Resource: [\"${Arn}/*\"]}")
    for key, value in pairs(statement) do made[key] = value end
    local resources <const> = {}
    for _, resource in ipairs(read.is_list(statement.Resource) and statement.Resource or { statement.Resource }) do
      local rest <const> = type(resource) == "string" and resource:match("^%${!?A[Rr][Nn]}(.*)$")
      table.insert(resources, rest and (rest == "" and definition.resource:att("Arn") or definition.resource:att("Arn")
        .. rest)
        or resource)
    end
    made.Resource = resources
    made.Sid = made.Sid or "UserDefined" .. index
    table.insert(definition.policies, made)
  end
end

local function bucket_policy(definition, value, where)
  local subject <const> = definition.subject .. " BucketPolicy"
  local body <const> = read.as_mapping(value, where, subject)
  read.keys(body, { "PredefinedBucketPolicies", "Policies" }, subject)
  local names <const> = read.as_list(body.PredefinedBucketPolicies, { body, "PredefinedBucketPolicies" },
    subject .. " PredefinedBucketPolicies", "write [enforceSecureConnection]")
  for index = 1, #names do
    local predefined <const> = names[index]
    if not read.has({ "enforceSecureConnection", "s3-bucket-ssl-requests-only" }, predefined) then
      engine.error({ names, index }, subject .. " has no predefined policy \""
        .. tostring(predefined)
        .. "\"", engine.near(tostring(predefined), { "enforceSecureConnection" }, "it has"))
    end
  end
  definition.policies = {}
  add_policies(definition, read.as_list(body.Policies, { body, "Policies" }, subject .. " Policies"))
end

bucket.macros = {
  ExpandRegionToBucket = { apply = name }, ExpandAccountIdToBucket = { apply = name }, NameSeparator = { apply = name },
  BucketPolicy = { apply = bucket_policy },
}

--- The policy of a bucket: TLS only, unless `Settings: {EnforceSecureConnection: false}`, then what the file adds.
function bucket.policy(definition)
  local statements <const> = {}
  local arn <const> = definition.resource:att("Arn")
  if read.path(definition.body, "Settings.EnforceSecureConnection") ~= false then
    table.insert(statements, {
      Sid = "TransportIsEncrypted", Effect = "Deny", Principal = "*", Action = "s3:*", Resource = { arn, arn .. "/*" },
      Condition = { Bool = { ["aws:SecureTransport"] = false } },
    })
  end
  for _, statement in ipairs(definition.policies or {}) do table.insert(statements, statement) end
  if #statements == 0 then return end
  definitions.add(definition, "policy", "AWS::S3::BucketPolicy", "BucketPolicy", {
    Bucket = definition.resource:ref(), PolicyDocument = { Version = "2012-10-17", Statement = statements },
  })
end

return bucket
