--- Attributes of load balancers and target groups: lists of Key and Value or mappings, checked against what AWS knows.
--- https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html
--- https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html
local read <const> = engine.use("base/read")
local shape <const> = engine.use("base/shape")
local elb_attributes <const> = {}

elb_attributes.shape = shape.either(shape.map(shape.any), shape.list(shape.record { Key = shape.any, Value = shape.any }, "{Key: ..., Value: ...}"))

local flag <const> = { "true", "false" }

--- Name of an attribute, the kinds of load balancer that have it, and its values: a list, a range, or nil for any text.
local balancers <const> = {
  { "access_logs.s3.bucket", "both" },
  { "access_logs.s3.enabled", "both", flag },
  { "access_logs.s3.prefix", "both" },
  { "client_keep_alive.seconds", "application", { 60, 604800 } },
  { "connection_logs.s3.bucket", "application" },
  { "connection_logs.s3.enabled", "application", flag },
  { "connection_logs.s3.prefix", "application" },
  { "deletion_protection.enabled", "both", flag },
  { "dns_record.client_routing_policy", "network",
    { "any_availability_zone", "availability_zone_affinity", "partial_availability_zone_affinity" } },
  { "health_check_logs.s3.bucket", "application" },
  { "health_check_logs.s3.enabled", "application", flag },
  { "health_check_logs.s3.prefix", "application" },
  { "idle_timeout.timeout_seconds", "application", { 1, 4000 } },
  { "ipv6.deny_all_igw_traffic", "both", flag },
  { "load_balancing.cross_zone.enabled", "both", flag },
  { "routing.http.desync_mitigation_mode", "application", { "defensive", "strictest", "monitor" } },
  { "routing.http.drop_invalid_header_fields.enabled", "application", flag },
  { "routing.http.preserve_host_header.enabled", "application", flag },
  { "routing.http.x_amzn_tls_version_and_cipher_suite.enabled", "application", flag },
  { "routing.http.xff_client_port.enabled", "application", flag },
  { "routing.http.xff_header_processing.mode", "application", { "append", "preserve", "remove" } },
  { "routing.http2.enabled", "application", flag },
  { "secondary_ips.auto_assigned.per_subnet", "network", { 0, 7 } },
  { "waf.fail_open.enabled", "application", flag },
  { "zonal_shift.config.enabled", "both", flag },
}
local groups <const> = {
  { "deregistration_delay.connection_termination.enabled", "network", flag },
  { "deregistration_delay.timeout_seconds", "both", { 0, 3600 } },
  { "load_balancing.algorithm.anomaly_mitigation", "application", { "on", "off" } },
  { "load_balancing.algorithm.type", "application", { "round_robin", "least_outstanding_requests", "weighted_random" } },
  { "load_balancing.cross_zone.enabled", "both", { "true", "false", "use_load_balancer_configuration" } },
  { "preserve_client_ip.enabled", "network", flag },
  { "proxy_protocol_v2.enabled", "network", flag },
  { "slow_start.duration_seconds", "application", { 0, 900 } },
  { "stickiness.app_cookie.cookie_name", "application" },
  { "stickiness.app_cookie.duration_seconds", "application", { 1, 604800 } },
  { "stickiness.enabled", "both", flag },
  { "stickiness.lb_cookie.duration_seconds", "application", { 1, 604800 } },
  { "stickiness.type", "both", { "lb_cookie", "app_cookie", "source_ip", "source_ip_dest_ip", "source_ip_dest_ip_proto" } },
  { "target_failover.on_deregistration", "network", { "rebalance", "no_rebalance" } },
  { "target_failover.on_unhealthy", "network", { "rebalance", "no_rebalance" } },
  { "target_group_health.dns_failover.minimum_healthy_targets.count", "both" },
  { "target_group_health.dns_failover.minimum_healthy_targets.percentage", "both" },
  { "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count", "both" },
  { "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage", "both" },
  { "target_health_state.unhealthy.connection_termination.enabled", "network", flag },
  { "target_health_state.unhealthy.draining_interval_seconds", "network", { 0, 360000 } },
}

local function row_of(rows, name)
  for _, row in ipairs(rows) do
    if row[1] == name then return row end
  end
end

local function fits(values, value)
  if values == nil then return true end
  if type(values[1]) == "number" then
    local number <const> = math.tointeger(tonumber(value))
    return number ~= nil and number >= values[1] and number <= values[2]
  end
  return read.index(values, value) ~= nil
