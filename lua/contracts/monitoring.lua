--- Contracts of Amazon Managed Service for Prometheus and of CodeGuru Profiler.
local checked <const> = "2026-11-29"
local workspaces <const> = "https://docs.aws.amazon.com/prometheus/latest/APIReference/API_CreateWorkspace.html"
local groups <const> = "https://docs.aws.amazon.com/codeguru/latest/profiler-api/API_CreateProfilingGroup.html"
local group <const> = "AWS::CodeGuruProfiler::ProfilingGroup"

return {
  {
    id = "aps-alias", on = "AWS::APS::Workspace", at = "Alias", length = { 1, 100 }, remedy = "write a shorter Alias", page = workspaces, checked = checked,
  },
  {
    id = "codeguru-name", on = group, at = "ProfilingGroupName", length = { 1, 255 }, remedy = "write a shorter ProfilingGroupName", page = groups,
    checked = checked,
  },
  {
    id = "codeguru-name-letters", on = group, at = "ProfilingGroupName", pattern = { "^[%w_-]+$", "letters, digits, _ and -" },
    remedy = "write it like shop-web",
    page = groups, checked = checked,
  },
}
