--- Access logs of load balancers, and the right to write them that their bucket gives.
--- https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
local read <const> = engine.use("platform/read")
local elb_logs <const> = {}

--- `Settings: {S3Logs: ...}` as attributes: a bucket (`x-s3::logs` or a name), or `{Bucket, Prefix}`.
function elb_logs.attributes(balancer, settings)
  local wanted <const> = settings.S3Logs
  if wanted == nil then return {} end
  local bucket, prefix
  if read.is_mapping(wanted) then
    read.keys(wanted, { "Bucket", "Prefix" }, balancer.subject .. " S3Logs")
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
    prefix and { "access_logs.s3.prefix", prefix } or nil,
  }
end

--- Lets the service that delivers the logs write into a bucket of the stack; its policy is there already, or it gets one.
local function allow(balancer, bucket)
  local statement <const> = {
    Sid = engine.pascal(balancer.name) .. "LoadBalancerLogs", Effect = "Allow", Action = "s3:PutObject",
    Principal = { Service = "logdelivery.elasticloadbalancing.amazonaws.com" }, Resource = bucket:att("Arn") .. "/*",
    Condition = { StringEquals = { ["aws:SourceAccount"] = composex.ref("AWS::AccountId") } },
  }
  local policy <const> = engine.find("x-s3", bucket.name, "policy")
  if policy then
    local statements <const> = policy.Properties.PolicyDocument.Statement
    statements[#statements + 1] = statement
    return policy
  end
  return engine.add {
    type = "AWS::S3::BucketPolicy", noun = "LogsPolicy", key = "x-s3", name = bucket.name, part = "policy", at = balancer.at,
    properties = { Bucket = bucket:ref(), PolicyDocument = { Version = "2012-10-17", Statement = { statement } } },
  }
end

--- Puts buckets of the stack in the place of pointers to them (`x-s3::logs`).
function elb_logs.resolve(balancer, list)
  for _, item in ipairs(list or {}) do
    local name <const> = item.Key:find("%.s3%.bucket$") and item.text and item.text:match("^x%-s3::(.+)$")
    if name then
      local bucket <const> = engine.find("x-s3", name)
      if bucket then
        item.Value = bucket:ref()
        balancer.waits_for = allow(balancer, bucket)
      else
        engine.error(balancer.logs_at or balancer.at, balancer.subject .. " logs to x-s3::" .. name .. ", which is not in the compose file")
      end
    end
    item.text = nil
  end
  return list
end

return elb_logs
