--- The generated part of docs/from-ecs-composex.md: every key of ECS ComposeX and of Docker's ECS integration with what becomes of it, and
--- the logical ids that `x-composex: {compat: ecs-composex}` keeps.
local manifest <const> = engine.use("manifest")
local modules <const> = engine.use("kinds/modules")
local peer_keys <const> = engine.use("reflect/peer_keys")
local peer_stacks <const> = engine.use("kinds/peer_stacks")
local read <const> = engine.use("base/read")
local sections <const> = engine.use("project/sections")
local words <const> = engine.use("kinds/words")
local page <const> = {}

--- The keys of a text: `a b.{c,d}` are `a`, `b.c` and `b.d`.
local function listed(text)
  local list <const> = {}
  for word in text:gmatch("%S+") do
    local head <const>, inner <const>, tail <const> = word:match("^(.-){(.-)}(.*)$")
    if head then
      for each in inner:gmatch("[^,]+") do table.insert(list, head .. each .. tail) end
    else
      table.insert(list, word)
    end
  end
  return list
end

--- What an older spelling is today, by its path.
local older <const> = {}
for _, name in ipairs { "project/peer_spellings", "project/docker_spellings" } do
  for _, row in ipairs(engine.use(name).rows) do
    if row.to ~= row.from then
      older[row.from] = older[row.from] or (row.to and "older: `" .. row.to .. "`")
    end
  end
end

local parts <const> = { MacroParameters = "macros", Settings = "settings", Services = "service" }

--- Whether a shape takes a path: a key of a record, anything of what is open.
local function takes(wanted, steps, index)
  if not wanted or index > #steps then return wanted ~= nil end
  if wanted.fields then return takes(wanted.fields[steps[index]], steps, index + 1) end
  if wanted.entry then return takes(wanted.entry, steps, index + 1) end
  if wanted.item then return takes(wanted.item, steps, index) end
  for _, each in ipairs(wanted.shapes or {}) do
    if (each.fields or each.entry or each.item) and takes(each, steps, index) then return true end
  end
  return wanted.shapes == nil
end

local function module_of(key)
  for _, entry in ipairs(manifest) do
    if entry.key == key then return modules.complete(engine.use(entry.file)) end
  end
end

--- Whether the table of a module has the path below a definition.
local function is_word(module, steps)
  if not steps[1] then return true end
  for _, kind in ipairs(module.kinds or { module }) do
    local part <const> = parts[steps[1]]
    local name <const> = steps[1] == "Services" and steps[3] or steps[2]
    local section <const> = kind.accepts.section
    if type(section) == "table" and takes(section, steps, 1) then return true end
    if steps[1] == "Properties" and read.has(words.names(kind, "definition"), "Properties") then return true end
    if read.has(words.names(kind, "definition"), steps[1]) and (not name or not part or read.has(words.names(kind, part), name)) then return true end
  end
  return false
end

--- Whether a path is read under its own name.
local function is_read(path)
  local steps <const> = {}
  for step in path:gmatch("[^.]+") do table.insert(steps, step) end
  if steps[1] == "services" then
    return takes(sections.sections[steps[3]], { table.unpack(steps, 4) }, 1)
  elseif steps[1] == "volumes" or steps[1] == "secrets" then
    return takes(engine.use(steps[1] == "volumes" and "task/efs_volumes" or "task/secrets").shape, { table.unpack(steps, 4) }, 1)
  end
  local module <const> = module_of(steps[1])
  return module ~= nil and is_word(module, { table.unpack(steps, steps[2] == "*" and 3 or 2) })
end

--- Rendering does not ask AWS: what is found by tags there is named here.
local by_name <const> = "as there by `Arn` or id; what tags find, rendering does not ask for"

local function answer(path)
  if path:find("%.Lookup$") and not peer_keys.answers[path] and not path:find("^x%-cluster") and is_read(path) then return by_name end
  return peer_keys.answers[path] or older[path] or is_read(path) and "as there" or nil
end

--- The path of a key of a group.
local function path_of(group, key) return group[1] == "" and key or group[1] .. "." .. key end

--- Every key: `{ path, answer }` a line, between a tab; an answer that nobody has is empty.
function page.rows()
  local rows <const> = {}
  for _, group in ipairs(peer_keys.keys) do
    for _, key in ipairs(listed(group[2])) do
      local path <const> = path_of(group, key)
      table.insert(rows, path .. "\t" .. (answer(path) or ""))
    end
  end
  return table.concat(rows, "\n")
end

--- Keys of one holder that become the same, a row.
local function key_lines(lines)
  lines[#lines + 1] = "\n## Every key\n"
  lines[#lines + 1] = "\"As there\" is what the documentation of ECS ComposeX says of it, \"older\" what is said for it today. `*` is any name.\n"
  lines[#lines + 1] = "| below | key | becomes |\n|---|---|---|"
  for _, group in ipairs(peer_keys.keys) do
    local order <const>, by_answer <const> = {}, {}
    for _, key in ipairs(listed(group[2])) do
      local text <const> = answer(path_of(group, key)) or ""
      if not by_answer[text] then
        by_answer[text] = {}
        table.insert(order, text)
      end
      table.insert(by_answer[text], "`" .. key .. "`")
    end
    for _, text in ipairs(order) do
      local below <const> = group[1] == "" and "the top" or "`" .. group[1] .. "`"
      lines[#lines + 1] = "| " .. below .. " | " .. table.concat(by_answer[text], ", ") .. " | " .. text .. " |"
    end
  end
end

local function id_lines(lines)
  lines[#lines + 1] = "\n## The ids that compat keeps\n"
  lines[#lines + 1] = "`{name}` is the name of the definition, `{family}` that of the family, both without punctuation; `{rest}` is a port.\n"
  lines[#lines + 1] = "| of | type | id |\n|---|---|---|"
  for _, row in ipairs(peer_stacks.ids) do
    lines[#lines + 1] = "| `" .. row.key .. "`" .. (row.part == "main" and "" or " " .. row.part:gsub("[_*]", " ")) .. " | "
      .. (row.type and "`" .. row.type .. "`" or "") .. " | `" .. row.id .. "` |"
  end
end

--- The page, below its mark.
function page.text()
  local lines <const> = {}
  id_lines(lines)
  key_lines(lines)
  return table.concat(lines, "\n")
end

return page
