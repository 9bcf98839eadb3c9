--- Forms of contracts that say what they ask as data, beside `holds`, a function. Each form is `{ sentence(row), fault(value, row, holder) }`:
--- what `must` says when the contract does not say it, and why a value breaks it (nil when it does not).
local values <const> = engine.use("contracts/values")

local function plural(count, one, many) return count == 1 and "1 " .. one or count .. " " .. many end

local function is_one_of(list, wanted)
  for _, item in ipairs(list) do
    if item == wanted then return true end
  end
  return false
end

local forms <const> = {}

--- `length = { least, most }`: letters of a string.
forms.length = {
  sentence = function(row) return "have " .. row.length[1] .. " to " .. row.length[2] .. " letters" end,
  fault = function(value, row)
    local text <const> = values.string(value)
    local count <const> = text and (utf8.len(text) or #text)
    if count and (count < row.length[1] or count > row.length[2]) then return "not " .. count end
  end,
}

--- `pattern = { "^[%w-]+$", "letters, digits and -" }`: what a string consists of.
forms.pattern = {
  sentence = function(row) return "be of " .. row.pattern[2] end,
  fault = function(value, row)
    local text <const> = values.string(value)
    if text and not text:find(row.pattern[1]) then return "not \"" .. text .. "\"" end
  end,
}

--- `without = { "[/@]", "/ and @" }`: what a string must not have.
forms.without = {
  sentence = function(row) return "not have " .. row.without[2] end,
  fault = function(value, row)
    local text <const> = values.string(value)
    if text and text:find(row.without[1]) then return "" end
  end,
}

--- `identifier = 63`: a name of at most so many letters, as databases and caches have it.
forms.identifier = {
  sentence = function(row)
    return "be of 1 to " .. row.identifier .. " letters, digits and hyphens, begin with a letter, not end with a hyphen, nor have two in a row"
  end,
  fault = function(value, row)
    local text <const> = values.string(value)
    if not text then return nil end
    if #text > row.identifier then return "and has " .. #text end
    if not text:find("^%a[%w-]*$") or text:find("%-$") or text:find("--", 1, true) then return "not \"" .. text .. "\"" end
  end,
}

--- `name = { least, most, "^[%w-]+$", "letters, digits and -" }`: letters of a string, and what it consists of.
forms.name = {
  sentence = function(row) return "have " .. row.name[1] .. " to " .. row.name[2] .. " characters of " .. row.name[4] end,
  fault = function(value, row)
    local text <const> = values.string(value)
    if not text then return nil end
    local count <const> = utf8.len(text) or #text
    if count < row.name[1] or count > row.name[2] then return "not " .. count end
    if not text:find(row.name[3]) then return "not \"" .. text .. "\"" end
  end,
}

--- `range = { least, most }`: a number; `math.huge` for no most.
forms.range = {
  sentence = function(row)
    if row.range[2] == math.huge then return "be at least " .. row.range[1] end
    return "be from " .. row.range[1] .. " to " .. row.range[2]
  end,
  fault = function(value, row)
    local number <const> = values.number(value)
    if number and (number < row.range[1] or number > row.range[2]) then return "not " .. tostring(value) end
  end,
}

--- `items = { least, most }`: how many items a list has.
forms.items = {
  sentence = function(row)
    if row.items[1] == 0 then return "have at most " .. plural(row.items[2], "item", "items") end
    if row.items[2] == math.huge then return "have at least " .. plural(row.items[1], "item", "items") end
    return "have " .. row.items[1] .. " to " .. row.items[2] .. " items"
  end,
  fault = function(value, row)
    if type(value) ~= "table" or values.is_computed(value) then return nil end
    -- An item under a condition may be none.
    local count, sure = 0, 0
    for _, item in ipairs(value) do
      count = count + 1
      if type(item) ~= "table" or item["Fn::If"] == nil then sure = sure + 1 end
    end
    if count < row.items[1] then return "not " .. count end
    if sure > row.items[2] then return "not " .. sure end
  end,
}

--- `one_of = { "a", "b" }`.
forms.one_of = {
  sentence = function(row) return "be one of " .. table.concat(row.one_of, ", ") end,
  fault = function(value, row)
    local text <const> = values.string(value)
    if text and not is_one_of(row.one_of, text) then return "not \"" .. text .. "\"", engine.near(text, row.one_of, "it takes") end
  end,
}

--- `excludes = "Other"`: the property does not stand beside the other one (of the same holder).
forms.excludes = {
  sentence = function(row) return "not stand beside " .. row.excludes end,
  fault = function(_, row, holder)
    if values.at(holder, row.excludes) ~= nil then return "" end
  end,
}

--- `needs = "Other"`: the property stands only beside the other one (of the same holder).
forms.needs = {
  sentence = function(row) return "stand beside " .. row.needs end,
  fault = function(_, row, holder)
    if values.at(holder, row.needs) == nil then return "" end
  end,
}

--- `at_most = "Other"`: a number that is not above the other one (of the same holder).
forms.at_most = {
  sentence = function(row) return "not be above " .. row.at_most end,
  fault = function(value, row, holder)
    local number <const>, limit <const> = values.number(value), values.number(values.at(holder, row.at_most))
    if number and limit and number > limit then return "and " .. tostring(value) .. " is above " .. tostring(limit) end
  end,
}

--- `beside = { "VolumeType", { "gp3" } }`: the property stands only where the other one (of the same holder) is one of these.
forms.beside = {
  sentence = function(row) return "stand only where " .. row.beside[1] .. " is " .. table.concat(row.beside[2], " or ") end,
  fault = function(_, row, holder)
    local other <const> = values.string(values.at(holder, row.beside[1]))
    if other and not is_one_of(row.beside[2], other) then return "not " .. other end
  end,
}

--- `unique = "Name"`: no two items of a list have the same value there.
forms.unique = {
  sentence = function(row) return "have items of different " .. row.unique end,
  fault = function(value, row)
    local seen <const> = {}
    for _, item in ipairs(values.items(value)) do
      local key <const> = values.string(values.at(item, row.unique))
      if key and seen[key] then return "\"" .. key .. "\" stands twice" end
      if key then seen[key] = true end
    end
  end,
}

--- The order in which a contract's forms are held.
local names <const> = {
  "length", "pattern", "without", "identifier", "name", "range", "items", "one_of", "excludes", "needs", "at_most", "beside", "unique",
}

--- The form of a contract and its name; nil for one that has `holds`.
local function of(row)
  for _, name in ipairs(names) do
    if row[name] ~= nil then return forms[name], name end
  end
end

--- The sentence that a broken contract is reported with: `must`, or what its form says of its property.
local function sentence(row)
  local form <const> = of(row)
  return row.must or (row.at:gsub("%[%]", "") .. " must " .. form.sentence(row))
end

return { of = of, names = names, sentence = sentence }
