--- x-dashboards: CloudWatch dashboards of services and of what they use.
local dashboard <const> = engine.use("x/dashboards/widgets")

return {
  key      = "x-dashboards",
  type     = "AWS::CloudWatch::Dashboard",
  id       = "Dashboard",
  keys     = { "Resources", "Type" },
  settings = { "start", "periodOverride" },
  returns  = { DashboardName = "Ref" },
  grants   = { "UsePredefinedMetrics", "Metrics" },
  make     = dashboard.make,
  serve    = dashboard.serve,
  finish   = dashboard.finish,
}
