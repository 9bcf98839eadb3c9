--- What tasks need of AWS: the endpoints of a VPC that lead to it where nothing else leads out, and images that no endpoint leads to.
local roles <const> = engine.use("task/roles")
local values <const> = engine.use("kinds/texts")
local endpoint_needs <const> = {}

--- The endpoint by the prefix of the actions that a role may do; false for what a task reaches inside the VPC, or does not call itself.
--- https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html (2026-11-29)
local by_prefix <const> = {
  ["aoss"] = false, ["dax"] = false, ["ecr"] = false, ["elasticache"] = false, ["elasticfilesystem"] = false, ["es"] = false, ["iam"] = false,
  ["kafka-cluster"] = false, ["kms"] = false, ["mq"] = false, ["neptune-db"] = false, ["rds-db"] = false,
  ["aps"] = "aps-workspaces", ["cloudwatch"] = "monitoring", ["firehose"] = "kinesis-firehose", ["kinesis"] = "kinesis-streams",
}

--- What every task on an instance talks to.
--- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html (2026-11-29)
local of_instances <const> = { "ecs", "ecs-agent", "ecs-telemetry" }

--- Adds a name to a list that has each once.
local function add(list, name)
  if list[name] then return end
  list[name] = true
  table.insert(list, name)
end

local function add_granted(list, granted)
  for _, grant in ipairs(granted) do
    for _, action in ipairs(grant.actions) do
      local prefix <const> = tostring(action):match("^([%w-]+):")
      local endpoint = by_prefix[prefix]
      if endpoint == nil then endpoint = prefix end
      -- Other services decrypt what they hold; only keys of one's own are asked for by tasks.
      if prefix == "kms" and grant.key == "x-kms" then endpoint = "kms" end
      if endpoint then add(list, endpoint) end
    end
  end
end

local function is_on_ecr(image) return image:find("%.dkr[.-]ecr") ~= nil end

--- What the containers of a task pull: `{ image, parameter, is_own }`, where the image is a string, or the parameter has it; an own
--- container is one of a service, whose image is built and pushed to ECR when the file names none.
local function images(family)
  local list <const>, own <const> = {}, {}
  for _, service in ipairs(family.services) do own[values.name(service.name)] = true end
  for _, each in ipairs(family.made.definition.ContainerDefinitions or {}) do
    local text <const> = tostring(each.Image or "")
    table.insert(list, { image = text, parameter = text:match("^%${([%w]+)}"), is_own = own[tostring(each.Name)] })
  end
  return list
end

--- What is pulled from elsewhere than ECR, each once, as messages call it.
function endpoint_needs.foreign_images(family)
  local list <const> = {}
  for _, each in ipairs(images(family)) do
    if each.parameter and not each.is_own then add(list, "the image of the parameter " .. each.parameter) end
    if not each.parameter and each.image ~= "" and not is_on_ecr(each.image) then add(list, each.image) end
  end
  return list
end

--- The endpoints that the tasks of a family need, each once.
function endpoint_needs.of(family)
  local list <const> = {}
  for _, each in ipairs(images(family)) do
    if is_on_ecr(each.image) or each.parameter and each.is_own then
      for _, name in ipairs { "ecr.api", "ecr.dkr", "s3" } do add(list, name) end
    end
  end
  for _, each in ipairs(family.made.definition.ContainerDefinitions or {}) do
    local logs <const> = each.LogConfiguration
    if logs ~= nil and tostring(logs.LogDriver) == "awslogs" then add(list, "logs") end
  end
  add_granted(list, roles.granted(family, "execution"))
  add_granted(list, roles.granted(family, "statements"))
  for _, arn in ipairs(family.managed_policies) do
    if tostring(arn):find("XRay", 1, true) then add(list, "xray") end
  end
  if not family.fargate then
    for _, name in ipairs(of_instances) do add(list, name) end
  end
  return list
end

return endpoint_needs
