--- What the resource modules say, for the tests and for docs/resources.md: profiles as rows, and each module as a page.
local access <const> = engine.use("kinds/access")
local key_examples <const> = engine.use("reflect/key_examples")
local read <const> = engine.use("base/read")
local manifest <const> = engine.use("manifest")
local modules <const> = engine.use("kinds/modules")
local word_sentences <const> = engine.use("reflect/word_sentences")
local words <const> = engine.use("kinds/words")
local reference <const> = {}

--- Each kind of a module, or the module itself.
local function kinds_of(module) return module.kinds or { module } end

--- Every action of every profile of every built-in module: `{ key, profile, action, on, deny }`.
function reference.actions()
  local rows <const> = {}
  for _, entry in ipairs(manifest) do
    local kinds <const> = kinds_of(modules.complete(engine.use(entry.file)))
    for _, kind in ipairs(kinds) do
      for _, name in ipairs(access.profiles(kind)) do
        for _, statement in ipairs(access.statements(kind, name)) do
          for _, action in ipairs(statement.actions) do
            table.insert(rows, table.concat({
              entry.key, name, action, table.concat(statement.on, " "), statement.deny and "deny" or "allow",
            }, "\t"))
          end
        end
      end
    end
  end
  return table.concat(rows, "\n")
end

-- Pages -------------------------------------------------------------------------------------------------------------

local function code(list)
  local quoted <const> = {}
  for _, each in ipairs(list) do table.insert(quoted, "`" .. each .. "`") end
  return table.concat(quoted, ", ")
end

--- The names of all kinds under `field`, each once.
local function names(module, field)
  local found <const> = {}
  for _, kind in ipairs(kinds_of(module)) do
    for name in pairs(kind[field] or {}) do
      if not read.has(found, name) then table.insert(found, name) end
    end
  end
  table.sort(found)
  return found
end

local function types(module)
  local list <const> = {}
  for _, kind in ipairs(kinds_of(module)) do
    local type_name <const> = type(kind.type) == "string" and kind.type or module.type
    if type(type_name) == "string" and not read.has(list, type_name) then table.insert(list, type_name) end
  end
  return list
end

local function text_of(statements)
  local parts <const> = {}
  for _, statement in ipairs(statements) do
    local on <const> = table.concat(statement.on, " ")
    local verb <const> = statement.deny and "never without TLS: " or ""
    table.insert(parts, verb .. code(statement.actions)
      .. (on ~= "${Arn}" and " on `" .. on:gsub(" ", "` and `") .. "`" or ""))
  end
  return table.concat(parts, "; ")
end

local function profiles(module, add)
  local seen <const> = {}
  for _, kind in ipairs(kinds_of(module)) do
    local list <const> = access.profiles(kind)
    table.sort(list)
    for _, name in ipairs(list) do
      local text <const> = text_of(access.statements(kind, name))
      if seen[name] ~= text then
        if next(seen) == nil then add("| profile | allows |\n|---|---|") end
        seen[name] = text
        add("| `" .. name .. "` | " .. text .. " |")
      end
    end
  end
  if next(seen) ~= nil then add("") end
end

local function variables(module)
  local list <const> = {}
  for _, kind in ipairs(kinds_of(module)) do
    for template, value in pairs(kind.env or {}) do
      local text <const> = "`" .. template .. "` (" .. value .. ")"
      if not read.has(list, text) then table.insert(list, text) end
    end
  end
  return table.concat(list, ", ")
end

local function links(module)
  local list <const> = {}
  for _, kind in ipairs(kinds_of(module)) do
    for path, link in pairs(kind.links or {}) do
      local found <const> = {}
      for _, row in ipairs(type(link) == "string" and { link } or link) do table.insert(found, row:match("^[^.]+")) end
      local text <const> = "| `" .. path .. "` | " .. code(found) .. " |"
      if not read.has(list, text) then table.insert(list, text) end
    end
  end
  return list
end

local function add_if(add, title, list)
  if #list > 0 then add(title .. ": " .. code(list) .. ".\n") end
