--- What becomes of each attribute of a compose service: rendered by a step, read by the loader, or without effect and why.
local attributes <const> = {}

--- Rendered by `ecs/container`, `ecs/service` or `ecs/sizes`.
attributes.rendered = {
  "command", "container_name", "cpus", "depends_on", "deploy", "entrypoint", "environment", "expose", "healthcheck", "image",
  "init", "labels", "mem_limit", "mem_reservation", "platform", "ports", "read_only", "restart", "scale", "stdin_open",
  "stop_grace_period", "tty", "user", "working_dir",
}

--- Read before anything is generated, or nothing that a task could show.
attributes.silent = {
  "attach", "build", "develop", "env_file", "extends", "label_file", "networks", "profiles", "pull_policy", "pull_refresh_after",
}

--- Without effect, with the reason.
attributes.ignored = {
  annotations         = "ECS has no annotations",
  blkio_config        = "ECS has no block I/O limits",
  cap_add             = "capabilities are not rendered",
  cap_drop            = "capabilities are not rendered",
  cgroup              = "Fargate manages cgroups itself",
  cgroup_parent       = "Fargate manages cgroups itself",
  configs             = "configs are not mounted",
  cpu_count           = "Fargate sizes a task by cpus",
  cpu_percent         = "Fargate sizes a task by cpus",
  cpu_period          = "Fargate sizes a task by cpus",
  cpu_quota           = "Fargate sizes a task by cpus",
  cpu_rt_period       = "Fargate has no real-time scheduling",
  cpu_rt_runtime      = "Fargate has no real-time scheduling",
  cpu_shares          = "Fargate sizes a task by cpus",
  cpuset              = "Fargate does not pin CPUs",
  credential_spec     = "Fargate on Linux has no credential specs",
  device_cgroup_rules = "Fargate has no devices",
  devices             = "Fargate has no devices",
  dns                 = "the VPC resolves names",
  dns_opt             = "the VPC resolves names",
  dns_search          = "the VPC resolves names",
  domainname          = "the VPC names tasks",
  external_links      = "ECS has no links",
  extra_hosts         = "Fargate has no hosts file entries",
  gpus                = "Fargate has no GPUs",
  group_add           = "ECS has no supplementary groups",
  hostname            = "the VPC names tasks",
  ipc                 = "Fargate tasks do not share IPC",
  isolation           = "it is an attribute of Windows hosts",
  links               = "ECS has no links",
  logging             = "logs go to CloudWatch",
  mac_address         = "the VPC gives addresses",
  mem_swappiness      = "Fargate has no swap",
  memswap_limit       = "Fargate has no swap",
  models              = "ECS runs no models",
  network_mode        = "Fargate tasks use awsvpc",
  oom_kill_disable    = "Fargate does not let a task outgrow its memory",
  oom_score_adj       = "Fargate does not let a task outgrow its memory",
  pid                 = "processes are not shared",
  pids_limit          = "Fargate has no process limit",
  post_start          = "ECS has no lifecycle hooks",
  pre_start           = "ECS has no lifecycle hooks",
  pre_stop            = "ECS has no lifecycle hooks",
  privileged          = "Fargate runs no privileged containers",
  provider            = "it is not a container",
  runtime             = "Fargate has one runtime",
  secrets             = "secrets are not mounted",
  security_opt        = "Fargate has no security options",
  shm_size            = "Fargate has a fixed shared memory",
  stop_signal         = "ECS takes it from the image",
  storage_opt         = "storage options are those of a Docker host",
  sysctls             = "system controls are not rendered",
  tmpfs               = "tmpfs mounts are not rendered",
  ulimits             = "limits are not rendered",
  use_api_socket      = "there is no engine socket",
  userns_mode         = "Fargate isolates tasks itself",
  uts                 = "Fargate isolates tasks itself",
  volumes             = "volumes are not mounted",
  volumes_from        = "volumes are not mounted",
}

--- Tells every attribute of a service that has no effect on ECS.
function attributes.tell(service)
  for name in pairs(service) do
    local reason <const> = attributes.ignored[name]
    if reason and service[name] ~= nil then
      engine.warn({ service, name, "key" }, "services::" .. service.name .. " " .. name .. " has no effect on ECS: " .. reason)
    end
  end
end

return attributes
