--- The types of module tables, as LuaLS reads them, made of the metaschema. https://luals.github.io/wiki/annotations/
local metaschema <const> = engine.use("kinds/metaschema")
local types <const> = {}

local plain <const> = { ["a string"] = "string", ["a number"] = "number", ["true or false"] = "boolean", ["a value"] = "any" }

local type_of

local function union(shapes, classes)
  local list <const> = {}
  for _, each in ipairs(shapes) do table.insert(list, type_of(each, classes)) end
  return table.concat(list, "|")
end

local function class_of(wanted, classes)
  if not classes[wanted.class] then
    classes[wanted.class] = true
    local lines <const> = {}
    for _, row in ipairs(wanted.rows) do
      table.insert(lines, "---@field " .. row[1] .. (row.required and " " or "? ") .. type_of(row[2], classes) .. " " .. row[3] .. "\n")
    end
    if wanted.item then table.insert(lines, "---@field [integer] " .. type_of(wanted.item, classes) .. "\n") end
    table.insert(classes, "\n---@class " .. wanted.class .. "\n" .. table.concat(lines))
  end
  return wanted.class
end

--- A type that may stand before `[]` or in a union.
local function in_brackets(text) return (text:find("|", 1, true) or text:find("^fun")) and "(" .. text .. ")" or text end

--- The type of a shape; classes that it needs are added to `classes`.
function type_of(wanted, classes)
  if wanted.lua then return wanted.lua end
  if wanted.rows then return class_of(wanted, classes) end
  if wanted.values then
    local quoted <const> = {}
    for _, value in ipairs(wanted.values) do table.insert(quoted, "\"" .. value .. "\"") end
    return table.concat(quoted, "|")
  end
  if wanted.item then return in_brackets(type_of(wanted.item, classes)) .. "[]" end
  if wanted.entry then return "table<string, " .. type_of(wanted.entry, classes) .. ">" end
  if wanted.shapes then return union(wanted.shapes, classes) end
  return plain[wanted.name] or "any"
end

--- What the functions of a module get.
local definition <const> = [[

---@class composex.definition
---@field key string The section: x-sqs.
---@field name string The name in it; empty where the section is one definition.
---@field subject string What messages call it: x-sqs::jobs.
---@field body table What the file says.
---@field at any Its place, for composex's own errors.
---@field type string? The resource type.
---@field noun string? The last part of its logical ids.
---@field module composex.module
---@field resource composex.resource? Its main resource; nil when it is looked up.
---@field lookup table? What is known of one that is looked up.
]]

function types.text()
  local classes <const>, lines <const> = {}, {}
  local fields <const> = { table.unpack(metaschema.fields) }
  table.insert(fields, metaschema.when)
  for _, field in ipairs(fields) do
    table.insert(lines, "---@field " .. field[1] .. (field.required and " " or "? ") .. (field.lua or type_of(field[2], classes)) .. " " .. field[3] .. "\n")
  end
  return definition .. table.concat(classes) .. "\n---A resource module: an x- key.\n---@class composex.module\n" .. table.concat(lines)
    .. "---@field id? string Another name of `noun`.\n"
end

--- The rows of the table of fields, in Markdown.
function types.fields()
  local rows <const> = { "| field | says | for example |\n|---|---|---|" }
  for _, field in ipairs(metaschema.fields) do
    table.insert(rows, "| `" .. field[1] .. "` | " .. field[3]:gsub("|", "\\|") .. " | `" .. field[4] .. "` |")
  end
  return table.concat(rows, "\n")
end

--- The parts of fields that are tables of their own, each with what it says.
function types.parts()
  local rows <const> = {}
  local function add(wanted, name)
    for _, each in ipairs(wanted.shapes or { wanted }) do
      if each.entry then add(each.entry, name) end
      for _, row in ipairs(each.rows or {}) do
        if not each.item or row[1] ~= "part" then table.insert(rows, "| `" .. name .. "." .. row[1] .. "` | " .. row[3]:gsub("|", "\\|") .. " |") end
      end
    end
  end
  for _, field in ipairs(metaschema.fields) do add(field[2], field[1]) end
  return "| part | says |\n|---|---|\n" .. table.concat(rows, "\n")
end

return types