end

local function values_text(values)
  return type(values[1]) == "number" and "from " .. values[1] .. " to " .. values[2] or "one of " .. table.concat(values, ", ")
end

--- The remedy for a name that there is none of: one that begins alike, or is near.
local function remedy(name, rows)
  local names <const> = {}
  for _, row in ipairs(rows) do
    if row[1]:sub(1, #name + 1) == name .. "." then return "did you mean \"" .. row[1] .. "\"?" end
    table.insert(names, row[1])
  end
  local near <const> = engine.near(name, names, "")
  return near and near:find("^did you mean") and near or "the names are those of the ELBv2 API reference"
end

--- Checks one attribute; `where` is the place of its value, `kind` is application or network.
local function check(rows, name, value, kind, where, subject)
  local row <const> = row_of(rows, name)
  if not row then return engine.error(where, subject .. " has no attribute \"" .. name .. "\"", remedy(name, rows)) end
  if row[2] ~= "both" and row[2] ~= kind then
    return engine.error(where, subject .. " attribute " .. name .. " is one of " .. row[2] .. " load balancers", "leave it out")
  end
  if type(value) == "userdata" and not read.is_function(value) then
    return engine.error(where, subject .. " attribute " .. name .. " must be a string", row[3] and "write " .. tostring(row[3][1]) or "write one value")
  end
  if type(value) ~= "userdata" and not fits(row[3], tostring(value)) then
    engine.error(where, subject .. " attribute " .. name .. " must be " .. values_text(row[3]) .. ", not " .. tostring(value),
      "write " .. tostring(row[3][1]))
  end
  if name == "stickiness.app_cookie.cookie_name" and tostring(value):find("^AWSALB") then
    engine.error(where, subject .. " attribute " .. name .. " must not begin with AWSALB", "those cookies are the load balancer's own")
  end
end

--- Reads `holder[key]` into a list of `{ Key, Value }`, in its order, each checked.
local function read_into(list, rows, holder, key, kind, subject)
  local node <const> = holder[key]
  if node == nil then return end
  local function add(name, value, where)
    check(rows, name, value, kind, where, subject)
    list[#list + 1] = {
      Key = name, Value = type(value) == "userdata" and value or engine.placed(tostring(value), where), text = value,
    }
  end
  if engine.kind(node) == "list" then
    for index, item in ipairs(read.items(holder, key)) do
      if read.is_mapping(item) and item.Key ~= nil and item.Value ~= nil then
        add(tostring(item.Key), item.Value, { item, "Value" })
      elseif read.is_mapping(item) then
        engine.error({ node, index }, subject .. " " .. key .. " takes Key and Value", "or write them as a mapping")
      end
    end
  elseif read.is_mapping(node) then
    for name, value in pairs(node) do add(name, value, { node, name }) end
  end
end

--- The list as it is written: what was only read is taken out.
local function written(list)
  for _, item in ipairs(list or {}) do item.text = nil end
  return list
end

--- Adds the attributes of `defaults` (name, value, and its text when the value is placed) that the list does not have.
local function complete(list, defaults)
  for _, default in ipairs(defaults) do
    local has = false
    for _, item in ipairs(list) do has = has or item.Key == default[1] end
    if not has then list[#list + 1] = { Key = default[1], Value = default[2], text = default[3] or default[2] } end
  end
  return #list > 0 and list or nil
end

--- The attributes of a load balancer, each with the `text` of its value. `more` are pairs of name and value that give way to what the
--- file says.
function elb_attributes.of_balancer(properties, kind, more, subject)
  local list <const> = {}
  shape.check(elb_attributes.shape, properties, "LoadBalancerAttributes", subject .. " LoadBalancerAttributes")
  read_into(list, balancers, properties, "LoadBalancerAttributes", kind, subject)
  return complete(list, more)
end

--- The name of the attribute that a macro stands for, checked; `value` is placed.
function elb_attributes.check_balancer(name, value, kind, where, subject)
  check(balancers, name, value, kind, where, subject)
end

--- The attributes of a target group, with a deregistration delay of a minute unless the file has another.
function elb_attributes.of_group(node, kind, subject)
  local list <const> = {}
  read_into(list, groups, node, "TargetGroupAttributes", kind, subject)
  return written(complete(list, { { "deregistration_delay.timeout_seconds", "60" } }))
end

return elb_attributes
