--- What becomes of every compose attribute, by what a service runs on: the one table that `render`, `config --fidelity`, the JSON
--- Schema and docs/compose-support.md read. `project/fates` answers by it; a test renders every row on every platform.
---
--- A row is `{ name, what it becomes, ... }`. What holds everywhere stands under `always`, what holds on one platform under `fargate`,
--- `ec2`, `managed` or `external`, and what holds for Windows containers, or where a task has an address of its own (network mode
--- awsvpc), under `windows` and `awsvpc`, and what holds for jobs (`project/jobs`) under `job`. `usual` are values that ask for what is so
--- anyway, `values` has other answers by value. A row without any of these is exact.

--- AWS pages that reasons come from, with the day on which they were read.
local pages <const> = {
  fargate   = { "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html", "2026-11-29" },
  managed   = { "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/managed-instances-tasks-services.html", "2026-11-29" },
  tmpfs     = { "https://aws.amazon.com/about-aws/whats-new/2026/01/amazon-ecs-tmpfs-mounts-aws-fargate-managed-instances/", "2026-11-29" },
  linux     = { "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LinuxParameters.html", "2026-11-29" },
  container = { "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html", "2026-11-29" },
  ulimit    = { "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Ulimit.html", "2026-11-29" },
  health    = { "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html", "2026-11-29" },
  storage   = { "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EphemeralStorage.html", "2026-11-29" },
}

-- The fates ---------------------------------------------------------------------------------------------------------

--- It has no effect, which is reported.
local function ignored(reason, page) return { fate = "ignored", reason = reason, page = page } end
--- It works, but not all of it; what does not is reported where a value asks for it.
local function restricted(reason, page) return { fate = "restricted", reason = reason, page = page } end
--- It is in the template, and AWS refuses it there, which is reported.
local function refused(reason, page) return { fate = "refused", reason = reason, page = page } end
--- composex makes resources or containers for it.
local generated <const> = { fate = "generated" }
--- It is used up while the files are read.
local loader <const> = { fate = "loader" }
--- It concerns the machine that builds images or runs Compose, and no task.
local concerns_local <const> = { fate = "local" }

local no_windows <const> = ignored("Windows containers do not have it", "linux")

-- Reasons that several rows give
local addresses <const> = ignored("the VPC gives addresses")
local names <const> = ignored("the VPC names tasks")
local resolver <const> = ignored("the VPC resolves names", "fargate")
local one_address <const> = ignored("a task has one address")
local swap <const> = ignored("tasks on Fargate have no swap", "fargate")
local pace <const> = ignored "ECS paces deployments itself"
local memory <const> = ignored("ECS stops a container that outgrows its memory")
local filled <const> = ignored "Docker fills an empty volume of an instance"
local no_nodes <const> = ignored("there are no nodes to choose from", "fargate")
local nothing_on_managed <const> = function(property) return refused("AWS takes no " .. property .. " there", "managed") end
local next_size <const> = restricted("the task gets the next size that Fargate has", "fargate")
local docker_labels <const> = nothing_on_managed "dockerLabels"

local attributes <const> = { pages = pages, on_instances = "run it on instances: deploy.labels ecs.compute.platform: EC2" }

