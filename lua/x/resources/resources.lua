--- x-resources: A resource of any CloudFormation type, with access that the file states itself.

local access <const> = engine.use("kinds/any_access")
local values <const> = engine.use("kinds/values")

--- The `Type` of a definition; a missing one is reported when the resource is made.
local function type_of(body)
  return type(body.Type) == "string" and body.Type or nil
end

--- `AWS::Lambda::Function` -> `Function`.
local function noun(body)
  return type_of(body) and body.Type:match("(%w+)$") or "Resource"
end

--- The ARN, whatever the type calls it; some types have none.
local function arn(definition)
  local name <const> = values.arn_of(definition.resource)
  return name == "Ref" and definition.resource:ref() or definition.resource:att(name or "Arn")
end

local function attributes(definition)
  local body <const> = definition.body
  for _, name in ipairs { "DependsOn", "Metadata", "Condition" } do
    if body[name] ~= nil then definition.resource[name] = body[name] end
  end
end

return {
  key     = "x-resources",
  type    = type_of,
  noun    = noun,
  -- Every attribute of the type is a return value.
  returns = { Ref = "Ref", Arn = arn, ["*"] = true },
  env     = { ["{NAME}"] = "Ref" },
  permits = { grant = access.permit },
  accepts = { definition = { Type = "any", DependsOn = "any", Metadata = "any", Condition = "any" } },
  hooks   = { after_make = attributes },
}
