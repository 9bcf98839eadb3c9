--- What Docker's ECS integration did for a whole file, said in today's words: its ports were published by a load balancer, and its named
--- volumes were file systems of EFS. Files that say something in composex's own words are not for it.
local docker_ports <const> = engine.use("project/docker_ports")
local read <const> = engine.use("base/read")

--- Keys of composex: who writes one of them says what is published himself.
local own <const> = read.set {
  "x-acm", "x-alarms", "x-cluster", "x-configs", "x-dashboards", "x-dynamodb", "x-ebs", "x-ecs", "x-efs", "x-elasticache", "x-elbv2", "x-environment",
  "x-events", "x-iam", "x-kinesis", "x-kms", "x-logging", "x-monitoring", "x-network", "x-prometheus", "x-rds", "x-resources", "x-route53", "x-s3",
  "x-scaling", "x-secrets", "x-sns", "x-sqs", "x-ssm_parameter", "x-tags", "x-vpc", "x-wafv2_webacl", "x-xray",
}

--- Ids of Docker, and those of today; false where there is no such resource any more, with the reason.
local renamed <const> = {
  { "^(.+)TaskExecutionRole$", "%1ExecutionRole" },
  { "^(.+)ServiceDiscoveryEntry$", false, "services find each other by Service Connect" },
  { "^CloudMap$", false, "services find each other by Service Connect" },
  { "^LoadBalancer$", "PublicLoadBalancer" },
}

--- Whether something in the file is for Docker's ECS integration, and nothing is in composex's words.
local function is_docker(keys)
  for key in pairs(keys) do
    if own[key] then return false end
  end
  return true
end

--- The first key of Docker's at the top, or of a port, for messages.
local function first_place(root)
  for key in pairs(root) do
    if type(key) == "string" and key:find("^x%-aws%-") then return { root, key, "key" } end
  end
  for _, service in pairs(root.services or {}) do
    for key in pairs(read.is_mapping(service) and service or {}) do
      if type(key) == "string" and key:find("^x%-aws%-") then return { service, key, "key" } end
    end
    for _, port in ipairs(read.is_mapping(service) and service.ports or {}) do
      if read.is_mapping(port) and port["x-aws-protocol"] ~= nil then return { port, "x-aws-protocol", "key" } end
    end
  end
end

--- The load balancer that Docker made, and the ids of the overlay that it says; nil without ports.
local function balancer(root)
  local ports <const> = docker_ports.of(root, false)
  if #ports == 0 then return nil, {} end
  local kind <const> = docker_ports.kind(ports)
  local listeners <const>, services <const>, taken <const> = docker_ports.listeners(root, ports, kind)
  return {
    Properties = { Scheme = "internet-facing", Type = kind == "app" and "application" or "network" },
    MacroParameters = { Ingress = { ExtSources = { { IPv4 = "0.0.0.0/0", Name = "ANY" } } } }, Listeners = listeners, Services = services,
  }, taken
end

--- Ids of the overlay that are called otherwise today, or that nothing stands for.
local function rename(resources)
  for _, id in ipairs(read.names(resources)) do
    for _, row in ipairs(renamed) do
      if id:find(row[1]) and row[2] then
        engine.respell(resources, id, { { resources, { (id:gsub(row[1], row[2])) } } })
      elseif id:find(row[1]) then
        engine.warn({ resources, id, "key" }, "x-aws-cloudformation " .. id .. " has no effect: " .. row[3], "leave it out")
        engine.respell(resources, id, {})
      end
    end
  end
end

--- What is put beside the first of Docker's keys that is respelled, as targets of `engine.respell`: `x-elbv2` and `x-composex.volumes`.
return function(root, keys)
  local place <const>, added <const>, words <const> = first_place(root), {}, {}
  local resources <const> = read.at(root, "x-aws-cloudformation", "Resources")
  local is_of_docker <const> = place ~= nil and is_docker(keys)
  if is_of_docker and root["x-aws-loadbalancer"] == nil and read.at(root, "x-composex", "publish") == nil then
    local section <const>, taken <const> = balancer(root)
    if section then
      table.insert(added, { root, { "x-elbv2", "public" }, section })
      table.insert(words, "ports are published by a load balancer (x-elbv2)")
    end
    for id in pairs(taken) do engine.respell(resources, id, {}) end
  end
  if is_of_docker and read.is_mapping(root.volumes) and #read.names(root.volumes) > 0 and read.at(root, "x-composex", "volumes") == nil then
    table.insert(added, { root, { "x-composex", "volumes" }, "efs" })
    table.insert(words, "volumes are kept on EFS (x-composex: {volumes: efs})")
  end
  -- Its tasks had addresses of their own, without which they reach no registry from a default VPC.
  if is_of_docker and root["x-aws-vpc"] ~= nil then
    for _, service in pairs(read.is_mapping(root.services) and root.services or {}) do
      if read.is_mapping(service) then table.insert(added, { service, { "x-network", "AssignPublicIp" }, true }) end
    end
    table.insert(words, "tasks have public addresses (x-network: {AssignPublicIp: true})")
  end
  if read.is_mapping(resources) then rename(resources) end
  if #words > 0 then
    engine.warn(place, "as Docker's ECS integration did: " .. table.concat(words, ", "), "say it in the file: composex migrate writes it")
  end
  return added
end
