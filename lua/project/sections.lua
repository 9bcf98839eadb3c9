--- The `x-` sections of a service: which there are and what each may say. A key that is not here is an error.
local read <const> = engine.use("base/read")
local shape <const> = engine.use("base/shape")
local text <const>, number <const>, flag <const>, any <const> = shape.text, shape.number, shape.flag, shape.any
local value <const>, list <const>, record <const>, either <const> = shape.value, shape.list, shape.record, shape.either
local properties <const> = shape.map(any)

local scheduled <const> = record {
  ScheduledActionName = text, Schedule = text, Timezone = text, StartTime = text, EndTime = text,
  ScalableTargetAction = record { MinCapacity = number, MaxCapacity = number },
  MacroParameters = record { AddServiceName = flag, AddRandomId = flag },
}

local firelens_destination <const> = record {
  delivery_stream = value, stream = value, log_group_name = value, bucket = value, role_arn = value, time_key_format = text,
  time_key = text, log_key = text, compression = text, endpoint = text, sts_endpoint = text, auto_retry_requests = any, region = text,
  log_stream_prefix = text, log_retention_days = any,
}

local firelens <const> = record {
  Shorthands = record { ReplaceAwsLogs = flag, FirelensConfiguration = any },
  Advanced = record {
    SourceFile = text, ParserFiles = list(text), EnableApiHeathCheck = flag, EnableApiHealthCheck = flag, GracePeriod = number,
    LogDriverBufferLimit = number, SidecarCpuReservation = number, EnvironmentVariables = properties, DockerImageOverride = text,
    FirelensConfiguration = record { Type = shape.one_of { "fluentbit", "fluentd" }, Options = properties },
    ComposeXManagedAwsDestinations = list(firelens_destination),
  },
}

local collector <const> = either(flag, record {
  ExporterPort = either(number, text), ExporterPath = text, source_labels = list(text), label_matcher = text,
})

local peer_ports <const> = list(either(number, text))

--- By key. `x-aws-*` are the keys of Docker's ECS integration.
local sections <const> = {
  ["x-ecs"] = record {
    EnableExecuteCommand = flag, CapacityProviderStrategy = list(any), CpuArchitecture = shape.one_of { "X86_64", "ARM64" },
    OperatingSystemFamily = text, ServiceName = value, Service = properties, TaskDefinition = properties, Container = properties,
  },
  ["x-scaling"] = record {
    Range = either(text, record { Min = number, Max = number }, number),
    TargetScaling = record {
      CpuTarget = number, MemoryTarget = number, TgtTargetsCount = number, ScaleInCooldown = number, ScaleOutCooldown = number,
      DisableScaleIn = flag,
    },
    ScheduledActions = list(scheduled),
  },
  ["x-network"] = record {
    AssignPublicIp = either(flag, shape.one_of { "ENABLED", "DISABLED" }),
    AdditionalSecurityGroups = either(list(value), shape.map(any)),
    ["x-cloudmap"] = any, ["x-ecs_connect"] = any,
    Egress = list(record {
      IPv4 = value, IPv6 = value, PrefixList = value, Name = text, Description = text, Ports = peer_ports,
      Protocol = shape.one_of { "tcp", "udp" },
    }),
    Ingress = record {
      Myself = flag,
      ExtSources = list(record { IPv4 = value, IPv6 = value, Name = text, Description = text, Ports = peer_ports }),
      AwsSources = list(record {
        Type = shape.one_of { "SecurityGroup", "PrefixList" }, Id = value, Lookup = any, AccountOwner = value, Ports = peer_ports,
        Description = text, Name = text,
      }),
      Services = list(record { Name = text, Ports = peer_ports, DependsOn = any }),
    },
  },
  ["x-iam"] = record {
    PermissionsBoundary = value, ManagedPolicyArns = list(value), Policies = list(properties), TaskRoleArn = value,
    ExecutionRoleArn = value,
  },
  ["x-logging"] = record {
    RetentionInDays = number, KmsKeyId = value, LogGroupClass = shape.one_of { "STANDARD", "INFREQUENT_ACCESS", "DELIVERY" },
    FireLens = firelens,
  },
  ["x-xray"] = either(flag, record { Enabled = flag, OverrideImage = text }),
  ["x-monitoring"] = record {
    CWAgentCollectEmf = either(flag, record { OverrideImage = text, UseLatest = flag, InterpolateWithDigest = flag }),
    CollectOtel = either(flag, record { OverrideImage = text, Config = text }),
  },
  ["x-prometheus"] = record { ContainersInsights = record {
    CollectForJavaJmx = collector, CollectForNginx = collector, EnableCWAgentDebug = flag, EnableTasksDiscovery = flag,
    AutoAddNginxPrometheusExporter = flag,
    ScrapingConfiguration = record { Interval = text, Timeout = text, ScrapingConfigurationFile = text },
    CustomRules = list(record {
      ExporterPort = either(number, text), ExporterPath = text,
      EmfProcessors = list(record {
        source_labels = list(text), label_matcher = text, dimensions = list(list(text)), metric_selectors = list(text),
      }),
    }),
  }, ManagedPrometheus = record {
    Workspace = text, OverrideImage = text, CollectForJavaJmx = collector, CollectForNginx = collector,
    ScrapingConfiguration = record { Interval = text, Timeout = text },
    CustomRules = list(record { ExporterPort = either(number, text), ExporterPath = text }),
  } },
  ["x-alarms"] = record { Predefined = shape.map(record {
    Settings = properties, Topics = list(any), CPUUtilization = number, MemoryUtilization = number, RunningTaskCount = number,
    DatapointsToAlarm = number, EvaluationPeriods = number, Period = number,
  }) },
  ["x-codeguru_profiler"] = either(flag, text, properties),
  ["x-environment"] = record { SetAsParameter = either(list(text), shape.map(properties)) },
  ["x-ecr"] = any,
  ["x-docker_opts"] = any,
  ["x-aws-pull_credentials"] = value,
  ["x-aws-policies"] = list(value),
  ["x-aws-role"] = properties,
  ["x-aws-logs_retention"] = number,
  ["x-aws-min_percent"] = number,
  ["x-aws-max_percent"] = number,
  ["x-aws-autoscaling"] = record { min = number, max = number, cpu = number, memory = number },
}
--- Sections under an older spelling.
local spellings <const> = { ["x-ray"] = "x-xray" }

