--- Contracts of Amazon S3.
local values <const> = engine.use("contracts/values")

local naming <const> = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html"
local cfn <const> = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-s3-bucket-"
local of_bucket <const> = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html"
local api <const> = "https://docs.aws.amazon.com/AmazonS3/latest/API/API_"
local checked <const> = "2026-11-29"
local bucket <const> = "AWS::S3::Bucket"
local rules <const> = "LifecycleConfiguration.Rules[]"

--- The name of a bucket has a form.
local function name(id, must, is_right, remedy)
  return {
    id = "s3-name" .. id, on = bucket, at = "BucketName", must = "must have a BucketName " .. must,
    holds = function(made)
      local text <const> = values.string(made.BucketName)
      return not text or is_right(text), nil, text and "not \"" .. text .. "\""
    end,
    remedy = remedy, page = naming, checked = checked,
  }
end

local kept_prefixes <const> = { "xn--", "sthree-", "amzn-s3-demo-" }
local kept_suffixes <const> = { "-s3alias", "--ol-s3", ".mrap", "--x-s3" }

local function is_kept(text)
  for _, prefix in ipairs(kept_prefixes) do
    if text:sub(1, #prefix) == prefix then return true end
  end
  for _, suffix in ipairs(kept_suffixes) do
    if text:sub(-#suffix) == suffix then return true end
  end
  return false
end

--- What a rule of a bucket's life does, one of which it must have.
local actions <const> = {
  "AbortIncompleteMultipartUpload", "ExpirationDate", "ExpirationInDays", "ExpiredObjectDeleteMarker", "NoncurrentVersionExpiration",
  "NoncurrentVersionExpirationInDays", "NoncurrentVersionTransition", "NoncurrentVersionTransitions", "Transition", "Transitions",
}

--- All transitions of a rule.
local function transitions(rule)
  local list <const> = { table.unpack(values.items(rule.Transitions)) }
  if type(rule.Transition) == "table" then list[#list + 1] = rule.Transition end
  return list
end

local function prefix_of(setting)
  for _, rule in ipairs(values.items(values.at(setting, "Filter.S3Key.Rules"))) do
    local kind <const> = values.string(rule.Name)
    if kind and kind:lower() == "prefix" then return values.string(rule.Value) end
  end
  if values.at(setting, "Filter.S3Key.Rules") == nil then return "" end
end

local function has_suffix(setting)
  for _, rule in ipairs(values.items(values.at(setting, "Filter.S3Key.Rules"))) do
    if (values.string(rule.Name) or "suffix"):lower() == "suffix" then return true end
  end
  return false
end

local function events_meet(one, other)
  local plain <const>, general <const> = one:gsub("%*$", ""), other:gsub("%*$", "")
  if one:find("%*$") and general:sub(1, #plain) == plain then return true end
  if other:find("%*$") and plain:sub(1, #general) == general then return true end
  return one == other
end

--- Two notifications that would both be sent for one object: the later of them. Each is held against those of the beginnings of its
--- prefix only, shorter prefixes first.
local function overlapping(made)
  local list <const>, by_prefix <const> = {}, {}
  for _, kind in ipairs { "LambdaConfigurations", "QueueConfigurations", "TopicConfigurations" } do
    for index, setting in ipairs(values.items(values.at(made, "NotificationConfiguration." .. kind))) do
      local prefix <const>, event <const> = prefix_of(setting), values.string(setting.Event)
      if prefix and event and not has_suffix(setting) then
        list[#list + 1] = { path = { "NotificationConfiguration", kind, index }, event = event, prefix = prefix, order = #list }
      end
    end
  end
  table.sort(list, function(a, b)
    if #a.prefix ~= #b.prefix then return #a.prefix < #b.prefix end
    return a.order < b.order
  end)
  for _, one in ipairs(list) do
    -- A key has 1,024 bytes at most.
    for length = 0, math.min(#one.prefix, 1024) do
      for _, other in ipairs(by_prefix[one.prefix:sub(1, length)] or {}) do
        if events_meet(one.event, other.event) then
          local later <const> = one.order > other.order and one or other
          return later.path, later.event
        end
      end
    end
    by_prefix[one.prefix] = by_prefix[one.prefix] or {}
    table.insert(by_prefix[one.prefix], one)
  end
end

return {
  name("", "of 3 to 63 letters", function(text) return #text >= 3 and #text <= 63 end, "write a name of that length, or none: CloudFormation makes one"),
  name("-letters", "of lower case letters, digits, . and -, that begins and ends with a letter or a digit", function(text)
    return text:find("^[%l%d][%l%d.-]*[%l%d]$") ~= nil
  end, "write it like acme-shop-files"),
  name("-dots", "without two dots in a row", function(text) return not text:find("..", 1, true) end, "write - instead"),
  name("-address", "that is no IP address", function(text) return not text:find("^%d+%.%d+%.%d+%.%d+$") end, "write it like acme-shop-files"),
  name("-kept", "that S3 does not keep for itself (xn--, sthree-, amzn-s3-demo-, or -s3alias, --ol-s3, .mrap, --x-s3 at the end)", function(text)
    return not is_kept(text)
  end, "write another beginning or end"),
  {
    id = "s3-rule-action", on = bucket, each = rules, at = "Status", must = "must do something in each rule of its LifecycleConfiguration",
    holds = function(rule)
      for _, action in ipairs(actions) do
        if rule[action] ~= nil then return true end
      end
      return values.is_computed(rule)
    end,
    remedy = "write ExpirationInDays: 30, or leave the rule out", page = cfn .. "rule.html", checked = checked,
  },
  {
    id = "s3-infrequent-days", on = bucket, each = rules, at = "Transitions",
    must = "must keep objects 30 days before it moves them to STANDARD_IA or ONEZONE_IA",
    holds = function(rule)
      for _, transition in ipairs(transitions(rule)) do
        local days <const>, class <const> = values.number(transition.TransitionInDays), values.string(transition.StorageClass)
        if days and days < 30 and (class == "STANDARD_IA" or class == "ONEZONE_IA") then return false, nil, "not " .. days end
      end
      return true
    end,
    remedy = "write TransitionInDays: 30, or StorageClass: INTELLIGENT_TIERING", page = cfn .. "transition.html", checked = checked,
  },
  {
    id = "s3-expires-after", on = bucket, each = rules, at = "ExpirationInDays", must = "must move objects before they expire",
    holds = function(rule)
      local days <const> = values.number(rule.ExpirationInDays)
      for _, transition in ipairs(transitions(rule)) do
        local moved <const> = values.number(transition.TransitionInDays)
        if days and moved and moved >= days then return false, nil, "not after " .. moved .. " days when they expire after " .. days end
      end
      return true
    end,
    remedy = "write more ExpirationInDays than TransitionInDays", page = cfn .. "rule.html", checked = checked,
  },
  {
    id = "s3-delete-marker", on = bucket, each = rules, at = "ExpiredObjectDeleteMarker",
    must = "must not expire delete markers in a rule with ExpirationInDays or ExpirationDate",
    holds = function(rule)
      return rule.ExpiredObjectDeleteMarker == nil or rule.ExpirationInDays == nil and rule.ExpirationDate == nil
    end,
    remedy = "write a rule for each", page = api .. "LifecycleExpiration.html", checked = checked,
  },
  {
    id = "s3-rule-id", on = bucket, each = rules, at = "Id", length = { 1, 255 }, remedy = "write a shorter Id", page = api .. "LifecycleRule.html",
    checked = checked,
  },
  {
    id = "s3-replication", on = bucket, at = "ReplicationConfiguration", must = "must keep versions to be replicated (VersioningConfiguration)",
    holds = function(made)
      if made.ReplicationConfiguration == nil then return true end
      local status <const> = values.at(made, "VersioningConfiguration.Status")
      return status ~= nil and (type(status) == "table" or status == "Enabled")
    end,
    remedy = "write VersioningConfiguration: {Status: Enabled}", page = cfn .. "replicationconfiguration.html", checked = checked,
  },
  {
    id = "s3-replication-marker", on = bucket, each = "ReplicationConfiguration.Rules[]", at = "Filter", needs = "DeleteMarkerReplication",
    must = "must say DeleteMarkerReplication beside the Filter of a replication rule", remedy = "write DeleteMarkerReplication: {Status: Disabled}",
    page = api .. "ReplicationRule.html", checked = checked,
  },
  {
    id = "s3-website-redirect", on = bucket, at = "WebsiteConfiguration.RedirectAllRequestsTo",
    must = "must have nothing beside RedirectAllRequestsTo in its WebsiteConfiguration",
    holds = function(made)
      local site <const> = made.WebsiteConfiguration
      if type(site) ~= "table" or site.RedirectAllRequestsTo == nil then return true end
      for _, other in ipairs { "ErrorDocument", "IndexDocument", "RoutingRules" } do
        if site[other] ~= nil then return false, { "WebsiteConfiguration", other }, "not " .. other end
      end
      return true
    end,
    remedy = "leave one of them out", page = cfn .. "websiteconfiguration.html", checked = checked,
  },
  {
    id = "s3-lock", on = bucket, at = "ObjectLockConfiguration", must = "must have ObjectLockEnabled: true beside ObjectLockConfiguration",
    holds = function(made)
      local enabled <const> = made.ObjectLockEnabled
      return made.ObjectLockConfiguration == nil or enabled ~= nil and not values.is_false(enabled)
    end,
    remedy = "write ObjectLockEnabled: true", page = of_bucket, checked = checked,
  },
  {
    id = "s3-notifications", on = bucket, at = "NotificationConfiguration", must = "must not notify two receivers of one event of the same objects",
    holds = function(made)
      local path <const>, event <const> = overlapping(made)
      return path == nil, path, event
    end,
    remedy = "give each a Filter of its own, or let a topic of x-sns pass the event on",
    page = "https://repost.aws/knowledge-center/lambda-s3-event-configuration-error", checked = checked,
  },
  {
    id = "s3-acl", on = bucket, at = "AccessControl", must = "must not have an AccessControl: its bucket owner owns all (BucketOwnerEnforced)",
    holds = function(made)
      local acl <const> = values.string(made.AccessControl)
      if not acl or acl == "Private" or acl == "BucketOwnerFullControl" or values.is_computed(made.OwnershipControls) then return true end
      local known = made.OwnershipControls == nil
      for _, rule in ipairs(values.items(values.at(made, "OwnershipControls.Rules"))) do
        known = values.string(rule.ObjectOwnership) == "BucketOwnerEnforced"
      end
      return not known, nil, "not " .. acl
    end,
    remedy = "leave AccessControl out and use a bucket policy, or write OwnershipControls: {Rules: [{ObjectOwnership: ObjectWriter}]}",
    page = of_bucket, checked = checked,
  },
  {
    id = "s3-public-policy", on = "AWS::S3::BucketPolicy", given = "PolicyDocument",
    must = "must not let everybody in: its bucket refuses public policies (BlockPublicPolicy), as every new one does",
    faults = function(properties, _, template)
      local found <const>, of <const> = {}, template.find(properties.Bucket)
      local blocks <const> = of and of.type == bucket and values.at(of.properties, "PublicAccessBlockConfiguration.BlockPublicPolicy")
      if not of or of.type ~= bucket or values.is_false(blocks) or type(blocks) == "table"
        or values.is_computed(of.properties.PublicAccessBlockConfiguration) then return found end
      for index, statement in ipairs(values.items(values.at(properties, "PolicyDocument.Statement"))) do
        local principal <const> = type(statement) == "table" and statement.Principal
        local is_all <const> = principal == "*" or type(principal) == "table" and (principal.AWS == "*" or values.has(principal.AWS, "*"))
        if is_all and statement.Effect == "Allow" and statement.Condition == nil then
          found[#found + 1] = { path = { "PolicyDocument", "Statement", index, "Principal" }, detail = "a statement allows \"*\" without a Condition" }
        end
      end
      return found
    end,
    remedy = "name who may, or write PublicAccessBlockConfiguration: {BlockPublicPolicy: false, RestrictPublicBuckets: false} at the bucket",
    page = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html", checked = checked,
  },
}
