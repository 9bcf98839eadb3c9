--- What clusters of databases have in common: their instances, and their parameter groups.
local definitions <const> = engine.use("kinds/definitions")
local read <const> = engine.use("base/read")
local database <const> = {}

--- The properties of a mapping, each placed.
function database.properties(node)
  local made <const> = {}
  for name, value in pairs(node) do made[name] = engine.placed(value, { node, name }) end
  return made
end

local function add(definition, rows, number, given)
  local made <const> = {}
  for name, value in pairs(rows.defaults(definition)) do made[name] = value end
  for name, value in pairs(given or {}) do made[name] = value end
  made.DBClusterIdentifier = definition.resource:ref()
  definitions.written(definition, definitions.add(definition, "instance_" .. number, rows.type,
    definition.noun .. "Instance" .. number, made))
end

--- The instances of a cluster: those of `MacroParameters.Instances`, else one. `rows` are `{ type, defaults }`.
function database.instances(rows)
  return function(definition)
    if rows.skip and rows.skip(definition) then return end
    local node <const> = read.path(definition.body, "MacroParameters.Instances")
    if node == nil or read.is_list(node) and #node == 0 then return add(definition, rows, 1) end
    local where <const> = { definition.body.MacroParameters, "Instances" }
    if not read.is_list(node) then
      return engine.error(where, definition.subject .. " Instances must be a list of the properties of instances")
    end
    for index = 1, #node do
      local given <const> = read.as_mapping(node[index], { node, index }, definition.subject .. " Instances")
      add(definition, rows, index, database.properties(given))
    end
  end
end

--- A macro that makes a parameter group and gives its name to `property`.
function database.parameter_group(type, property, noun)
  return { apply = function(definition, value, where)
    local body <const> = read.as_mapping(value, where, definition.subject .. " parameter group")
    local properties <const> = database.properties(body)
    properties.Description = properties.Description or "Parameters of " .. definition.name
    local made <const> = definitions.written(definition,
      definitions.add(definition, "parameter_group", type, definition.noun .. noun, properties))
    definition.resource.Properties[property] = made:ref()
  end }
end

--- A macro that names the policy that bounds the roles made for the definition, by its name or its ARN.
database.boundary = { apply = function(definition, value, where, name)
  if type(value) ~= "string" then
    return engine.error(where, definition.subject .. " " .. name .. " must be the name or ARN of a policy")
  end
  local arn <const> = value:find("^arn:") and value
    or composex.sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/" .. value)
  definition.boundary = engine.placed(arn, where)
end }

--- Names that engines keep to themselves.
local reserved <const> = { "admin", "data", "database", "db", "default", "main", "mysql", "postgres", "rdsadmin",
  "sys", "test" }

--- The name of the database in a cluster: the definition's letters and digits, unless engines reserve it.
function database.name(definition)
  local name <const> = definition.name:gsub("[^%w]", "")
  if not name:find("^%a") or read.has(reserved, name:lower()) then return nil end
  return name:sub(1, 63)
end

return database
