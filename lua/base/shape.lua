--- Shapes of sections: what an `x-` section may hold, as a table, and the check of a section against it.
---
---     shape.record { Range = shape.text, TargetScaling = shape.record { CpuTarget = shape.number } }
---
--- A section is checked once, when it is read. Whoever uses a value of it later asks `shape.of`, which passes over what did not fit.
local read <const> = engine.use("base/read")
local shape <const> = {}

--- A value without parts: its name in messages, what fits, and a value to show in remedies.
local function scalar(name, fits, example)
  return { name = name, fits = fits, example = example, check = function() end }
end

shape.any = scalar("a value", function() return true end)
shape.text = scalar("a string", function(value) return type(value) == "string" end)
shape.number = scalar("a number", function(value) return type(value) == "number" end)
shape.flag = scalar("true or false", function(value) return type(value) == "boolean" end, "true")
--- A text, or a function of CloudFormation in its place.
shape.value = scalar("a string", function(value) return type(value) ~= "boolean" and not read.is_list(value) end)

--- A function of CloudFormation, such as `!ImportValue`.
shape.cloudformation = scalar("a function of CloudFormation", read.is_function)

--- What files have and nothing comes of; `why` ends the sentence "... has no effect: ".
function shape.unused(why)
  local made <const> = scalar("a value", function() return true end)
  made.unused = why
  return made
end

--- An integer from `least` to `most`, as a number or as a string of digits.
function shape.integer(least, most)
  local made <const> = scalar("an integer from " .. least .. " to " .. most, function(value)
    local number <const> = type(value) ~= "userdata" and math.tointeger(tonumber(value)) or nil
    return number ~= nil and number >= least and number <= most
  end, tostring(math.max(least, 1)))
  made.least, made.most = least, most
  return made
end

--- A number above 0, and at most `most` where that is given.
function shape.positive(most)
  local made <const> = scalar("a number above 0" .. (most and " and at most " .. most or ""), function(value)
    return type(value) == "number" and value > 0 and (not most or value <= most)
  end, tostring(most or 1))
  made.above, made.up_to = 0, most
  return made
end

function shape.one_of(values)
  local made <const> = scalar("one of " .. table.concat(values, ", "), function(value) return read.index(values, value) ~= nil end, values[1])
  made.values = values
  return made
end

--- A list whose items have that shape; `example` shows an item in remedies.
function shape.list(item, example)
  return {
    name = "a list", item = item, example = example and "[" .. example .. "]" or nil,
    fits = function(value) return read.is_list(value) or (read.is_mapping(value) and #value == 0) end,
    check = function(value, subject)
      for index = 1, #value do
        if value[index] == nil and example then
          engine.error({ value, index }, subject .. " has an empty item", "write " .. example .. ", or leave it out")
        end
        shape.check(item, value, index, subject)
      end
    end,
  }
end

--- A mapping of the user's own names to values of that shape.
function shape.map(entry)
  return {
    name = "a mapping", entry = entry, fits = read.is_mapping,
    check = function(value, subject)
      for key in pairs(value) do shape.check(entry, value, key, subject .. " " .. tostring(key)) end
    end,
  }
end

--- A mapping with these keys; `meant` are other words that people write, with the key that each stands for.
function shape.record(fields, meant)
  return {
    name = "a mapping", fields = fields, fits = read.is_mapping,
    check = function(value, subject)
      local known <const> = read.names(fields)
      read.keys(value, known, subject, meant)
      for key, field in pairs(fields) do
        if value[key] ~= nil then shape.check(field, value, key, subject .. " " .. key) end
      end
    end,
  }
end

--- `a, b or c`; where one of them has an "or" of its own, the last stands apart.
local function joined(names)
  local last <const> = names[#names]
  local before <const> = table.concat(names, ", ", 1, #names - 1)
  return before .. ((before .. last):find(" or ") and ", or " or " or ") .. last
end

--- The first of several that fits.
function shape.either(...)
  local shapes <const>, names <const>, example = { ... }, {}, nil
  for _, each in ipairs(shapes) do
    table.insert(names, each.name)
    example = example or each.example
  end
  return {
    name = joined(names), example = example, shapes = shapes,
    fits = function(value)
      for _, each in ipairs(shapes) do
        if each.fits(value) then return true end
      end
      return false
    end,
    check = function(value, subject)
      for _, each in ipairs(shapes) do
        if each.fits(value) then return each.check(value, subject) end
      end
    end,
  }
end

--- The values of a shape that has some, alone or beside others.
local function values_of(wanted)
  local list
  for _, each in ipairs(wanted.shapes or {}) do list = list or values_of(each) end
  return wanted.values or list
end

--- What to write instead of a value that does not fit: the near one of several, else the example of the shape.
local function remedy(wanted, key, value)
  local values <const> = values_of(wanted)
  local near <const> = values and type(value) == "string" and engine.near(value, values, "")
  if near and near:find("^did you mean") then return near end
  if wanted.example and type(key) == "string" then return "write " .. key .. ": " .. wanted.example end
  return wanted.name == "a mapping" and "write keys and values below it" or nil
end

--- Reports what is wrong with `holder[key]`; nothing is not wrong. Whether the value is of the kind that the shape has.
function shape.check(wanted, holder, key, subject)
  local value <const> = holder[key]
  if value == nil then return true end
  if not wanted.fits(value) then
    engine.error({ holder, key }, subject .. " must be " .. wanted.name, remedy(wanted, key, value))
    return false
  end
  if wanted.unused then engine.warn({ holder, key, "key" }, subject .. " has no effect: " .. wanted.unused, "leave it out") end
  wanted.check(value, subject)
  return true
end

--- `holder[key]` when it fits, else nil: what is wrong with it has been reported.
function shape.of(wanted, holder, key)
  local value <const> = holder[key]
  if value ~= nil and wanted.fits(value) then return value end
end

return shape
