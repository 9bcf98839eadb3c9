--- Alarms that stop a deployment (`DeploymentConfiguration: {Alarms: {AlarmNames: [x-alarms::errors]}}`): alarms of the file by their pointers.
local definitions <const> = engine.use("kinds/definitions")
local pointers <const> = engine.use("kinds/pointers")
local read <const> = engine.use("base/read")
local values <const> = engine.use("kinds/values")

--- Whether a name is the family's, or that of one of its services.
local function is_of(name, family)
  return type(name) == "string" and (name == family.name or family.by_name[name] ~= nil)
end

--- Whether a text below `value` is a value of the family's service (`services::web::Name`).
local function names(value, family)
  if type(value) == "string" then return is_of(value:match("^services::([%w._-]+)"), family) end
  for _, each in pairs((read.is_mapping(value) or read.is_list(value)) and value or {}) do
    if names(each, family) then return true end
  end
  return false
end

--- Whether an alarm watches a service of the family: itself, or by the alarms that it is made of.
local function watches(alarm, family, seen)
  if seen[alarm.name] then return false end
  seen[alarm.name] = true
  local macros <const> = read.at(alarm.body, "MacroParameters")
  if is_of(read.at(macros, "ServiceName"), family) or is_of(read.at(macros, "For"), family) then return true end
  if names(alarm.body.Properties, family) then return true end
  local expression <const> = read.at(macros, "CompositeExpression")
  for name in (type(expression) == "string" and expression or ""):gmatch("%(%s*([%w._-]+)%s*%)") do
    local part <const> = definitions.find("x-alarms", name)
    if part and watches(part, family, seen) then return true end
  end
  return false
end

--- The name of an alarm. One that watches the service itself is made after it, so the service has to know the name that it will have.
--- https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ecs-readme.html (2026-11-29)
local function name_of(alarm, family)
  if not alarm.resource or not watches(alarm, family, {}) then return values.of(alarm, "AlarmName") end
  local own <const> = alarm.resource.Properties
  own.AlarmName = own.AlarmName or composex.sub("${AWS::StackName}-") .. alarm.name
  return own.AlarmName
end

--- Puts names in place of the pointers in the AlarmNames of the service's `properties`.
return function(family, properties)
  local alarms <const> = read.at(properties.DeploymentConfiguration, "Alarms")
  local list <const> = read.at(alarms, "AlarmNames")
  if not read.is_list(list) then return end
  local found <const>, copy <const> = {}, {}
  for index, text in ipairs(list) do
    local where <const> = { list, index }
    local is_pointer <const> = type(text) == "string" and text:find("^x%-alarms::[^:]+$") ~= nil
    local alarm <const> = is_pointer and pointers.definition(text, where)
    found[index] = alarm and engine.placed(name_of(alarm, family), where) or type(text) == "string" and engine.placed(text, where) or text
  end
  for name in pairs(alarms) do copy[name] = read.placed(alarms, name) end
  copy.AlarmNames = found
  -- Who names alarms wants them to count, unless the file says otherwise.
  if copy.Enable == nil then copy.Enable = true end
  if copy.Rollback == nil then copy.Rollback = true end
  properties.DeploymentConfiguration.Alarms = copy
end
