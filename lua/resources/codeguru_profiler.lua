--- x-codeguru_profiler: Profiling groups of Amazon CodeGuru.

--- The last part of the stack's id, so that two stacks of one project do not meet.
local function stack_part()
  return composex.sub("${AWS::StackName}")
end

local function name(group)
  local given <const> = group.body.Properties ~= nil and group.body.Properties.ProfilingGroupName or nil
  if given ~= nil then return nil end
  return stack_part() .. "-" .. group.name
end

local function append(group, value)
  local properties <const> = group.resource.Properties
  if value == true and properties.ProfilingGroupName ~= nil then
    properties.ProfilingGroupName = engine.placed(properties.ProfilingGroupName .. "-" .. stack_part(),
      { group.body.Properties, "ProfilingGroupName" })
  end
end

return {
  key      = "x-codeguru_profiler",
  type     = "AWS::CodeGuruProfiler::ProfilingGroup",
  id       = "ProfilingGroup",
  defaults = { ProfilingGroupName = name },
  returns  = { ProfileName = "Ref", Arn = "Arn" },
  env      = { ["{NAME}"] = "ProfileName", ["AWS_CODEGURU_PROFILER_GROUP_NAME"] = "ProfileName" },
  lookup   = {
    arn     = "arn:{partition}:codeguru-profiler:{region}:{account}:profilingGroup/{name}",
    returns = { ProfileName = "{name}" },
  },
  access   = {
    RW = { "codeguru-profiler:ConfigureAgent", "codeguru-profiler:PostAgentProfile" },
    RO = { "codeguru-profiler:DescribeProfilingGroup", "codeguru-profiler:GetProfile",
      "codeguru-profiler:ListProfileTimes" },
  },
  macros   = { AppendStackId = append },
}
