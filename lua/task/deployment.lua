--- How many tasks a service has, how they are replaced, and where they are placed.
local fates <const> = engine.use("project/fates")
local compute <const> = engine.use("x/cluster/compute")
local read <const> = engine.use("base/read")
local shifting <const> = engine.use("project/shifting")
local deployment <const> = {}

--- Replicas of the family: the most that its services ask for, else one.
function deployment.count(family)
  local most, at
  for _, service in ipairs(family.services) do
    local deploy <const> = service.deploy
    local count, where
    if deploy ~= nil and deploy.replicas ~= nil then
      count, where = deploy.replicas, { deploy, "replicas" }
    elseif service.scale ~= nil then
      count, where = service.scale, { service, "scale" }
    end
    if type(count) == "number" and (not most or count > most) then most, at = count, where end
  end
  if not most then return 1, nil end
  return most, at
end

--- Whether one task runs per instance (`deploy.mode: global`).
function deployment.is_daemon(family)
  for _, service in ipairs(family.services) do
    if not family.fargate and compute.daemon_at(service) then return true end
  end
  return false
end

-- Deployments -------------------------------------------------------------------------------------------------------

--- The first update_config of the family.
local function update_of(family)
  for _, service in ipairs(family.services) do
    local update <const> = read.at(service, "deploy", "update_config")
    if update ~= nil then return update end
  end
end

--- Percents of `parallelism` and `order`: `start-first` starts that many beyond all, `stop-first` leaves that many out. Without an
--- order, new tasks start first, so that none is missed; but the only writer of a volume ends before the next one starts, which is
--- Docker's own default: two databases on one folder destroy it.
--- https://docs.docker.com/reference/compose-file/deploy/#update_config (2026-11-29)
local function percents(update, count, is_only_writer)
  local order <const>, at_once <const> = read.at(update, "order"), read.at(update, "parallelism")
  if order == nil and is_only_writer then return 100, 0 end
  if order == nil and at_once == nil then return 200, 100 end
  local share = 100
  if type(at_once) == "number" and at_once > 0 and count > 0 then share = math.min(100, math.ceil(at_once * 100 / count)) end
  local most, least = 100 + share, 100
  if order == "stop-first" then most, least = 100, 100 - share end
  local where <const> = { update, order ~= nil and "order" or "parallelism" }
  return engine.placed(most, where), engine.placed(least, where)
end

--- What ends a deployment that fails: rolled back unless `failure_action` says otherwise.
local function breaker(update)
  local action <const> = read.at(update, "failure_action")
  local made <const> = { Enable = action ~= "continue", Rollback = action == nil or action == "rollback" }
  if action ~= nil then
    made.Enable = engine.placed(made.Enable, { update, "failure_action" })
    made.Rollback = engine.placed(made.Rollback, { update, "failure_action" })
  end
  return made
end

--- The DeploymentConfiguration of the family.
function deployment.configuration(family, is_daemon)
  local update <const> = update_of(family)
  local count <const> = deployment.count(family)
  local is_only_writer <const> = family.writes_shared and count <= 1 and not family.scaling
  local most, least = percents(update, count, is_only_writer)
  if is_daemon then most, least = 100, 0 end
  return {
    -- "The deployment circuit breaker can only be used for services using the rolling update (ECS) deployment type":
    -- https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentCircuitBreaker.html (2026-11-29)
    DeploymentCircuitBreaker = not shifting.of(family) and breaker(update) or nil,
    MaximumPercent = most,
    MinimumHealthyPercent = least,
  }
end

-- Placement ---------------------------------------------------------------------------------------------------------

--- Docker's words for what ECS knows of an instance.
local node_words <const> = { ["node.platform.os"] = "ecs.os-type", ["node.platform.arch"] = "ecs.cpu-architecture" }

--- `node.labels.disk == ssd` as an expression of ECS; nil when it has no counterpart.
local function expression(text)
  local subject <const>, operator <const>, value <const> = text:match("^%s*([%w._-]+)%s*([!=]=)(.*)$")
  if not subject then return nil end
  local label <const> = subject:match("^node%.labels%.(.+)$") or subject:match("^engine%.labels%.(.+)$")
  local attribute <const> = node_words[subject] or label
  return attribute and "attribute:" .. attribute .. " " .. operator .. " " .. read.trimmed(value)
end

local function each_placement(family, visit)
  for _, service in ipairs(family.services) do
    local placement <const> = read.at(service, "deploy", "placement")
    if placement ~= nil then visit(service, placement) end
  end
end

--- PlacementConstraints and PlacementStrategies of the family, each nil when it asks for none. `spread` are the defaults.
function deployment.placement(family, spread, is_daemon)
  local constraints <const>, strategies <const> = {}, {}
  each_placement(family, function(service, placement)
    if family.fargate then return end
    for index, text in ipairs(placement.constraints or {}) do
      local made <const> = expression(text)
      if made then
        table.insert(constraints, { Type = "memberOf", Expression = engine.placed(made, { placement.constraints, index }) })
      else
        engine.warn({ placement.constraints, index },
          fates.without_effect(service, family, "placement " .. text, "an instance has no such attribute"),
          "constraints on node.labels, node.platform.os and node.platform.arch have")
      end
    end
    -- One task per instance is what a daemon is; ECS refuses to be given it.
    local most <const> = placement.max_replicas_per_node
    if type(most) == "number" and most > 1 then
      engine.warn({ placement, "max_replicas_per_node" }, fates.without_effect(service, family, "max_replicas_per_node " .. math.tointeger(most),
        "an instance runs one task of a service, or any number"), "write 1, or leave it out")
    end
    if most == 1 and not is_daemon then
      table.insert(constraints, { Type = engine.placed("distinctInstance", { placement, "max_replicas_per_node" }) })
    end
    for index, preference in ipairs(placement.preferences or {}) do
      local label <const> = (preference.spread or ""):gsub("^node%.labels%.", ""):gsub("^engine%.labels%.", "")
      table.insert(strategies, { Type = "spread", Field = engine.placed("attribute:" .. label, { placement.preferences, index }) })
    end
  end)
  return #constraints > 0 and constraints or nil, #strategies > 0 and strategies or spread
end

return deployment