end

--- The words of that part that not every module has, each once.
local function own_words(module, part)
  local list <const> = {}
  for _, kind in ipairs(kinds_of(module)) do
    for _, name in ipairs(words.names(kind, part)) do
      local is_own <const> = kind.accepts[part][name] or not read.has(words.common[part], name)
      if is_own and not read.has(list, name) then table.insert(list, name) end
    end
  end
  return list
end

--- The words of a module that the page explains: the heading of each part, the part, and its words.
local function parts_of(module)
  local properties <const> = module.accepts.properties and read.names(module.accepts.properties.fields) or {}
  local parts <const> = {
    { "further key", "definition", own_words(module, "definition") }, { "property", "properties", properties },
    { "MacroParameters", "macros", own_words(module, "macros") }, { "Settings", "settings", own_words(module, "settings") },
    { "further key of a service", "service", own_words(module, "service") },
  }
  for _, part in ipairs(parts) do table.sort(part[3]) end
  return parts
end

local function explain(module, add)
  for _, part in ipairs(parts_of(module)) do
    if #part[3] > 0 then add("| " .. part[1] .. " | says |\n|---|---|") end
    for _, word in ipairs(part[3]) do add("| `" .. word .. "` | " .. (word_sentences.of(module.key, part[2], word) or "") .. " |") end
    if #part[3] > 0 then add("") end
  end
end

--- The page of one module, without its heading.
function reference.page(file)
  local module <const> = modules.complete(engine.use(file))
  local lines <const> = {}
  local function add(text) table.insert(lines, text) end
  local example <const> = key_examples.of(module.key)
  if example then add("```yaml\n" .. example .. "```\n") end
  add_if(add, "Makes", types(module))
  profiles(module, add)
  add_if(add, "Return values", names(module, "returns"))
  if variables(module) ~= "" then add("Environment of every named service: " .. variables(module) .. ".\n") end
  local linked <const> = links(module)
  if #linked > 0 then
    add("| property | may name a definition of |\n|---|---|")
    for _, text in ipairs(linked) do add(text) end
    add("")
  end
  explain(module, add)
  local arns <const> = {}
  for _, kind in ipairs(kinds_of(module)) do
    local arn <const> = kind.lookup and kind.lookup.arn
    for _, each in ipairs(type(arn) == "table" and arn or { arn }) do
      if not read.has(arns, each) then table.insert(arns, each) end
    end
    for name in pairs(kind.lookup and kind.lookup.by or {}) do
      if not read.has(arns, name) then table.insert(arns, name) end
    end
  end
  add_if(add, "Lookup by", arns)
  if #names(module, "checks") > 0 then
    for _, must in ipairs(names(module, "checks")) do add("- " .. must) end
    add("")
  end
  return table.concat(lines, "\n")
end

--- The page of the key; an empty one where there is no table.
function reference.page_of(key)
  for _, entry in ipairs(manifest) do
    if entry.key == key and entry.file then return reference.page(entry.file) end
  end
  return ""
end

-- For tests ---------------------------------------------------------------------------------------------------------

--- The example of the key; an empty one where there is none.
function reference.example(key) return key_examples.of(key) or "" end

--- Words without a sentence, and sentences without a word: `missing x-sqs macros Name` a line.
function reference.unexplained()
  local lines <const> = {}
  for _, entry in ipairs(manifest) do
    local known <const> = {}
    for _, part in ipairs(parts_of(modules.complete(engine.use(entry.file)))) do
      for _, word in ipairs(part[3]) do
        known[part[2] .. " " .. word] = true
        if not word_sentences.of(entry.key, part[2], word) then table.insert(lines, "missing " .. entry.key .. " " .. part[2] .. " " .. word) end
      end
    end
    for _, row in ipairs(word_sentences.words(entry.key)) do
      if not known[row[1] .. " " .. row[2]] then table.insert(lines, "stale " .. entry.key .. " " .. row[1] .. " " .. row[2]) end
    end
  end
  table.sort(lines)
  return table.concat(lines, "\n")
end

return reference
