--- What is wrong with the shape of a module table, as the metaschema describes it.
local metaschema <const> = engine.use("kinds/metaschema")
local read <const> = engine.use("base/read")
local faults <const> = {}

local function kind_of(value)
  if type(value) ~= "table" then return "a " .. type(value) end
  return read.is_list(value) and "a list" or "a mapping"
end

local problem

--- The field at a path, `hooks.after_make[1]`, in a message.
local function subject(path) return "the field \"" .. path .. "\" of a resource module" end

local function of_rows(wanted, value, path)
  for name, entry in pairs(value) do
    local inner <const> = wanted.fields[name]
    if type(name) ~= "number" or not wanted.item then
      if not inner then
        return subject(path) .. " has no field \"" .. tostring(name) .. "\"", engine.near(tostring(name), read.names(wanted.fields), "it has")
      end
      local message <const>, remedy <const> = problem(inner, entry, path .. "." .. name)
      if message then return message, remedy end
    end
  end
  for _, row in ipairs(wanted.rows) do
    if row.required and value[row[1]] == nil then
      return subject(path) .. " needs " .. row[1] .. ", " .. row[2].name, wanted.example and "write " .. wanted.example
    end
  end
end

--- Why `value` has not that shape, and perhaps a remedy; nil when it has.
function problem(wanted, value, path)
  if not wanted.fits(value) then return subject(path) .. " must be " .. wanted.name .. ", not " .. kind_of(value) end
  if wanted.shapes then
    for _, each in ipairs(wanted.shapes) do
      if each.fits(value) then return problem(each, value, path) end
    end
  end
  if wanted.rows then
    local message <const>, remedy <const> = of_rows(wanted, value, path)
    if message then return message, remedy end
  end
  if wanted.item then
    for index, entry in ipairs(value) do
      local message <const>, remedy <const> = problem(wanted.item, entry, path .. "[" .. index .. "]")
      if message then return message, remedy end
    end
  end
  if wanted.entry then
    for name, entry in pairs(value) do
      local message <const>, remedy <const> = problem(wanted.entry, entry, path .. "." .. tostring(name))
      if message then return message, remedy end
    end
  end
end

--- Why a table, by the names of today, is no resource module, and a remedy; nil when it is one. `is_kind` of one in `kinds`.
function faults.of(module, is_kind)
  local allowed <const> = is_kind and { metaschema.when[1], table.unpack(metaschema.names) } or metaschema.names
  for name in pairs(module) do
    if not read.has(allowed, name) then
      return "a resource module has no field \"" .. tostring(name) .. "\"", engine.near(tostring(name), allowed, "its fields")
    end
  end
  for _, field in ipairs(metaschema.fields) do
    local name <const> = field[1]
    local value <const> = module[name]
    if value == nil and field.required and not is_kind then
      return "a resource module needs the field \"" .. name .. "\", " .. field[2].name, "write " .. field[4]
    end
    if value ~= nil then
      local message <const>, remedy <const> = problem(field[2], value, name)
      if message then return message, remedy or "write " .. field[4] end
    end
  end
  for _, kind in ipairs(module.kinds or {}) do
    local message <const>, remedy <const> = faults.of(kind, true)
    if message then return message, remedy end
  end
end

return faults
