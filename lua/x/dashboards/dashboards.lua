--- x-dashboards: CloudWatch dashboards of services and of what they use.
local dashboard <const> = engine.use("x/dashboards/widgets")

return {
  key      = "x-dashboards",
  type     = "AWS::CloudWatch::Dashboard",
  noun     = "Dashboard",
  returns  = { DashboardName = "Ref" },
  accepts  = {
    definition = { Resources = "any", Type = "any" },
    settings = { start = "any", periodOverride = "any" },
    service = { UsePredefinedMetrics = "any", Metrics = "any" },
  },
  hooks    = { make = dashboard.make, serve = dashboard.serve, finish = dashboard.finish },
}
