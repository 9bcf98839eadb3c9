--- Access logs of load balancers, and the right to write them that their bucket gives.
--- https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
local definitions <const> = engine.use("kinds/definitions")
local read <const> = engine.use("base/read")
local values <const> = engine.use("kinds/values")
local shape <const> = engine.use("base/shape")
local elb_logs <const> = {}

elb_logs.shape = shape.either(shape.record { Bucket = shape.any, Prefix = shape.any }, shape.text)
elb_logs.shape.example = "x-s3::NAME"

--- `Settings: {S3Logs: ...}` as attributes: a bucket (`x-s3::logs` or a name), or `{Bucket, Prefix}`.
function elb_logs.attributes(balancer, settings)
  local wanted <const> = settings.S3Logs
  if wanted == nil then return {} end
  if not elb_logs.shape.fits(wanted) then return {} end
  local bucket, prefix
  if read.is_mapping(wanted) then
    bucket, prefix = wanted.Bucket, read.placed(wanted, "Prefix")
  else
    bucket = wanted
  end
  if type(bucket) ~= "string" then
    engine.error({ settings, "S3Logs" }, balancer.subject .. " S3Logs needs a bucket", "write S3Logs: x-s3::NAME")
    return {}
  end
  balancer.logs_at = { settings, "S3Logs" }
  return {
    { "access_logs.s3.enabled", "true" }, { "access_logs.s3.bucket", bucket },
    prefix and { "access_logs.s3.prefix", prefix, wanted.Prefix } or nil,
  }
end

--- Where the logs of this account lie in a bucket; `prefix` is what stands before them.
local function objects(bucket, prefix)
  local below <const> = type(prefix) == "string" and "/" .. prefix:gsub("^/+", ""):gsub("/+$", "") or ""
  return bucket:att("Arn") .. below .. composex.sub("/AWSLogs/${AWS::AccountId}/*")
end

--- What each kind of load balancer needs of a bucket: Sid, who delivers, what it does, where, and under which conditions.
local deliveries <const> = {
  application = { {
    sid = "LoadBalancerLogs", by = "logdelivery.elasticloadbalancing.amazonaws.com", action = "s3:PutObject", resource = objects,
  } },
  -- https://docs.aws.amazon.com/elasticloadbalancing/latest/network/enable-access-logs.html
  network = { {
    sid = "LoadBalancerLogs", by = "delivery.logs.amazonaws.com", action = "s3:PutObject", resource = objects,
    equals = { ["s3:x-amz-acl"] = "bucket-owner-full-control" },
  }, {
    sid = "LoadBalancerLogsAcl", by = "delivery.logs.amazonaws.com", action = "s3:GetBucketAcl",
    resource = function(bucket) return bucket:att("Arn") end,
  } },
}

local function statement(balancer, row, bucket, prefix)
  local equals <const> = { ["aws:SourceAccount"] = composex.ref("AWS::AccountId") }
  for name, value in pairs(row.equals or {}) do equals[name] = value end
  return {
    Sid = engine.pascal(balancer.name) .. row.sid, Effect = "Allow", Action = row.action, Principal = { Service = row.by },
    Resource = row.resource(bucket, prefix), Condition = { StringEquals = equals },
  }
end

--- Lets the service that delivers the logs write into a bucket of the stack; its policy is there already, or it gets one.
local function allow(balancer, bucket, prefixes)
  local made <const> = {}
  for index, prefix in ipairs(prefixes) do
    for _, row in ipairs(deliveries[balancer.kind]) do
      local one <const> = statement(balancer, row, bucket, prefix)
      if index == 1 or row.resource == objects then
        if index > 1 then one.Sid = one.Sid .. index end
        table.insert(made, one)
      end
    end
  end
  local policy <const> = engine.find("x-s3", bucket.name, "policy")
  if policy then
    local statements <const> = policy.Properties.PolicyDocument.Statement
    for _, each in ipairs(made) do statements[#statements + 1] = each end
    return policy
  end
  return engine.add {
    type = "AWS::S3::BucketPolicy", noun = "LogsPolicy", key = "x-s3", name = bucket.name, part = "policy", at = balancer.at,
    properties = { Bucket = bucket:ref(), PolicyDocument = { Version = "2012-10-17", Statement = made } },
  }
end

--- The prefix that goes with the bucket of an attribute (`access_logs.s3.bucket` -> `access_logs.s3.prefix`), or false.
local function prefix_of(list, key)
  local wanted <const> = key:gsub("bucket$", "prefix")
  for _, item in ipairs(list) do
    if item.Key == wanted then return item.text end
  end
  return false
end

--- Puts the bucket of the stack in the place of a pointer to it; remembers in `buckets` whom it has to let in.
local function point(balancer, list, item, name, buckets)
  local where <const> = balancer.logs_at or balancer.at
  local definition <const> = definitions.find("x-s3", name)
  if not definition then
    return engine.error(where, balancer.subject .. " logs to x-s3::" .. name .. ", which is not in the compose file",
      definitions.near("x-s3", name) or "add it to x-s3")
  end
  item.Value = values.of(definition, "BucketName")
  if definition.lookup then return end
  if balancer.kind == "application" and #definition.encrypted_by > 0 then
    engine.error(where, balancer.subject .. " logs to x-s3::" .. name .. ", which a key of KMS encrypts",
      "application load balancers write to buckets that S3 itself encrypts (AES256) only")
  end
  local bucket <const> = definition.resource
  if not buckets[name] then
    buckets[name] = { bucket = bucket, prefixes = {} }
    table.insert(buckets, buckets[name])
  end
  local prefix <const> = prefix_of(list, item.Key)
  if not read.index(buckets[name].prefixes, prefix) then table.insert(buckets[name].prefixes, prefix) end
end

--- Puts buckets of the stack in the place of pointers to them (`x-s3::logs`).
function elb_logs.resolve(balancer, list)
  local buckets <const> = {}
  for _, item in ipairs(list or {}) do
    local name <const> = item.Key:find("%.s3%.bucket$") and type(item.text) == "string" and item.text:match("^x%-s3::(.+)$")
    if name then point(balancer, list, item, name, buckets) end
  end
  for _, each in ipairs(buckets) do balancer.waits_for = allow(balancer, each.bucket, each.prefixes) end
  for _, item in ipairs(list or {}) do item.text = nil end
  return list
end

return elb_logs
