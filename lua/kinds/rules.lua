--- The rules of the resource modules, as they were declared. They are kept apart from the tables that hooks and functions are handed: what
--- a script does to its module changes no rule that the module has of another one.
local rules <const> = { list = {} }

--- Rules in the order of their table, as `{ must, rule }`.
local function listed(checks)
  local list <const> = {}
  for must, rule in pairs(checks or {}) do table.insert(list, { must, rule }) end
  return list
end

--- What a module table says of rules. `base` is the same of the module that it is like.
local function read(module, base)
  local kinds <const> = {}
  for _, kind in ipairs(module.kinds or {}) do table.insert(kinds, { when = kind.when, checks = kind.checks and listed(kind.checks) }) end
  return { base = base, checks = listed(module.checks), kinds = kinds }
end

local by_key <const> = {}

--- Keeps the rules of a module. `base_of(key)` is the table of a module that is built in.
function rules.keep(module, at, base_of)
  local base = module.like and by_key[module.like]
  if module.like and not base and base_of(module.like) then base = read(base_of(module.like)) end
  local entry <const> = read(module, base)
  entry.key, entry.at = module.key, at
  by_key[module.key] = entry
  table.insert(rules.list, entry)
end

--- The rules for a definition with that body, as `{ must, rule }`: those of the module that it is like, then its own, or those of its kind.
function rules.of(entry, body)
  local list <const> = entry.base and rules.of(entry.base, body) or {}
  local own = entry.checks
  for _, kind in ipairs(entry.kinds) do
    if not kind.when or kind.when(body) then
      own = kind.checks or own
      break
    end
  end
  table.move(own, 1, #own, #list + 1, list)
  return list
end

return rules
