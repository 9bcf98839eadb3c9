--- Compose's units as ECS wants them. What they may look like is the loader's to know: it reads them here as it reads the file.
local units <const> = {}

--- Days that CloudWatch keeps logs.
--- https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
units.retentions = {
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
}

--- The seconds of a duration (`1m30s`), or nil when it is none.
function units.seconds(text)
  local nanoseconds <const> = type(text) == "string" and engine.nanoseconds(text)
  return nanoseconds and nanoseconds / 1e9 or nil
end

--- The MiB of a size (`512m`, 536870912), rounded up, or nil when it is none.
function units.mebibytes(size)
  local bytes <const> = size ~= nil and engine.bytes(tostring(size))
  return bytes and bytes > 0 and math.ceil(bytes / 1048576) or nil
end

--- The CPU units of a number of CPUs (`0.5` -> 512), or nil when it is none.
function units.cpu(cpus)
  local number <const> = tonumber(cpus)
  if not number or number <= 0 then return nil end
  return math.ceil(number * 1024)
end

--- The ports of `8080`, `8000-8010` or `53/udp`: `{ first, last, protocol }`, or nil when they are none.
function units.ports(text) return engine.ports(tostring(text)) end

return units
