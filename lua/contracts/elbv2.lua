--- Contracts of Elastic Load Balancing: load balancers, target groups and listeners.
local values <const> = engine.use("contracts/values")

local api <const> = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/"
local guide <const> = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/"
local checked <const> = "2026-11-29"
local balancer <const>, group <const> = "AWS::ElasticLoadBalancingV2::LoadBalancer", "AWS::ElasticLoadBalancingV2::TargetGroup"
local listener <const>, of_group <const> = "AWS::ElasticLoadBalancingV2::Listener", api .. "API_CreateTargetGroup.html"

--- A name of 1 to 32 letters, digits and hyphens, without a hyphen at an end.
local function named(id, on, page)
  return {
    id = id, on = on, at = "Name", name = { 1, 32, "^%w[%w-]*$", "letters, digits and -" },
    must = "must have a Name of 1 to 32 letters, digits and hyphens", remedy = "write a shorter Name, or leave it out", page = page,
    checked = checked,
  }
end

--- Whether a load balancer is one for applications.
local function is_application(properties) return properties.Type == nil or properties.Type == "application" end

--- The zones that the subnets of a load balancer are certainly in, by logical id.
local function zones(properties)
  local subnets <const> = values.items(properties.Subnets)
  return #subnets > 0 and subnets or values.items(properties.SubnetMappings)
end

--- The attributes of a load balancer, listener or target group by their keys.
local function attributes(properties, list)
  local found <const> = {}
  for index, attribute in ipairs(values.items(properties[list])) do
    if type(attribute.Key) == "string" then found[attribute.Key] = { value = attribute.Value, index = index } end
  end
  return found
end

--- The number of an attribute.
local function attribute(id, on, list, key, least, most, page)
  return {
    id = id, on = on, at = list, must = "must have " .. key .. " from " .. least .. " to " .. most,
    holds = function(properties)
      local found <const> = attributes(properties, list)[key]
      local number <const> = found and values.number(found.value)
      return not number or number >= least and number <= most, found and { list, found.index, "Value" }, number and "not " .. tostring(found.value)
    end,
    remedy = "write a value from " .. least .. " to " .. most, page = page, checked = checked,
  }
end

local of_gateway <const>, of_network <const> = { "TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC" }, { "HTTP", "HTTPS" }

--- The load balancer of a listener, as the template has it.
local function balancer_of(properties, template)
  local made <const> = template.find(properties.LoadBalancerArn)
  return made and made.type == balancer and made.properties or nil
end

--- Calls `visit(group, path)` for every target group of the template that a list of actions forwards to.
local function forwarded(actions, name, template, visit)
  for index, action in ipairs(values.items(actions)) do
    local direct <const> = template.find(action.TargetGroupArn)
    if direct and direct.type == group then visit(direct, { name, index, "TargetGroupArn" }) end
    for number, item in ipairs(values.items(values.at(action, "ForwardConfig.TargetGroups"))) do
      local made <const> = template.find(item.TargetGroupArn)
      if made and made.type == group then visit(made, { name, index, "ForwardConfig", "TargetGroups", number, "TargetGroupArn" }) end
    end
  end
end

