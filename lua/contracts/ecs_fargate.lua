--- Contracts of Amazon ECS: task definitions that are for AWS Fargate.
local sizes <const> = engine.use("task/fargate_sizes")
local values <const> = engine.use("contracts/values")

local api <const> = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/"
local guide <const> = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/"
local register <const>, limits <const> = api .. "API_RegisterTaskDefinition.html", guide .. "fargate-tasks-services.html"
local checked <const> = "2026-11-29"
local task <const> = "AWS::ECS::TaskDefinition"

local on_instances <const> = "leave it out, or run the service on instances: deploy: {labels: {ecs.compute.platform: EC2}}"

local function is_windows(definition)
  local system <const> = values.at(definition, "RuntimePlatform.OperatingSystemFamily")
  return type(system) == "string" and system:find("^WINDOWS") ~= nil
end

--- A contract of tasks for Fargate only.
local function on_fargate(row)
  local holds <const> = row.holds
  row.on, row.checked = task, checked
  row.holds = function(holder, made, ...)
    if not values.has(made.properties.RequiresCompatibilities, "FARGATE") then return true end
    return holds(holder, made, ...)
  end
  return row
end

--- A contract of containers for Fargate only, about what stands at `at`: `is_wrong(container)` is a detail where it is broken.
local function container_on_fargate(row)
  local is_wrong <const> = row.is_wrong
  row.each, row.given = "ContainerDefinitions[]", row.at
  row.is_wrong = nil
  row.holds = function(container)
    local detail <const> = is_wrong(container)
    return not detail, nil, detail
  end
  return on_fargate(row)
end

local drivers <const> = { "awslogs", "splunk", "awsfirelens" }

