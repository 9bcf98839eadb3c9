--- Second target groups: where the traffic of a service is shifted, its new tasks answer for one group and its old ones for another, and
--- the weights of one rule lead from these to those. ECS changes them while it deploys.
--- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/alb-resources-for-blue-green.html (2026-11-29)
local shifting <const> = engine.use("project/shifting")
local elb_alternates <const> = {}

--- The priority of rules that stand for the default of a listener, after all others.
local last_priority <const> = 50000

--- Gives the target group of a service whose traffic is shifted its second one. `properties` are those of the first, `names` what
--- it is called in ids (`called`, `noun`).
function elb_alternates.make(group, member, names, properties)
  if not shifting.of(member.family) then return end
  local made <const> = {}
  for name, value in pairs(properties) do made[name] = value end
  group.rules = {}
  group.alternate = engine.add {
    type = "AWS::ElasticLoadBalancingV2::TargetGroup", key = "services", name = member.service.name, part = "alternate_group",
    family = names.called, noun = names.noun:gsub("TargetGroup$", "AlternateTargetGroup"), at = group.at, properties = made,
  }
end

--- Reports a target group that several services share: ECS shifts between the two groups of one service.
function elb_alternates.check_shared(list, where, subject)
  for _, member in ipairs(list) do
    if shifting.of(member.family) then
      return engine.error(where, subject .. " is shared, and the traffic of services::" .. member.service.name .. " is shifted between two groups",
        "name the service below Services of the load balancer, or write Strategy: ROLLING")
    end
  end
end

--- The forward to a group: by weights where there is a second one, which has nobody yet.
function elb_alternates.forward(group)
  if not group.alternate then return { Type = "forward", TargetGroupArn = group.made:ref() } end
  return { Type = "forward", ForwardConfig = { TargetGroups = {
    { TargetGroupArn = group.made:ref(), Weight = 1 }, { TargetGroupArn = group.alternate:ref(), Weight = 0 },
  } } }
end

--- Remembers what leads to a group: the rule of an application load balancer, or the listener of a network load balancer.
function elb_alternates.note(group, made)
  if group.alternate then table.insert(group.rules, made) end
end

--- The default of a listener has no ARN that ECS could be told: a last rule for everything leads there in its place.
function elb_alternates.lead(balancer, listener, group, made, forward)
  if not group.alternate then return nil end
  if balancer.kind == "network" then
    elb_alternates.note(group, made)
    return nil
  end
  local rule <const> = engine.add {
    type = "AWS::ElasticLoadBalancingV2::ListenerRule", key = "x-elbv2", name = balancer.name, part = "rule " .. listener.port .. " default",
    noun = listener.port .. engine.pascal((group.name:gsub(":", "-"))) .. "DefaultRule", at = listener.where, properties = {
      ListenerArn = listener.arn, Priority = last_priority, Conditions = { { Field = "path-pattern", PathPatternConfig = { Values = { "/*" } } } },
      Actions = forward,
    },
  }
  elb_alternates.note(group, rule)
  return rule
end

--- What ECS needs to shift the traffic of a target: `AdvancedConfiguration`; nil where it is not shifted. `role` is a function that
--- returns the role by which ECS changes the load balancer.
function elb_alternates.advanced(target, role)
  local group <const> = target.shifted
  if not group then return nil end
  if #group.rules > 1 then
    engine.error(group.at, "services::" .. target.container .. " has " .. #group.rules
      .. " rules that lead to it, and ECS shifts the traffic of one: the others would lead to tasks that are gone",
      "leave one of them: redirect the other listeners, or join the rules' conditions")
  end
  return {
    AlternateTargetGroupArn = group.alternate:ref(), RoleArn = role():att("Arn"), ProductionListenerRule = group.rules[1] and group.rules[1]:ref(),
  }
end

return elb_alternates
