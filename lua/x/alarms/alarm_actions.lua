--- What an alarm does when it goes off: it notifies topics, and scales services.
local grants <const> = engine.use("kinds/grants")
local scaling <const> = engine.use("kinds/step_scaling")
local topics <const> = engine.use("x/alarms/alarm_topics")
local actions <const> = {}

--- The link of a list of actions.
actions.topic = { "x-sns.TopicArn", after = function(_, topic, where) topics.open(topic, where) end }

local function add_action(resource, name, value)
  local properties <const> = resource.Properties
  if properties[name] == nil then
    properties[name] = { value }
  else
    properties[name][#properties[name] + 1] = value
  end
end

--- `Topics: [{x-sns: news, NotifyOn: all}]`; without NotifyOn a topic hears of alarms only.
function actions.topics(alarm)
  local list <const> = alarm.body.Topics
  if list == nil then return end
  for _, row in ipairs(topics.read(list, { alarm.body, "Topics" }, alarm.subject .. " Topics", "alarm")) do
    -- The policy of a topic is opened when the links are read: by then it is known which keys encrypt it.
    local value <const> = row.topic and "x-sns::" .. row.topic.name or row.value
    for _, name in ipairs(row.actions) do add_action(alarm.resource, name, engine.placed(value, row.where)) end
  end
end

function actions.serve(alarm, service, body)
  if body.Scaling == nil then return end
  local where <const> = { body, "Scaling" }
  local steps <const>, scale_in <const>, scale_out <const> = scaling.read(body.Scaling, where, alarm.subject)
  if not steps or #steps == 0 then return end
  local properties <const> = alarm.resource.Properties
  local threshold = properties.Threshold
  if type(threshold) ~= "number" then
    threshold = steps[1].lower
    if properties.Threshold == nil then properties.Threshold = engine.placed(threshold, where) end
  end
  grants.scale(service, {
    noun = engine.pascal(alarm.name), steps = steps, threshold = threshold, scale_in_cooldown = scale_in,
    scale_out_cooldown = scale_out, alarm = alarm.resource,
  })
end

function actions.no_scaling(alarm, service, _, where)
  engine.error(where, alarm.subject .. " is composed of other alarms, which CloudWatch lets scale nothing: not services::" .. service,
    "scale by one of the alarms that it is made of")
end

return actions
