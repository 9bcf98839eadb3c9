--- Links between definitions: properties that name another one (`x-kms::data`), and what follows for both sides.
local definitions <const> = engine.use("kinds/definitions")
local read <const> = engine.use("base/read")
local permits <const> = engine.use("kinds/permits")
local pointers <const> = engine.use("kinds/pointers")
local run <const> = engine.use("base/run")
local values <const> = engine.use("kinds/values")
local links <const> = {}

--- What is resolved of definitions that are made later than the one that names them: rows `{ target, act, act, ... }`.
local acts_of <const>, later <const> = run.each_of()

--- Calls `act` when `target` is made: at once, or for those of later stages in `links.finish`.
local function when_made(target, act)
  if target.module.stage and not target.is_made then table.insert(acts_of(target), act) else act() end
end

--- Calls `visit(holder, key)` for every value at `path` (`Rules[].Key`) below `node`.
local function visit_path(node, path, visit)
  local head <const>, rest <const> = path:match("^([^.]+)%.?(.*)$")
  local name <const>, is_list <const> = head:match("^([^%[]+)(%[?%]?)$")
  local value <const> = read.is_mapping(node) and read.get(node, name) or nil
  if value == nil then return end
  if is_list == "" then
    if rest == "" then return visit(node, name) end
    return visit_path(value, rest, visit)
  end
  if not read.is_list(value) then return end
  for index = 1, #value do
    if rest == "" then visit(value, index) else visit_path(value[index], rest, visit) end
  end
end

--- Target rows `x-kms.Arn` of a link as a list of `{ key, returned }`.
local function targets(link)
  local list <const> = {}
  local rows <const> = type(link) == "string" and { link } or link
  for _, row in ipairs(rows) do
    local key <const>, returned <const> = row:match("^(x%-[%w_-]+)%.(.+)$")
    table.insert(list, { key = key, returned = returned })
  end
  return list
end

--- The definition that `text` names at a link, and the return value that belongs there.
local function target_of(text, link, where)
  local rows <const> = targets(link)
  local key <const>, name <const>, asked <const> = pointers.parse(text)
  if not key then
    local found <const> = rows[1] and definitions.find(rows[1].key, text)
    if not found and type(link) == "table" and link.arn and not text:find("^arn:") then
      engine.error(where, "\"" .. text .. "\" is no ARN, and " .. rows[1].key .. " does not define it",
        definitions.near(rows[1].key, text))
    end
    return found, found and rows[1].returned
  end
  local found <const> = pointers.definition(text, where)
  if not found then return nil end
  for _, row in ipairs(rows) do
    if row.key == key then return found, asked or row.returned end
  end
  if asked then return found, asked end
  local names <const> = {}
  for _, row in ipairs(rows) do table.insert(names, row.key) end
  engine.error(where, key .. "::" .. name .. " cannot stand here: it takes " .. table.concat(names, " or "),
    "or name one of its values: " .. text .. "::Arn")
end

--- What follows of a link, beside the value: `permit` opens the target to an AWS service, `wait` makes the resource
--- wait for that, `after` is the module's own function.
local function follow(definition, link, target, where, holder)
  if link.permit then
    local source <const> = link.source and values.of(definition, link.source)
    local policy <const> = permits.link(target, link.permit, source, link.sid and link.sid(definition), where)
    if policy and link.wait then links.wait(definition.resource, policy) end
  end
  if link.after then link.after(definition, target, where, holder) end
end

--- What resources wait for: rows `{ resource, other, other, ... }`. A bucket may wait for thousands of queues.
local waits_of <const>, waits <const> = run.each_of()

--- `resource` is created after `other`; `links.finish` writes it.
function links.wait(resource, other)
  table.insert(waits_of(resource), other)
end

--- Resolves what names definitions of later stages, and writes what resources wait for, after what the file says, each once.
function links.finish()
  for _, row in ipairs(later) do
    for index = 2, #row do row[index]() end
  end
  for _, row in ipairs(waits) do
    local resource <const> = row[1]
    local list <const>, seen <const> = {}, {}
    local function add(wait)
      if not seen[tostring(wait)] then table.insert(list, wait) end
      seen[tostring(wait)] = true
    end
    local node <const> = resource.DependsOn
    for _, wait in ipairs(read.is_list(node) and node or { node }) do add(wait) end
    for index = 2, #row do add(row[index]:ref()) end
    resource.DependsOn = list
  end
end

--- Puts the value that a link names into its place. `visited` notes the values that links have read, by their holders: the sweep leaves
--- them alone.
local function connect(definition, holder, name, link, visited)
  local text <const> = holder[name]
  if type(text) ~= "string" then return end
  visited[holder] = visited[holder] or {}
  visited[holder][name] = true
  local where <const> = { holder, name }
  local target <const>, returned <const> = target_of(text, link, where)
  if not target then
    if text:find("^arn:[%w-]+:kms:") then table.insert(definition.encrypted_by, { arn = text }) end
    if type(link) == "table" and link.foreign and text:find("^arn:") then link.foreign(definition, holder[name], holder) end
    return
  end
  if target.key == "x-kms" then
    table.insert(definition.encrypted_by, { definition = target, arn = values.of(target, "Arn") })
  end
  when_made(target, function()
    local value <const> = pointers.value(target, returned, where)
    if value ~= nil then holder[name] = engine.placed(value, where) end
  end)
  if type(link) == "table" then
    definition.resolved_links = definition.resolved_links or {}
    table.insert(definition.resolved_links, { link, target, where, holder })
  end
end

--- Pointers that stand where no link is declared: exact ones with a return value are replaced, others are reported.
local function sweep(node, visited, depth)
  for name, value in pairs(node) do
    local is_visited <const> = visited[node] and visited[node][name]
    if type(value) == "string" and not is_visited and value:find("^x%-") and pointers.parse(value) then
      local where <const> = { node, name }
      local target <const>, returned <const> = pointers.definition(value, where)
      if target and returned then
        when_made(target, function()
          local found <const> = pointers.value(target, returned, where)
          if found ~= nil then node[name] = engine.placed(found, where) end
        end)
      elseif target then
        pointers.needs_value(value, target, where)
      end
    elseif depth < 64 and (read.is_mapping(value) or read.is_list(value)) then
      sweep(value, visited, depth + 1)
    end
  end
end

local function resolve(definition, resource, rows)
  local properties <const>, visited <const> = resource.Properties, {}
  for path, link in pairs(rows or {}) do
    visit_path(properties, path, function(holder, name) connect(definition, holder, name, link, visited) end)
  end
  sweep(properties, visited, 0)
end

--- Resolves every link of a definition, and of what the file wrote for other resources of it (`further`).
function links.resolve(definition)
  if not definition.resource then return end
  resolve(definition, definition.resource, definition.module.links)
  for _, part in ipairs(definition.further or {}) do resolve(definition, part.resource, part.links) end
end

--- Makes what follows of the links of a definition, once those of all are resolved: both sides know by then what encrypts them.
function links.follow(definition)
  for _, row in ipairs(definition.resolved_links or {}) do follow(definition, table.unpack(row)) end
end

links.visit = visit_path

return links
