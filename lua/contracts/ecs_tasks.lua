--- Contracts of Amazon ECS: task definitions, as a whole.
local values <const> = engine.use("contracts/values")

local api <const> = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/"
local guide <const> = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/"
local register <const>, container_page <const> = api .. "API_RegisterTaskDefinition.html", api .. "API_ContainerDefinition.html"
local checked <const> = "2026-11-29"
local task <const>, containers <const> = "AWS::ECS::TaskDefinition", "ContainerDefinitions[]"

local function is_for(definition, platform) return values.has(definition.RequiresCompatibilities, platform) end

local function is_windows(definition)
  local system <const> = values.at(definition, "RuntimePlatform.OperatingSystemFamily")
  return type(system) == "string" and system:find("^WINDOWS") ~= nil
end

--- The most bytes of a task definition.
local most_bytes <const> = 64 * 1024

--- How many bytes a value has in the request: those of JSON, in which what CloudFormation computes counts as it is written.
local function size(value)
  if type(value) ~= "table" then return type(value) == "string" and #value + 2 or #tostring(value) end
  local sum = 2
  for key, each in pairs(value) do sum = sum + size(each) + 1 + (type(key) == "string" and #key + 3 or 0) end
  return sum
end

--- The largest part of a value, as long as it is most of what it stands in: the steps to it, and its bytes.
local function largest(value, steps)
  local all <const> = size(value)
  local most, found = all // 2, nil
  for key, each in pairs(type(value) == "table" and value or {}) do
    local own <const> = size(each)
    if own > most then most, found = own, key end
  end
  if found == nil then return steps, all end
  table.insert(steps, found)
  return largest(value[found], steps)
end

local nothing <const> = {}

--- What is wrong with a container of a task: `fault(container, definition)` gives the path below the container and a detail.
local function of_container(fault)
  return function(container, made)
    local path <const>, detail <const> = fault(container, made.properties)
    return path and { { path = path, detail = detail } } or nothing
  end
end

--- A property of a container that a task cannot have where `is_so(definition)`.
local function forbidden(id, property, is_so, must, remedy)
  return {
    id = id, on = task, each = containers, given = property, must = must, remedy = remedy or "leave " .. property .. " out",
    page = container_page, checked = checked,
    faults = of_container(function(container, definition)
      local value <const> = container[property]
      if values.is_false(value) or type(value) == "table" and next(value) == nil or not is_so(definition) then return nil end
      return { property }, (values.string(container.Name) or "one") .. " has it"
    end),
  }
end

local function not_on_windows(id, property)
  return forbidden("ecs-windows-" .. id, property, is_windows, "must not have " .. property .. " in a container on Windows")
end

--- A number of seconds in a container of a task on Fargate.
local function fargate_seconds(id, property)
  return {
    id = id, on = task, each = containers, given = property, must = "must have a " .. property .. " from 2 to 120 seconds on Fargate",
    faults = of_container(function(container, definition)
      local seconds <const> = is_for(definition, "FARGATE") and values.number(container[property])
      if seconds and (seconds < 2 or seconds > 120) then return { property }, "not " .. tostring(container[property]) end
    end),
    remedy = "write a value from 2 to 120", page = container_page, checked = checked,
  }
end

--- What is too much in all containers together: `of(container)` against a number of the task.
local function sum(id, property, of, must)
  return {
    id = id, on = task, at = property, given = property, must = must,
    holds = function(definition)
      local limit <const>, total = values.number(definition[property]), 0
      if not limit then return true end
      for _, container in ipairs(values.items(definition.ContainerDefinitions)) do total = total + (of(container) or 0) end
      return total <= limit, property, "and they ask for " .. total .. " of " .. limit
    end,
    remedy = "raise " .. property .. " of the task, or lower those of the containers", page = container_page, checked = checked,
  }
end

return {
  {
    id = "ecs-task-size", on = task, must = "must have at most " .. most_bytes .. " bytes",
    faults = function(made)
      local bytes <const> = size(made)
      if bytes <= most_bytes then return nothing end
      local steps <const>, own <const> = largest(made, {})
      return { { path = steps, detail = "it has " .. bytes .. ", of which " .. own .. " are here" } }
    end,
    remedy = "keep long values in x-ssm_parameter, a secret or a bucket, files in an image or on EFS, and name them here",
    page = guide .. "service-quotas.html", checked = checked,
  },
  {
    id = "ecs-family-name", on = task, at = "Family", name = { 1, 255, "^[%w_-]+$", "letters, digits, _ and -" },
    must = "must have a Family of 1 to 255 letters, digits, _ and -", remedy = "write Family: shop-web", page = register, checked = checked,
  },
  {
    id = "ecs-essential", on = task, at = "ContainerDefinitions", must = "must have at least one essential container",
    holds = function(definition)
      local list <const> = values.items(definition.ContainerDefinitions)
      for _, container in ipairs(list) do
        if not values.is_false(container.Essential) then return true end
      end
      return #list == 0
    end,
    remedy = "leave Essential: false out of one of them", page = container_page, checked = checked,
  },
  {
    id = "ecs-containers", on = task, at = "ContainerDefinitions", items = { 1, 10 }, must = "must have 1 to 10 containers",
    remedy = "put some of the services into another family: labels: {ecs.task.family: other}",
    page = guide .. "service-quotas.html", checked = checked,
  },
  {
    id = "ecs-memory", on = task, each = containers, must = "must have a memory for the task or for each container",
    faults = of_container(function(container, definition)
      if definition.Memory ~= nil or values.is_computed(container) or is_for(definition, "FARGATE") then return nil end
      if container.Memory == nil and container.MemoryReservation == nil then
        return {}, (values.string(container.Name) or "one") .. " has none"
      end
    end),
    remedy = "write deploy: {resources: {limits: {memory: 256M}}}", page = register, checked = checked,
  },
  sum("ecs-memory-sum", "Memory", function(container)
    return values.number(container.MemoryReservation) or values.number(container.Memory)
  end, "must have a Memory that holds what its containers reserve"),
  sum("ecs-cpu-sum", "Cpu", function(container) return values.number(container.Cpu) end, "must have a Cpu that holds what its containers reserve"),
  {
    id = "ecs-host-ports", on = task, each = containers, given = "PortMappings",
    must = "must have host ports that are the container ports, with the network modes awsvpc and host",
    faults = of_container(function(container, definition)
      if definition.NetworkMode ~= "awsvpc" and definition.NetworkMode ~= "host" then return nil end
      for index, mapping in ipairs(values.items(container.PortMappings)) do
        local host <const>, own <const> = values.number(mapping.HostPort), values.number(mapping.ContainerPort)
        if host and own and host ~= own and host ~= 0 then
          return { "PortMappings", index, "HostPort" }, "not " .. math.tointeger(host) .. " for " .. math.tointeger(own)
        end
      end
    end),
    remedy = "leave HostPort out", page = container_page, checked = checked,
  },
  forbidden("ecs-none-ports", "PortMappings", function(definition) return definition.NetworkMode == "none" end,
    "must not have port mappings with the network mode none", "leave them out, or write network_mode: bridge"),
  forbidden("ecs-hostname-awsvpc", "Hostname", function(definition) return definition.NetworkMode == "awsvpc" end,
    "must not have a Hostname in a container with the network mode awsvpc"),
  forbidden("ecs-extra-hosts-awsvpc", "ExtraHosts", function(definition)
    return definition.NetworkMode == "awsvpc" and not is_for(definition, "FARGATE")
  end, "must not have ExtraHosts in a container with the network mode awsvpc"),
  forbidden("ecs-links-bridge", "Links", function(definition)
    return (definition.NetworkMode == "awsvpc" or definition.NetworkMode == "host") and not is_for(definition, "FARGATE")
  end, "must not have Links in a container unless its network mode is bridge"),
  {
    id = "ecs-mount-volume", on = task, each = containers, given = "MountPoints", must = "must mount volumes that it has",
    faults = of_container(function(container, definition)
      local names <const> = {}
      for _, volume in ipairs(values.items(definition.Volumes)) do
        if type(volume.Name) ~= "string" then return nil end
        names[volume.Name] = true
      end
      if definition.Volumes ~= nil and #values.items(definition.Volumes) == 0 and next(definition.Volumes) ~= nil then return nil end
      for index, mount in ipairs(values.items(container.MountPoints)) do
        if type(mount.SourceVolume) == "string" and not names[mount.SourceVolume] then
          return { "MountPoints", index, "SourceVolume" }, "it has no volume " .. mount.SourceVolume
        end
      end
    end),
    remedy = "add it to Volumes: [{Name: data}]", page = api .. "API_MountPoint.html", checked = checked,
  },
  {
    id = "ecs-volume-name", on = task, at = "Volumes[].Name", name = { 1, 255, "^[%w_-]+$", "letters, digits, _ and -" },
    must = "must have volume names of 1 to 255 letters, digits, _ and -", remedy = "write Name: data", page = api .. "API_Volume.html", checked = checked,
  },
  {
    id = "ecs-efs-root", on = task, each = "Volumes[].EFSVolumeConfiguration", at = "RootDirectory",
    must = "must not have a RootDirectory beside an access point, which has its own",
    holds = function(volume)
      local root <const> = values.string(volume.RootDirectory)
      return values.at(volume, "AuthorizationConfig.AccessPointId") == nil or root == nil or root == "/"
    end,
    remedy = "leave RootDirectory out", page = api .. "API_EFSAuthorizationConfig.html", checked = checked,
  },
  {
    id = "ecs-efs-transit", on = task, each = "Volumes[].EFSVolumeConfiguration", at = "TransitEncryption",
    must = "must encrypt transit to a file system with an access point or IAM",
    holds = function(volume)
      local by_iam <const> = values.at(volume, "AuthorizationConfig.IAM") == "ENABLED"
      local is_open <const> = volume.TransitEncryption == nil or volume.TransitEncryption == "DISABLED"
      return not is_open or not by_iam and values.at(volume, "AuthorizationConfig.AccessPointId") == nil
    end,
    remedy = "write TransitEncryption: ENABLED", page = api .. "API_EFSAuthorizationConfig.html", checked = checked,
  },
  {
    id = "ecs-docker-volume", on = task, given = "Volumes", must = "must have Docker volumes on EC2 instances only",
    holds = function(definition)
      if not is_for(definition, "FARGATE") and not is_for(definition, "MANAGED_INSTANCES") then return true end
      for index, volume in ipairs(values.items(definition.Volumes)) do
        if volume.DockerVolumeConfiguration ~= nil then return false, { "Volumes", index, "DockerVolumeConfiguration" } end
      end
      return true
    end,
    remedy = "leave DockerVolumeConfiguration out", page = api .. "API_Volume.html", checked = checked,
  },
  {
    id = "ecs-docker-volume-shared", on = task, each = "Volumes[].DockerVolumeConfiguration", at = "Autoprovision", beside = { "Scope", { "shared" } },
    severity = "warning", must = "must have Autoprovision with the scope shared only, for it has no effect elsewhere",
    remedy = "write Scope: shared, or leave Autoprovision out", page = api .. "API_DockerVolumeConfiguration.html", checked = checked,
  },
  {
    id = "ecs-ephemeral-storage", on = task, at = "EphemeralStorage.SizeInGiB", range = { 21, 200 },
    must = "must have ephemeral storage from 21 to 200 GiB", remedy = "write a size from 21 to 200", page = api .. "API_EphemeralStorage.html",
    checked = checked,
  },
  {
    id = "ecs-placement", on = task, at = "PlacementConstraints", items = { 0, 10 }, must = "must have at most 10 placement constraints",
    remedy = "join some of them with and", page = register, checked = checked,
  },
  {
    id = "ecs-firelens-router", on = task, each = containers, when = { ["LogConfiguration.LogDriver"] = "awsfirelens" },
    must = "must have a log router beside the log driver awsfirelens",
    faults = of_container(function(_, definition)
      for _, other in ipairs(values.items(definition.ContainerDefinitions)) do
        if values.is_computed(other) or other.FirelensConfiguration ~= nil then return nil end
      end
      return { "LogConfiguration" }, "no container has a FirelensConfiguration"
    end),
    remedy = "write x-logging: {FireLens: {}} at the service, or another log driver",
    page = "https://github.com/fabfuel/ecs-deploy/issues/164", checked = checked,
  },
  {
    id = "ecs-firelens-driver", on = task, each = containers, at = "FirelensConfiguration", given = "FirelensConfiguration",
    must = "must have a container with the log driver awsfirelens beside its log router",
    holds = function(_, made)
      for _, container in ipairs(values.items(made.properties.ContainerDefinitions)) do
        if values.is_computed(container) or values.at(container, "LogConfiguration.LogDriver") == "awsfirelens" then return true end
      end
      return false
    end,
    remedy = "leave FirelensConfiguration out, or write logging: {driver: awsfirelens} at the service",
    page = "https://github.com/aws/amazon-cloudwatch-logs-for-fluent-bit/issues/20", checked = checked,
  },
  fargate_seconds("ecs-fargate-stop-timeout", "StopTimeout"),
  fargate_seconds("ecs-fargate-start-timeout", "StartTimeout"),
  not_on_windows("linux-parameters", "LinuxParameters"),
  not_on_windows("privileged", "Privileged"),
  not_on_windows("links", "Links"),
  not_on_windows("dns-servers", "DnsServers"),
  not_on_windows("read-only", "ReadonlyRootFilesystem"),
  not_on_windows("ulimits", "Ulimits"),
}
