--- Reads older spellings: what a file says in the words of another tool is put where today's words stand, before anything reads it. A
--- row of a table says where it stood (`from`), where it belongs (`to`; `*` is any name, and one more than in `from` is every), what it
--- must be (`shape`; `instead(value)` is what else is meant by what does not fit), and what it becomes (`as(value, at)`; without it, it
--- stays). `adds` puts items beside those that are there, `yields` gives way to what is there; otherwise both are an error.
--- `when(value, at)` says what a row is about, `drops` takes the value away, and `quietly` says nothing of it, where it meant nothing;
--- `spreads` puts what is below the value there, each by its name; `place` says where today's words stand, where that is not plain.
--- `composex migrate` writes what is done here into the file.
local json <const> = engine.use("base/json")
local read <const> = engine.use("base/read")
local shape <const> = engine.use("base/shape")

--- The tables, in the order in which they are read.
local tables <const> = { "project/docker_spellings", "project/peer_spellings" }

local function split(path)
  local steps <const> = {}
  for step in path:gmatch("[^.]+") do table.insert(steps, step) end
  return steps
end

-- Finding -------------------------------------------------------------------------------------------------------------

--- Calls `found(holder, names)` for every mapping that `steps` lead to; the last step is a key of it.
local function walk(node, steps, index, names, found)
  if not read.is_mapping(node) and not read.is_list(node) then return end
  if index == #steps then
    if read.is_mapping(node) and node[steps[index]] ~= nil then found(node, names) end
  elseif steps[index] ~= "*" then
    if read.is_mapping(node) then walk(node[steps[index]], steps, index + 1, names, found) end
  else
    for name, child in pairs(node) do
      local deeper <const> = { table.unpack(names) }
      table.insert(deeper, name)
      walk(child, steps, index + 1, deeper, found)
    end
  end
end

--- Calls `found(holder, key, names)` for every key of the mappings that `steps`, without their last, lead to.
local function walk_all(node, steps, index, names, found)
  if index < #steps then
    if not read.is_mapping(node) and not read.is_list(node) then return end
    if steps[index] ~= "*" then return read.is_mapping(node) and walk_all(node[steps[index]], steps, index + 1, names, found) end
    for name, child in pairs(node) do
      local deeper <const> = { table.unpack(names) }
      table.insert(deeper, name)
      walk_all(child, steps, index + 1, deeper, found)
    end
  elseif read.is_mapping(node) then
    for key in pairs(node) do found(node, key, names) end
  end
end

--- Where a path leads, as `{ base, path }`: what the names before its last `*` find, and the steps below that.
local function destinations(root, to, names)
  local steps <const>, list <const> = split(to), {}
  local last = 0
  for index, step in ipairs(steps) do
    if step == "*" then last = index end
  end
  local function descend(node, index, star)
    if node == nil then return end
    if index > last then
      table.insert(list, { base = node, path = { table.unpack(steps, last + 1) } })
    elseif steps[index] ~= "*" then
      descend(node[steps[index]], index + 1, star)
    elseif names[star] ~= nil then
      descend(node[names[star]], index + 1, star + 1)
    else
      for _, child in pairs(node) do
        if read.is_mapping(child) then descend(child, index + 1, star + 1) end
      end
    end
  end
  descend(root, 1, 1)
  return list
end

-- Reporting -----------------------------------------------------------------------------------------------------------

--- `services::web deploy x-aws-autoscaling`.
local function subject_of(steps, names)
  if #names == 0 then return steps[#steps] end
  local words <const> = { steps[1] .. "::" .. names[1] }
  for index = 3, #steps do
    if steps[index] ~= "*" then table.insert(words, steps[index]) end
  end
  return table.concat(words, " ")
end

local meanings <const> = { ["true"] = true, ["false"] = true, null = true }

--- A string among the braces of YAML: in quotes, unless it is a plain word, a range or a pointer, which mean nothing else.
local function scalar(text)
  local is_word <const> = text:find("^[%a_/][%w_./:*-]*$") and text:sub(-1) ~= ":" and not meanings[text:lower()]
  local is_plain <const> = text:find("^%d+%-%d+$") or text:find("^x%-[%w_-]+::[%w_.:-]+$") or is_word and not text:find("^x%-")
  return is_plain and text or json.write(text)
end

