--- What lives as long as one run. A Lua state generates one project once, so a value that a file keeps belongs to that run; to keep
--- such values few and alike, files keep them by the functions here and in no variables of their own:
---   * `run.once`, `run.by_key` and `run.by_name` for what is computed from the project, which no longer changes when generation begins;
---   * `run.each_of` for what steps collect about items of the model;
---   * `run.is_first` for what is reported once, though it is found several times;
---   * `run.during` for what holds while a step runs.
--- Everything else that steps note is a field of the family (`project/family`) or of the definition that it is about.
local run <const> = {}

--- A function that computes its value when it is first asked.
function run.once(compute)
  local value
  return function()
    if value == nil then value = compute() end
    return value
  end
end

--- A function of a string that computes the value of each when it is first asked.
function run.by_key(compute)
  local values <const> = {}
  return function(key)
    local value = values[key]
    if value == nil then
      value = compute(key)
      values[key] = value
    end
    return value
  end
end

--- A function of an item that returns its row `{ item }`, to which steps add; and the list of all rows, in the order in which they were
--- first asked.
function run.each_of()
  local list <const>, rows <const> = {}, {}
  return function(item)
    local row = rows[item]
    if row == nil then
      row = { item }
      rows[item], list[#list + 1] = row, row
    end
    return row
  end, list
end

--- A function of one item (a service, a family) that computes the value of each when it is first asked, by the item's name.
function run.by_name(compute)
  local values <const> = {}
  return function(item)
    local value = values[item.name]
    if value == nil then
      value = compute(item)
      values[item.name] = value
    end
    return value
  end
end

--- Two functions: the first returns what holds now (`default` outside of all steps); the second, `within(value, step, ...)`, runs
--- `step(...)` while `value` holds.
function run.during(default)
  local now = default
  return function() return now end, function(value, step, ...)
    local before <const> = now
    now = value
    step(...)
    now = before
  end
end

local seen <const> = {}

--- Whether this is the first time that the run comes to `subject` for `purpose`, both strings.
function run.is_first(purpose, subject)
  seen[purpose] = seen[purpose] or {}
  if seen[purpose][subject] then return false end
  seen[purpose][subject] = true
  return true
end

return run
