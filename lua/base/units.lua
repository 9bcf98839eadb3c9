--- Compose's units as ECS wants them.
local units <const> = {}

--- Days that CloudWatch keeps logs.
--- https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
units.retentions = {
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
}

local seconds_of <const> = {
  ns = 1e-9, us = 1e-6, ["µs"] = 1e-6, ms = 1e-3, s = 1, m = 60, h = 3600, d = 86400, w = 604800,
}

--- The seconds of a duration (`1m30s`), or nil when it is none.
function units.seconds(text)
  if type(text) == "number" then return text / 1e9 end
  if type(text) ~= "string" then return nil end
  local total, rest = 0, text
  if rest == "0" then return 0 end
  while rest ~= "" do
    local number <const>, unit <const>, tail <const> = rest:match("^([%d.]+)([a-zµ]+)(.*)$")
    if not number or not seconds_of[unit] or not tonumber(number) then return nil end
    total, rest = total + tonumber(number) * seconds_of[unit], tail
  end
  return total
end

local powers <const> = { b = 0, k = 1, m = 2, g = 3, t = 4, p = 5 }

--- The MiB of a size (`512m`, 536870912), rounded up, or nil when it is none.
function units.mebibytes(size)
  if size == nil then return nil end
  local bytes = tonumber(size)
  if not bytes then
    local number <const>, unit <const> = tostring(size):lower():match("^([%d.]+) ?([bkmgtp])i?b?$")
    if not number or not tonumber(number) then return nil end
    bytes = tonumber(number) * 1024 ^ powers[unit]
  end
  if bytes <= 0 then return nil end
  return math.ceil(bytes / 1048576)
end

--- The CPU units of a number of CPUs (`0.5` -> 512), or nil when it is none.
function units.cpu(cpus)
  local number <const> = tonumber(cpus)
  if not number or number <= 0 then return nil end
  return math.ceil(number * 1024)
end

return units
