--- Contracts of Amazon ECS: what stands in a container of a task definition.
local values <const> = engine.use("contracts/values")

local api <const> = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/"
local checked <const> = "2026-11-29"
local task <const>, containers <const> = "AWS::ECS::TaskDefinition", "ContainerDefinitions[]"

--- A number of a container's health check.
local function of_health(id, property, least, most)
  return {
    id = "ecs-health-" .. id, on = task, each = containers, at = "HealthCheck." .. property, range = { least, most },
    must = "must have a health check whose " .. property .. " is from " .. least .. " to " .. most,
    remedy = "write a value from " .. least .. " to " .. most, page = api .. "API_HealthCheck.html", checked = checked,
  }
end

--- The container of a task by its name; nil when one of the names is not known.
local function container_of(definition, name)
  local is_known = true
  for _, container in ipairs(values.items(definition.ContainerDefinitions)) do
    if container.Name == name then return container, true end
    is_known = is_known and type(container.Name) == "string"
  end
  return nil, is_known
end

--- A contract of what a container waits for: `fault(other)` is what is wrong with waiting so for that container.
local function of_dependencies(id, conditions, must, remedy, fault)
  return {
    id = id, on = task, each = containers .. ".DependsOn[]", at = "Condition", when = { Condition = conditions }, must = must, remedy = remedy,
    page = api .. "API_ContainerDependency.html", checked = checked,
    holds = function(dependency, made)
      local other <const> = container_of(made.properties, dependency.ContainerName)
      local detail <const> = other and fault(other)
      return not detail, nil, detail
    end,
  }
end

--- Whether a cache takes connections by TLS only.
local function takes_tls(cache)
  if cache.type == "AWS::ElastiCache::ServerlessCache" then return true end
  return cache.type == "AWS::ElastiCache::ReplicationGroup" and values.is_true(cache.properties.TransitEncryptionEnabled)
    and cache.properties.TransitEncryptionMode ~= "preferred"
end