--- A value of today on one line; nil when it is long, or more than a line can show.
local function shown(made, depth)
  if type(made) == "string" then return scalar(made) end
  if type(made) ~= "table" and type(made) ~= "userdata" then return tostring(made) end
  if depth > 5 then return nil end
  if not read.is_list(made) and not read.is_mapping(made) then return nil end
  local parts <const>, is_list <const> = {}, read.is_list(made)
  for name, entry in pairs(made) do
    local part <const> = shown(entry, depth + 1)
    if not part then return nil end
    table.insert(parts, is_list and part or scalar(tostring(name)) .. ": " .. part)
  end
  return (is_list and "[" or "{") .. table.concat(parts, ", ") .. (is_list and "]" or "}")
end

--- The words of today: the value where it belongs now, or what the row says where that is long.
local function today(row, made)
  local steps <const> = split(row.to)
  local last = 0
  for index, step in ipairs(steps) do
    if step == "*" then last = index end
  end
  local words = not row.spreads and shown(made, 1)
  if not words or #words > 100 then return row.today or row.to end
  for index = #steps, last + 2, -1 do words = "{" .. steps[index] .. ": " .. words .. "}" end
  return steps[last + 1] .. ": " .. words
end

--- Reports each key once, at the first place where it was read.
local function report(whose, uses)
  table.sort(uses, function(a, b) return a.key == b.key and a.order < b.order or a.key < b.key end)
  for index, use in ipairs(uses) do
    if index == 1 or uses[index - 1].key ~= use.key then
      local count = 1
      while uses[index + count] and uses[index + count].key == use.key do count = count + 1 end
      engine.warn(use.at, use.key .. " is a spelling of " .. whose .. (count > 1 and " (" .. count .. " places)" or ""),
        use.row.drops and (use.row.today and "write " .. use.row.today or "leave it out")
          or "write " .. today(use.row, use.made) .. (use.row.place and " " .. use.row.place or "") .. ", or let composex migrate do it")
    end
  end
end

-- Reading -------------------------------------------------------------------------------------------------------------

--- The places where a value belongs now that take it; nil and an error where something stands there that neither adds up nor goes first.
local function free(row, list, at)
  local open <const> = {}
  for _, target in ipairs(list) do
    local there <const> = read.at(target.base, table.unpack(target.path))
    if there == nil or row.adds and read.is_list(there) then
      table.insert(open, target)
    elseif not row.yields then
      return engine.error({ at.holder, at.key, "key" }, at.subject .. " stands beside " .. table.concat(target.path, " "), "write one of them")
    end
  end
  return open
end

--- Whether a value is what a row reads; reports what it must be.
local function is_fit(row, at, written)
  if not row.shape then return true end
  local instead <const> = row.instead and row.instead(written)
  if instead then
    engine.error({ at.holder, at.key }, at.subject .. " must be " .. row.shape.name, "write " .. instead)
    return false
  end
  shape.check(row.shape, at.holder, at.key, at.subject)
  return row.shape.fits(written)
end

--- The places of what stands below a value, each by its name, but for those that are there.
local function spread(row, at, written)
  local base <const>, targets <const> = at.root[row.to], {}
  for name in pairs(written) do
    if base[name] == nil then table.insert(targets, { base, { name }, written[name] }) end
  end
  return targets
end

--- Where a value belongs, as targets of `engine.respell`, and what it becomes; nil when it was reported instead.
local function targets_of(row, at, written)
  if row.spreads then return spread(row, at, written) end
  local list <const> = destinations(at.root, row.to, at.names)
  local open <const> = row.to == row.from and list or free(row, list, at)
  if not open then return nil end
  local made = written
  if row.as then made = row.as(written, at) end
  if made == nil then return nil end
  local targets <const> = {}
  for _, target in ipairs(made and open or {}) do
    table.insert(targets, { target.base, target.path, row.as and made or nil })
  end
  return targets, made
end

