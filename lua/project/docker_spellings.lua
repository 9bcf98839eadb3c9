--- The keys of Docker's ECS integration (docker compose in an `ecs` context, retired in November 2023), and what composex says for them.
--- https://docs.docker.com/cloud/ecs-compose-features/ and github.com/docker-archive/compose-cli, ecs/ (2026-11-29)
local docker_ports <const> = engine.use("project/docker_ports")
local read <const> = engine.use("base/read")
local shape <const> = engine.use("base/shape")
local text <const>, number <const>, value <const> = shape.text, shape.number, shape.value

-- Values --------------------------------------------------------------------------------------------------------------

--- Without a max nothing scales: Docker refused that (and showed it in its documentation), ECS ComposeX took 1.
local function scaling(written, at)
  local least <const> = written.min or 1
  if written.max == nil then
    engine.warn({ at.holder, at.key }, at.subject .. " has no max: the number of tasks stays " .. least, "write max: 10")
  end
  return {
    Range = least .. "-" .. (written.max or least),
    TargetScaling = (written.cpu or written.memory) and { CpuTarget = written.cpu, MemoryTarget = written.memory } or nil,
  }
end

--- An existing load balancer gets a listener for each published port, as Docker did; by a name, composex lookup asks for it.
--- https://docs.docker.com/cloud/ecs-integration/
local function load_balancer(name, at)
  local kind = name:match("^arn:[%w-]+:elasticloadbalancing:[^:]*:%d*:loadbalancer/(%a+)/")
  if name:find("^arn:") and kind ~= "app" and kind ~= "net" then
    return engine.error({ at.holder, at.key }, at.subject .. " is not the ARN of a load balancer", "write its ARN or its name")
  end
  local ports <const> = docker_ports.of(at.root, true)
  kind = kind or docker_ports.kind(ports)
  local listeners <const>, services <const>, taken <const> = docker_ports.listeners(at.root, ports, kind)
  if #listeners == 0 then
    if not engine.failed() then
      engine.warn({ at.holder, at.key, "key" }, at.subject .. " has no effect: no service publishes a port", "write ports at the service that it leads to")
    end
    return false
  end
  local resources <const> = read.at(at.root, "x-aws-cloudformation", "Resources")
  for id in pairs(taken) do engine.respell(resources, id, {}) end
  local found <const> = { [name:find("^arn:") and "Arn" or "Name"] = name }
  return { front = { Lookup = { loadbalancer = found }, Listeners = listeners, Services = services } }
end

--- Keys of the JSON of a secret; `*` would need its value.
local function json_keys(written, at)
  local keys <const> = read.is_list(written) and written or { written }
  for _, key in ipairs(keys) do
    if key == "*" then
      return engine.error({ at.holder, at.key }, at.subject .. " \"*\" needs the value of the secret, which rendering does not read",
        "name the keys: " .. at.key .. ": [username, password]")
    end
  end
  return keys
end

-- Rows ----------------------------------------------------------------------------------------------------------------

--- What Docker reads at a port: `https` is a web server too, whose listener was HTTP.
local protocols <const> = shape.one_of { "http", "https" }
local autoscaling <const> = shape.record { min = number, max = number, cpu = number, memory = number }
local deployment <const> = "services.*.x-ecs.Service.DeploymentConfiguration."

--- Percents of a deployment stood in three places.
local function percent(holder, key, property)
  return { from = holder .. "." .. key, to = deployment .. property, shape = number, yields = true }
end

--- Keys that Docker knew or that are taken for its own, without a counterpart that a row could write.
local other_words <const> = {
  ["x-aws-subnets"] = "write x-vpc: {Lookup: {VpcId: vpc-0a1b2c3d4e5f, AppSubnets: [subnet-0a1b2c3d4e5f]}}",
  ["x-aws-efs"] = "write x-efs: {FileSystemId: fs-0a1b2c3d4e5f}: a volume has x-efs and x-ebs",
  ["x-aws-certificate"] = "write Certificates: [{Arn: ...}] at the listener of x-elbv2",
}

return {
  prefix = "x-aws-", project = "project/docker_project", kept = { ["x-aws-cloudformation"] = "", ["x-aws-pull_credentials"] = "services.*" },
  other_words = other_words,
  whose = "Docker's ECS integration", without = { ["volumes.*"] = "a volume has x-efs and x-ebs, and options of EFS in driver_opts" },
  rows = {
    { from = "x-aws-cluster", to = "x-cluster", shape = shape.either(text, shape.cloudformation) },
    {
      from = "x-aws-vpc", to = "x-vpc", shape = text,
      as = function(id) return { Lookup = { VpcId = id:match("^arn:.*(vpc%-%x+)$") or id } } end,
    },
    {
      from = "x-aws-loadbalancer", to = "x-elbv2", shape = text, as = load_balancer,
      today = "x-elbv2: {front: {Lookup: {loadbalancer: {Arn: ...}}, Listeners: [...], Services: {...}}}",
    },
    { from = "services.*.ports.*.x-aws-protocol", to = "services.*.ports.*.app_protocol", shape = protocols, yields = true },
    {
      from = "services.*.x-aws-role", to = "services.*.x-iam.Policies", shape = shape.map(shape.any), adds = true,
      today = "x-iam: {Policies: [{PolicyName: NAME, PolicyDocument: {...}}]}",
      instead = function(role)
        return type(role) == "string" and role:find("^arn:[%w-]+:iam:") and "x-iam: {TaskRoleArn: " .. role .. "}" or nil
      end,
      as = function(document, at) return { { PolicyName = at.names[1] .. "-role", PolicyDocument = document } } end,
    },
    { from = "services.*.x-aws-policies", to = "services.*.x-iam.ManagedPolicyArns", shape = shape.list(value), adds = true },
    { from = "services.*.deploy.x-aws-autoscaling", to = "services.*.x-scaling", shape = autoscaling, as = scaling, yields = true },
    { from = "services.*.x-aws-autoscaling", to = "services.*.x-scaling", shape = autoscaling, as = scaling, yields = true },
    { from = "services.*.x-aws-logs_retention", to = "services.*.x-logging.RetentionInDays", shape = number, yields = true },
    { from = "x-aws-logs_retention", to = "services.*.x-logging.RetentionInDays", shape = number, yields = true },
    percent("services.*.deploy.update_config", "x-aws-min_percent", "MinimumHealthyPercent"),
    percent("services.*.deploy.update_config", "x-aws-max_percent", "MaximumPercent"),
    percent("services.*", "x-aws-min_percent", "MinimumHealthyPercent"),
    percent("services.*", "x-aws-max_percent", "MaximumPercent"),
    { from = "secrets.*.x-aws-keys", to = "secrets.*.x-secrets.Files", shape = shape.either(text, shape.list(text)), as = json_keys },
    { from = "networks.*.x-aws-securitygroup", to = "networks.*.x-network.SecurityGroup", shape = text },
  },
}
