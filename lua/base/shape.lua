--- Shapes of sections: what an `x-` section may hold, as a table, and the check of a section against it.
---
---     shape.record { Range = shape.text, TargetScaling = shape.record { CpuTarget = shape.number } }
local read <const> = engine.use("base/read")
local shape <const> = {}

local function scalar(name, fits)
  return { name = name, fits = fits, check = function() end }
end

shape.any = scalar("a value", function() return true end)
shape.text = scalar("a string", function(value) return type(value) == "string" end)
shape.number = scalar("a number", function(value) return type(value) == "number" end)
shape.flag = scalar("true or false", function(value) return type(value) == "boolean" end)
--- A text, or a function of CloudFormation in its place.
shape.value = scalar("a string", function(value) return type(value) ~= "boolean" and not read.is_list(value) end)

function shape.one_of(values)
  local made <const> = scalar("one of " .. table.concat(values, ", "), function(value) return read.index(values, value) ~= nil end)
  made.values = values
  return made
end

--- A list whose items have that shape.
function shape.list(item)
  return {
    name = "a list", item = item, fits = function(value) return read.is_list(value) or (read.is_mapping(value) and #value == 0) end,
    check = function(value, subject)
      for index in ipairs(value) do shape.check(item, value, index, subject) end
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

--- A mapping with these keys.
function shape.record(fields)
  return {
    name = "a mapping", fields = fields, fits = read.is_mapping,
    check = function(value, subject)
      local known <const> = read.names(fields)
      read.keys(value, known, subject)
      for key, field in pairs(fields) do
        if value[key] ~= nil then shape.check(field, value, key, subject .. " " .. key) end
      end
    end,
  }
end

--- The first of several that fits.
function shape.either(...)
  local shapes <const>, names <const> = { ... }, {}
  for _, each in ipairs(shapes) do table.insert(names, each.name) end
  return {
    name = table.concat(names, " or "), shapes = shapes,
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

--- Reports what is wrong with `holder[key]`; nothing is not wrong. Whether the value is of the kind that the shape has.
function shape.check(wanted, holder, key, subject)
  local value <const> = holder[key]
  if value == nil then return true end
  if not wanted.fits(value) then
    engine.error({ holder, key }, subject .. " must be " .. wanted.name)
    return false
  end
  wanted.check(value, subject)
  return true
end

return shape