return {
  named("elbv2-name", balancer, api .. "API_CreateLoadBalancer.html"),
  named("elbv2-target-group-name", group, of_group),
  {
    id = "elbv2-name-hyphen", on = { balancer, group }, at = "Name", must = "must have a Name without a hyphen at its end",
    holds = function(properties) return type(properties.Name) ~= "string" or not properties.Name:find("%-$") end,
    remedy = "leave the hyphen out", page = api .. "API_CreateLoadBalancer.html", checked = checked,
  },
  {
    id = "elbv2-name-internal", on = balancer, at = "Name", must = "must have a Name that does not begin with internal-",
    holds = function(properties) return type(properties.Name) ~= "string" or not properties.Name:find("^internal%-") end,
    remedy = "write another Name, or leave it out", page = api .. "API_CreateLoadBalancer.html", checked = checked,
  },
  {
    id = "elbv2-subnets", on = balancer, at = "Subnets", excludes = "SubnetMappings", must = "must have Subnets or SubnetMappings, not both",
    remedy = "leave Subnets out", page = api .. "API_CreateLoadBalancer.html", checked = checked,
  },
  {
    id = "elbv2-zones", on = balancer, at = "Subnets", must = "must have subnets in two Availability Zones at least, for its type is application",
    holds = function(properties)
      local list <const> = zones(properties)
      local only <const> = #list == 1 and list[1]
      if not only or not is_application(properties) then return true end
      -- A reference may be to a parameter that holds many.
      return type(only) == "table" and only.SubnetId == nil, nil, "not in one"
    end,
    remedy = "name a subnet of a second zone", page = api .. "API_CreateLoadBalancer.html", checked = checked,
  },
  {
    id = "elbv2-one-subnet-per-zone", on = balancer, at = "Subnets", must = "must have one subnet in each Availability Zone",
    holds = function(properties, _, template)
      local seen <const> = {}
      for _, item in ipairs(zones(properties)) do
        local made <const> = template.find(values.at(item, "SubnetId") or item)
        local zone <const> = made and made.type == "AWS::EC2::Subnet" and made.properties.AvailabilityZone
        if type(zone) == "string" and seen[zone] then return false, nil, "not two in " .. zone end
        if type(zone) == "string" then seen[zone] = true end
      end
      return true
    end,
    remedy = "leave one of the subnets out", page = api .. "API_CreateLoadBalancer.html", checked = checked,
  },
  attribute("elbv2-idle-timeout", balancer, "LoadBalancerAttributes", "idle_timeout.timeout_seconds", 1, 4000, api .. "API_LoadBalancerAttribute.html"),
  attribute("elbv2-keep-alive", balancer, "LoadBalancerAttributes", "client_keep_alive.seconds", 60, 604800, api .. "API_LoadBalancerAttribute.html"),
  attribute("elbv2-tcp-idle-timeout", listener, "ListenerAttributes", "tcp.idle_timeout.seconds", 60, 6000, api .. "API_ListenerAttribute.html"),
  attribute("elbv2-deregistration-delay", group, "TargetGroupAttributes", "deregistration_delay.timeout_seconds", 0, 3600,
    api .. "API_TargetGroupAttribute.html"),
  {
    id = "elbv2-access-logs-bucket", on = balancer, at = "LoadBalancerAttributes", must = "must have a bucket for its access logs",
    holds = function(properties)
      local found <const> = attributes(properties, "LoadBalancerAttributes")
      local enabled <const> = found["access_logs.s3.enabled"]
      return not enabled or not values.is_true(enabled.value) or found["access_logs.s3.bucket"] ~= nil
    end,
    remedy = "write access_logs.s3.bucket: my-logs", page = api .. "API_LoadBalancerAttribute.html", checked = checked,
  },
  {
    id = "elbv2-health-interval", on = group, at = "HealthCheckIntervalSeconds", must = "must have a health check whose interval is above its timeout",
    holds = function(properties)
      local protocol <const> = properties.Protocol
      if protocol ~= "HTTP" and protocol ~= "HTTPS" or properties.TargetType == "lambda" then return true end
      if type(properties.HealthCheckIntervalSeconds) == "table" or type(properties.HealthCheckTimeoutSeconds) == "table" then return true end
      local interval <const>, timeout <const> = values.number(properties.HealthCheckIntervalSeconds) or 30,
        values.number(properties.HealthCheckTimeoutSeconds) or 5
      return interval > timeout, properties.HealthCheckTimeoutSeconds ~= nil and "HealthCheckTimeoutSeconds" or nil,
        "not " .. math.tointeger(interval) .. " seconds with a timeout of " .. math.tointeger(timeout)
    end,
    remedy = "raise the interval, or lower the timeout", page = "https://github.com/aws/aws-cdk/issues/29062", checked = checked,
  },
  {
    id = "elbv2-health-off", on = group, at = "HealthCheckEnabled", when = { HealthCheckEnabled = false, TargetType = { "instance", "ip", "alb" } },
    must = "must have its health check on, for its targets are no functions", holds = function() return false end,
    remedy = "leave HealthCheckEnabled out", page = of_group, checked = checked,
  },
  {
    id = "elbv2-health-tcp", on = group, at = "HealthCheckProtocol", when = { HealthCheckProtocol = "TCP", Protocol = { "HTTP", "HTTPS" } },
    must = "must not have a health check of TCP with targets of HTTP", holds = function() return false end,
    remedy = "write HealthCheckProtocol: HTTP", page = of_group, checked = checked,
  },
  {
    id = "elbv2-health-protocol", on = group, at = "HealthCheckProtocol", one_of = { "HTTP", "HTTPS", "TCP" },
    must = "must have a health check of HTTP, HTTPS or TCP", page = of_group, checked = checked,
  },
  {
    id = "elbv2-grpc-https", on = listener, must = "must have the protocol HTTPS to forward to target groups of GRPC",
    faults = function(properties, _, template)
      local found <const> = {}
      if properties.Protocol ~= "HTTP" then return found end
      forwarded(properties.DefaultActions, "DefaultActions", template, function(made, path)
        if made.properties.ProtocolVersion == "GRPC" then found[#found + 1] = { path = path, detail = made.id .. " has GRPC" } end
      end)
      return found
    end,
    remedy = "write Protocol: HTTPS, with a certificate", page = guide .. "load-balancer-target-groups.html", checked = checked,
  },
  {
    id = "elbv2-grpc-rule", on = "AWS::ElasticLoadBalancingV2::ListenerRule",
    must = "must stand at a listener of HTTPS to forward to target groups of GRPC",
    faults = function(properties, _, template)
      local found <const>, made <const> = {}, template.find(properties.ListenerArn)
      if not made or made.type ~= listener or made.properties.Protocol ~= "HTTP" then return found end
      forwarded(properties.Actions, "Actions", template, function(target, path)
        if target.properties.ProtocolVersion == "GRPC" then found[#found + 1] = { path = path, detail = target.id .. " has GRPC" } end
      end)
      return found
    end,
    remedy = "write Protocol: HTTPS at the listener, with a certificate", page = guide .. "load-balancer-target-groups.html", checked = checked,
  },
  {
    id = "elbv2-certificate", on = listener, at = "Certificates", items = { 1, 1 },
    must = "must have one certificate: the others belong into a ListenerCertificate", remedy = "leave the others out",
    page = api .. "API_CreateListener.html", checked = checked,
  },
  {
    id = "elbv2-secure-certificate", on = listener, at = "Protocol", when = { Protocol = { "HTTPS", "TLS" } }, needs = "Certificates",
    must = "must have a certificate for HTTPS and TLS", remedy = "write Certificates: [{CertificateArn: x-acm::site}]",
    page = api .. "API_CreateListener.html", checked = checked,
  },
  {
    id = "elbv2-listener-protocol", on = listener, at = "Protocol", must = "must have a protocol of its load balancer's type",
    holds = function(properties, _, template)
      local owner <const> = balancer_of(properties, template)
      if not owner or type(owner.Type) == "table" or type(properties.Protocol) ~= "string" then return true end
      local wrong <const> = is_application(owner) and of_gateway or owner.Type == "network" and of_network or {}
      return not values.has(wrong, properties.Protocol), nil, "not " .. properties.Protocol .. " with the type " .. (owner.Type or "application")
    end,
    remedy = "write HTTP or HTTPS for the type application, TCP, TLS, UDP or TCP_UDP for network", page = api .. "API_CreateListener.html",
    checked = checked,
  },
  {
    id = "elbv2-network-health-interval", on = group, at = "HealthCheckIntervalSeconds", when = { Protocol = { "TCP", "TLS", "UDP", "TCP_UDP" } },
    given = "Protocol", must = "must have a health check whose timeout is not above its interval",
    holds = function(properties)
      if type(properties.HealthCheckIntervalSeconds) == "table" or type(properties.HealthCheckTimeoutSeconds) == "table" then return true end
      local interval <const>, timeout <const> = values.number(properties.HealthCheckIntervalSeconds) or 30,
        values.number(properties.HealthCheckTimeoutSeconds) or properties.HealthCheckProtocol == "HTTP" and 6 or 10
      return interval >= timeout, properties.HealthCheckTimeoutSeconds ~= nil and "HealthCheckTimeoutSeconds" or nil,
        "not " .. math.tointeger(interval) .. " seconds with a timeout of " .. math.tointeger(timeout)
    end,
    remedy = "raise the interval, or lower the timeout", page = "https://github.com/aws/aws-cdk/pull/26031", checked = checked,
  },
  {
    id = "elbv2-network-logs", on = "AWS::ElasticLoadBalancingV2::LoadBalancer", at = "LoadBalancerAttributes", when = { Type = "network" },
    given = "LoadBalancerAttributes", severity = "warning", must = "must have a listener of TLS for its access logs, which are of nothing else",
    holds = function(properties, made, template)
      local has_logs, count = false, 0
      for _, each in ipairs(values.items(properties.LoadBalancerAttributes)) do
        has_logs = has_logs or each.Key == "access_logs.s3.enabled" and values.is_true(each.Value)
      end
      if not has_logs then return true end
      for _, each in ipairs(template.of(listener)) do
        if values.target(each.properties.LoadBalancerArn) == made.id then
          count = count + 1
          if each.properties.Protocol == "TLS" or type(each.properties.Protocol) == "table" then return true end
        end
      end
      return count == 0
    end,
    remedy = "write Certificates at a listener, or leave the logs out",
    page = "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/enable-access-logs.html", checked = checked,
  },
}
