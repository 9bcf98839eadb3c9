--- x-wafv2_webacl: web ACLs, of the stack's own or existing, in front of load balancers.
local elbv2 <const> = engine.use("x/elbv2/elbv2")
local read <const> = engine.use("base/read")
local returns <const> = engine.use("kinds/returns")
local waf <const> = {}

local keys <const> = { "Properties", "Lookup", "LoadBalancers", "Services", "Logging" }

local function add(name, part, type, noun, at, properties)
  return engine.add {
    type = type, noun = noun, key = "x-wafv2_webacl", name = name, part = part, at = at, properties = properties,
  }
end

--- The ARN of an existing ACL: as it is written, or of `name|id|REGIONAL`.
local function existing(definition, subject)
  local lookup <const> = read.mapping(definition, "Lookup", subject .. " Lookup")
  read.keys(lookup, { "Arn", "Identifier", "RoleArn", "Tags" }, subject .. " Lookup")
  if type(lookup.Arn) == "string" and lookup.Arn:find("^arn:[%w-]+:wafv2:[%w-]+:%d+:%a+/webacl/") or read.is_function(lookup.Arn) then
    return read.placed(lookup, "Arn")
  end
  local name <const>, id <const>, scope <const> = tostring(lookup.Identifier or ""):match("^([%w_-]+)|([%w-]+)|(%u+)$")
  if scope == "REGIONAL" then
    return engine.placed(composex.sub("arn:${AWS::Partition}:wafv2:${AWS::Region}:${AWS::AccountId}:regional/webacl/" .. name .. "/" .. id),
      { lookup, "Identifier" })
  elseif scope then
    engine.error({ lookup, "Identifier" }, subject .. " Lookup: a load balancer takes an ACL of scope REGIONAL, not " .. scope,
      "name one of scope REGIONAL")
  else
    engine.error({ definition, "Lookup" }, subject .. " Lookup needs an Arn, or an Identifier like name|id|REGIONAL: rendering does not ask AWS",
      "write Lookup: {Arn: arn:aws:wafv2:REGION:ACCOUNT:regional/webacl/NAME/ID}")
  end
  return "arn:aws:wafv2"
end

local function own(name, definition, subject)
  local written <const> = read.mapping(definition, "Properties", subject .. " Properties")
  local properties <const> = {}
  for key in pairs(written) do properties[key] = read.placed(written, key) end
  if type(written.Scope) == "string" and written.Scope ~= "REGIONAL" and definition.LoadBalancers ~= nil then
    engine.error({ written, "Scope" }, subject .. " is in front of load balancers: its Scope must be REGIONAL",
      "write Scope: REGIONAL")
  end
  if properties.Scope == nil then properties.Scope = "REGIONAL" end
  if properties.DefaultAction == nil then properties.DefaultAction = { Allow = {} } end
  if properties.VisibilityConfig == nil then
    properties.VisibilityConfig = {
      SampledRequestsEnabled = true, CloudWatchMetricsEnabled = true, MetricName = engine.pascal(name),
    }
  end
  return add(name, "main", "AWS::WAFv2::WebACL", "WebAcl", definition, properties):att("Arn")
end

--- Logging: true for a log group of the stack's own, or what AWS::WAFv2::LoggingConfiguration takes.
local function logging(name, definition, arn, subject)
  local wanted <const> = definition.Logging
  if wanted == nil or wanted == false then return end
  local properties <const> = { ResourceArn = arn }
  if read.is_mapping(wanted) then
    for key in pairs(wanted) do properties[key] = read.placed(wanted, key) end
  elseif wanted ~= true then
    return engine.error({ definition, "Logging" }, subject .. " Logging must be true, or a mapping", "write Logging: true")
  end
  if properties.LogDestinationConfigs == nil then
    local group <const> = add(name, "log_group", "AWS::Logs::LogGroup", "WebAclLogGroup", definition, {
      LogGroupName = composex.sub("aws-waf-logs-${AWS::StackName}-" .. name), RetentionInDays = 30,
    })
    properties.LogDestinationConfigs = { composex.sub("arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:") .. group:ref() }
  end
  add(name, "logging", "AWS::WAFv2::LoggingConfiguration", "WebAclLogging", definition, properties)
end

--- The ACL in front of each load balancer.
local guarded <const> = {}

local function associate(name, definition, arn, subject)
  for index, text in ipairs(read.list(definition, "LoadBalancers", subject, "NAME")) do
    local where <const> = { definition.LoadBalancers, index }
    local key <const> = tostring(text):gsub("^x%-elbv2::", "")
    local balancer <const> = elbv2.find(key)
    if not balancer then
      engine.error(where, subject .. " names the load balancer " .. tostring(text) .. ", which is not in x-elbv2",
        engine.near(key, elbv2.names(), "there are") or "add it to x-elbv2")
    elseif guarded[key] then
      engine.error(where, subject .. ": " .. key .. " has " .. guarded[key] .. " in front of it already", "a load balancer takes one web ACL")
    elseif balancer.kind == "network" then
      engine.error(where, subject .. ": " .. key .. " is a network load balancer, which takes no web ACL", "leave it out")
    else
      guarded[key] = subject
      add(name, "association " .. key, "AWS::WAFv2::WebACLAssociation", "WebAclFor" .. engine.pascal(key), where, {
        ResourceArn = balancer.arn, WebACLArn = arn,
      })
    end
  end
end

--- Makes the ACLs and puts them in front of the load balancers that they name.
function waf.prepare()
  for name in pairs(read.section("x-wafv2_webacl")) do
    local subject <const> = "x-wafv2_webacl::" .. name
    local definition <const> = read.mapping(engine.section("x-wafv2_webacl"), name, subject)
    read.keys(definition, keys, subject)
    if definition.Services ~= nil then
      engine.warn({ definition, "Services", "key" }, subject .. " Services has no effect: an ACL stands in front of load balancers",
        "name those: LoadBalancers: [public]")
    end
    if definition.Lookup ~= nil and definition.Properties ~= nil then
      engine.error({ definition, "Properties", "key" }, subject .. " has Lookup and Properties", "Lookup takes an ACL, Properties makes one")
    end
    local arn <const> = definition.Lookup ~= nil and existing(definition, subject) or own(name, definition, subject)
    local made <const> = engine.find("x-wafv2_webacl", name)
    returns.set("x-wafv2_webacl", name, {
      { "Arn", arn }, { "Id", made and made:att("Id") }, { "LabelNamespace", made and made:att("LabelNamespace") },
      { "Ref", made and made:ref() },
    })
    associate(name, definition, arn, subject)
    logging(name, definition, arn, subject)
  end
end

return waf
