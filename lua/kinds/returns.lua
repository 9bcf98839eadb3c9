--- Values of what the platform makes, for texts that name them: `x-elbv2::public::DNSName`.
local returns <const> = {}

--- By key and name: pairs of return value and value; a value is nil where an existing resource does not say it.
local known <const> = {}

--- Sets what a definition returns: a list of `{ name, value }`.
function returns.set(key, name, list)
  known[key] = known[key] or { names = {} }
  known[key][name] = list
  table.insert(known[key].names, name)
end

--- Whether the platform makes what stands under that key.
function returns.knows(key) return known[key] ~= nil end

--- The value that `key::name::returned` names; nil when there is none, which is told at `where`.
function returns.value(key, name, returned, where)
  local list <const> = known[key][name]
  if not list then
    return engine.error(where, key .. "::" .. name .. " is not in the compose file", engine.near(name, known[key].names, "there are"))
  end
  local names <const> = {}
  for _, pair in ipairs(list) do
    if pair[1] == returned and pair[2] ~= nil then return pair[2] end
    if pair[2] ~= nil then table.insert(names, pair[1]) end
  end
  return engine.error(where, key .. "::" .. name .. " has no return value \"" .. returned .. "\"",
    engine.near(returned, names, "it has"))
end

return returns
