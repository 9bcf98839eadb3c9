--- Contracts of AWS WAF: web ACLs, rule groups and sets of addresses.
local values <const> = engine.use("contracts/values")

local api <const> = "https://docs.aws.amazon.com/waf/latest/APIReference/"
local checked <const> = "2026-11-29"
local acl <const>, group <const>, set <const> = "AWS::WAFv2::WebACL", "AWS::WAFv2::RuleGroup", "AWS::WAFv2::IPSet"
local both <const> = { acl, group }

--- Whether the statement of a rule is a group of rules.
local function is_group(rule)
  return values.at(rule, "Statement.ManagedRuleGroupStatement") ~= nil or values.at(rule, "Statement.RuleGroupReferenceStatement") ~= nil
end

return {
  {
    id = "waf-name", on = { acl, group, set }, at = "Name", name = { 1, 128, "^[%w_-]+$", "letters, digits, _ and -" },
    must = "must have a Name of 1 to 128 letters, digits, _ and -", remedy = "write Name: shop", page = api .. "API_CreateWebACL.html", checked = checked,
  },
  {
    id = "waf-rule-name", on = both, at = "Rules[].Name", name = { 1, 128, "^[%w_-]+$", "letters, digits, _ and -" },
    must = "must have names of rules of 1 to 128 letters, digits, _ and -", remedy = "write Name: rate", page = api .. "API_Rule.html", checked = checked,
  },
  {
    id = "waf-priorities", on = both, at = "Rules", unique = "Priority", must = "must have rules of different Priority", remedy = "write Priority: 2",
    page = api .. "API_Rule.html", checked = checked,
  },
  {
    id = "waf-override", on = acl, each = "Rules[]", at = "OverrideAction", must = "must have an OverrideAction at rules that are groups only",
    holds = function(rule) return rule.OverrideAction == nil or rule.Statement == nil or values.is_computed(rule.Statement) or is_group(rule) end,
    remedy = "write Action: {Block: {}}", page = api .. "API_Rule.html", checked = checked,
  },
  {
    id = "waf-group-action", on = acl, each = "Rules[]", at = "Action", must = "must not have an Action at a rule that is a group",
    holds = function(rule) return rule.Action == nil or not is_group(rule) end,
    remedy = "write OverrideAction: {None: {}}", page = api .. "API_Rule.html", checked = checked,
  },
  {
    id = "waf-action", on = acl, each = "Rules[]", must = "must have an Action or an OverrideAction at each rule",
    holds = function(rule) return values.is_computed(rule) or rule.Action ~= nil or rule.OverrideAction ~= nil, "Name" end,
    remedy = "write Action: {Block: {}}, or OverrideAction: {None: {}} for a group", page = api .. "API_Rule.html", checked = checked,
  },
  {
    id = "waf-rate-forwarded", on = both, each = "Rules[].Statement.RateBasedStatement", at = "AggregateKeyType", when = { AggregateKeyType = "FORWARDED_IP" },
    needs = "ForwardedIPConfig", must = "must have a ForwardedIPConfig to count by forwarded addresses",
    remedy = "write ForwardedIPConfig: {HeaderName: X-Forwarded-For, FallbackBehavior: MATCH}", page = api .. "API_RateBasedStatement.html",
    checked = checked,
  },
  {
    id = "waf-rate-constant", on = both, each = "Rules[].Statement.RateBasedStatement", at = "AggregateKeyType", when = { AggregateKeyType = "CONSTANT" },
    needs = "ScopeDownStatement", must = "must have a ScopeDownStatement to count all requests together", remedy = "write AggregateKeyType: IP",
    page = api .. "API_RateBasedStatement.html", checked = checked,
  },
  {
    id = "waf-metric-name", on = both, at = "VisibilityConfig.MetricName", length = { 1, 128 }, must = "must have a MetricName of 1 to 128 letters",
    remedy = "write MetricName: shop", page = api .. "API_VisibilityConfig.html", checked = checked,
  },
  {
    id = "waf-addresses", on = set, at = "Addresses[]", must = "must have Addresses with the length of their network",
    holds = function(properties)
      for index, address in ipairs(values.items(properties.Addresses)) do
        if type(address) == "string" and not address:find("/%d+$") then return false, { "Addresses", index }, "not \"" .. address .. "\"" end
      end
      return true
    end,
    remedy = "write 192.0.2.44/32", page = api .. "API_CreateIPSet.html", checked = checked,
  },
  {
    id = "waf-log-name", on = "AWS::WAFv2::LoggingConfiguration", given = "LogDestinationConfigs",
    must = "must log to a group, bucket or stream whose name begins with aws-waf-logs-",
    faults = function(properties, _, template)
      local names <const> = {
        ["AWS::Logs::LogGroup"] = "LogGroupName", ["AWS::S3::Bucket"] = "BucketName", ["AWS::KinesisFirehose::DeliveryStream"] = "DeliveryStreamName",
      }
      local found <const> = {}
      for index, each in ipairs(values.items(properties.LogDestinationConfigs)) do
        local to <const> = template.find(each)
        local name <const> = to and names[to.type]
        local value <const> = name and to.properties[name]
        if name and (value == nil or type(value) == "string" and not value:find("^aws%-waf%-logs%-")) then
          found[#found + 1] = { path = { "LogDestinationConfigs", index }, detail = to.id .. (value and " is " .. value or " has no " .. name) }
        end
      end
      return found
    end,
    remedy = "write its name: aws-waf-logs-shop", page = api .. "API_LoggingConfiguration.html", checked = checked,
  },
  {
    id = "waf-log-destinations", on = "AWS::WAFv2::LoggingConfiguration", at = "LogDestinationConfigs", items = { 1, 1 },
    must = "must log to one destination", remedy = "leave all but one out", page = api .. "API_LoggingConfiguration.html", checked = checked,
  },
  {
    id = "waf-association", on = "AWS::WAFv2::WebACLAssociation", at = "WebACLArn", must = "must associate a web ACL of the scope REGIONAL",
    holds = function(properties, _, template)
      local found <const> = template.find(properties.WebACLArn)
      return not found or found.type ~= acl or values.string(found.properties.Scope) ~= "CLOUDFRONT", nil, found and found.id .. " is for CloudFront"
    end,
    remedy = "write Scope: REGIONAL", page = api .. "API_AssociateWebACL.html", checked = checked,
  },
}
