--- A compose healthcheck as ECS runs it.
--- https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ecs-taskdefinition-healthcheck.html
local units <const> = engine.use("base/units")

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
  local rounded <const> = math.max(range.least, math.min(range.most, math.ceil(asked)))
  if asked < range.least or asked > range.most then
    engine.warn({ check, range.key }, "services::" .. service.name .. " healthcheck " .. range.key .. " becomes " .. rounded
      .. ": ECS takes " .. range.least .. " to " .. range.most, "write a value in that range", { consequence = "none", group = "healthcheck range" })
  end
  return engine.placed(rounded, { check, range.key })
end

local health <const> = {}

--- The command of a service's healthcheck; nil when there is none, or when it is switched off. Some write the word `NONE` alone, which
--- Docker reads as a command of that name.
function health.command(service)
  local check <const> = service.healthcheck
  if check == nil or check.disable == true or check.test == nil then return nil end
  local first <const>, second <const> = check.test[1], check.test[2]
  if first == "NONE" or second == nil or (first == "CMD-SHELL" and second == "NONE") then return nil end
  return check.test
end

--- Whether the file changes the healthcheck of the image, which ECS does not read.
local function is_of_image(check)
  if check == nil or check.disable == true or (check.test ~= nil and check.test[1] == "NONE") then return false end
  for key in pairs(check) do
    if key ~= "disable" and (key ~= "test" or check.test[1] ~= "CMD-SHELL") then return true end
  end
  return false
end

--- The HealthCheck of a container definition, or nil when there is none.
function health.of(service)
  local check <const>, command <const> = service.healthcheck, health.command(service)
  if not command then
    if is_of_image(check) then
      engine.warn(check, "services::" .. service.name .. " healthcheck without test has no effect on ECS: it does not read the image's",
        "write its command: test: [CMD, ...]")
    end
    return nil
  end
  local made <const> = { Command = command }
  for _, range in ipairs(ranges) do made[range.property] = clamped(service, check, range) end
  return made
end

return health
