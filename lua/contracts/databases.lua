--- Contracts that RDS, DocumentDB, Neptune and ElastiCache share: windows, groups of subnets.
local values <const> = engine.use("contracts/values")
local databases <const> = {}

local days <const> = { sun = 0, mon = 1, tue = 2, wed = 3, thu = 4, fri = 5, sat = 6 }
local day <const>, week <const> = 24 * 60, 7 * 24 * 60

local function minutes(hour, minute)
  hour, minute = tonumber(hour), tonumber(minute)
  return hour and hour < 24 and minute < 60 and hour * 60 + minute or nil
end

--- When a daily window (`03:00-03:30`) begins and how long it is, in minutes; nil when it is none.
local function daily(text)
  local from_hour <const>, from_minute <const>, to_hour <const>, to_minute <const> = text:match("^(%d%d):(%d%d)%-(%d%d):(%d%d)$")
  local from <const>, to <const> = minutes(from_hour, from_minute), minutes(to_hour, to_minute)
  if from and to then return from, (to - from) % day end
end

--- The same of a weekly window (`sun:04:00-sun:05:00`).
local function weekly(text)
  local from_day <const>, from_time <const>, to_day <const>, to_time <const> =
    text:lower():match("^(%a%a%a):(%d%d:%d%d)%-(%a%a%a):(%d%d:%d%d)$")
  if not days[from_day] or not days[to_day] then return nil end
  local from <const>, to <const> = minutes(from_time:match("(%d+):(%d+)")), minutes(to_time:match("(%d+):(%d+)"))
  if not from or not to then return nil end
  local start <const> = days[from_day] * day + from
  return start, (days[to_day] * day + to - start) % week
end

--- A window of a format and of a least length.
local function window(id, on, at, read, format, least, example, page)
  return {
    id = id, on = on, at = at, must = at .. " must be " .. format .. " in UTC, of at least " .. least .. " minutes",
    holds = function(properties)
      local text <const> = values.string(properties[at])
      if not text then return true end
      local start <const>, length <const> = read(text)
      return start ~= nil and length >= least, nil, "not \"" .. text .. "\""
    end,
    remedy = "write " .. at .. ": " .. example, page = page, checked = "2026-11-29",
  }
end

function databases.backup_window(id, on, page, at, least)
  return window(id, on, at or "PreferredBackupWindow", daily, "hh:mm-hh:mm", least or 30, "\"03:00-04:00\"", page)
end

function databases.maintenance_window(id, on, page, least)
  return window(id, on, "PreferredMaintenanceWindow", weekly, "ddd:hh:mm-ddd:hh:mm", least or 30, "sun:05:00-sun:06:00", page)
end

--- Whether a daily window and a weekly one have minutes in common.
local function overlap(backup, maintenance)
  local from <const>, length <const> = daily(backup)
  local start <const>, span <const> = weekly(maintenance)
  if not from or not start then return false end
  for index = 0, 6 do
    local offset <const> = (index * day + from - start) % week
    if offset < span or week - offset < length then return true end
  end
  return false
end

function databases.windows(id, on, page)
  return {
    id = id, on = on, at = "PreferredMaintenanceWindow", must = "must not have its maintenance in its backup window",
    holds = function(properties)
      local backup <const> = values.string(properties.PreferredBackupWindow)
      local maintenance <const> = values.string(properties.PreferredMaintenanceWindow)
      return not backup or not maintenance or not overlap(backup, maintenance), nil, maintenance and maintenance .. " meets " .. tostring(backup)
    end,
    remedy = "let one of them begin after the other ends", page = page, checked = "2026-11-29",
  }
end

--- A group of subnets has at least two of them, which are in two zones.
function databases.subnets(id, on, page)
  return {
    id = id, on = on, at = "SubnetIds", items = { 2, math.huge }, must = "must have at least 2 subnets, in two Availability Zones",
    remedy = "name a subnet of a second zone", page = page, checked = "2026-11-29",
  }
end

return databases