return {
  on_fargate {
    id = "ecs-fargate-network", at = "NetworkMode", must = "must have the network mode awsvpc on Fargate",
    holds = function(definition) return definition.NetworkMode == "awsvpc" or type(definition.NetworkMode) == "table" end,
    remedy = "write NetworkMode: awsvpc", page = register,
  },
  on_fargate {
    id = "ecs-fargate-size", at = "Memory", must = "must have a size of Fargate",
    holds = function(definition)
      local cpu <const>, memory <const> = math.tointeger(values.number(definition.Cpu)), math.tointeger(values.number(definition.Memory))
      if not cpu or not memory then return true end
      local fit_cpu <const>, fit_memory <const> = sizes.size(cpu, memory, is_windows(definition))
      return fit_cpu == cpu and fit_memory == memory, nil, "not " .. cpu .. " CPU units with " .. memory .. " MiB"
    end,
    remedy = function(_, definition)
      local cpu <const>, memory <const> = sizes.size(values.number(definition.Cpu), values.number(definition.Memory), is_windows(definition))
      return cpu and "write Cpu: " .. cpu .. ", Memory: " .. math.tointeger(memory) or "run the service on instances"
    end,
    page = limits,
  },
  on_fargate {
    id = "ecs-fargate-sized", at = "Cpu", must = "must have a Cpu and a Memory on Fargate",
    holds = function(definition) return definition.Cpu ~= nil and definition.Memory ~= nil end,
    remedy = "write Cpu: 256, Memory: 512", page = register,
  },
  on_fargate {
    id = "ecs-fargate-host-path", at = "Volumes", given = "Volumes", must = "must not mount a path of the host on Fargate",
    holds = function(definition)
      for index, volume in ipairs(values.items(definition.Volumes)) do
        if values.at(volume, "Host.SourcePath") ~= nil then return false, { "Volumes", index, "Host" } end
      end
      return true
    end,
    remedy = on_instances, page = api .. "API_HostVolumeProperties.html",
  },
  on_fargate {
    id = "ecs-fargate-ipc", at = "IpcMode", given = "IpcMode", must = "must not have an IpcMode on Fargate",
    holds = function(definition) return definition.IpcMode == nil end, remedy = on_instances, page = register,
  },
  on_fargate {
    id = "ecs-fargate-pid", at = "PidMode", given = "PidMode", must = "must not have a PidMode but task on Fargate",
    holds = function(definition) return definition.PidMode == nil or type(definition.PidMode) == "table" or definition.PidMode == "task" end,
    remedy = "write PidMode: task, or leave it out", page = register,
  },
  on_fargate {
    id = "ecs-fargate-placement", at = "PlacementConstraints", given = "PlacementConstraints", must = "must not have placement constraints on Fargate",
    holds = function(definition) return #values.items(definition.PlacementConstraints) == 0 end, remedy = on_instances, page = limits,
  },
  container_on_fargate {
    id = "ecs-fargate-devices", at = "LinuxParameters.Devices",
    must = "must not have devices of the host in a container on Fargate",
    is_wrong = function(container)
      return #values.items(values.at(container, "LinuxParameters.Devices")) > 0 and ""
    end,
    remedy = on_instances, page = api .. "API_LinuxParameters.html",
  },
  container_on_fargate {
    id = "ecs-fargate-shared-memory", at = "LinuxParameters.SharedMemorySize",
    must = "must not have a SharedMemorySize in a container on Fargate",
    is_wrong = function(container)
      return values.at(container, "LinuxParameters.SharedMemorySize") ~= nil and ""
    end,
    remedy = on_instances, page = api .. "API_LinuxParameters.html",
  },
  container_on_fargate {
    id = "ecs-fargate-log-driver", at = "LogConfiguration.LogDriver",
    must = "must have the log drivers awslogs, splunk or awsfirelens on Fargate",
    is_wrong = function(container)
      local driver <const> = values.string(values.at(container, "LogConfiguration.LogDriver"))
      return driver and not values.has(drivers, driver) and "not " .. driver
    end,
    remedy = "write logging: {driver: awsfirelens}, or run the service on instances", page = api .. "API_LogConfiguration.html",
  },
  container_on_fargate {
    id = "ecs-fargate-log-prefix", at = "LogConfiguration.Options",
    must = "must have the option awslogs-stream-prefix on Fargate",
    is_wrong = function(container)
      local options <const> = values.at(container, "LogConfiguration.Options")
      return values.at(container, "LogConfiguration.LogDriver") == "awslogs" and type(options) == "table" and not values.is_computed(options)
        and options["awslogs-stream-prefix"] == nil and ""
    end,
    remedy = "write logging: {options: {awslogs-stream-prefix: web}}", page = api .. "API_LogConfiguration.html",
  },
  container_on_fargate {
    id = "ecs-fargate-firelens-config", at = "FirelensConfiguration.Options",
    must = "must have the file of its log router in the image on Fargate",
    is_wrong = function(container)
      return values.at(container, "FirelensConfiguration.Options.config-file-type") == "s3" and ""
    end,
    remedy = "write config-file-type: file, with config-file-value: PATH", page = api .. "API_FirelensConfiguration.html",
  },
  container_on_fargate {
    id = "ecs-fargate-gpu", at = "ResourceRequirements",
    must = "must not have GPUs on Fargate",
    is_wrong = function(container)
      for _, requirement in ipairs(values.items(container.ResourceRequirements)) do
        if requirement.Type == "GPU" then return "" end
      end
    end,
    remedy = on_instances, page = limits,
  },
  container_on_fargate {
    id = "ecs-fargate-capabilities", at = "LinuxParameters", must = "must add no other capability than SYS_PTRACE to a container on Fargate",
    is_wrong = function(container)
      for _, name in ipairs(values.items(values.at(container, "LinuxParameters.Capabilities.Add"))) do
        if type(name) == "string" and name ~= "SYS_PTRACE" then return "not " .. name end
      end
    end,
    remedy = on_instances, page = api .. "API_KernelCapabilities.html",
  },
}
