--- The rules of listeners: their priorities, and what waits for them.
local access <const> = engine.use("x/elbv2/elb_conditions")
local actions <const> = engine.use("x/elbv2/elb_actions")
local alternates <const> = engine.use("x/elbv2/elb_alternates")
local digest <const> = engine.use("base/digest")
local grants <const> = engine.use("kinds/grants")
local read <const> = engine.use("base/read")
local targets <const> = engine.use("x/elbv2/target_groups")
local elb_rules <const> = {}

--- Numbers from 0 below `step`, one for each rule and no two alike: digests of what the rules are called.
local function offsets(ruled, step)
  local used <const>, count <const>, list <const> = {}, {}, {}
  for index, target in ipairs(ruled) do
    local name <const> = target.group.name
    count[name] = (count[name] or 0) + 1
    local offset = digest.number(name .. " " .. count[name], step)
    while used[offset] and index < step do offset = (offset + 1) % step end
    used[offset], list[index] = true, offset
  end
  return list
end

--- Priorities in the order of the file. Those of two rules differ wherever these stand, because a listener has no two rules of one
--- priority at any time: a rule that is put before others moves each to a number that no other one has had.
--- https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SetRulePriorities.html (2026-11-29)
local function priorities(listener, ruled, subject)
  local taken <const>, list <const> = {}, {}
  for index, target in ipairs(ruled) do
    local own <const> = read.number(target.said, "Priority", 1, 50000, subject .. " Targets")
    if own and taken[own] then
      engine.error({ target.said, "Priority" }, subject .. " has two rules of priority " .. own, "give each its own")
    end
    if own then
      taken[own] = true
      list[index] = read.placed(target.said, "Priority")
    end
  end
  local first <const> = listener.first_priority or 1
  local step <const> = listener.first_priority and 100 or #ruled <= 120 and 400 or math.max(1, 49000 // #ruled)
  local numbers <const> = offsets(ruled, step)
  local last = 0
  for index in ipairs(ruled) do
    if not list[index] then
      last = first + (index - 1) * step + numbers[index]
      while taken[last] do last = last + 1 end
      taken[last], list[index] = true, last
    end
  end
  if last > 50000 then
    engine.error(ruled[1].where, subject .. " has more rules than there are priorities", "write some of them at a further listener")
  end
  return list
end

--- Whoever answers for the group waits for what leads to it: ECS refuses a group that no load balancer knows.
function elb_rules.wait(group, made)
  for _, member in ipairs(group.members) do grants.after(member.service.name, made, targets.families_of(member)) end
end

--- Reports a group of GRPC or HTTP2 that a listener without encryption leads to: load balancers speak HTTP/2 by TLS only, and HTTP/1.1
--- to neither.
--- https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html (2026-11-29)
function elb_rules.check_version(listener, target, group, subject)
  local version <const> = group.body.ProtocolVersion
  if listener.protocol ~= "HTTP" or version ~= "GRPC" and version ~= "HTTP2" then return end
  engine.error(target and target.where or listener.where, subject .. " is HTTP, and " .. group.name .. " a target of " .. version
    .. ", which needs HTTPS", "write Certificates: [{x-acm: NAME}] at the listener, or DomainName at the load balancer")
end

--- Makes the rules of a listener, one for each target of `ruled`.
function elb_rules.make(balancer, listener, ruled, subject)
  local numbers <const> = priorities(listener, ruled, subject)
  local count <const> = {}
  for index, target in ipairs(ruled) do
    local name <const> = engine.pascal((target.group.name:gsub(":", "-")))
    count[name] = (count[name] or 0) + 1
    elb_rules.check_version(listener, target, target.group, subject)
    local made <const> = engine.add {
      type = "AWS::ElasticLoadBalancingV2::ListenerRule", key = "x-elbv2", name = balancer.name,
      part = "rule " .. listener.port .. " " .. index, at = target.where,
      noun = listener.port .. name .. (count[name] > 1 and count[name] or "") .. "Rule",
      properties = {
        ListenerArn = listener.arn, Priority = numbers[index],
        Conditions = access.conditions(target.said, target.where, subject .. " Targets." .. target.group.name),
        Actions = actions.forward(balancer, listener, target.node, target.group, subject .. " Targets." .. target.group.name),
      },
    }
    elb_rules.wait(target.group, made)
    alternates.note(target.group, made)
  end
end

return elb_rules
