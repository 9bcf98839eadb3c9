--- Variables that a definition gives a service: under the names of `ReturnValues`, else under the module's own.
local grants <const> = engine.use("kinds/grants")
local read <const> = engine.use("base/read")
local lookup <const> = engine.use("base/lazy")("kinds/lookup")
local values <const> = engine.use("kinds/values")
local environment <const> = {}

--- `my-jobs` -> `MY_JOBS`.
function environment.name(template, name)
  local upper <const> = name:upper():gsub("-", "_"):gsub("[^%w_]", "")
  return (template:gsub("{NAME}", upper))
end

--- Whether the compose file itself sets that variable, which is stronger than what resources give.
local function is_own(service, variable)
  local own <const> = engine.section("services")[service].environment
  return own ~= nil and own[variable] ~= nil
end

--- Gives the variable, unless two definitions would give it; that is reported. A name of the module's own (`by_default`) gives way to one
--- that the file says.
function environment.give(definition, service, variable, value, where, by_default)
  if value == nil or is_own(service, variable) then return end
  local giver <const> = grants.variable(service, variable, value, definition.subject, where, by_default)
  if giver and giver ~= definition.subject then
    engine.error(where, definition.subject .. " and " .. giver .. " both give services::" .. service .. " the variable "
      .. variable, "name them apart with ReturnValues")
  end
end

--- The name that a row of ReturnValues gives: a text, or `{ EnvVarName: ... }`.
local function variable_of(wanted, returned)
  local row <const> = wanted[returned]
  if read.is_mapping(row) then
    read.keys(row, { "EnvVarName" }, "ReturnValues " .. returned)
    return row.EnvVarName
  end
  return row
end

--- The variables that `body.ReturnValues` names, and those that the module always gives.
function environment.grant(definition, service, body)
  local module <const>, named <const> = definition.module, {}
  local wanted <const> = read.as_mapping(body.ReturnValues, { body, "ReturnValues" }, "ReturnValues",
    "write each value and the variable that it fills, " .. (values.names(definition)[1] or "Ref") .. ": NAME")
  for returned in pairs(wanted) do
    local variable <const> = variable_of(wanted, returned)
    if not values.has(definition, returned) then
      engine.error({ wanted, returned, "key" }, module.key .. " has no return value \"" .. returned .. "\"",
        engine.near(returned, values.names(definition), "it has"))
    elseif type(variable) ~= "string" or not variable:find("^[%a_][%w_]*$") then
      engine.error({ wanted, returned }, "ReturnValues " .. returned .. " must be the name of an environment variable",
        "write " .. returned .. ": NAME, of letters, digits and _")
    else
      named[returned] = true
      environment.give(definition, service, variable, values.of(definition, returned), { wanted, returned })
    end
  end
  for template, returned in pairs(module.env or {}) do
    if not named[returned] and not (definition.lookup and not lookup.knows(definition, returned)) then
      local name <const> = environment.name(template, definition.name)
      environment.give(definition, service, name, values.of(definition, returned), definition.at, true)
    end
  end
end

return environment
