--- x-codeguru_profiler: Profiling groups of Amazon CodeGuru.

local own_names <const> = engine.use("kinds/own_names")

local function with_stack_part(text)
  return { ["Fn::Join"] = { "-", { text, own_names.stack_part() } } }
end

local function name(group)
  local given <const> = group.body.Properties ~= nil and group.body.Properties.ProfilingGroupName or nil
  if given ~= nil then return nil end
  return with_stack_part((group.name:gsub("[^%w-]", "-")))
end

local function append(group, value, where)
  if type(value) ~= "boolean" then
    return engine.error(where, group.subject .. " AppendStackId must be true or false", "write AppendStackId: true")
  end
  local properties <const> = group.resource.Properties
  if value and properties.ProfilingGroupName ~= nil then
    properties.ProfilingGroupName = engine.placed(with_stack_part(properties.ProfilingGroupName),
      { group.body.Properties, "ProfilingGroupName" })
  end
end

return {
  key      = "x-codeguru_profiler",
  type     = "AWS::CodeGuruProfiler::ProfilingGroup",
  noun     = "ProfilingGroup",
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
  accepts  = { macros = { AppendStackId = { apply = append } } },
}
