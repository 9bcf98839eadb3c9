--- Contracts of Amazon ECS: Service Connect, capacity providers and clusters.
local values <const> = engine.use("contracts/values")

local api <const> = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/"
local guide <const> = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/"
local checked <const> = "2026-11-29"
local service <const>, connect <const> = "AWS::ECS::Service", "ServiceConnectConfiguration"

--- The task definition of a service with Service Connect, as the template has it.
local function connected(properties, template)
  if not values.is_true(values.at(properties, connect .. ".Enabled")) then return nil end
  local made <const> = template.find(properties.TaskDefinition)
  return made and made.type == "AWS::ECS::TaskDefinition" and made.properties or nil
end

return {
  {
    id = "ecs-connect-aliases", on = service, at = connect .. ".Services[].ClientAliases", items = { 1, 1 },
    must = "must have one client alias for each port of Service Connect", remedy = "leave the others out",
    page = api .. "API_ServiceConnectService.html", checked = checked,
  },
  {
    id = "ecs-connect-port", on = service, given = connect, must = "must have ports of Service Connect that are named in its containers",
    faults = function(properties, _, template)
      local task <const>, names <const>, found <const> = connected(properties, template), {}, {}
      for _, container in ipairs(task and values.items(task.ContainerDefinitions) or {}) do
        for _, mapping in ipairs(values.items(container.PortMappings)) do
          if type(mapping.Name) == "table" then return {} end
          if mapping.Name then names[mapping.Name] = true end
        end
      end
      for index, item in ipairs(task and values.items(values.at(properties, connect .. ".Services")) or {}) do
        if type(item.PortName) == "string" and not names[item.PortName] then
          found[#found + 1] = { path = { connect, "Services", index, "PortName" }, detail = "no port has the name " .. item.PortName }
        end
      end
      return found
    end,
    remedy = "write the Name of a port mapping", page = api .. "API_ServiceConnectService.html", checked = checked,
  },
  {
    id = "ecs-connect-name", on = service, at = connect .. ".Services[].DiscoveryName",
    name = { 1, 64, "^[%l%d_][%l%d_-]*$", "lowercase letters, digits, _ and -" },
    must = "must have names in Service Connect of 1 to 64 lowercase letters, digits, _ and -", remedy = "write DiscoveryName: web",
    page = api .. "API_ServiceConnectService.html", checked = checked,
  },
  {
    id = "ecs-connect-dns-name", on = service, at = connect .. ".Services[].ClientAliases[].DnsName",
    name = { 1, 127, "^[%l%d_.][%l%d_.-]*$", "lowercase letters, digits, _, - and ." },
    must = "must have aliases in Service Connect of 1 to 127 lowercase letters, digits, _, - and .", remedy = "write DnsName: web",
    page = api .. "API_ServiceConnectClientAlias.html", checked = checked,
  },
  {
    id = "ecs-connect-memory", on = service, at = connect, given = connect, must = "must have a task memory for Service Connect, whose proxy is in the task",
    holds = function(properties, _, template)
      local task <const> = connected(properties, template)
      return not task or task.Memory ~= nil
    end,
    remedy = "write Memory at the task definition", page = guide .. "service-connect-concepts-deploy.html", checked = checked,
  },
  {
    id = "ecs-connect-windows", on = service, at = connect, given = connect, must = "must not use Service Connect on Windows",
    holds = function(properties, _, template)
      local task <const> = connected(properties, template)
      local system <const> = task and values.at(task, "RuntimePlatform.OperatingSystemFamily")
      return type(system) ~= "string" or not system:find("^WINDOWS")
    end,
    remedy = "leave ServiceConnectConfiguration out", page = guide .. "service-connect.html", checked = checked,
  },
  {
    id = "ecs-connect-request-timeout", on = service, given = connect, must = "must not have a timeout per request for a port of TCP in Service Connect",
    faults = function(properties, _, template)
      local task <const>, found <const>, protocols <const> = connected(properties, template), {}, {}
      for _, container in ipairs(task and values.items(task.ContainerDefinitions) or {}) do
        for _, mapping in ipairs(values.items(container.PortMappings)) do
          if type(mapping.Name) == "string" then protocols[mapping.Name] = mapping.AppProtocol or "tcp" end
        end
      end
      for index, item in ipairs(values.items(values.at(properties, connect .. ".Services"))) do
        local seconds <const> = values.number(values.at(item, "Timeout.PerRequestTimeoutSeconds"))
        if seconds and protocols[item.PortName] == "tcp" then
          found[#found + 1] = { path = { connect, "Services", index, "Timeout" }, detail = item.PortName .. " has no app_protocol" }
        end
      end
      return found
    end,
    remedy = "write app_protocol: http at the port, or leave the timeout out", page = api .. "API_TimeoutConfiguration.html", checked = checked,
  },
  {
    id = "ecs-connect-access-log", on = service, each = connect, at = "AccessLogConfiguration", needs = "LogConfiguration",
    must = "must have a LogConfiguration beside the access logs of Service Connect", remedy = "write LogConfiguration: {LogDriver: awslogs, ...}",
    page = api .. "API_ServiceConnectConfiguration.html", checked = checked,
  },
  {
    id = "ecs-provider-name", on = "AWS::ECS::CapacityProvider", at = "Name", must = "must have a Name that does not begin with aws, ecs or fargate",
    holds = function(provider)
      local name <const> = values.string(provider.Name)
      return not name or not (name:find("^aws") or name:find("^ecs") or name:find("^fargate"))
    end,
    remedy = "write Name: shop-instances", page = api .. "API_CreateCapacityProvider.html", checked = checked,
  },
  {
    id = "ecs-provider-protection", on = "AWS::ECS::CapacityProvider", at = "AutoScalingGroupProvider.ManagedTerminationProtection",
    when = { ["AutoScalingGroupProvider.ManagedTerminationProtection"] = "ENABLED" },
    must = "must have managed scaling, and a group that protects new instances from scale-in, for managed termination protection",
    holds = function(provider, _, template)
      local own <const> = provider.AutoScalingGroupProvider
      local scaling <const> = values.at(own, "ManagedScaling.Status")
      if own.ManagedScaling == nil or scaling == "DISABLED" then return false, nil, "and managed scaling is off" end
      local group <const> = template.find(own.AutoScalingGroupArn)
      if not group or group.type ~= "AWS::AutoScaling::AutoScalingGroup" then return true end
      local protects <const> = group.properties.NewInstancesProtectedFromScaleIn
      return type(protects) == "table" or values.is_true(protects), nil, "and " .. group.id .. " does not"
    end,
    remedy = "write NewInstancesProtectedFromScaleIn: true at the group, or ManagedTerminationProtection: DISABLED",
    page = api .. "API_AutoScalingGroupProvider.html", checked = checked,
  },
  {
    id = "ecs-cluster-name", on = "AWS::ECS::Cluster", at = "ClusterName", name = { 1, 255, "^[%w_-]+$", "letters, digits, _ and -" },
    must = "must have a ClusterName of 1 to 255 letters, digits, _ and -", remedy = "write ClusterName: shop",
    page = api .. "API_CreateCluster.html", checked = checked,
  },
  {
    id = "ecs-cluster-exec-logging", on = "AWS::ECS::Cluster", each = "Configuration.ExecuteCommandConfiguration", at = "Logging",
    when = { Logging = "OVERRIDE" }, needs = "LogConfiguration", must = "must have a LogConfiguration where Logging is OVERRIDE",
    remedy = "write Logging: DEFAULT, or LogConfiguration: {CloudWatchLogGroupName: ...}", page = api .. "API_ExecuteCommandConfiguration.html",
    checked = checked,
  },
}
