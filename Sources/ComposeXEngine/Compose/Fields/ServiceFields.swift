/// The field table, part 1: a service. One row per attribute; the loader's passes, the support matrix and the fidelity report
/// all read these rows.
enum Fields {
  static let service = Record("service", serviceA + serviceB + serviceC)

  private static let serviceA: [Attribute] = [
    Attribute(
      "annotations", .pairs(), merge: .sequence, unique: .key, .warn,
      "no ECS counterpart (could go to task tags via extension)"),
    Attribute("attach", .boolean(), .skip, "log streaming of the compose CLI only"),
    Attribute("blkio_config", .record(blkio), .warn, "no ECS control"),
    Attribute(
      "build", .short(.build, .record(build)), merge: .build, .tool,
      "image build and ECR push; error when image is absent and no build step runs"),
    Attribute(
      "cap_add", .list(.string, distinct: true), unique: .key, .map,
      "LinuxParameters.Capabilities.Add; Fargate accepts only SYS_PTRACE"),
    Attribute("cap_drop", .list(.string, distinct: true), unique: .key, .map, "LinuxParameters.Capabilities.Drop"),
    Attribute("cgroup", .oneOf(["host", "private"]), .warn),
    Attribute("cgroup_parent", .string, .warn),
    Attribute(
      "command", .command, merge: .replace, .map,
      "ContainerDefinition.Command; [] and '' mean explicit empty"),
    Attribute(
      "configs", .list(.short(.fileMount, .record(fileMount))), unique: .config, .gen,
      "no ECS object: SSM/Secrets Manager + init container, or EFS/S3 file volume"),
    Attribute(
      "container_name", .pattern(.containerName), .map,
      "ContainerDefinition.Name (or ServiceName); conflicts with scale>1"),
    Attribute("cpu_count", .integer(min: 0), .warn),
    Attribute("cpu_percent", .number(min: 0, max: 100), .warn),
    Attribute("cpu_period", .integer(), .warn),
    Attribute("cpu_quota", .integer(), .cond, "quota/period could be turned into Cpu units"),
    Attribute("cpu_rt_period", .integer(), .warn),
    Attribute("cpu_rt_runtime", .integer(), .warn),
    Attribute("cpu_shares", .integer(), .map, "ContainerDefinition.Cpu on EC2"),
    Attribute("cpus", .number(min: 0), .map, "x1024 -> Cpu units; task Cpu rounding on Fargate"),
    Attribute("cpuset", .string, .warn),
    Attribute("credential_spec", .record(credentialSpec), .cond, "CredentialSpecs (gMSA), needs S3/SSM location"),
    Attribute(
      "depends_on", .short(.dependsOn, .map(.record(dependency), named: true)), merge: .dependsOn, .map,
      "same task: DependsOn START/HEALTHY/SUCCESS/COMPLETE; across services: stack DependsOn order only"),
    Attribute("deploy", .orNull(.record(deploy)), .map, "see deploy rows"),
    Attribute("develop", .orNull(.record(develop)), .skip),
    Attribute("device_cgroup_rules", .list(.string, distinct: true), .warn),
    Attribute(
      "devices", .list(.short(.device, .record(device))), unique: .device, .cond,
      "LinuxParameters.Devices, EC2 only"),
    Attribute("dns", .stringOrList, merge: .sequence, unique: .key, .cond, "DnsServers, not awsvpc/Fargate"),
    Attribute("dns_opt", .list(.string, distinct: true), merge: .sequence, unique: .key, .warn),
    Attribute(
      "dns_search", .stringOrList, merge: .sequence, unique: .key, .cond,
      "DnsSearchDomains, not awsvpc/Fargate"),
    Attribute("domainname", .string, .warn),
    Attribute(
      "entrypoint", .command, merge: .replace, .map,
      "ContainerDefinition.EntryPoint; clears image command when set"),
  ]