--- Puts one value where it belongs, and what is `added` beside the first; false when it was reported instead. A row whose `as` is false
--- has said itself that the value has no effect.
local function read_one(row, at, uses, added)
  local written <const> = at.holder[at.key]
  if row.when and not row.when(written, at) then return true end
  if not is_fit(row, at, written) then return false end
  if row.drops then
    if not row.quietly then table.insert(uses, { at = engine.placed("", { at.holder, at.key, "key" }), key = at.key, row = row, order = #uses }) end
    engine.respell(at.holder, at.key, {})
    return true
  end
  local targets <const>, made <const> = targets_of(row, at, written)
  if not targets then return false end
  if made ~= false then
    table.insert(uses, { at = engine.placed("", { at.holder, at.key, "key" }), key = at.key, made = made, row = row, order = #uses })
  end
  while #added > 0 do table.insert(targets, table.remove(added, 1)) end
  engine.respell(at.holder, at.key, targets)
  return true
end

-- What is left -------------------------------------------------------------------------------------------------------

--- The mappings that keys of a table may stand in, each once, and the keys by name.
local function known(book)
  local holders <const>, seen <const>, keys <const>, places <const> = { "" }, { [""] = true }, {}, {}
  local function add(holder, key)
    if not seen[holder] then table.insert(holders, holder) end
    seen[holder] = true
    if not places[key] then table.insert(keys, key) end
    places[key] = places[key] or holder
  end
  for _, row in ipairs(book.rows) do add(row.from:match("^(.-)%.?([^.]+)$")) end
  for key, holder in pairs(book.kept) do add(holder, key) end
  for holder in pairs(book.without or {}) do
    if not seen[holder] then table.insert(holders, holder) end
  end
  return holders, keys, places
end

--- What to do about a key that no row takes where it stands. `without` are holders that have none of these keys, with what they have.
local function advice(book, holder, key, keys, places)
  if book.other_words[key] then return book.other_words[key] end
  if book.without and book.without[holder] then return book.without[holder] end
  if not places[key] then return engine.near(key, keys, "there are") end
  return "it belongs " .. (places[key] == "" and "at the top of the file" or "below " .. places[key])
end

--- Reports keys of the other tool that stand where it does not read them, or that it does not know; `told` are the subjects of those that
--- were reported when they were read.
local function report_rest(book, root, told)
  local holders <const>, keys <const>, places <const> = known(book)
  for _, holder in ipairs(holders) do
    local steps <const> = split(holder .. ".*")
    walk_all(root, steps, 1, {}, function(node, key, names)
      if type(key) ~= "string" or key:sub(1, #book.prefix) ~= book.prefix or places[key] == holder and book.kept[key] ~= nil then return end
      steps[#steps] = key
      local subject <const> = subject_of(steps, names)
      if not told[subject] then
        -- A near name is a slip; what the other tool did not read either has no effect.
        local remedy <const> = advice(book, holder, key, keys, places)
        if remedy:find("^did you mean") then return engine.error({ node, key, "key" }, subject .. " is not supported", remedy) end
        engine.warn({ node, key, "key" }, subject .. " has no effect, as in " .. book.whose, remedy)
      end
    end)
  end
end

--- Reads one row of a table wherever it leads.
local function read_row(row, root, uses, told, added)
  local steps <const>, all <const> = split(row.from), {}
  walk(root, steps, 1, {}, function(holder, names) table.insert(all, { holder = holder, names = names }) end)
  for _, found in ipairs(all) do
    local at <const> = {
      holder = found.holder, key = steps[#steps], names = found.names, root = root, subject = subject_of(steps, found.names),
    }
    if not read_one(row, at, uses, added) then told[at.subject] = true end
  end
  return #all > 0
end

local function has_prefix(keys, prefix)
  for key in pairs(keys) do
    if key:sub(1, #prefix) == prefix then return true end
  end
  return false
end

--- Puts what no row took along beside a key that stays.
local function put_rest(book, root, added)
  for key, holder in pairs(book.kept) do
    walk(root, split(holder == "" and key or holder .. "." .. key), 1, {}, function(node)
      if #added == 0 then return end
      local targets <const> = { { node, { key } }, table.unpack(added) }
      for index = #added, 1, -1 do table.remove(added, index) end
      engine.respell(node, key, targets)
    end)
  end
end

--- Takes an overlay of which nothing is left away.
local function drop_empty(book, root)
  for key, holder in pairs(book.kept) do
    local node <const> = holder == "" and root[key] or nil
    if read.is_mapping(node) and read.is_mapping(node.Resources) and #read.names(node) == 1 and #read.names(node.Resources) == 0 then
      engine.respell(root, key, {})
    end
  end
end

return function()
  local root <const> = engine.root()
  -- Few files have a key of any row, so that the others are not looked for place by place.
  local keys = engine.keys()
  for _, name in ipairs(tables) do
    local book <const>, uses <const>, told <const> = engine.use(name), {}, {}
    local is_used <const> = book.prefix and has_prefix(keys, book.prefix)
    local added <const> = is_used and book.project and engine.use(book.project)(root, keys) or {}
    for _, row in ipairs(book.rows) do
      if keys[row.from:match("^[^.]+")] and keys[row.from:match("[^.]+$")] and read_row(row, root, uses, told, added) then keys = engine.keys() end
    end
    report(book.whose, uses)
    if is_used then
      put_rest(book, root, added)
      drop_empty(book, root)
      report_rest(book, root, told)
    end
  end
end
