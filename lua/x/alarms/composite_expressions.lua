--- `CompositeExpression` of an alarm that is made of other alarms.
local definitions <const> = engine.use("kinds/definitions")
local read <const> = engine.use("base/read")

--- The most characters that CloudWatch takes.
--- https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
local longest_expression <const> = 10240

local states <const> = { ALARM = true, OK = true, INSUFFICIENT_DATA = true }

--- Whether what stands before, between and after the states of an expression joins them: `NOT (`, `) AND (`, `)`.
local function is_sound(between)
  local depth = 0
  for index, text in ipairs(between) do
    local is_first <const>, is_last <const> = index == 1, index == #between
    for mark in text:gmatch("[()]") do
      depth = depth + (mark == "(" and 1 or -1)
      if depth < 0 then return false end
    end
    local words <const> = " " .. text:upper():gsub("[()]", " "):gsub("%s+", " ") .. " "
    local plain <const> = read.trimmed((words:gsub(" NOT ", " ")))
    if is_last and (text:find("%(") or words:find("%S")) then return false end
    if is_first and plain ~= "" then return false end
    if not is_first and not is_last and plain ~= "AND" and plain ~= "OR" then return false end
  end
  return depth == 0 and #between > 1
end

--- `ALARM(a) and OK(b)` with the names of the file; each becomes the name of its alarm.
return function(alarm, value, where)
  if type(value) ~= "string" then return engine.error(where, alarm.subject .. " CompositeExpression must be a string") end
  if #value > longest_expression then
    return engine.error(where, alarm.subject .. " CompositeExpression has more than " .. longest_expression .. " characters",
      "split it into several alarms, and compose those")
  end
  local parts <const>, between <const>, from = {}, {}, 1
  for at, state, name, after in value:gmatch("()%f[%a_]([%a_]+)%(%s*([%w._-]+)%s*%)()") do
    between[#between + 1] = value:sub(from, at - 1)
    parts[#parts + 1] = between[#between]:upper()
    from = after
    local other <const> = definitions.find("x-alarms", name)
    if not states[state:upper()] then
      engine.error(where, alarm.subject .. " CompositeExpression has no state \"" .. state .. "\"",
        "write ALARM, OK or INSUFFICIENT_DATA")
    elseif not other or other == alarm then
      engine.error(where, alarm.subject .. " CompositeExpression names an alarm \"" .. name
        .. "\", which is not defined",
        definitions.near("x-alarms", name))
    else
      parts[#parts + 1] = state:upper() .. "(\"" .. other.resource:ref() .. "\")"
    end
  end
  between[#between + 1] = value:sub(from)
  parts[#parts + 1] = between[#between]:upper()
  if not is_sound(between) then
    engine.error(where, alarm.subject .. " CompositeExpression is no expression of alarms",
      "join ALARM(name), OK(name) and INSUFFICIENT_DATA(name) by AND, OR, NOT and parentheses")
  end
  alarm.resource.Properties.AlarmRule = engine.placed(engine.joined(parts), where)
end