return {
  {
    id = "ecs-cache-scheme", on = task, each = containers .. ".Environment[]", at = "Value", severity = "warning",
    must = "must call a cache that takes TLS only by rediss://",
    holds = function(variable, _, template)
      local text <const> = values.text(variable.Value)
      local id <const> = type(text) == "string" and text:match("^redis://[^$/]*%${(%w+)[%w.]*}")
      local cache <const> = id and template.find({ Ref = id })
      return not cache or not takes_tls(cache), nil, "as " .. tostring(variable.Name) .. " does not"
    end,
    remedy = "write rediss://, or TransitEncryptionEnabled: false",
    page = "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html", checked = checked,
  },
  {
    id = "ecs-container-name", on = task, each = containers, at = "Name",
    name = { 1, 255, "^[%w_-]+$", "letters, digits, _ and -" }, must = "must have container names of 1 to 255 letters, digits, _ and -",
    remedy = "write container_name: web", page = api .. "API_ContainerDefinition.html", checked = checked,
  },
  {
    id = "ecs-container-soft-limit", on = task, each = containers, at = "MemoryReservation", at_most = "Memory",
    must = "must not reserve more memory for a container than its limit", remedy = "raise Memory, or lower MemoryReservation",
    page = api .. "API_ContainerDefinition.html", checked = checked,
  },
  {
    id = "ecs-container-least-memory", on = task, each = containers, at = "Memory", range = { 6, math.huge },
    must = "must give each container the 6 MiB of memory that Docker needs",
    remedy = "write deploy: {resources: {limits: {memory: 6M}}}, or more", page = api .. "API_ContainerDefinition.html", checked = checked,
  },
  {
    id = "ecs-port-name", on = task, each = containers, at = "PortMappings[].Name",
    name = { 1, 64, "^[%l%d_][%l%d_-]*$", "lowercase letters, digits, _ and -" },
    must = "must have port names of 1 to 64 lowercase letters, digits, _ and -, and no hyphen in front",
    remedy = "write name: http at the port", page = api .. "API_PortMapping.html", checked = checked,
  },
  {
    id = "ecs-port-range", on = task, each = containers .. ".PortMappings[]", at = "ContainerPortRange", given = "ContainerPortRange",
    must = "must have port ranges whose first port is below the last", remedy = "write FIRST-LAST: 8000-8010",
    holds = function(mapping)
      local first <const>, last <const> = tostring(mapping.ContainerPortRange):match("^(%d+)-(%d+)$")
      local is_wrong <const> = first and (tonumber(first) >= tonumber(last) or tonumber(first) < 1 or tonumber(last) > 65535)
      return not is_wrong, nil, "not " .. tostring(mapping.ContainerPortRange)
    end,
    page = api .. "API_PortMapping.html", checked = checked,
  },
  {
    id = "ecs-environment-files", on = task, each = containers, at = "EnvironmentFiles", items = { 0, 10 },
    must = "must have at most 10 environment files in a container", remedy = "merge some of the files",
    page = api .. "API_ContainerDefinition.html", checked = checked,
  },
  {
    id = "ecs-environment-file-name", on = task, each = containers, at = "EnvironmentFiles[].Value", pattern = { "%.env$", "" },
    must = "must have environment files whose names end in .env", remedy = "rename the file: settings.env",
    page = api .. "API_ContainerDefinition.html", checked = checked,
  },
  of_health("interval", "Interval", 5, 300),
  of_health("timeout", "Timeout", 2, 60),
  of_health("retries", "Retries", 1, 10),
  of_health("start-period", "StartPeriod", 0, 300),
  {
    id = "ecs-health-command", on = task, each = containers, at = "HealthCheck.Command", given = "HealthCheck",
    must = "must have a health check whose command begins with CMD or CMD-SHELL",
    holds = function(container)
      local first <const> = values.at(container, "HealthCheck.Command")
      local word <const> = type(first) == "table" and values.string(first[1])
      return not word or word == "CMD" or word == "CMD-SHELL" or word == "NONE"
    end,
    remedy = "write test: [CMD-SHELL, \"curl -f http://localhost/ || exit 1\"]", page = api .. "API_HealthCheck.html", checked = checked,
  },
  of_dependencies("ecs-depends-essential", { "COMPLETE", "SUCCESS" }, "must not wait for the end of an essential container",
    "write Essential: false at that container, or Condition: START", function(other)
      return (other.Essential == nil or values.is_true(other.Essential)) and tostring(other.Name) .. " is essential"
    end),
  of_dependencies("ecs-depends-health", "HEALTHY", "must wait for the health of containers that have a health check only",
    "write a healthcheck at that service, or condition: service_started", function(other)
      return other.HealthCheck == nil and tostring(other.Name) .. " has none"
    end),
  {
    id = "ecs-secret-variable", on = task, each = containers, given = "Secrets",
    must = "must not have a secret and a variable of one name in a container",
    faults = function(container)
      local found <const>, plain <const> = {}, {}
      for _, variable in ipairs(values.items(container.Environment)) do
        if type(variable.Name) == "string" then plain[variable.Name] = true end
      end
      for index, secret in ipairs(values.items(container.Secrets)) do
        if plain[secret.Name] then found[#found + 1] = { path = { "Secrets", index }, detail = "not \"" .. secret.Name .. "\"" } end
      end
      return found
    end,
    remedy = "leave one of them out", page = "https://github.com/compose-x/ecs_composex/issues/707", checked = checked,
  },
  {
    id = "ecs-secret-names", on = task, each = containers, at = "Secrets", unique = "Name",
    must = "must not have two secrets of one name in a container", remedy = "leave one of them out, or write another VarName",
    page = "https://github.com/compose-x/ecs_composex/issues/707", checked = checked,
  },
  {
    id = "ecs-restart-period", on = task, each = containers, at = "RestartPolicy.RestartAttemptPeriod", range = { 60, 1800 },
    must = "must have restart attempts 60 to 1800 seconds apart", remedy = "write a value from 60 to 1800",
    page = api .. "API_ContainerRestartPolicy.html", checked = checked,
  },
  {
    id = "ecs-restart-codes", on = task, each = containers, at = "RestartPolicy.IgnoredExitCodes", items = { 0, 50 },
    must = "must ignore at most 50 exit codes", remedy = "leave some of them out", page = api .. "API_ContainerRestartPolicy.html", checked = checked,
  },
  {
    id = "ecs-swappiness", on = task, each = containers, at = "LinuxParameters.Swappiness", range = { 0, 100 },
    must = "must have a Swappiness from 0 to 100", remedy = "write mem_swappiness: 60", page = api .. "API_LinuxParameters.html", checked = checked,
  },
  {
    id = "ecs-swappiness-swap", on = task, each = containers .. ".LinuxParameters", at = "Swappiness", needs = "MaxSwap", severity = "warning",
    must = "must have a MaxSwap beside Swappiness, which has no effect alone", remedy = "write memswap_limit, or leave mem_swappiness out",
    page = api .. "API_LinuxParameters.html", checked = checked,
  },
  {
    id = "ecs-credential-specs", on = task, each = containers, at = "CredentialSpecs", items = { 0, 1 },
    must = "must have at most one credential spec in a container", remedy = "leave the others out",
    page = api .. "API_ContainerDefinition.html", checked = checked,
  },
  {
    id = "ecs-awslogs-options", on = task, each = containers .. ".LogConfiguration", when = { LogDriver = "awslogs" },
    must = "must have the options awslogs-group and awslogs-region for the log driver awslogs",
    holds = function(log)
      if values.is_computed(log.Options) then return true end
      for _, option in ipairs { "awslogs-group", "awslogs-region" } do
        if values.at(log, "Options") == nil or log.Options[option] == nil then return false, "Options", "and has no " .. option end
      end
      return true
    end,
    remedy = "write logging: {driver: awslogs, options: {awslogs-group: /shop/web, awslogs-region: eu-west-1}}",
    page = api .. "API_LogConfiguration.html", checked = checked,
  },
}
