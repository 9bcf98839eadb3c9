--- Who reaches the ports that services offer by name (`task/service_connect`), as rules of security groups.
---
--- `x-composex: {isolation: network}`, the default, is that of compose: whoever shares a network with a service reaches it. With
--- `declared` a network leads nowhere by itself: `depends_on` and `links` of a service open the ports of what they name, to it alone
--- (`task/declared_rules`). `x-network.Ingress` and load balancers open theirs in both.
local lazy <const> = engine.use("base/lazy")
local declared <const> = lazy("task/declared_rules")
local families <const> = engine.use("project/families")
local network_group <const> = engine.use("task/network_group")
local port_ranges <const> = engine.use("task/port_ranges")
local read <const> = engine.use("base/read")
local roles <const> = engine.use("task/roles")
local run <const> = engine.use("base/run")
local service_connect <const> = engine.use("task/service_connect")
local network_rules <const> = {}

--- Groups of a network interface: a quota that contracts hold as well.
--- https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html (2026-11-29)
local most_groups <const> = 5

--- Whether only what the file declares leads from one service to another.
local is_declared <const> = run.once(function()
  return read.at(engine.section("x-composex"), "isolation") == "declared"
end)

--- The security groups that a family carries beside that of its own and those of networks.
local function others(family)
  local count = 0
  for _, service in ipairs(family.services) do
    for _ in pairs(read.at(service, "x-network", "AdditionalSecurityGroups") or {}) do count = count + 1 end
  end
  local joined <const> = {}
  for _, group in ipairs(roles.granted(family, "groups")) do
    if not joined[tostring(group.id)] then count = count + 1 end
    joined[tostring(group.id)] = true
  end
  return count
end

--- Whether one group stands for all networks of a family: an interface does not take one for each.
local function has_one(family)
  local count <const> = #service_connect.answered(family)
  return count > 1 and 1 + count + others(family) > most_groups
end

--- By the name of a network: `alone`, whether somebody carries its group, and `sets`, the lists of networks of those that carry one group
--- for all of theirs, each list once.
local carried <const> = run.once(function()
  local found <const>, seen <const> = {}, {}
  for _, family in ipairs(families.all()) do
    local names <const> = service_connect.answered(family)
    local is_one <const> = has_one(family)
    local set <const> = is_one and network_group.name_of_set(names)
    for _, name in ipairs(names) do
      found[name] = found[name] or { alone = false, sets = {} }
      if not is_one then found[name].alone = true end
      if is_one and not seen[set] then table.insert(found[name].sets, names) end
    end
    if is_one then seen[set] = true end
  end
  return found
end)

--- The groups that stand for the members of a network, as `{ group, name, says }`.
local function groups_of(name)
  local list <const> = {}
  local members <const> = carried()[name] or { alone = true, sets = {} }
  if members.alone then table.insert(list, { group = network_group.of(name), name = name, says = "From the compose network " .. name }) end
  for _, set in ipairs(members.sets) do
    table.insert(list, {
      group = network_group.of_set(set), name = network_group.name_of_set(set) .. "-networks",
      says = "From " .. #set .. " compose networks",
    })
  end
  return list
end

--- The security groups that a family carries beside its own: those of the networks on which somebody answers, or one for all of them.
function network_rules.groups(family)
  local list <const> = {}
  if is_declared() then return list end
  local names <const> = service_connect.answered(family)
  if has_one(family) then return { network_group.of_set(names):att("GroupId") } end
  for _, name in ipairs(names) do table.insert(list, network_group.of(name):att("GroupId")) end
  return list
end

--- The security groups of those that a family reaches over its networks, for rules of what it may connect to.
function network_rules.reached(family)
  local list <const>, seen <const> = {}, {}
  for _, name in ipairs(is_declared() and {} or service_connect.answered(family)) do
    for _, each in ipairs(groups_of(name)) do
      if not seen[each.name] then table.insert(list, each.group:att("GroupId")) end
      seen[each.name] = true
    end
  end
  return list
end

--- Opens the ports of a family to the members of its networks.
local function open(family, own)
  local ranges <const>, done <const> = port_ranges.of(service_connect.offers(family)), {}
  port_ranges.report_many(family, ranges)
  for _, name in ipairs(#ranges > 0 and service_connect.answered(family) or {}) do
    for _, source in ipairs(groups_of(name)) do
      for _, range in ipairs(not done[source.name] and ranges or {}) do
        port_ranges.open(family, own, range, source.group, source.name, source.says)
      end
      done[source.name] = true
    end
  end
end

--- Opens the ports of those that answer. Runs when the families are made.
function network_rules.open()
  if is_declared() then return declared.open() end
  for _, family in ipairs(families.all()) do
    if family.made.security_group then open(family, family.made.security_group) end
  end
end

return network_rules
