--- x-alarms: CloudWatch alarms: of a metric, of other alarms, and ready-made ones for services, databases and queues.
local alarms <const> = engine.use("x/alarms/alarms_parts")

return {
  key      = "x-alarms",
  noun     = "Alarm",
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
      accepts  = { macros = { CompositeExpression = { apply = alarms.expression } } },
      hooks    = { after_make = alarms.topics, serve = alarms.no_scaling },
    },
    {
      type     = "AWS::CloudWatch::Alarm",
      defaults = {
        TreatMissingData = function(alarm) return alarm.predefined and "notBreaching" or nil end,
      },
      links    = alarms.links,
      accepts  = { macros = {
        ServiceName = { apply = alarms.service }, Predefined = { apply = alarms.noted }, For = { apply = alarms.predefined },
      } },
      hooks    = { after_make = { alarms.topics, alarms.balancers }, serve = alarms.serve },
      checks   = alarms.checks,
    },
  },
  accepts  = { definition = { Topics = "any" }, service = { Scaling = "any" } },
  hooks    = { finish = alarms.finish },
}
