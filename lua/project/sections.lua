--- The `x-` sections of a service: which there are and what each may say. A key that is not here is an error.
local shape <const> = engine.use("base/shape")
local text <const>, number <const>, flag <const>, any <const> = shape.text, shape.number, shape.flag, shape.any
local value <const>, list <const>, record <const>, either <const> = shape.value, shape.list, shape.record, shape.either
local properties <const> = shape.map(any)
--- Targets of scaling: the share that a service uses of what it has, and a number of requests.
local percent <const>, positive <const> = shape.positive(100), shape.positive()

local scheduled <const> = record {
  ScheduledActionName = text, Schedule = text, Timezone = text, StartTime = text, EndTime = text,
  ScalableTargetAction = record { MinCapacity = number, MaxCapacity = number },
  MacroParameters = record { AddServiceName = flag, AddRandomId = flag },
}

--- Forecasts, by the metrics that they are of; the words of TargetScaling mean the same.
local predictive <const> = record({
  Cpu = percent, CpuTarget = percent, Memory = percent, MemoryTarget = percent, Requests = positive, TgtTargetsCount = positive,
  Mode = shape.one_of { "ForecastAndScale", "ForecastOnly" }, SchedulingBufferTime = number,
  MaxCapacityBreachBehavior = shape.one_of { "HonorMaxCapacity", "IncreaseMaxCapacity" }, MaxCapacityBuffer = number,
}, { Ram = "Memory", RamTarget = "MemoryTarget" })

local firelens_destination <const> = record {
  delivery_stream = value, stream = value, log_group_name = value, bucket = value, role_arn = value, time_key_format = text,
  time_key = text, log_key = text, compression = text, endpoint = text, sts_endpoint = text, auto_retry_requests = any, region = text,
  log_stream_prefix = text, log_retention_days = any,
}

local firelens <const> = record {
  Shorthands = record { ReplaceAwsLogs = flag, FirelensConfiguration = any },
  Advanced = record {
    SourceFile = text, ParserFiles = list(text), EnableApiHeathCheck = flag, EnableApiHealthCheck = flag, GracePeriod = number,
    LogDriverBufferLimit = number, SidecarCpuReservation = either(number, text), EnvironmentVariables = properties, DockerImageOverride = text,
    FirelensConfiguration = record { Type = shape.one_of { "fluentbit", "fluentd" }, Options = properties },
    ComposeXManagedAwsDestinations = list(firelens_destination),
  },
}

local collector <const> = either(flag, record {
  ExporterPort = either(number, text), ExporterPath = text, source_labels = list(text), label_matcher = text,
})

local peer_ports <const> = list(either(number, text))

--- By key. The other `x-aws-*` keys of Docker's ECS integration are in `docker_spellings`.
local sections <const> = {
  ["x-ecs"] = record {
    EnableExecuteCommand = flag, Job = flag, CapacityProviderStrategy = list(any), CpuArchitecture = shape.one_of { "X86_64", "ARM64" },
    OperatingSystemFamily = text, ServiceName = value, Service = properties, TaskDefinition = properties, Container = properties,
  },
  ["x-scaling"] = record {
    Range = either(text, record { Min = number, Max = number }, number),
    TargetScaling = record({
      CpuTarget = percent, MemoryTarget = percent, TgtTargetsCount = positive, ScaleInCooldown = number, ScaleOutCooldown = number,
      DisableScaleIn = flag,
    }, { RamTarget = "MemoryTarget" }),
    ScheduledActions = list(scheduled), PredictiveScaling = predictive,
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
    CollectEmf = record { CloudwatchAgent = any, FluentBit = any, OTEL = any },
    CollectOtel = either(flag, record { OverrideImage = text, Config = text }),
  },
  ["x-prometheus"] = record { ContainersInsights = record {
    CollectForJavaJmx = collector, CollectForNginx = collector, CollectForNginxPlus = collector, CollectForAppMesh = any, CollectEmf = any,
    EnableCWAgentDebug = flag, EnableTasksDiscovery = flag,
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
}
--- Sections under an older spelling.
local spellings <const> = { ["x-ray"] = "x-xray" }

local module <const> = { sections = sections, spellings = spellings }

--- What asks for containers beside the services': `task/sidecars` is loaded when one of these is there.
module.of_sidecars = { "x-monitoring", "x-prometheus", "x-xray", "x-codeguru_profiler" }

--- Checks the sections of a service.
function module.check(service)
  for key in pairs(service) do
    local known <const> = sections[spellings[key] or key]
    local subject <const> = "services::" .. service.name .. " " .. key
    if known then shape.check(known, service, key, subject) end
  end
  if service.logging ~= nil then
    shape.check(shape.map(text), service.logging, "x-secret_options", "services::" .. service.name .. " logging x-secret_options")
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
