--- What a module table has of another one: of the module that `like` names, and a kind of the module that it stands in.
local lazy <const> = engine.use("base/lazy")
local credentials <const> = lazy("kinds/credentials")
local words <const> = engine.use("kinds/words")
local inheritance <const> = {}

--- Tables are copied, so that a module never changes another one; shapes are the same for all.
local function copied(value)
  if type(value) ~= "table" or value.fits then return value end
  local made <const> = {}
  for name, entry in pairs(value) do made[name] = copied(entry) end
  return made
end

local function either(own, base)
  local made <const> = {}
  for name, value in pairs(base or {}) do made[name] = value end
  for name, value in pairs(own or {}) do made[name] = value end
  return made
end

--- Words of both, and what else `accepts` says.
local function accepts(own, base)
  local made <const> = either(own, base)
  for _, part in ipairs(words.parts) do made[part] = either(own and own[part], base and base[part]) end
  return made
end

--- `own` with the fields of `base` that it lacks; words and hooks by their names.
local function completed(own, base)
  local made <const> = either(own, base)
  made.accepts, made.hooks = accepts(own.accepts, base.accepts), either(own.hooks, base.hooks)
  return made
end

--- Profiles of both, and those of groups that both have.
local function access(own, base)
  if not own or not base then return own or base end
  local made <const> = either(own, base)
  for name, group in pairs(base) do
    local other <const> = own[name]
    if type(group) == "table" and type(other) == "table" and #group == 0 and #other == 0 then made[name] = either(other, group) end
  end
  return made
end

--- A module that is `like` another one: it may do all that the other may. What it must is kept by kinds/rules.
function inheritance.like(own, base)
  local made <const> = completed(own, copied(base))
  made.access, made.deprecated = access(own.access, base.access), own.deprecated
  made.kinds = own.kinds
  for index, kind in ipairs(not own.kinds and base.kinds or {}) do
    made.kinds = made.kinds or {}
    made.kinds[index] = inheritance.like(own, kind)
  end
  return made
end

--- What `network` and `secret` make is returned without being named.
local function supplied(module)
  local returns <const> = either(module.returns)
  if module.network and returns.GroupId == nil then returns.GroupId = { part = "security_group", "GroupId" } end
  if module.secret and returns.DBSecret == nil then
    returns.DBSecret = function(definition) return (credentials.arn(definition)) end
  end
  return returns
end

local function finished(module)
  module.returns = supplied(module)
  for _, part in ipairs(words.parts) do module.accepts[part] = words.complete(module.accepts[part]) end
  return module
end

--- A module of whose table nothing is left out: each of its kinds has what all of them have.
function inheritance.complete(module)
  local made <const> = completed(module, {})
  if module.kinds then
    made.kinds = {}
    for index, kind in ipairs(module.kinds) do made.kinds[index] = finished(completed(kind, module)) end
  end
  return finished(made)
end

return inheritance