--- The tables of rows, by the path of the mapping that they describe. `by_name`: what stands there has names or is a list, and each
--- entry is such a mapping.
attributes.tables = {
  { path = "", title = "Top level", rows = {
    { "version",  "",                                                            always = loader },
    { "name",     "the first part of the names of task families and log groups" },
    { "include",  "",                                                            always = loader },
    { "services", "a service, a task definition and roles for each family" },
    { "models",   "",                                                            always = ignored "ECS runs no models" },
    { "networks", "security groups, and names between their members",            always = generated },
    { "volumes",  "volumes of tasks; EFS, EBS",                                  always = generated },
    { "secrets",  "secrets of Secrets Manager",                                  always = generated },
    { "configs",  "files that a first container writes",                         always = generated },
  } },

  { path = "services", title = "Service", by_name = true, rows = {
    { "annotations",         "",                                    always = ignored "a task definition has no annotations" },
    { "attach",              "output of `docker compose up`",       always = concerns_local },
    { "blkio_config",        "",                                    always = ignored "a task has no block I/O limits" },
    { "build",               "an image without a name is a parameter of the template", always = concerns_local },
    { "cap_add",             "Capabilities.Add",                    fargate = restricted("it adds SYS_PTRACE only", "fargate"), windows = no_windows },
    { "cap_drop",            "Capabilities.Drop",                   windows = no_windows },
    { "cgroup",              "",                                    always = ignored "ECS manages cgroups itself" },
    { "cgroup_parent",       "",                                    always = ignored "ECS manages cgroups itself" },
    { "command",             "Command" },
    { "configs",             "files that a first container writes", always = generated, windows = restricted "files need Linux containers" },
    { "container_name",      "the Docker label container_name; other services reach it by the name of the service, or by this where they call it so only",
      managed = docker_labels },
    { "cpu_count",           "",                                    always = ignored "cpus says what a container gets" },
    { "cpu_percent",         "",                                    always = ignored "cpus says what a container gets" },
    { "cpu_period",          "CPU units, with cpu_quota",           always = restricted "it counts beside cpu_quota only, and cpus replaces both" },
    { "cpu_quota",           "CPU units",                           always = restricted "cpus replaces it" },
    { "cpu_rt_period",       "",                                    always = ignored "ECS has no real-time scheduling" },
    { "cpu_rt_runtime",      "",                                    always = ignored "ECS has no real-time scheduling" },
    { "cpu_shares",          "CPU units, without cpus",             fargate = ignored("a task on Fargate is sized by cpus", "fargate") },
    { "cpus",                "CPU units, 1024 for each CPU",        fargate = next_size, managed = next_size },
    { "cpuset",              "",                                    always = ignored "ECS does not pin CPUs" },
    { "credential_spec",     "",                                    always = ignored "it names a file or a registry of a Windows host" },
    { "depends_on",          "DependsOn between the containers of a task, and the order in which services are created" },
    { "deploy",              "see Deploy" },
    { "develop",             "`docker compose watch`",              always = concerns_local },
    { "device_cgroup_rules", "",                                    always = ignored "ECS has no device rules" },
    { "devices",             "Devices",                             fargate = ignored("tasks on Fargate have no devices", "fargate"), windows = no_windows },
    { "dns",                 "DnsServers",                          awsvpc = resolver },
    { "dns_opt",             "",                                    always = ignored "ECS has no options of the resolver" },
    { "dns_search",          "DnsSearchDomains",                    awsvpc = resolver },
    { "domainname",          "",                                    always = names },
    { "entrypoint",          "EntryPoint" },
    { "env_file",            "its variables are those of environment", always = loader },
    { "environment",         "Environment; a variable without value is left out" },
    { "expose",              "PortMappings" },
    { "extends",             "",                                    always = loader },
    { "external_links",      "",                                    always = ignored "ECS knows no containers outside of the project" },
    { "extra_hosts",         "ExtraHosts",                          always = restricted "there is no host-gateway",
      awsvpc = ignored("tasks with an address of their own have no hosts file entries", "fargate") },
    { "gpus",                "ResourceRequirements",                always = restricted "ECS wants a number: all is 1",
      fargate = ignored("tasks on Fargate have no GPUs", "fargate") },
    { "group_add",           "",                                    always = ignored "ECS has no supplementary groups" },
    { "healthcheck",         "HealthCheck",                         always = restricted "it needs test: ECS does not read the image's" },
    { "hostname",            "Hostname",                            awsvpc = restricted "the VPC names tasks; texts that use it are reported" },
    { "image",               "Image" },
    { "init",                "InitProcessEnabled",                  windows = no_windows },
    { "ipc",                 "IpcMode",                             usual = { "private" }, always = restricted "host, and what the task shares",
      fargate = ignored("tasks on Fargate do not share IPC", "fargate"), managed = nothing_on_managed "ipcMode" },
    { "isolation",           "",                                    always = ignored "it is an attribute of Windows hosts" },
    { "label_file",          "its labels are those of labels",      always = loader },
    { "labels",              "DockerLabels",                        managed = docker_labels },
    { "links",               "Links; elsewhere the order of creation", awsvpc = restricted("services meet by their own names", "fargate"),
      always = restricted "containers of one task in bridge mode have links" },
    { "logging",             "LogConfiguration; awslogs with a log group by default" },
    { "mac_address",         "",                                    always = addresses },
    { "mem_limit",           "Memory" },
    { "mem_reservation",     "MemoryReservation" },
    { "mem_swappiness",      "Swappiness",                          fargate = swap, managed = nothing_on_managed "swappiness" },
    { "memswap_limit",       "MaxSwap, with mem_limit",             fargate = swap, managed = nothing_on_managed "maxSwap" },
    { "models",              "",                                    always = ignored "ECS runs no models" },
    { "network_mode",        "NetworkMode; service:x puts both into one task", is_usual = "network_mode", ec2 = restricted "awsvpc, bridge, host and none",
      always = ignored "tasks have an address of their own", external = ignored "containers have the network of Docker (bridge)" },
    { "networks",            "security groups, and names between their members", always = generated, is_usual = "default_network",
      external = ignored "security groups and names of a network need tasks with an address of their own" },
    { "oom_kill_disable",    "",                                    always = memory },
    { "oom_score_adj",       "",                                    always = memory },
    { "pid",                 "PidMode",                             always = restricted "host, and what the task shares",
      fargate = restricted("what the task shares; a task does not see its host", "fargate") },
    { "pids_limit",          "",                                    always = ignored "ECS has no process limit" },
    { "platform",            "RuntimePlatform",                     always = restricted "amd64 and arm64; Linux and Windows" },
    { "ports",               "PortMappings; x-elbv2 publishes them" },
    { "pre_start",           "",                                    always = ignored "a task has no steps before a container starts",
      remedy = "write a service that others wait for: condition: service_completed_successfully" },
    { "post_start",          "",                                    always = ignored "ECS has no lifecycle hooks" },
    { "pre_stop",            "",                                    always = ignored "ECS has no lifecycle hooks" },
    { "privileged",          "Privileged",                          windows = no_windows,
      fargate = ignored("Fargate runs no privileged containers", "fargate") },
    { "profiles",            "they say which services there are",   always = loader },
    { "provider",            "",                                    always = ignored "it is not a container" },
    { "pull_policy",         "",                                    always = concerns_local },
    { "pull_refresh_after",  "",                                    always = concerns_local },
    { "read_only",           "ReadonlyRootFilesystem",              windows = no_windows },
    { "restart",             "RestartPolicy of a container that does not end its task",
      always = restricted "a service always starts its tasks again" },
    { "runtime",             "",                                    always = ignored "ECS chooses the runtime" },
    { "scale",               "DesiredCount" },
    { "secrets",             "files that a first container writes; variables with x-secrets", always = generated,
      windows = restricted "files need Linux containers" },
    { "security_opt",        "DockerSecurityOptions",               fargate = ignored("tasks on Fargate have no security options", "fargate"),
      managed = nothing_on_managed "dockerSecurityOptions" },
    { "shm_size",            "SharedMemorySize",                    fargate = ignored("a task on Fargate has 64 MiB of shared memory", "linux"),
      managed = nothing_on_managed "sharedMemorySize", windows = no_windows },
    { "stdin_open",          "Interactive" },
    { "stop_grace_period",   "StopTimeout",                         always = restricted "2 to 120 seconds",
      fargate = restricted("2 to 120 seconds", "container") },
    { "stop_signal",         "",                                    always = ignored "ECS takes it from the image" },
    { "storage_opt",         "EphemeralStorage",                    always = ignored "instances have their own disks",
      fargate = restricted("size only, from 21 to 200 GiB", "storage") },
    { "sysctls",             "SystemControls",                      always = restricted "net.* and IPC controls only", windows = no_windows },
    -- Fargate and Managed Instances have it since January 2026: pages.tmpfs.
    { "tmpfs",               "Tmpfs",                               windows = no_windows },
    { "tty",                 "PseudoTerminal" },
    { "ulimits",             "Ulimits",                             fargate = restricted("nofile only", "ulimit"), windows = no_windows },
    { "use_api_socket",      "",                                    always = ignored "there is no engine socket" },
    { "user",                "User",                                windows = no_windows },
    { "userns_mode",         "",                                    always = ignored "ECS isolates tasks itself" },
    { "uts",                 "",                                    always = ignored "ECS isolates tasks itself" },
    { "volumes",             "MountPoints; see Mount and Volume",
      managed = restricted("AWS takes no volumes of Docker and no paths of the host there", "managed") },
    { "volumes_from",        "VolumesFrom",                         always = restricted "containers of one task share volumes" },
    { "working_dir",         "WorkingDirectory" },
  } },

  { path = "services.build", title = "Build", all = concerns_local },
  { path = "services.develop", title = "Develop", all = concerns_local },

  { path = "services.deploy", title = "Deploy", rows = {
    { "mode",            "global: SchedulingStrategy DAEMON; replicated-job, global-job: a task definition without a service",
      usual = { "replicated" }, values = {
      ["global"]         = { fargate = ignored "there are no nodes, one task runs",
        remedy = "write deploy.replicas, or " .. attributes.on_instances },
      ["global-job"]     = { always = ignored "others keep its task running", job = restricted "whoever runs it says how many tasks, and where" },
      ["replicated-job"] = { always = ignored "others keep its task running", job = restricted "whoever runs it says how many tasks" },
    } },
    { "endpoint_mode",   "", always = ignored "services meet by Service Connect" },
    { "replicas",        "DesiredCount", job = restricted "TaskCount, where x-events runs it and does not say its own" },
    { "labels",          "Tags of the service; ecs.* are words of composex" },
    { "rollback_config", "", always = ignored "the circuit breaker rolls back as it deploys" },
    { "update_config",   "DeploymentConfiguration", job = ignored "a job has no deployments" },
    { "resources",       "Cpu, Memory and ResourceRequirements" },
    { "restart_policy",  "RestartPolicy", is_usual = "never", job = ignored "nothing starts the task of a job again",
      always = restricted "a service always starts its tasks again" },
    { "placement",       "PlacementConstraints, PlacementStrategies", fargate = no_nodes },
  } },

  { path = "services.deploy.update_config", title = "Update", rows = {
    { "parallelism",       "MaximumPercent, MinimumHealthyPercent" },
    { "delay",             "", always = pace },
    { "failure_action",    "DeploymentCircuitBreaker" },
    { "monitor",           "", always = ignored "health checks say when a task is well" },
    { "max_failure_ratio", "", always = ignored "the circuit breaker counts failures itself" },
    { "order",             "MaximumPercent, MinimumHealthyPercent" },
  } },

  { path = "services.deploy.resources", title = "Resources", rows = {
    { "limits",       "Cpu and Memory" },
    { "reservations", "MemoryReservation and ResourceRequirements" },
  } },
  { path = "services.deploy.resources.limits", title = "Limits", rows = {
    { "cpus",   "CPU units, 1024 for each CPU" },
    { "memory", "Memory" },
    { "pids",   "", always = ignored "ECS has no process limit" },
  } },
  { path = "services.deploy.resources.reservations", title = "Reservations", rows = {
    { "cpus",              "CPU units, where the limit is lower" },
    { "memory",            "MemoryReservation" },
    { "generic_resources", "ResourceRequirements, where their kind is gpu, gpus or NVIDIA-GPU", is_usual = "gpus",
      always = ignored "ECS knows no generic resources but GPUs", fargate = ignored("tasks on Fargate have no GPUs and no generic resources", "fargate") },
    { "devices",           "ResourceRequirements", always = restricted "GPUs only, and ECS wants a number: all is 1",
      fargate = ignored("tasks on Fargate have no GPUs", "fargate") },
  } },
  { path = "services.deploy.resources.reservations.devices", title = "Device of reservations", by_name = true, rows = {
    { "capabilities", "devices that are GPUs",           always = restricted "gpu only" },
    { "count",        "the number of GPUs",              always = restricted "ECS wants a number: all is 1" },
    { "device_ids",   "the number of GPUs",              always = restricted "ECS counts GPUs, and does not choose them" },
    { "driver",       "", always = ignored "ECS counts GPUs, and does not choose them" },
    { "options",      "", always = ignored "ECS counts GPUs, and does not choose them" },
  } },
  { path = "services.gpus", title = "Device of gpus", by_name = true, rows = {
    { "capabilities", "", usual = { "gpu" }, always = ignored "ECS counts GPUs, and does not choose them" },
    { "count",        "the number of GPUs",              always = restricted "ECS wants a number: all is 1" },
    { "device_ids",   "the number of GPUs",              always = restricted "ECS counts GPUs, and does not choose them" },
    { "driver",       "", always = ignored "ECS counts GPUs, and does not choose them" },
    { "options",      "", always = ignored "ECS counts GPUs, and does not choose them" },
  } },

  { path = "services.deploy.restart_policy", title = "Restart policy", rows = {
    { "condition",    "RestartPolicy of a container that does not end its task",
      always = restricted "a service always starts its tasks again" },
    { "delay",        "", always = ignored "ECS paces restarts itself" },
    { "max_attempts", "", always = ignored "ECS services restart their tasks always" },
    { "window",       "", always = ignored "ECS paces restarts itself" },
  } },
  { path = "services.deploy.placement", title = "Placement", rows = {
    { "constraints",           "PlacementConstraints", always = restricted "node.labels, engine.labels, node.platform.os and node.platform.arch" },
    { "preferences",           "PlacementStrategies" },
    { "max_replicas_per_node", "distinctInstance",     always = restricted "1 only" },
  } },
  { path = "services.deploy.placement.preferences", title = "Preference", by_name = true, rows = {
    { "spread", "a strategy by an attribute of instances" },
  } },

  { path = "services.depends_on", title = "Dependency", by_name = true, rows = {
    { "condition", "what a container of the same task waits for; others wait until tasks run and are healthy",
      always = restricted "in one task all conditions, between services that they are healthy" },
    { "required",  "whether the service may be left out", always = loader },
    { "restart",   "", always = ignored "each service restarts alone", is_usual = "linked" },
  } },

  { path = "services.healthcheck", title = "Health check", rows = {
    { "test",           "Command" },
    { "interval",       "Interval",    always = restricted("5 to 300 seconds", "health") },
    { "timeout",        "Timeout",     always = restricted("2 to 60 seconds", "health") },
    { "retries",        "Retries",     always = restricted("1 to 10", "health") },
    { "start_period",   "StartPeriod", always = restricted("0 to 300 seconds", "health") },
    { "start_interval", "",            always = ignored("a health check has one interval", "health") },
    { "disable",        "no HealthCheck" },
  } },

  { path = "services.ports", title = "Port", by_name = true, rows = {
    { "name",         "Name of the port mapping", always = restricted "lower-case letters, digits, _ and -, 64 at most" },
    { "mode",         "", usual = { "ingress" }, always = ignored "x-elbv2 says what a load balancer publishes" },
    { "host_ip",      "", usual = { "0.0.0.0", "::" }, always = ignored "a task has an address of its own",
      remedy = "security groups say who may connect", values = { ["127.0.0.1"] = { always = concerns_local }, ["::1"] = { always = concerns_local } } },
    { "target",       "ContainerPort" },
    { "published",    "HostPort in bridge mode", always = restricted "x-elbv2 publishes a port" },
    { "protocol",     "Protocol", values = { sctp = { always = ignored "tasks have tcp and udp ports" } } },
    { "app_protocol", "AppProtocol, for Service Connect", known = { "http", "http2", "grpc" }, always = ignored "Service Connect knows http, http2 and grpc" },
  } },

  { path = "services.volumes", title = "Mount", by_name = true, rows = {
    { "type",        "a volume of the task, of EFS or EBS; files that a first container writes; Tmpfs",
      always = restricted "bind, volume and tmpfs" },
    { "source",      "the volume, or the files of a bind mount" },
    { "target",      "ContainerPath" },
    { "read_only",   "ReadOnly" },
    { "consistency", "Docker Desktop",       always = concerns_local },
    { "bind",        "",                     always = restricted "see Bind options" },
    { "volume",      "",                     always = restricted "see Volume options" },
    { "tmpfs",       "",                     always = restricted "see Tmpfs options" },
    { "image",       "", always = ignored "ECS mounts no images" },
  } },
  { path = "services.volumes.bind", title = "Bind options", rows = {
    { "propagation",      "", always = ignored "mounts of a task do not propagate" },
    { "create_host_path", "", says_false = true, always = ignored "a mount whose source is missing is reported" },
    { "recursive",        "", always = ignored "a task mounts folders with what is in them" },
    { "selinux",          "", always = ignored "mounts of a task have no labels of SELinux" },
  } },
  { path = "services.volumes.volume", title = "Volume options", rows = {
    { "labels",  "", always = ignored "a volume of a task has no labels" },
    { "nocopy",  "the volume begins empty, without the files of the image", ec2 = filled, external = filled },
    { "subpath", "", always = ignored "the whole volume is mounted" },
  } },
  { path = "services.volumes.tmpfs", title = "Tmpfs options", rows = {
    { "size", "Size in MiB" },
    { "mode", "MountOptions" },
  } },

  { path = "services.networks", title = "Network of a service", by_name = true, rows = {
    { "aliases",        "", always = restricted "Service Connect gives a port one name" },
    { "interface_name", "", always = one_address },
    { "ipv4_address",   "", always = addresses },
    { "ipv6_address",   "", always = addresses },
    { "link_local_ips", "", always = addresses },
    { "mac_address",    "", always = addresses },
    { "driver_opts",    "", always = ignored "the VPC has no drivers" },
    { "priority",       "", always = one_address },
    { "gw_priority",    "", always = one_address },
  } },

  { path = "services.logging", title = "Logging", rows = {
    { "driver",  "LogDriver", always = restricted "the drivers of ECS" },
    { "options", "Options",   always = restricted "the options of the driver" },
  } },
  { path = "services.ulimits", title = "Limit of a process", by_name = true, rows = {
    { "soft", "SoftLimit" },
    { "hard", "HardLimit" },
  } },
  { path = "services.devices", title = "Device", by_name = true, rows = {
    { "source",      "HostPath" },
    { "target",      "ContainerPath" },
    { "permissions", "Permissions" },
  } },
  { path = "services.secrets", title = "Secret of a service", by_name = true, rows = {
    { "source", "the secret" },
    { "target", "the path of the file" },
    { "uid",    "the owner of the file" },
    { "gid",    "the group of the file" },
    { "mode",   "the mode of the file" },
  } },
  { path = "services.configs", title = "Config of a service", by_name = true, rows = {
    { "source", "the config" },
    { "target", "the path of the file" },
    { "uid",    "the owner of the file" },
    { "gid",    "the group of the file" },
    { "mode",   "the mode of the file" },
  } },
  { path = "services.env_file", title = "Environment file", by_name = true, all = loader },
  { path = "services.extends", title = "Extends", all = loader },
  { path = "include", title = "Include", by_name = true, all = loader },

  { path = "networks", title = "Network", by_name = true, rows = {
    { "name",        "a security group that exists (sg-...), of an external network", is_usual = "network_name",
      always = ignored "a security group stands for the network" },
    { "driver",      "", usual = { "bridge", "default", "overlay" }, always = ignored "the VPC is the network" },
    { "driver_opts", "", always = ignored "the VPC has no drivers" },
    { "ipam",        "", always = addresses },
    { "external",    "a security group that exists, by its name", is_usual = "group",
      always = ignored "its members are the services of this project" },
    { "internal",    "", always = ignored "what a task reaches outside is for its subnets to say" },
    { "enable_ipv4", "", says_false = true, always = ignored "the VPC has IPv4 addresses" },
    { "enable_ipv6", "", always = ignored "the VPC has IPv4 addresses" },
    { "attachable",  "", always = ignored "it says who may carry the network's security group" },
    { "labels",      "", always = ignored "a security group stands for the network" },
  } },

  { path = "volumes", title = "Volume", by_name = true, rows = {
    { "name",        "an EFS file system that exists (fs-...)", is_usual = "volume_name", always = ignored "a volume of a task has no name of its own" },
    { "driver",      "efs, nfs and ebs; on instances any driver", usual = { "local" },
      always = restricted "a task has EFS, EBS and its own disk" },
    { "driver_opts", "options of EBS and NFS; on instances of any driver", always = restricted "a volume on the disk of a task has no options" },
    { "external",    "an EFS file system that exists",        always = restricted "the volumes of AWS that exist are on EFS" },
    { "labels",      "", always = ignored "a volume of a task has no labels" },
  } },

  { path = "secrets", title = "Secret", by_name = true, rows = {
    { "name",            "the name or ARN of a secret that exists", is_usual = "external_name",
      always = ignored "CloudFormation names the secret" },
    { "environment",     "a parameter of the template: the value never stands in it", always = generated },
    { "file",            "a parameter of the template: the value never stands in it", always = generated },
    { "external",        "a secret that exists" },
    { "labels",          "", always = ignored "Secrets Manager keeps the value, and x-tags says its tags" },
    { "driver",          "", always = ignored "Secrets Manager keeps the value" },
    { "driver_opts",     "", always = ignored "Secrets Manager keeps the value" },
    { "template_driver", "", always = ignored "the value is taken as it is" },
  } },

  { path = "configs", title = "Config", by_name = true, rows = {
    { "name",            "the name of a parameter of Systems Manager that exists", is_usual = "external_name",
      always = ignored "a config is a file in the container" },
    { "content",         "the content of the file", always = generated },
    { "environment",     "the content of the file", always = generated },
    { "file",            "the content of the file", always = generated },
    { "external",        "a parameter of Systems Manager that exists" },
    { "labels",          "", always = ignored "a config is a file in the container" },
    { "template_driver", "", always = ignored "the content is taken as it is" },
  } },
}

--- Mappings that have no effect as a whole, because the attribute that holds them has none.
attributes.as_holder = {
  "models", "networks.ipam", "services.blkio_config", "services.credential_spec", "services.deploy.resources.reservations.generic_resources",
  "services.deploy.rollback_config", "services.models", "services.post_start", "services.pre_start", "services.pre_stop", "services.provider",
  "services.volumes.image",
}

return attributes
