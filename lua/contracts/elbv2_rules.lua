--- Contracts of Elastic Load Balancing: actions and conditions of listeners and their rules.
local values <const> = engine.use("contracts/values")

local api <const> = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/"
local guide <const> = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html"
local checked <const> = "2026-11-29"
local listener <const>, rule <const> = "AWS::ElasticLoadBalancingV2::Listener", "AWS::ElasticLoadBalancingV2::ListenerRule"

--- What an action has for its type only: for listeners and for rules.
local function of_action(id, property, kind)
  local function row(on, list, suffix)
    return {
      id = "elbv2-" .. suffix .. id, on = on, each = list .. "[]", at = property, beside = { "Type", { kind } },
      must = "must have a " .. property .. " in an action of the type " .. kind .. " only", remedy = "write Type: " .. kind .. ", or leave it out",
      page = api .. "API_Action.html", checked = checked,
    }
  end
  return row(listener, "DefaultActions", "default-"), row(rule, "Actions", "action-")
end

local default_redirect <const>, action_redirect <const> = of_action("redirect", "RedirectConfig", "redirect")
local default_fixed <const>, action_fixed <const> = of_action("fixed-response", "FixedResponseConfig", "fixed-response")
local default_target <const>, action_target <const> = of_action("target", "TargetGroupArn", "forward")

--- Lists of strings in a condition.
local lists <const> = {
  "Values", "RegexValues", "HostHeaderConfig.Values", "HostHeaderConfig.RegexValues", "PathPatternConfig.Values", "PathPatternConfig.RegexValues",
  "HttpHeaderConfig.Values", "HttpRequestMethodConfig.Values", "QueryStringConfig.Values", "SourceIpConfig.Values",
}

--- The kinds of conditions and the mapping that each has.
local configurations <const> = {
  { "HostHeaderConfig", "host-header" }, { "PathPatternConfig", "path-pattern" }, { "HttpHeaderConfig", "http-header" },
  { "HttpRequestMethodConfig", "http-request-method" }, { "QueryStringConfig", "query-string" }, { "SourceIpConfig", "source-ip" },
}

