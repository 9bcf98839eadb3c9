--- Protection of stores against deletion, which whoever deploys turns on: a protected store cannot be deleted, so neither can a first
--- deployment that fails be rolled back. What the stack loses is kept or left as a snapshot all the same.
--- https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html (2026-11-29)
local read <const> = engine.use("base/read")
local protection <const> = {}

local name <const>, condition <const> = "DeletionProtection", "DeletionIsProtected"

--- The parameter, for a property that is a boolean.
function protection.parameter()
  return engine.parameter(name, {
    Type = "String", Default = "false", AllowedValues = { "true", "false" },
    Description = "Whether stores refuse to be deleted: true once the first deployment stands",
  })
end

--- What a module gives as the default of `property`: the parameter, or one of two words for those that know no booleans.
function protection.flag(property, on, off)
  return function(definition)
    if read.get(definition.resource.Properties, property) ~= nil then return nil end
    local parameter <const> = protection.parameter()
    if not on then return parameter end
    engine.condition(condition, { ["Fn::Equals"] = { parameter, "true" } })
    return { ["Fn::If"] = { condition, on, off } }
  end
end

return protection
