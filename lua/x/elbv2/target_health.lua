--- Health checks of target groups: `<port>:<protocol>[:<healthy>:<unhealthy>:<interval>:<timeout>][:<path>][:<codes>]`, also with the
--- path before the numbers, as examples of ECS ComposeX have it, or a mapping with the names of CloudFormation.
local read <const> = engine.use("base/read")
local shape <const> = engine.use("base/shape")
local elb_health <const> = {}

local form <const> = "write <port>:<protocol>[:<healthy>:<unhealthy>:<interval>:<timeout>][:<path>][:<codes>], as in "
  .. "8080:HTTP:3:3:15:5:/ready:200"
local protocols <const> = { "HTTP", "HTTPS", "TCP", "UDP", "TCP_UDP", "TLS", "GENEVE" }
local ranges <const> = {
  { "HealthyThresholdCount", 2, 10 }, { "UnhealthyThresholdCount", 2, 10 },
  { "HealthCheckIntervalSeconds", 5, 300 }, { "HealthCheckTimeoutSeconds", 2, 120 },
}
--- Keys of the mapping, and the property that each becomes.
local properties <const> = {
  HealthCheckEnabled = "HealthCheckEnabled", Enabled = "HealthCheckEnabled",
  IntervalSeconds = "HealthCheckIntervalSeconds", HealthCheckIntervalSeconds = "HealthCheckIntervalSeconds",
  Path = "HealthCheckPath", HealthCheckPath = "HealthCheckPath",
  Port = "HealthCheckPort", HealthCheckPort = "HealthCheckPort",
  Protocol = "HealthCheckProtocol", HealthCheckProtocol = "HealthCheckProtocol",
  TimeoutSeconds = "HealthCheckTimeoutSeconds", HealthCheckTimeoutSeconds = "HealthCheckTimeoutSeconds",
  HealthyThresholdCount = "HealthyThresholdCount", UnhealthyThresholdCount = "UnhealthyThresholdCount",
  Matcher = "Matcher",
}

local function parts_of(text)
  local parts <const> = {}
  for part in (text .. ":"):gmatch("([^:]*):") do table.insert(parts, part) end
  return parts
end

--- Takes the four numbers at the head of `rest` when they are there; true when they were.
local function numbers(rest, made, where, subject)
  for index = 1, 4 do
    if not rest[index] or not rest[index]:find("^%d%d?%d?$") then return false end
  end
  for _, range in ipairs(ranges) do
    local number <const> = tonumber(table.remove(rest, 1))
    if number < range[2] or number > range[3] then
      engine.error(where, subject .. " healthcheck: " .. range[1] .. " must be from " .. range[2] .. " to " .. range[3]
        .. ", not " .. number, form)
    else
      made[range[1]] = engine.placed(number, where)
    end
  end
  return true
end

local function matcher(codes, is_grpc)
  return is_grpc and { GrpcCode = codes } or { HttpCode = codes }
end

local function from_text(text, where, subject, is_grpc)
  local rest <const> = parts_of(text)
  local port <const>, protocol <const> = table.remove(rest, 1), table.remove(rest, 1)
  if not port or not (port:find("^%d%d?%d?%d?%d?$") or port == "traffic-port") or not read.index(protocols, protocol) then
    return engine.error(where, subject .. " healthcheck \"" .. text .. "\" is not understood", form)
  end
  local made <const> = {
    HealthCheckEnabled = true, HealthCheckPort = engine.placed(port, where), HealthCheckProtocol = engine.placed(protocol, where),
  }
  local has_numbers <const> = numbers(rest, made, where, subject)
  if rest[1] and rest[1]:find("^/") then made.HealthCheckPath = engine.placed(table.remove(rest, 1), where) end
  if not has_numbers then numbers(rest, made, where, subject) end
  if rest[1] and rest[1]:find("^%d[%d,-]*$") then made.Matcher = matcher(engine.placed(table.remove(rest, 1), where), is_grpc) end
  if #rest > 0 then return engine.error(where, subject .. " healthcheck \"" .. text .. "\" is not understood", form) end
  if (made.HealthCheckPath or made.Matcher) and protocol ~= "HTTP" and protocol ~= "HTTPS" then
    engine.error(where, subject .. " healthcheck: a check by " .. protocol .. " has neither path nor codes",
      "check by HTTP or HTTPS, or leave them out")
  end
  return made
end

local function port_of(node, name, subject)
  local value <const> = node[name]
  local number <const> = math.tointeger(tonumber(type(value) ~= "userdata" and value or nil))
  if value == "traffic-port" or number and number >= 1 and number <= 65535 then return engine.placed(tostring(value), { node, name }) end
  engine.error({ node, name }, subject .. " healthcheck " .. name .. " must be a port, or traffic-port", "write " .. name .. ": 8080")
end

--- What stands under each key of the mapping.
local function fields()
  local made <const> = {}
  for name in pairs(properties) do made[name] = shape.any end
  for name, property in pairs(properties) do
    for _, range in ipairs(ranges) do
      if property == range[1] then made[name] = shape.integer(range[2], range[3]) end
    end
  end
  return made
end

local form_of_mapping <const> = shape.record(fields())
elb_health.shape = shape.either(form_of_mapping, shape.text)

local function from_mapping(node, subject)
  local made <const> = { HealthCheckEnabled = true }
  for name in pairs(node) do
    if properties[name] == "HealthCheckPort" then
      made.HealthCheckPort = port_of(node, name, subject)
    elseif properties[name] and shape.of(form_of_mapping.fields[name], node, name) ~= nil then
      made[properties[name]] = read.placed(node, name)
    end
  end
  return made
end

--- The health check properties of a target group; those of `node.healthcheck` or `node.HealthCheck`. Also the port it checks, or nil
--- for the port that takes the traffic.
function elb_health.of(node, subject, is_grpc)
  local key <const> = node.healthcheck ~= nil and "healthcheck" or "HealthCheck"
  local check <const> = node[key]
  if check == nil then return {} end
  local made
  if read.is_mapping(check) then
    made = from_mapping(check, subject)
  elseif type(check) == "string" then
    made = from_text(check, { node, key }, subject, is_grpc)
  end
  local port <const> = type(check) == "string" and check:match("^(%d+):") or read.is_mapping(check) and (check.Port or check.HealthCheckPort)
  return made or {}, type(port) ~= "userdata" and math.tointeger(tonumber(port or "")) or nil
end

return elb_health
