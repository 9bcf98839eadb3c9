--- Values of a definition: what a service, a policy or another resource gets of it by name.
local lazy <const> = engine.use("base/lazy")
local definitions <const> = engine.use("kinds/definitions")
local read <const> = engine.use("base/read")
local lookup <const> = lazy("kinds/lookup")
local values <const> = {}

--- A row of `returns`: `"Ref"`, an attribute, a text with `${...}`, `{ part = "secret", "Ref" }`, or a function.
local function returned(definition, row)
  if type(row) == "function" then return row(definition) end
  if type(row) == "table" then
    local part <const> = definitions.part(definition, row.part)
    if not part then return nil end
    return row[1] == "Ref" and part:ref() or part:att(row[1])
  end
  if row:find("${", 1, true) then return values.expand(definition, row) end
  return row == "Ref" and definition.resource:ref() or definition.resource:att(row)
end

--- The value of that name: a row of `returns`, or an attribute of the type. nil when the definition does not have it.
function values.of(definition, name)
  -- What is wrong with it has been reported.
  if definition.is_wrong and definition.module.stage then return nil end
  if definition.lookup then return lookup.value(definition, name) end
  local row <const> = definition.module.returns[name]
  return returned(definition, row == nil and name or row)
end

--- A text whose `${Name}` are values of the definition, and whose `${AWS::Region}` are pseudo parameters.
function values.expand(definition, text)
  local made, rest = nil, text
  local function join(value) made = made == nil and value or made .. value end
  while true do
    local before <const>, name <const>, after <const> = rest:match("^(.-)%${([%w:._-]+)}(.*)$")
    if not before then break end
    if before ~= "" then join(before) end
    local value <const> = name:find("^AWS::") and composex.ref(name)
      or definition.lookup and lookup.value(definition, name, true) or values.of(definition, name)
    if value == nil then return nil end
    join(value)
    rest = after
  end
  if rest ~= "" then join(rest) end
  return made
end

--- Types without an attribute for their ARN whose Ref it is.
--- https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secret.html and those beside it (2026-11-29)
local arn_is_ref <const> = {
  ["AWS::SecretsManager::Secret"] = true, ["AWS::CertificateManager::Certificate"] = true, ["AWS::CloudFormation::Stack"] = true,
  ["AWS::SNS::Subscription"] = true, ["AWS::ElasticLoadBalancingV2::TrustStore"] = true,
}

--- What of a resource of any type is its ARN: `Arn`, the attribute that is called after the type (`PolicyArn` of a ManagedPolicy), or
--- `Ref`; nil when nothing is.
function values.arn_of(resource)
  local type_name <const> = resource.type
  local known <const> = engine.attributes(resource)
  if known == nil or read.has(known, "Arn") then return "Arn" end
  for _, name in ipairs(known) do
    local stem <const> = name:match("^(%u%w*)Arn$")
    if stem and type_name:sub(-#stem) == stem then return name end
  end
  return arn_is_ref[type_name] and "Ref" or nil
end

--- Whether `Arn`, which x-resources has for every type, is nothing that a resource of this type has.
local function lacks(definition, name)
  return name == "Arn" and definition.key == "x-resources" and definition.resource ~= nil and not definition.lookup
    and values.arn_of(definition.resource) == nil
end

--- The names that the definition can return: those of its module, and in an open one those of its type as well.
function values.names(definition)
  local names <const> = {}
  for name in pairs(definition.module.returns) do
    if name ~= "*" and not lacks(definition, name) then table.insert(names, name) end
  end
  if not definition.module.returns["*"] or not definition.resource then return names end
  for _, name in ipairs(engine.attributes(definition.resource) or {}) do
    if not read.has(names, name) then table.insert(names, name) end
  end
  return names
end

--- Whether the definition has a value of that name, as far as its module says.
function values.has(definition, name)
  if definition.module.returns[name] ~= nil then return name ~= "*" and not lacks(definition, name) end
  if definition.lookup then return lookup.states(definition, name) end
  if not definition.module.returns["*"] or not definition.resource then return false end
  local known <const> = engine.attributes(definition.resource)
  return known == nil or read.has(known, name)
end

return values
