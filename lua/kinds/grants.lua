--- What services were granted. Whoever makes a resource states here what a service gets of it; `task/service` turns it
--- into policies, variables, secrets and rules. Services are named as in the compose file.
local run <const> = engine.use("base/run")
local grants <const> = {}

local kinds <const> = { "statements", "execution", "environment", "secrets", "reach", "groups", "targets", "after",
  "scaling" }

local of <const> = run.by_key(function()
  -- `givers` are those of the variables, by their names; `keys` are the statements that open a key of KMS, by its ARN.
  local granted <const> = { givers = {}, keys = {} }
  for _, kind in ipairs(kinds) do granted[kind] = {} end
  return granted
end)

--- All that a service was granted: a list per kind, in the order in which it was granted.
grants.of = of

--- The task role may do `actions` on `resources` (a list of references); `sid` names the statement in the policy for
--- `key`, and `at` is the line that says so. Returns the statement.
function grants.allow(service, key, sid, actions, resources, at)
  local statement <const> = { key = key, sid = sid, actions = actions, resources = resources, at = at }
  table.insert(of(service).statements, statement)
  return statement
end

--- The task role must not do `actions` on `resources` when `condition` holds.
function grants.deny(service, key, sid, actions, resources, condition, at)
  table.insert(of(service).statements, {
    key = key, sid = sid, actions = actions, resources = resources, effect = "Deny", condition = condition, at = at,
  })
end

--- The execution role may do `actions` on `resources`: what ECS needs to start the task.
function grants.allow_execution(service, sid, actions, resources)
  table.insert(of(service).execution, { sid = sid, actions = actions, resources = resources })
end

--- A variable for every container of the service; what the compose file sets itself is stronger. Returns the `giver` of
--- the variable when there is one already, and leaves it. `at` is the line that says so.
function grants.variable(service, name, value, giver, at)
  local granted <const> = of(service)
  if granted.givers[name] then return granted.givers[name] end
  granted.givers[name] = giver or "another resource"
  table.insert(granted.environment, { name = name, value = value, giver = giver, at = at })
end

--- A secret for the containers of the service, as the variable `name`; `from` is what ECS calls ValueFrom. Allow the
--- execution role to read it with `allow_execution`. `giver` is what messages call who gives it.
function grants.secret(service, name, from, giver)
  table.insert(of(service).secrets, { name = name, from = from, giver = giver })
end

--- The service's tasks may connect to `port` of `group` (a security group id). `noun` makes the rule's logical id
--- unique: `WebToDbDatabaseIngress` for "ToDbDatabaseIngress".
function grants.reach(service, rule)
  table.insert(of(service).reach, {
    noun = rule.noun, group = rule.group, port = rule.port, protocol = rule.protocol or "tcp",
    description = rule.description,
  })
end

--- The service's tasks join a security group (its id).
function grants.join(service, group)
  table.insert(of(service).groups, group)
end

--- The service's container answers for a target group: `{ group, port, container }`; `container` may be nil for the
--- service's own.
function grants.target(service, target)
  table.insert(of(service).targets, target)
end

--- The ECS service is created after `resource`.
function grants.after(service, resource)
  table.insert(of(service).after, resource)
end

--- The service scales in steps with a metric: `{ noun, metric, steps, scale_in_cooldown, scale_out_cooldown, at }`,
--- where `metric` are the properties of an alarm and `steps` are `{ lower, upper, count }`. `kinds/step_scaling` makes
--- it.
function grants.scale(service, steps)
  table.insert(of(service).scaling, steps)
end

return grants
