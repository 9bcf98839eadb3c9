--- What services were granted. Whoever makes a resource states here what a service gets of it; `task/service` turns it
--- into policies, variables, secrets and rules. Services are named as in the compose file.
local read <const> = engine.use("base/read")
local run <const> = engine.use("base/run")
local grants <const> = {}

local kinds <const> = { "statements", "execution", "environment", "secrets", "reach", "groups", "targets", "after",
  "scaling" }

local of <const> = run.by_key(function()
  -- `keys` are the statements that open a key of KMS; `by_name` are the variables and the secrets by their names.
  local granted <const> = { keys = {}, by_name = { environment = {}, secrets = {} } }
  for _, kind in ipairs(kinds) do granted[kind] = {} end
  return granted
end)

--- All that a service was granted: a list per kind, in the order in which it was granted. `families` of an entry are the names of those
--- whose containers get it; nil for all that have the service.
grants.of = of

--- Whom what is granted now is for: the names of `families`, and of the one that the file `named`.
local scope <const>, within <const> = run.during({})

--- Runs `step(...)`: what it grants is for the families of the names in `for_families` (nil: all that have the service), and scaling for
--- the family `named` (nil: all).
function grants.within(for_families, named, step, ...)
  within({ families = for_families, named = named }, step, ...)
end

--- Whether an entry is for a family.
function grants.is_for(entry, family)
  return entry.families == nil or read.index(entry.families, family.name) ~= nil
end

--- Whether two entries may be for one family.
local function meet(one, families)
  if one == nil or families == nil then return true end
  for _, name in ipairs(one) do
    if read.index(families, name) then return true end
  end
  return false
end

local function add(service, kind, entry)
  if entry.families == nil then entry.families = scope().families end
  local granted <const> = of(service)
  table.insert(granted[kind], entry)
  local by_name <const> = granted.by_name[kind]
  if by_name then
    by_name[entry.name] = by_name[entry.name] or {}
    table.insert(by_name[entry.name], entry)
  end
  return entry
end

--- The variables or secrets (`kind`) of a name that a service has where it is granted now.
local function named(service, kind, name)
  local found <const> = {}
  for _, other in ipairs(of(service).by_name[kind][name] or {}) do
    if meet(other.families, scope().families) then table.insert(found, other) end
  end
  return found
end

--- The task role may do `actions` on `resources` (a list of references); `sid` names the statement in the policy for
--- `key`, and `at` is the line that says so. Returns the statement.
function grants.allow(service, key, sid, actions, resources, at)
  return add(service, "statements", { key = key, sid = sid, actions = actions, resources = resources, at = at })
end

--- The task role must not do `actions` on `resources` when `condition` holds.
function grants.deny(service, key, sid, actions, resources, condition, at)
  add(service, "statements", {
    key = key, sid = sid, actions = actions, resources = resources, effect = "Deny", condition = condition, at = at,
  })
end

--- The execution role may do `actions` on `resources`: what ECS needs to start the task.
function grants.allow_execution(service, sid, actions, resources)
  add(service, "execution", { sid = sid, actions = actions, resources = resources })
end

--- A variable for every container of the service; what the compose file sets itself is stronger. Returns the `giver` of
--- the variable when there is one already, and leaves it. `at` is the line that says so. What is given `by_default` gives way to what the
--- file names.
function grants.variable(service, name, value, giver, at, by_default)
  local other <const> = named(service, "environment", name)[1]
  if not other then
    add(service, "environment", { name = name, value = value, giver = giver, at = at, by_default = by_default })
  elseif by_default and not other.by_default then
    return nil
  elseif other.by_default and not by_default and other.families == scope().families then
    other.value, other.giver, other.at, other.by_default = value, giver, at, nil
  else
    return other.giver or "another resource"
  end
end

--- A secret for the containers of the service, as the variable `name`; `from` is what ECS calls ValueFrom. Allow the
--- execution role to read it with `allow_execution`. `giver` is what messages call who gives it.
function grants.secret(service, name, from, giver)
  add(service, "secrets", { name = name, from = from, giver = giver })
end

--- Who gives a service a secret of that name already, or nil.
function grants.giver_of_secret(service, name)
  for _, other in ipairs(named(service, "secrets", name)) do
    if other.giver ~= nil then return other.giver end
  end
end

--- The statement that opens a key of KMS to a service, by its ARN, wherever it is granted now; `make()` returns it at first.
function grants.opened_key(service, arn, make)
  local keys <const> = of(service).keys
  local name <const> = arn .. " " .. table.concat(scope().families or {}, " ")
  keys[name] = keys[name] or make()
  return keys[name]
end

--- The service's tasks may connect to `port` of `group` (a security group id). `noun` makes the rule's logical id
--- unique: `WebToDbDatabaseIngress` for "ToDbDatabaseIngress".
function grants.reach(service, rule)
  add(service, "reach", {
    noun = rule.noun, group = rule.group, port = rule.port, protocol = rule.protocol or "tcp",
    description = rule.description,
  })
end

--- The service's tasks join a security group (its id).
function grants.join(service, group)
  add(service, "groups", { id = group })
end

--- The service's container answers for a target group: `{ group, port, container }`; `container` may be nil for the
--- service's own, and `families` are those whose containers do, when it is not all.
function grants.target(service, target)
  add(service, "targets", target)
end

--- The ECS service is created after `resource`; that of the families of those names, when it is not all.
function grants.after(service, resource, for_families)
  add(service, "after", { resource = resource, families = for_families })
end

--- The service scales in steps with a metric: `{ noun, metric, steps, scale_in_cooldown, scale_out_cooldown, at }`,
--- where `metric` are the properties of an alarm and `steps` are `{ lower, upper, count }`. `kinds/step_scaling` makes
--- it.
function grants.scale(service, steps)
  local for_whom <const> = scope()
  steps.families = for_whom.named and { for_whom.named } or for_whom.families
  table.insert(of(service).scaling, steps)
end

return grants
