--- x-wafv2_webacl: web ACLs, of the stack's own or existing, in front of load balancers.
local balancers <const> = engine.use("x/elbv2/load_balancers")
local read <const> = engine.use("base/read")
local shape <const> = engine.use("base/shape")

local function add(definition, part, type, noun, at, properties)
  return engine.add {
    type = type, noun = noun, key = "x-wafv2_webacl", name = definition.name, part = part, at = at, properties = properties,
  }
end

--- The ARN of an existing ACL: as it is written, or of `name|id|REGIONAL`.
local function existing(definition)
  local found <const> = definition.lookup
  if found.by ~= "Identifier" then return found.id or "arn:aws:wafv2" end
  local lookup <const> = definition.body.Lookup
  local name <const>, id <const>, scope <const> = lookup.Identifier:match("^([%w_-]+)|([%w-]+)|(%u+)$")
  if scope ~= "REGIONAL" then
    engine.error({ lookup, "Identifier" }, definition.subject .. " Lookup: a load balancer takes an ACL of scope REGIONAL, not " .. scope,
      "name one of scope REGIONAL")
  end
  return engine.placed(composex.sub("arn:${AWS::Partition}:wafv2:${AWS::Region}:${AWS::AccountId}:regional/webacl/" .. name .. "/" .. id),
    { lookup, "Identifier" })
end

local function own(definition)
  local body <const>, subject <const> = definition.body, definition.subject
  local written <const> = read.part(body, "Properties")
  local properties <const> = {}
  for key in pairs(written) do properties[key] = read.placed(written, key) end
  if type(written.Scope) == "string" and written.Scope ~= "REGIONAL" and body.LoadBalancers ~= nil then
    engine.error({ written, "Scope" }, subject .. " is in front of load balancers: its Scope must be REGIONAL",
      "write Scope: REGIONAL")
  end
  if properties.Scope == nil then properties.Scope = "REGIONAL" end
  if properties.DefaultAction == nil then properties.DefaultAction = { Allow = {} } end
  if properties.VisibilityConfig == nil then
    properties.VisibilityConfig = {
      SampledRequestsEnabled = true, CloudWatchMetricsEnabled = true, MetricName = engine.pascal(definition.name),
    }
  end
  definition.resource = add(definition, "main", "AWS::WAFv2::WebACL", "WebAcl", definition.at, properties)
  return definition.resource:att("Arn")
end

--- Logging: true for a log group of the stack's own, or what AWS::WAFv2::LoggingConfiguration takes.
local function logging(definition)
  local wanted <const> = definition.body.Logging
  local properties <const> = { ResourceArn = definition.acl_arn }
  if read.is_mapping(wanted) then
    for key in pairs(wanted) do properties[key] = read.placed(wanted, key) end
  elseif wanted ~= true then
    return
  end
  if properties.LogDestinationConfigs == nil then
    local group <const> = add(definition, "log_group", "AWS::Logs::LogGroup", "WebAclLogGroup", definition.at, {
      LogGroupName = composex.sub("aws-waf-logs-${AWS::StackName}-" .. definition.name), RetentionInDays = 30,
    })
    properties.LogDestinationConfigs = { composex.sub("arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:") .. group:ref() }
  end
  add(definition, "logging", "AWS::WAFv2::LoggingConfiguration", "WebAclLogging", definition.at, properties)
end

local function associate(definition)
  local subject <const>, list <const> = definition.subject, read.items(definition.body, "LoadBalancers")
  for index, text in ipairs(list) do
    local where <const> = { list, index }
    local key <const> = tostring(text):gsub("^x%-elbv2::", "")
    local balancer <const> = balancers.find(key)
    if not balancer then
      engine.error(where, subject .. " names the load balancer " .. tostring(text) .. ", which is not in x-elbv2",
        engine.near(key, balancers.names(), "there are") or "add it to x-elbv2")
    elseif balancer.guarded_by then
      engine.error(where, subject .. ": " .. key .. " has " .. balancer.guarded_by .. " in front of it already", "a load balancer takes one web ACL")
    elseif balancer.kind == "network" then
      engine.error(where, subject .. ": " .. key .. " is a network load balancer, which takes no web ACL", "leave it out")
    else
      balancer.guarded_by = subject
      add(definition, "association " .. key, "AWS::WAFv2::WebACLAssociation", "WebAclFor" .. engine.pascal(key), where, {
        ResourceArn = balancer.arn, WebACLArn = definition.acl_arn,
      })
    end
  end
end

--- Makes the ACL and puts it in front of the load balancers that it names.
local function make(definition)
  local body <const>, subject <const> = definition.body, definition.subject
  if body.Services ~= nil then
    engine.warn({ body, "Services", "key" }, subject .. " Services has no effect: an ACL stands in front of load balancers",
      "name those: LoadBalancers: [public]")
  end
  definition.acl_arn = definition.lookup and existing(definition) or own(definition)
  associate(definition)
  logging(definition)
end

return {
  key     = "x-wafv2_webacl",
  type    = "AWS::WAFv2::WebACL",
  noun    = "WebAcl",
  returns = { Arn = function(definition) return definition.acl_arn end, Id = "Id", LabelNamespace = "LabelNamespace", Ref = "Ref" },
  lookup  = {
    arn = "arn:{partition}:wafv2:{region}:{account}:{scope}/webacl/{name}",
    by  = { Identifier = { like = "^[%w_-]+|[%w-]+|%u+$", example = "name|id|REGIONAL" } },
    returns = { Arn = function(_, definition) return definition.acl_arn end },
  },
  accepts = { definition = {
    LoadBalancers = shape.list(shape.text, "NAME"), Services = shape.any, Logging = shape.either(shape.flag, shape.map(shape.any)),
  } },
  hooks   = { make = make },
}
