--- x-aps: Workspaces of Amazon Managed Service for Prometheus.
local definitions <const> = engine.use("kinds/definitions")
local read <const> = engine.use("base/read")

local function log_group(workspace, value, where)
  if value == false then return end
  local properties <const> = { RetentionInDays = 7 }
  if read.is_mapping(value) then
    for name, given in pairs(value) do properties[name] = engine.placed(given, { value, name }) end
  elseif value ~= true then
    return engine.error(where, workspace.subject .. " CreateNewLogGroup must be true or properties of a log group")
  end
  local group <const> = definitions.add(workspace, "log_group", "AWS::Logs::LogGroup", "WorkspaceLogGroup", properties)
  workspace.resource.Properties.LoggingConfiguration = { LogGroupArn = group:att("Arn") }
end

return {
  key      = "x-aps",
  type     = "AWS::APS::Workspace",
  noun     = "Workspace",
  keep     = "RetainExceptOnCreate",
  returns  = {
    Arn = "Ref", WorkspaceId = "WorkspaceId", PrometheusEndpoint = "PrometheusEndpoint",
    RemoteWriteUrl = "${PrometheusEndpoint}api/v1/remote_write", QueryUrl = "${PrometheusEndpoint}api/v1/query",
  },
  env      = { ["{NAME}"] = "Arn" },
  lookup   = {
    arn     = "arn:{partition}:aps:{region}:{account}:workspace/{id}",
    returns = {
      WorkspaceId = "{id}", PrometheusEndpoint = "https://aps-workspaces.{region}.{suffix}/workspaces/{id}/",
      RemoteWriteUrl = "https://aps-workspaces.{region}.{suffix}/workspaces/{id}/api/v1/remote_write",
      QueryUrl = "https://aps-workspaces.{region}.{suffix}/workspaces/{id}/api/v1/query",
    },
  },
  access   = {
    RW          = { "aps:DescribeWorkspace", "aps:RemoteWrite" },
    Query       = { "aps:DescribeWorkspace", "aps:QueryMetrics" },
    ReadActions = { "Query", "aps:GetLabels", "aps:GetMetricMetadata", "aps:GetSeries" },
  },
  links    = { ["KmsKeyArn"] = "x-kms.Arn" },
  accepts  = { macros = { CreateNewLogGroup = { apply = log_group } } },
}
