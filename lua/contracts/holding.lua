--- How contracts are held against the final template. A contract is a row of a table (`contracts/ecs`, ...):
---
---     id       its name, which is also that of the case that breaks it: Tests/Cases/contracts/ID.case
---     on       a resource type, or a list of types
---     each     a path (`ContainerDefinitions[]`): the contract is held for each value there instead of the whole resource
---     at       the property it is about, below the resource or `each`
---     given    of a contract with a function: the property without which there is nothing to hold; a form is passed over without `at`
---     when     what else must be so for it to hold, below the resource or `each`: { ["EBSOptions.VolumeType"] = "gp3", Encrypted = true }:
---              a string, one of a list of strings, true or false; what is not known is not so
---     must     ends the sentence "services::web ..."; begins with "must"
---     faults   function(properties, made, template, values): the list of what is wrong, { path, detail, remedy } each; or
---     holds    function(properties, made, template, values): false, then a path and a detail, when the contract is broken; or one of the forms
---              of `contracts/forms` for the value at `at`: length, pattern, without, identifier, name, range, items, one_of, excludes, needs,
---              at_most, beside, unique
---     remedy   how to mend it: a string, or function(value, properties)
---     severity "warning" for what deploys and does not do what it seems to
---     page     where AWS says so
---     checked  the day on which that was read
local forms <const> = engine.use("contracts/forms")
local values <const> = engine.use("contracts/values")

--- What contracts ask of the whole template: resources by logical id and by type, read once.
local function template_of(list)
  local by_id <const>, by_type <const>, of_type <const>, read <const> = {}, {}, {}, {}
  local template <const> = {}
  for _, each in ipairs(list) do
    by_id[each.id] = each
    by_type[each.type] = by_type[each.type] or {}
    table.insert(by_type[each.type], each)
  end
  --- `{ id, type, properties, attributes, made, parts }` of a resource.
  local function plain(each)
    if not each then return nil end
    if not read[each.id] then
      local found <const> = engine.plain(each.made)
      read[each.id] = { id = each.id, type = each.type, properties = found.properties, attributes = found.attributes, made = each.made, parts = {} }
    end
    return read[each.id]
  end
  --- The resource of a logical id, or the one that a reference leads to.
  function template.find(id)
    if type(id) == "table" then id = values.target(id) end
    return id and plain(by_id[id])
  end
  --- The resources of a type, in the order of the template; not to be changed.
  function template.of(type_name)
    if not of_type[type_name] then
      local found <const> = {}
      for _, each in ipairs(by_type[type_name] or {}) do found[#found + 1] = plain(each) end
      of_type[type_name] = found
    end
    return of_type[type_name]
  end
  template.plain, template.by_type = plain, by_type
  return template
end

--- The names and numbers of `path`, after `steps`.
local function join(steps, path)
  local joined <const> = { table.unpack(steps) }
  if type(path) == "table" then
    for _, step in ipairs(path) do joined[#joined + 1] = step end
  else
    for step in (path or ""):gmatch("[^.]+") do joined[#joined + 1] = step end
  end
  return joined
end

local function report(row, made, path, detail, value, properties, remedy)
  if type(row.remedy) == "function" then remedy = row.remedy(value, properties) else remedy = remedy or row.remedy end
  local joint <const> = row.faults and ": " or ", "
  engine.refuse {
    made = made.made, path = path, must = forms.sentence(row), remedy = remedy,
    message = forms.sentence(row) .. (detail and detail ~= "" and joint .. detail or ""),
    page = row.page, severity = row.severity,
  }
end

--- Whether one condition of `when` is so.
local function is_so(value, wanted)
  if wanted == true then return values.is_true(value) end
  if wanted == false then return values.is_false(value) end
  local text <const> = values.string(value)
  if type(wanted) ~= "table" then return text == wanted end
  for _, one in ipairs(wanted) do
    if text == one then return true end
  end
  return false
end

local function applies(row, holder)
  if not row.when then return true end
  for path, wanted in pairs(row.when) do
    if not is_so(values.at(holder, path), wanted) then return false end
  end
  return true
end

--- Holds a contract that is a form against the values at its property.
local function hold_form(row, form, holder, steps, made)
  local function look(value, further)
    local detail <const>, remedy <const> = form.fault(value, row, holder)
    if detail then report(row, made, join(steps, further or row.at), detail, value, holder, remedy) end
  end
  if row.at:find("[", 1, true) then return values.visit(holder, row.at, look) end
  local value <const> = values.at(holder, row.at)
  if value ~= nil then look(value) end
end

--- Holds a contract against the resource, or one item of it: what stands at `steps`.
local function hold_at(row, form, holder, steps, made, template)
  if not applies(row, holder) then return end
  if form then return hold_form(row, form, holder, steps, made) end
  if row.faults then
    for _, fault in ipairs(row.faults(holder, made, template, template.values)) do
      report(row, made, join(steps, fault.path), fault.detail, nil, holder, fault.remedy)
    end
  end
  if not row.holds then return end
  local holds <const>, path <const>, detail <const> = row.holds(holder, made, template, template.values)
  if not holds then report(row, made, join(steps, path or row.at), detail, nil, holder) end
end

--- What `each` names in a resource, found once for all contracts about it: `{ holder, steps }` each.
local function parts_of(made, each)
  local known <const> = made.parts[each]
  if known then return known end
  local found <const> = {}
  values.visit(made.properties, each, function(holder, steps) found[#found + 1] = { holder = holder, steps = steps } end)
  made.parts[each] = found
  return found
end

--- Holds one contract against all resources of a type.
local function hold(row, list, template)
  local form <const> = forms.of(row)
  -- The usual contract is about a property that is not there.
  local about <const> = form and row.at or row.given
  local first <const> = about and about:match("^[^.%[]+")
  for _, made in ipairs(list) do
    for _, part in ipairs(parts_of(made, row.each or "")) do
      local holder <const> = part.holder
      if not first or type(holder) == "table" and holder[first] ~= nil then hold_at(row, form, holder, part.steps, made, template) end
    end
  end
end

--- Holds the contract against every resource of its types.
local function hold_row(row, template)
  for _, type_name in ipairs(type(row.on) == "table" and row.on or { row.on }) do
    if template.by_type[type_name] then hold(row, template.of(type_name), template) end
  end
end

return { template_of = template_of, hold = hold_row }
