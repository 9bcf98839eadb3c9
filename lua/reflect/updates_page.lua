--- The tables of docs/updates.md: which attribute of the file replaces what, and the create-only properties of every type of an `x-` key.
local causes <const> = engine.use("reflect/update_causes")
local manifest <const> = engine.use("manifest")
local modules <const> = engine.use("kinds/modules")
local page <const> = {}

local function code(list)
  local quoted <const> = {}
  for _, each in ipairs(list) do quoted[#quoted + 1] = "`" .. each .. "`" end
  return table.concat(quoted, ", ")
end

--- Every cause: `{ attribute, type, property ... }` a line, between tabs.
function page.rows()
  local rows <const> = {}
  for _, row in ipairs(causes) do rows[#rows + 1] = table.concat({ row[1], row[2], table.concat(row[3], " ") }, "\t") end
  return table.concat(rows, "\n")
end

--- What becomes of the old one when a resource is replaced.
local fates <const> = {
  Retain = "stays", RetainExceptOnCreate = "stays", Snapshot = "leaves a snapshot", Delete = "goes",
}

local function fate(module, kind)
  local keep <const> = kind.keep or module.keep
  if type(keep) == "function" then return "leaves a snapshot, where its engine has one" end
  return fates[keep or "Delete"]
end

--- The shortest paths: what stands below another one is part of it.
local function whole(paths)
  local list <const> = {}
  for _, path in ipairs(paths) do
    local is_part = false
    for _, other in ipairs(paths) do is_part = is_part or path:sub(1, #other + 1) == other .. "." end
    if not is_part then list[#list + 1] = path end
  end
  return list
end

--- The page, below its mark.
function page.text()
  local lines <const> = { "\n| in the file | replaces | because it changes | and then |\n|---|---|---|---|" }
  for _, row in ipairs(causes) do
    lines[#lines + 1] = ("| %s | `%s` | %s | %s |"):format(row[1], row[2], code(row[3]), row[4])
  end
  lines[#lines + 1] = "\n## Properties of x- keys that replace\n"
  lines[#lines + 1] = "| key | type | replaced by another | the old one |\n|---|---|---|---|"
  for _, entry in ipairs(manifest) do
    local module <const> = modules.complete(engine.use(entry.file))
    local seen <const> = {}
    for _, kind in ipairs(module.kinds or { module }) do
      local name <const> = type(kind.type) == "string" and kind.type or module.type
      local paths <const> = type(name) == "string" and not seen[name] and whole(engine.create_only(name)) or {}
      if type(name) == "string" then seen[name] = true end
      if #paths > 0 then
        lines[#lines + 1] = ("| `%s` | `%s` | %s | %s |"):format(entry.key, name, code(paths), fate(module, kind))
      end
    end
  end
  return table.concat(lines, "\n")
end

return page
