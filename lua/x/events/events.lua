--- x-events: EventBridge rules and schedules that run services as tasks, or send to queues, topics and streams.
local events <const> = engine.use("x/events/event_targets")
local links <const> = engine.use("x/events/event_links")

return {
  key      = "x-events",
  noun     = "Rule",
  returns  = { Arn = "Arn", Name = "Ref" },
  kinds    = {
    {
      when  = function(body)
        local properties <const> = body.Properties
        return properties ~= nil and (properties.FlexibleTimeWindow ~= nil
          or properties.ScheduleExpressionTimezone ~= nil)
      end,
      type  = "AWS::Scheduler::Schedule",
      noun  = "Schedule",
      links = links.of_schedules,
      defaults = { FlexibleTimeWindow = { Mode = "OFF" } },
      hooks = { finish = events.finish_schedule },
    },
    { type = "AWS::Events::Rule", noun = "Rule", links = links.of_rules, hooks = { finish = events.finish } },
  },
  accepts  = { service = { TaskCount = "any", DeleteDefaultService = "any", Input = "any", Command = "any", DeadLetter = "any" } },
  hooks    = { serve = events.serve },
  checks   = {
    ["must have a target: a service of Services, or Targets"] = function(made)
      local properties <const> = made.Properties
      if made.type == "AWS::Scheduler::Schedule" then return properties.Target ~= nil end
      return properties.Targets ~= nil
    end,
    ["must have a ScheduleExpression or an EventPattern"] = function(made)
      local properties <const> = made.Properties
      return properties.ScheduleExpression ~= nil or made.type == "AWS::Events::Rule" and properties.EventPattern ~= nil
    end,
  },
}
