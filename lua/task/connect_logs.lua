--- Where the proxies of Service Connect log: to the log group of their family, or where the file says.
local grants <const> = engine.use("kinds/grants")
local read <const> = engine.use("base/read")
local connect_logs <const> = {}

--- The options of awslogs; nil for another driver.
local function options_of(macros)
  local logs <const> = macros.LogConfiguration
  if logs.LogDriver ~= nil and logs.LogDriver ~= "awslogs" then return nil end
  return read.is_mapping(logs.Options) and logs.Options or {}
end

--- Whether the proxy logs to the log group of the family itself: by awslogs, and to no group that the file names.
function connect_logs.is_own(macros)
  local options <const> = options_of(macros)
  return options ~= nil and options["awslogs-group"] == nil
end

--- Lets the execution role write to the log group that the file names for the proxy.
function connect_logs.allow(family, macros)
  local options <const> = options_of(macros)
  local group <const> = options and options["awslogs-group"]
  if type(group) ~= "string" then return end
  local actions <const> = { "logs:CreateLogStream", "logs:PutLogEvents" }
  if tostring(options["awslogs-create-group"]) == "true" then table.insert(actions, 1, "logs:CreateLogGroup") end
  grants.allow_execution(family.main.name, "ConnectLogs", actions, {
    composex.sub("arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:" .. group .. ":*"),
  })
end

--- The LogConfiguration of the proxy. `own_group` returns the log group of the family.
function connect_logs.configuration(macros, own_group)
  local logs <const>, options <const> = macros.LogConfiguration, options_of(macros)
  if not options then return logs end
  local made <const> = {
    ["awslogs-group"] = options["awslogs-group"] == nil and own_group():ref() or nil,
    ["awslogs-region"] = composex.ref("AWS::Region"), ["awslogs-stream-prefix"] = "service-connect",
  }
  for name in pairs(options) do
    made[name] = type(options[name]) == "userdata" and options[name] or engine.placed(tostring(options[name]), { options, name })
  end
  return { LogDriver = read.placed(logs, "LogDriver") or "awslogs", Options = made, SecretOptions = logs.SecretOptions }
end

return connect_logs