--- Calls `visit(list, path)` for each list of a rule's conditions.
local function each_list(properties, visit)
  local found <const> = {}
  for index, condition in ipairs(values.items(properties.Conditions)) do
    for _, path in ipairs(lists) do
      local detail <const> = visit(values.items(values.at(condition, path)), path)
      if detail then found[#found + 1] = { path = { "Conditions", index, table.unpack(values.steps(path)) }, detail = detail } end
    end
  end
  return found
end

return {
  default_redirect, action_redirect, default_fixed, action_fixed, default_target, action_target,
  {
    id = "elbv2-condition-values", on = rule, must = "must have at most 5 values in its conditions together",
    holds = function(properties)
      local count = 0
      each_list(properties, function(list, path)
        if not path:find("^RegexValues$") then count = count + #list end
      end)
      return count <= 5, "Conditions", "not " .. count
    end,
    remedy = "make a second target of the load balancer for the others", page = guide, checked = checked,
  },
  {
    id = "elbv2-condition-length", on = rule, must = "must have at most 128 characters in each value of its conditions",
    faults = function(properties)
      return each_list(properties, function(list)
        for _, value in ipairs(list) do
          if type(value) == "string" and #value > 128 then return "one has " .. #value end
        end
      end)
    end,
    remedy = "write a shorter value", page = api .. "API_RuleCondition.html", checked = checked,
  },
  {
    id = "elbv2-condition-field", on = rule, must = "must have conditions whose Field says which mapping they have",
    faults = function(properties)
      local found <const> = {}
      for index, condition in ipairs(values.items(properties.Conditions)) do
        for _, row in ipairs(configurations) do
          if condition[row[1]] ~= nil and type(condition.Field) == "string" and condition.Field ~= row[2] then
            found[#found + 1] = {
              path = { "Conditions", index, "Field" }, detail = "not " .. condition.Field .. " with " .. row[1], remedy = "write Field: " .. row[2],
            }
          end
        end
      end
      return found
    end,
    page = api .. "API_RuleCondition.html", checked = checked,
  },
  {
    id = "elbv2-condition-host", on = rule, must = "must not look at the header Host as an http-header",
    holds = function(properties)
      for index, condition in ipairs(values.items(properties.Conditions)) do
        local name <const> = values.string(values.at(condition, "HttpHeaderConfig.HttpHeaderName"))
        if name and name:lower() == "host" then return false, { "Conditions", index, "HttpHeaderConfig" } end
      end
      return true
    end,
    remedy = "write Field: host-header, with HostHeaderConfig", page = api .. "API_HttpHeaderConditionConfig.html", checked = checked,
  },
  {
    id = "elbv2-condition-header", on = rule, at = "Conditions[].HttpHeaderConfig.HttpHeaderName", length = { 1, 40 },
    must = "must have names of headers of 1 to 40 letters", remedy = "write a shorter name", page = api .. "API_HttpHeaderConditionConfig.html",
    checked = checked,
  },
  {
    id = "elbv2-condition-method", on = rule, at = "Conditions[].HttpRequestMethodConfig.Values[]", name = { 1, 40, "^[%u_-]+$", "A-Z, - and _" },
    must = "must have methods of 1 to 40 letters of A-Z, - and _", remedy = "write GET",
    page = api .. "API_HttpRequestMethodConditionConfig.html", checked = checked,
  },
  {
    id = "elbv2-rule-priorities", on = rule, at = "Priority", must = "must have a Priority that no other rule of its listener has",
    holds = function(properties, made, template)
      local owner <const>, priority <const> = values.target(properties.ListenerArn), values.number(properties.Priority)
      if not owner or not priority then return true end
      for _, other in ipairs(template.of(rule)) do
        if other.id == made.id then return true end
        if values.target(other.properties.ListenerArn) == owner and values.number(other.properties.Priority) == priority then
          return false, nil, other.id .. " has " .. math.tointeger(priority)
        end
      end
      return true
    end,
    remedy = "write another Priority", page = api .. "API_CreateRule.html", checked = checked,
  },
  {
    id = "elbv2-action-order", on = rule, at = "Actions", must = "must have an Order at each of its actions, when they are many",
    holds = function(properties)
      local list <const> = values.items(properties.Actions)
      for index, action in ipairs(list) do
        if #list > 1 and not values.is_computed(action) and action.Order == nil then return false, { "Actions", index } end
      end
      return true
    end,
    remedy = "write Order: 1, Order: 2", page = api .. "API_Action.html", checked = checked,
  },
  {
    id = "elbv2-last-action", on = rule, at = "Actions", must = "must end with its only action that forwards, redirects or answers",
    holds = function(properties)
      local list <const>, count = values.items(properties.Actions), 0
      for _, action in ipairs(list) do
        if type(action.Type) ~= "string" then return true end
        if action.Type == "forward" or action.Type == "redirect" or action.Type == "fixed-response" then count = count + 1 end
      end
      return #list == 0 or count == 1, nil, "not with " .. count
    end,
    remedy = "leave one of the actions out, or write another rule", page = guide, checked = checked,
  },
  {
    id = "elbv2-weight", on = { rule, listener }, must = "must have a Weight from 0 to 999 for each target group",
    faults = function(properties)
      local found <const> = {}
      for _, name in ipairs { "Actions", "DefaultActions" } do
        values.visit(properties, name .. "[].ForwardConfig.TargetGroups[].Weight", function(weight, steps)
          local number <const> = values.number(weight)
          if number and (number < 0 or number > 999) then found[#found + 1] = { path = steps, detail = "not " .. tostring(weight) } end
        end)
      end
      return found
    end,
    remedy = "write a Weight from 0 to 999", page = api .. "API_TargetGroupTuple.html", checked = checked,
  },
  {
    id = "elbv2-stickiness", on = listener, at = "DefaultActions[].ForwardConfig.TargetGroupStickinessConfig.DurationSeconds", range = { 1, 604800 },
    must = "must hold clients to a target group for 1 to 604800 seconds", remedy = "write DurationSeconds: 3600",
    page = api .. "API_TargetGroupStickinessConfig.html", checked = checked,
  },
}
