--- `x-configs` of a service: where ECS ComposeX had its settings until 0.8, in words of small letters. Later versions read none of it, so
--- what has no counterpart is reported and left out. https://docs.compose-x.io (2026-11-29)
local read <const> = engine.use("base/read")

--- The words of a mapping, as those of today: a name, or a name and what is done with the value.
local function renamed(words, value, at)
  if not read.is_mapping(value) then return value end
  local made <const> = {}
  for key in pairs(value) do
    local word <const> = words[key]
    local name <const>, convert <const> = type(word) == "table" and word[1] or word, type(word) == "table" and word[2]
    if name then
      made[name] = convert and convert(value[key], at) or value[key]
    elseif words[key] == nil and tostring(key):find("^%u") then
      made[key] = value[key]
    elseif words[key] == nil then
      engine.warn({ value, key, "key" }, at.subject .. " " .. tostring(key) .. " has no effect: ECS ComposeX does not read it any more",
        words.instead or "leave it out")
    end
  end
  return next(made) ~= nil and made or nil
end

local function mapping(words)
  return function(value, at) return renamed(words, value, at) end
end

local function list(words)
  return function(value, at)
    local made <const> = {}
    for index = 1, read.is_list(value) and #value or 0 do made[index] = renamed(words, value[index], at) end
    return #made > 0 and made or value
  end
end

local ext_sources <const> = list {
  ipv4 = "IPv4", ipv6 = "IPv6", source_name = "Name", name = "Name", description = "Description", ports = "Ports", protocol = false,
}
local aws_sources <const> = list { type = "Type", id = "Id", ports = "Ports" }
local documents <const> = list { name = "PolicyName", document = "PolicyDocument" }
local targets <const> = mapping {
  cpu_target = "CpuTarget", memory_target = "MemoryTarget", ram_target = "MemoryTarget", tgt_targets_count = "TgtTargetsCount",
  scale_in_cooldown = "ScaleInCooldown", scale_out_cooldown = "ScaleOutCooldown", disable_scale_in = "DisableScaleIn",
}

--- By the key below `x-configs`.
return {
  network = {
    to = "x-network",
    as = mapping {
      ingress = { "Ingress", mapping {
        ext_sources = { "ExtSources", ext_sources }, aws_sources = { "AwsSources", aws_sources }, myself = "Myself",
      } },
      is_public = "AssignPublicIp", use_cloudmap = false,
      instead = "write x-elbv2: {public: {Services: {NAME: {}}}} for a load balancer",
    },
  },
  iam = {
    to = "x-iam",
    as = mapping { boundary = "PermissionsBoundary", managed_policies = "ManagedPolicyArns", policies = { "Policies", documents } },
  },
  scaling = { to = "x-scaling", as = mapping { range = "Range", target_scaling = { "TargetScaling", targets } } },
  logging = { to = "x-logging", as = mapping { logs_retention_period = "RetentionInDays" } },
}