--- Keys of Docker's ECS integration that composex has other words for, with those words.
local other_words <const> = {
  { "x-aws-vpc", "write x-vpc: {Lookup: {VpcId: vpc-0123456789abcdef0}}" },
  { "x-aws-subnets", "write x-vpc: {Lookup: ...}" },
  { "x-aws-loadbalancer", "write x-elbv2" },
  { "x-aws-cloudformation", "write a script: composex.patch(\"services::web\", {...})" },
  { "x-aws-logs_retention", "write it at the services, or x-logging: {RetentionInDays: 30}" },
  { "x-aws-protocol", "write app_protocol: http; listeners are those of x-elbv2" },
  { "x-aws-keys", "write x-secrets: {JsonKeys: [{SecretKey: password, VarName: DB_PASSWORD}]}" },
  { "x-aws-securitygroup", "write x-network: {AdditionalSecurityGroups: [sg-0123456789abcdef0]} at the services" },
}

local module <const> = { sections = sections, spellings = spellings }

--- What asks for containers beside the services': `task/sidecars` is loaded when one of these is there.
module.of_sidecars = { "x-monitoring", "x-prometheus", "x-xray", "x-codeguru_profiler" }

--- The words for a key of Docker's, or nil.
local function words_for(key)
  for _, row in ipairs(other_words) do
    if row[1] == key then return row[2] end
  end
end

--- Reports the keys of Docker's ECS integration in `node` that are not supported there.
local function check_docker(node, subject, known)
  if not read.is_mapping(node) then return end
  for key in pairs(node) do
    if key:find("^x%-aws%-") and not (known and known[key]) then
      engine.error({ node, key, "key" }, subject .. key .. " is not supported",
        words_for(key) or (sections[key] and "write it at the service") or engine.near(key, read.names(sections), "there are"))
    end
  end
end

--- Checks the keys of Docker's ECS integration outside of services.
function module.check_project()
  for _, row in ipairs(other_words) do
    if engine.section(row[1]) ~= nil then engine.error({ engine.root(), row[1], "key" }, row[1] .. " is not supported", row[2]) end
  end
  for _, holder in ipairs { "networks", "secrets", "volumes", "configs" } do
    for name, definition in pairs(engine.section(holder) or {}) do check_docker(definition, holder .. "::" .. name .. " ") end
  end
end

--- Keys of Docker's that stand below `deploy`.
local of_deploy <const>, of_update <const> = { ["x-aws-autoscaling"] = true }, { ["x-aws-min_percent"] = true, ["x-aws-max_percent"] = true }

--- Checks the sections of a service.
function module.check(service)
  for key in pairs(service) do
    local known <const> = sections[spellings[key] or key]
    local subject <const> = "services::" .. service.name .. " " .. key
    if known then shape.check(known, service, key, subject) end
  end
  local prefix <const> = "services::" .. service.name .. " "
  check_docker(service, prefix, sections)
  check_docker(service.deploy, prefix .. "deploy ", of_deploy)
  check_docker(read.at(service, "deploy", "update_config"), prefix .. "deploy.update_config ", of_update)
  for _, port in ipairs(service.ports or {}) do check_docker(port, prefix .. "ports ") end
  if service.logging ~= nil then
    shape.check(shape.map(text), service.logging, "x-secret_options", "services::" .. service.name .. " logging x-secret_options")
  end
  local deploy <const> = service.deploy
  if deploy ~= nil then
    shape.check(sections["x-aws-autoscaling"], deploy, "x-aws-autoscaling", "services::" .. service.name .. " deploy x-aws-autoscaling")
  end
end

--- `service[key]`, or what its older spelling says; and the key that was used.
function module.of(service, key)
  if service[key] ~= nil then return service[key], key end
  for old, new in pairs(spellings) do
    if new == key and service[old] ~= nil then return service[old], old end
  end
end

return module