  private static let serviceB: [Attribute] = [
    Attribute(
      "env_file", .short(.envFile, .list(.record(envFile))), merge: .sequence, unique: .path, .load,
      "read at load time, merged into Environment (or EnvironmentFiles on S3)"),
    Attribute(
      "environment", .pairs(nullable: true), merge: .sequence, unique: .key, .map,
      "ContainerDefinition.Environment; a null (unresolved) entry is left out"),
    Attribute(
      "expose", .list(.stringOrNumber, distinct: true), unique: .text, .map,
      "PortMappings without listener; security group and Service Connect reachability"),
    Attribute("extends", .short(.extends, .record(extends)), merge: .consumed, .load),
    Attribute("external_links", .list(.string, distinct: true), .warn),
    Attribute("extra_hosts", .hosts, merge: .hosts, .cond, "ExtraHosts, not awsvpc/Fargate"),
    Attribute(
      "gpus", .short(.gpus, .list(.record(deviceRequest))), .cond,
      "ResourceRequirements GPU (EC2, managed instances)"),
    Attribute("group_add", .list(.stringOrNumber, distinct: true), .warn),
    Attribute("healthcheck", .record(healthcheck), .map, "HealthCheck; test NONE/disable -> omitted"),
    Attribute("hostname", .string, .cond, "Hostname, not awsvpc"),
    Attribute("image", .string, .map, "Image (required unless build/provider)"),
    Attribute("init", .boolean(), .map, "LinuxParameters.InitProcessEnabled"),
    Attribute("ipc", .string, .cond, "TaskDefinition.IpcMode host/task/none, EC2 only"),
    Attribute("isolation", .string, .warn),
    Attribute(
      "label_file", .stringOrList, merge: .sequence, path: .file, .load,
      "read at load time, merged into labels"),
    Attribute("labels", .pairs(), merge: .sequence, unique: .key, .map, "DockerLabels"),
    Attribute(
      "links", .list(.string, distinct: true), unique: .key, .warn,
      "Links only in bridge mode; discovery gives the name"),
    Attribute(
      "logging", .record(logging), merge: .logging, .map,
      "LogConfiguration; default awslogs; awsfirelens, splunk"),
    Attribute("mac_address", .string, .warn),
    Attribute("mem_limit", .bytes(), .map, "ContainerDefinition.Memory (MiB)"),
    Attribute("mem_reservation", .bytes(), .map, "ContainerDefinition.MemoryReservation (MiB)"),
    Attribute("mem_swappiness", .integer(min: 0, max: 100), .cond, "LinuxParameters.Swappiness, EC2 only"),
    Attribute("memswap_limit", .bytes(), .cond, "LinuxParameters.MaxSwap (total minus memory), EC2 only"),
    Attribute(
      "models", .short(.names, .map(.orNull(.record(modelAttachment)))), merge: .names, .error,
      "no runner in ECS; extension may inject a Bedrock endpoint"),
    Attribute(
      "network_mode", .string, .cond,
      "awsvpc unless EC2: host, bridge, none (DisableNetworking); service:x = same task"),
    Attribute(
      "networks", .short(.names, .map(.orNull(.record(networkAttachment)), named: true)), merge: .names, .map,
      "security groups / subnets / namespaces per network"),
    Attribute("oom_kill_disable", .boolean(), .warn),
    Attribute("oom_score_adj", .integer(min: -1000, max: 1000), .warn),
    Attribute("pid", .orNull(.string), .cond, "TaskDefinition.PidMode task (Fargate, EC2) or host (EC2)"),
    Attribute("pids_limit", .integer(), .warn),
    Attribute("platform", .string, .map, "RuntimePlatform (arm64 -> ARM64, amd64 -> X86_64, windows -> WINDOWS_*)"),
  ]

  private static let serviceC: [Attribute] = [
    Attribute(
      "ports", .list(.short(.port, .record(port)), distinct: true), unique: .port, .map,
      "PortMappings + load balancer listener / target group"),
    Attribute(
      "pre_start", .list(.record(preStart)), .map,
      "extra non-essential containers, DependsOn SUCCESS in order"),
    Attribute("post_start", .list(.record(hook)), .warn, "no lifecycle hook inside the task"),
    Attribute("pre_stop", .list(.record(hook)), .warn),
    Attribute("privileged", .boolean(), .cond, "Privileged, EC2 only; error on Fargate"),
    Attribute("profiles", .list(.string, distinct: true), unique: .key, .load, "selects services"),
    Attribute("provider", .record(provider), .ext, "not a container: skip, or map type to an AWS resource module"),
    Attribute("pull_policy", .pattern(.pullPolicy), .skip, "ECS agent setting, not per service"),
    Attribute("pull_refresh_after", .string, .skip),
    Attribute("read_only", .boolean(), .map, "ReadonlyRootFilesystem"),
    Attribute(
      "restart", .string, .map,
      "container RestartPolicy.Enabled and Essential; services always restart tasks"),
    Attribute("runtime", .string, .warn, "nvidia -> GPU requirement"),
    Attribute("scale", .integer(min: 0), .map, "Service.DesiredCount"),
    Attribute(
      "secrets", .list(.short(.fileMount, .record(secretMount))), unique: .secret, .map,
      "Secrets.ValueFrom (env var) and/or file by init container; execution role policy"),
    Attribute("security_opt", .list(.string, distinct: true), .cond, "DockerSecurityOptions, EC2 only"),
    Attribute("shm_size", .bytes(), .cond, "LinuxParameters.SharedMemorySize, EC2 only"),
    Attribute("stdin_open", .boolean(), .map, "Interactive"),
    Attribute("stop_grace_period", .duration, .map, "StopTimeout seconds (Fargate max 120)"),
    Attribute("stop_signal", .string, .warn, "taken from the image only"),
    Attribute("storage_opt", .options, .cond, "size -> TaskDefinition.EphemeralStorage"),
    Attribute(
      "sysctls", .pairs(), merge: .sequence, unique: .key, .map,
      "SystemControls (namespaced subset on Fargate)"),
    Attribute(
      "tmpfs", .stringOrList, merge: .sequence, unique: .key, .cond,
      "LinuxParameters.Tmpfs; stored AWS docs say EC2 only, re-check for Fargate"),
    Attribute("tty", .boolean(), .map, "PseudoTerminal"),
    Attribute(
      "ulimits", .map(.short(.ulimit, .record(ulimit))), merge: .entries, .map,
      "Ulimits; Fargate only nofile"),
    Attribute("use_api_socket", .boolean(quoted: false), .error, "no engine socket"),
    Attribute("user", .string, .map, "User"),
    Attribute("userns_mode", .string, .warn),
    Attribute("uts", .string, .warn),
    Attribute(
      "volumes", .list(.short(.mount, .record(mount)), distinct: true), unique: .mount, .map,
      "MountPoints + Volumes: named -> EFS/EBS/docker volume; bind -> Host path EC2 only; tmpfs -> Tmpfs"),
    Attribute("volumes_from", .list(.string, distinct: true), .cond, "VolumesFrom inside one task"),
    Attribute("working_dir", .string, .map, "WorkingDirectory"),
  ]
}
