--- x-alarms: CloudWatch alarms: of a metric, of other alarms, and ready-made ones for services, databases and queues.
local alarms <const> = engine.use("x/alarms/alarms_parts")

return {
  key      = "x-alarms",
  id       = "Alarm",
  keys     = { "Topics" },
  returns  = { AlarmName = "Ref", Arn = "Arn" },
  kinds    = {
    {
      when     = function(body)
        local macros <const> = body.MacroParameters
        return macros ~= nil and macros.CompositeExpression ~= nil
          or body.Properties ~= nil and body.Properties.AlarmRule ~= nil
      end,
      type     = "AWS::CloudWatch::CompositeAlarm",
      links    = alarms.action_links,
      macros   = { CompositeExpression = alarms.expression },
      companions = { alarms.topics },
      serve    = alarms.no_scaling,
    },
    {
      type     = "AWS::CloudWatch::Alarm",
      defaults = {
        TreatMissingData = function(alarm) return alarm.predefined and "notBreaching" or nil end,
      },
      links    = alarms.links,
      macros   = { ServiceName = alarms.service, Predefined = alarms.noted, For = alarms.predefined },
      companions = { alarms.topics, alarms.balancers }, checks = alarms.checks,
      serve    = alarms.serve,
    },
  },
  grants   = { "Scaling" },
  finish   = alarms.finish,
}
