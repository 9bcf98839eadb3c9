--- Alarms that stop a deployment (`DeploymentConfiguration: {Alarms: {AlarmNames: [x-alarms::errors]}}`): alarms of the file by their pointers.
local pointers <const> = engine.use("kinds/pointers")
local read <const> = engine.use("base/read")
local values <const> = engine.use("kinds/values")

--- Whether an alarm watches a service of the family.
local function watches(alarm, family)
  local name <const> = read.at(alarm.body, "MacroParameters", "ServiceName")
  return name ~= nil and (name == family.name or family.by_name[name] ~= nil)
end

--- The name of an alarm. One that watches the service itself is made after it, so the service has to know the name that it will have.
--- https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ecs-readme.html (2026-11-29)
local function name_of(alarm, family)
  if not alarm.resource or not watches(alarm, family) then return values.of(alarm, "AlarmName") end
  local own <const> = alarm.resource.Properties
  own.AlarmName = own.AlarmName or composex.sub("${AWS::StackName}-") .. alarm.name
  return own.AlarmName
end

--- Puts names in place of the pointers in the AlarmNames of the service's `properties`.
return function(family, properties)
  local alarms <const> = read.at(properties.DeploymentConfiguration, "Alarms")
  local list <const> = read.at(alarms, "AlarmNames")
  if not read.is_list(list) then return end
  local names <const>, copy <const> = {}, {}
  for index, text in ipairs(list) do
    local where <const> = { list, index }
    local is_pointer <const> = type(text) == "string" and text:find("^x%-alarms::[^:]+$") ~= nil
    local alarm <const> = is_pointer and pointers.definition(text, where)
    names[index] = alarm and engine.placed(name_of(alarm, family), where) or type(text) == "string" and engine.placed(text, where) or text
  end
  for name in pairs(alarms) do copy[name] = read.placed(alarms, name) end
  copy.AlarmNames = names
  properties.DeploymentConfiguration.Alarms = copy
end
