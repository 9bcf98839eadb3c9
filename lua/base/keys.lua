--- Keys and shapes of what the compose file holds: which there are, which are known, and what is no mapping.
local keys <const> = {}

--- The keys of a mapping, in its order.
function keys.of(mapping)
  local found <const> = {}
  for key in pairs(mapping) do table.insert(found, key) end
  return found
end

function keys.has(list, wanted)
  for _, item in ipairs(list) do
    if item == wanted then return true end
  end
  return false
end

function keys.is_mapping(value) return engine.kind(value) == "mapping" end

function keys.is_list(value) return engine.kind(value) == "list" end

--- The value under `name`; a name that the type of the node does not have is simply not there.
function keys.get(node, name)
  for key, value in pairs(node) do
    if key == name then return value end
  end
end

--- Tells the keys of `node` that are not in `known`.
function keys.check(node, known, subject)
  for key in pairs(node) do
    if not keys.has(known, key) and not key:find("^x%-") then
      engine.error({ node, key, "key" }, subject .. " has no key \"" .. key .. "\"",
        engine.near(key, known, "it has") or "leave it out")
    end
  end
end

--- `value` when it is a mapping; anything else but nothing is told, and counts as empty.
function keys.mapping(value, where, subject, remedy)
  if keys.is_mapping(value) then return value end
  if value ~= nil then
    engine.error(where, subject .. " must be a mapping", remedy or "write names and values below it, name: value")
  end
  return {}
end

--- `value` when it is a list; anything else but nothing is told, and counts as empty. An empty mapping may be a list.
function keys.list(value, where, subject, remedy)
  if keys.is_list(value) or keys.is_mapping(value) and #keys.of(value) == 0 then return value end
  if value ~= nil then engine.error(where, subject .. " must be a list", remedy or "write [ ... ]") end
  return {}
end

--- The value below `node` at `path` (names between dots), or nil.
function keys.at(node, path)
  for name in path:gmatch("[^.]+") do
    if not keys.is_mapping(node) then return nil end
    node = node[name]
  end
  return node
end

return keys
