--- The variables of a container: the file's own, what resources and sidecars give, and secrets.
local lazy <const> = engine.use("base/lazy")
local read <const> = engine.use("base/read")
local shell <const> = engine.use("base/shell")
local roles <const> = engine.use("task/roles")
local secrets <const> = lazy("task/secrets")
local values <const> = engine.use("kinds/texts")
local environment <const> = {}

local function sorted(mapping)
  local names <const> = {}
  for name in pairs(mapping) do table.insert(names, name) end
  table.sort(names)
  return names
end

--- The parameters that `x-environment: {SetAsParameter}` asks for: variable to definition.
local function parameters(service)
  local section <const> = read.at(service, "x-environment", "SetAsParameter")
  local wanted <const> = {}
  if read.is_list(section) then
    for index, name in ipairs(section) do wanted[name] = { where = { section, index } } end
  else
    for name, definition in pairs(section or {}) do wanted[name] = { where = { section, name, "key" }, definition = definition } end
  end
  return wanted
end

--- A parameter of the template in the place of a variable, whose value is the default.
local function parameter(service, name, value, wanted)
  local made <const> = { Type = "String", Default = value, Description = "The variable " .. name .. " of service " .. service.name }
  for key, entry in pairs(wanted.definition or {}) do made[key] = entry end
  local is_hidden <const> = tostring(made.NoEcho):lower() == "true"
  if is_hidden and wanted.definition.Default ~= nil then
    engine.error({ wanted.definition, "Default" }, "the parameter of " .. name .. " has NoEcho and a Default, which everybody reads who sees the template",
      "remove the Default")
  elseif is_hidden and made.AllowedValues ~= nil then
    engine.error({ wanted.definition, "AllowedValues" }, "the parameter of " .. name
      .. " has NoEcho and AllowedValues, which everybody reads who sees the template", "remove the AllowedValues")
  elseif is_hidden then
    made.Default = nil
    engine.note(wanted.where, "the value of " .. name .. " is not in the template: give it when the template is deployed",
      "--parameter-overrides " .. engine.pascal(service.name) .. engine.pascal(name) .. "=" .. shell.variable(name))
  end
  return engine.parameter(engine.pascal(service.name) .. engine.pascal(name), made)
end

--- The file's own variables, unset ones left out.
local function own(service)
  local made <const> = {}
  local wanted <const> = parameters(service)
  for name, value in pairs(service.environment or {}) do
    if value ~= nil and wanted[name] then
      made[name] = parameter(service, name, tostring(value), wanted[name])
    elseif value ~= nil then
      values.check_names_value(tostring(value), { service.environment, name })
      values.check_unknown_section(tostring(value), { service.environment, name }, "services::" .. service.name .. " environment " .. name)
      made[name] = values.text(tostring(value), { service.environment, name }, service)
    end
  end
  for name, entry in pairs(wanted) do
    if made[name] == nil then
      engine.error(entry.where, "services::" .. service.name .. " has no variable \"" .. name .. "\"",
        engine.near(name, read.names(service.environment or {}), "it has"))
    end
  end
  return made
end

local function listed(made, key)
  local list <const> = {}
  for _, name in ipairs(sorted(made)) do table.insert(list, { Name = name, [key] = made[name] }) end
  return #list > 0 and list or nil
end

--- Environment and Secrets of a service's container, by name: the file's values are stronger than given ones, secrets than both.
function environment.of(service, family)
  local made <const>, filled <const> = own(service), {}
  local fillers <const> = {}
  for _, secret in ipairs(service.secrets ~= nil and secrets.variables(service, family) or {}) do
    local other <const> = fillers[secret.Name]
    if other and other.from ~= secret.from then
      engine.error(secret.where, "secrets::" .. other.from .. " and secrets::" .. secret.from .. " both fill "
        .. secret.Name .. " of services::" .. service.name, "name them apart with VarName")
    elseif other then
      engine.error(secret.where, "secrets::" .. secret.from .. " fills " .. secret.Name .. " twice",
        "name the keys apart with VarName")
    end
    fillers[secret.Name] = secret
    filled[secret.Name] = secret.ValueFrom
  end
  for _, secret in ipairs(roles.granted_to(service, family, "secrets")) do filled[secret.name] = filled[secret.name] or secret.from end
  for _, given in ipairs { roles.granted_to(service, family, "environment"), family.environment[service.name], family.variables } do
    for _, variable in ipairs(given) do
      if made[variable.name] == nil then
        made[variable.name] = variable.at and engine.placed(variable.value, variable.at) or variable.value
      end
    end
  end
  for name in pairs(filled) do
    if read.at(service.environment, name) ~= nil then
      engine.warn({ service.environment, name, "key" }, "services::" .. service.name .. " environment " .. name
        .. " gives way to the secret of that name")
    end
    made[name] = nil
  end
  return { Environment = listed(made, "Value"), Secrets = listed(filled, "ValueFrom") }
end

return environment
