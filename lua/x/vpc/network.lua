--- Where things get their addresses. `x-vpc` says: a VPC of the stack's own (Properties, and the default), an existing one by its
--- ids (Lookup), or one that whoever deploys names (Parameters). It is made when somebody asks for it.
local lazy <const> = engine.use("base/lazy")
local definitions <const> = engine.use("kinds/definitions")
local given <const> = lazy("x/vpc/given_vpc")
local own_vpc <const> = engine.use("x/vpc/own_vpc")
local read <const> = engine.use("base/read")
local run <const> = engine.use("base/run")
local network <const> = {}

local tiers <const> = { app = "AppSubnets", public = "PublicSubnets", storage = "StorageSubnets" }

--- The VPC of the project: whichever of the three the file asks for.
local vpc <const> = run.once(function()
  local definition <const> = definitions.single("x-vpc")
  return given.is_given(definition.body) and given.make(definition.body) or own_vpc.make(definition)
end)

--- Whether the VPC is the stack's own.
function network.is_own() return vpc().made ~= nil end

--- The id of the VPC.
function network.vpc()
  local made <const> = vpc().made
  return made and made:ref() or vpc().id
end

--- The block of addresses of the VPC, or nil when it is not the stack's own.
function network.cidr() return vpc().cidr end

--- Names of the groups of subnets that there are.
function network.groups()
  local names <const> = { "AppSubnets", "PublicSubnets", "StorageSubnets" }
  for _, name in ipairs(vpc().names or {}) do
    if not read.index(names, name) then table.insert(names, name) end
  end
  return names
end

--- The subnet ids of a tier (`app`, `public`, `storage`) or of a group by its name (`AppSubnets`, or one of the file's own), for a
--- property that takes a list of ids. `where` is the place that asks, for the error when there is no such group.
function network.subnets(tier, where)
  local group <const> = tiers[tier] or tier
  local own <const> = vpc()
  if not own.made then return own.subnets(group, where) end
  for name, of in pairs(tiers) do
    if of == group then
      local ids <const> = {}
      for _, subnet in ipairs(own.tiers[name]) do table.insert(ids, subnet:ref()) end
      return ids
    end
  end
  engine.error(where, "x-vpc has no subnets \"" .. tostring(group) .. "\"",
    engine.near(tostring(group), network.groups(), "it has"))
  return {}
end

--- How many subnets a tier has; nil when only whoever deploys knows.
function network.zones()
  return vpc().made and #vpc().zones or nil
end

--- What anything on the internet side needs before it can be reached.
function network.way_in() return vpc().public_route end

--- The compose networks that name a group of subnets, as `{ name, group, where }`.
local with_group <const> = run.once(function()
  local list <const> = {}
  for name, body in pairs(engine.section("networks") or {}) do
    local group <const> = read.is_mapping(body) and body["x-vpc"] or nil
    if type(group) == "string" then
      table.insert(list, { name = name, group = group, where = { body, "x-vpc" } })
    elseif group ~= nil then
      engine.error({ body, "x-vpc" }, "networks::" .. name .. " x-vpc must be the name of a group of subnets", "write x-vpc: PublicSubnets")
    end
  end
  return list
end)

--- The group of subnets that the compose networks of a family name (`networks: {n: {x-vpc: PublicSubnets}}`), and its place.
local group_of <const> = run.by_name(function(family)
  local on <const> = {}
  for _, service in ipairs(family.services) do on[service.name] = read.set(read.names(service.networks or {})) end
  local group, where
  for _, row in ipairs(with_group()) do
    for _, service in ipairs(family.services) do
      if on[service.name][row.name] then
        if group and group ~= row.group then
          engine.warn({ service, "networks" }, "services::" .. service.name .. " is on networks of two subnet groups: its tasks are in "
            .. group .. " only", "a task has one network interface: put it on networks of one group")
          return { name = group, where = where }
        end
        group, where = row.group, row.where
      end
    end
  end
  return { name = group, where = where }
end)

--- The subnets of a family's tasks.
function network.subnets_of(family)
  local group <const> = group_of(family)
  return network.subnets(group.name or "app", group.where)
end

--- What the tasks of a family need before they can start: the routes on which they reach their image, or the endpoints.
function network.ways_out(family)
  local own <const> = vpc()
  local group <const> = group_of(family).name or "AppSubnets"
  if group == "AppSubnets" then return own.nat == "none" and own.endpoints.made or own.app_routes or {} end
  return group == "PublicSubnets" and own.public_route and { own.public_route } or {}
end

--- Makes what the file asks for explicitly; the rest is made when it is asked for.
function network.make(definition)
  if not given.is_given(definition.body) then vpc() end
end

--- What keeps the tasks of a family from their images by where they stand: nil when nothing does, else the place, what, and the remedy.
local function obstacle(family, has_public_address)
  local group <const>, where <const> = group_of(family).name, group_of(family).where
  if group == "StorageSubnets" then
    return where, "services::" .. family.main.name .. " is in StorageSubnets, which no route leads out of", "put it into AppSubnets"
  elseif group == "PublicSubnets" and not has_public_address then
    return where, "services::" .. family.main.name .. " is in PublicSubnets without a public address: it cannot fetch its image",
      "write x-network: {AssignPublicIp: true}, or put it into AppSubnets"
  end
end

--- Reports what the tasks of a family do not reach without NAT: images that are not on ECR, and AWS services without an endpoint.
local function report_unreached(own, family, images, needed)
  local subject <const>, missing <const> = "services::" .. family.main.name, {}
  for _, image in ipairs(images) do
    engine.warn({ family.main, "image" }, subject .. " cannot fetch " .. image .. ": x-vpc has no NAT, and the image is not on ECR",
      "push it to ECR, or write Nat: one")
  end
  for _, name in ipairs(needed) do
    if not read.index(own.endpoints, name) then table.insert(missing, name) end
  end
  if #missing == 0 then return end
  engine.warn(family.main, subject .. " needs " .. table.concat(missing, ", ") .. ", and x-vpc has no NAT and no endpoint for "
    .. (#missing > 1 and "them" or "it"), "add to x-vpc Endpoints: {AwsServices: [" .. table.concat(missing, ", ") .. "]}, or write Nat: one")
end

--- Reports, once each, what keeps tasks from their images and from AWS in a VPC of the stack's own. `of` answers of a family:
--- `has_public_address`, the images that are not on ECR (`images`), and the AWS services that it needs (`needed`).
function network.check(families, of)
  -- Whoever has a task with an address has asked for the VPC.
  if #families == 0 or not network.is_own() then return end
  local own <const>, reported <const> = vpc(), {}
  for _, family in ipairs(families) do
    local where <const>, text <const>, remedy <const> = obstacle(family, of.has_public_address(family))
    if where and not reported[text] then engine.warn(where, text, remedy) end
    if text then reported[text] = true end
    if own.nat == "none" and (group_of(family).name or "AppSubnets") == "AppSubnets" then
      report_unreached(own, family, of.images(family), of.needed(family))
    end
  end
end

return network
