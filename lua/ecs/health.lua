--- A compose healthcheck as ECS runs it.
--- https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ecs-taskdefinition-healthcheck.html
local units <const> = engine.use("composex/units")

--- Compose key, ECS property, and the seconds (or tries) that ECS takes.
local ranges <const> = {
  { key = "interval",     property = "Interval",    least = 5, most = 300, read = units.seconds },
  { key = "timeout",      property = "Timeout",     least = 2, most = 60,  read = units.seconds },
  { key = "retries",      property = "Retries",     least = 1, most = 10,  read = tonumber },
  { key = "start_period", property = "StartPeriod", least = 0, most = 300, read = units.seconds },
}

local function clamped(service, check, range)
  local asked <const> = range.read(check[range.key])
  if not asked then return nil end
  local whole <const> = math.max(range.least, math.min(range.most, math.ceil(asked)))
  if asked < range.least or asked > range.most then
    engine.warn({ check, range.key }, "services::" .. service.name .. " healthcheck " .. range.key .. " becomes " .. whole
      .. ": ECS takes " .. range.least .. " to " .. range.most, "write a value in that range")
  end
  return engine.placed(whole, { check, range.key })
end

--- The HealthCheck of a container definition, or nil when there is none.
return function(service)
  local check <const> = service.healthcheck
  if check == nil or check.disable == true or check.test == nil or check.test[1] == "NONE" then return nil end
  local made <const> = { Command = check.test }
  for _, range in ipairs(ranges) do made[range.property] = clamped(service, check, range) end
  return made
end
