--- What becomes of each attribute of a compose service: rendered by a step, read by the loader, or without effect and why.
local lazy <const> = engine.use("base/lazy")
local names <const> = lazy("project/lost_names")
local read <const> = engine.use("base/read")
local attributes <const> = {}

--- Rendered by a file of `ecs/` or `platform/`, on every platform.
attributes.rendered = {
  "cap_add", "cap_drop", "command", "configs", "container_name", "cpu_period", "cpu_quota", "cpus", "depends_on", "deploy",
  "entrypoint", "environment", "expose", "healthcheck", "image", "init", "labels", "logging", "mem_limit", "mem_reservation",
  "networks", "pid", "platform", "ports", "pre_start", "read_only", "restart", "scale", "secrets", "stdin_open",
  "stop_grace_period", "storage_opt", "sysctls", "tmpfs", "tty", "ulimits", "user", "volumes", "volumes_from", "working_dir",
}

--- Read before anything is generated, or nothing that a task could show.
attributes.silent = {
  "attach", "build", "develop", "env_file", "extends", "label_file", "profiles", "pull_policy", "pull_refresh_after",
}

--- Rendered on instances; without effect on Fargate, with the reason.
attributes.on_instances = {
  cpu_shares     = "Fargate sizes a task by cpus",
  devices        = "Fargate has no devices",
  gpus           = "Fargate has no GPUs",
  ipc            = "Fargate tasks do not share IPC",
  mem_swappiness = "Fargate has no swap",
  memswap_limit  = "Fargate has no swap",
  privileged     = "Fargate runs no privileged containers",
  security_opt   = "Fargate has no security options",
  shm_size       = "Fargate has 64 MiB of shared memory",
}

--- Rendered on Linux; without effect on Windows.
attributes.on_linux = {
  "cap_add", "cap_drop", "devices", "init", "privileged", "read_only", "shm_size", "sysctls", "tmpfs", "ulimits", "user",
}

--- Rendered where containers have Docker's network (`bridge`); without effect elsewhere, with the reason.
attributes.on_bridge = {
  dns         = "the VPC resolves names",
  dns_search  = "the VPC resolves names",
  extra_hosts = "tasks with an address of their own have no hosts file entries",
  hostname    = "the VPC names tasks",
  links       = "services meet by their names",
}

--- Without effect, with the reason.
attributes.ignored = {
  annotations         = "ECS has no annotations",
  blkio_config        = "ECS has no block I/O limits",
  cgroup              = "ECS manages cgroups itself",
  cgroup_parent       = "ECS manages cgroups itself",
  cpu_count           = "ECS sizes a task by cpus",
  cpu_percent         = "ECS sizes a task by cpus",
  cpu_rt_period       = "ECS has no real-time scheduling",
  cpu_rt_runtime      = "ECS has no real-time scheduling",
  cpuset              = "ECS does not pin CPUs",
  credential_spec     = "it names a file or a registry of a Windows host",
  device_cgroup_rules = "ECS has no device rules",
  dns_opt             = "ECS has no options of the resolver",
  domainname          = "the VPC names tasks",
  external_links      = "ECS knows no containers outside of the project",
  group_add           = "ECS has no supplementary groups",
  isolation           = "it is an attribute of Windows hosts",
  mac_address         = "the VPC gives addresses",
  models              = "ECS runs no models",
  network_mode        = "tasks have an address of their own",
  oom_kill_disable    = "ECS does not let a task outgrow its memory",
  oom_score_adj       = "ECS does not let a task outgrow its memory",
  pids_limit          = "ECS has no process limit",
  post_start          = "ECS has no lifecycle hooks",
  pre_stop            = "ECS has no lifecycle hooks",
  provider            = "it is not a container",
  runtime             = "ECS chooses the runtime",
  stop_signal         = "ECS takes it from the image",
  use_api_socket      = "there is no engine socket",
  userns_mode         = "ECS isolates tasks itself",
  uts                 = "ECS isolates tasks itself",
}

local on_instances <const> = "run it on instances: deploy.labels ecs.compute.platform: EC2"

--- Attributes below another without effect, with the reason.
local below <const> = {
  deploy = {
    endpoint_mode   = "services meet by Service Connect",
    rollback_config = "the circuit breaker rolls back as it deploys",
    update_config   = { delay = "ECS paces deployments itself", max_failure_ratio = "the circuit breaker counts failures itself" },
    restart_policy  = {
      max_attempts = "ECS services restart their tasks always", delay = "ECS paces restarts itself", window = "ECS paces restarts itself",
    },
    resources = {
      limits       = { pids = "ECS has no process limit" },
      reservations = { generic_resources = "ECS knows CPU, memory and GPUs" },
    },
  },
  healthcheck = { start_interval = "ECS has one interval" },
}
--- The same, on Fargate.
local below_on_fargate <const> = { deploy = { resources = { reservations = { devices = "Fargate has no GPUs" } } } }

local function tell(service, name, holder, key, reason, remedy)
  engine.warn({ holder, key, "key" }, "services::" .. service.name .. " " .. name .. " has no effect on ECS: " .. reason, remedy)
end

--- `network_mode: service:x`, `bridge` and `host` say something; the rest of the attribute's values as well, where it is rendered.
local function is_rendered(service, family, name)
  if name ~= "network_mode" then return false end
  local mode <const> = service.network_mode
  return mode:find("^service:") ~= nil or mode == "default" or mode == family.runs.network_mode
end

--- Why an attribute is without effect in this family, and a remedy where there is one; nil when it has an effect.
local function reason_of(service, family, name)
  if is_rendered(service, family, name) then return nil end
  if attributes.ignored[name] then return attributes.ignored[name] end
  if family.windows and read.index(attributes.on_linux, name) then return "Windows does not have it" end
  if family.fargate and attributes.on_instances[name] then
    if name == "ipc" and service.ipc == "private" then return nil end
    return attributes.on_instances[name], on_instances
  end
  -- Links with other names are told one by one.
  if name == "links" then
    for _, link in ipairs(service.links) do
      if link:find(":", 1, true) then return nil end
    end
  end
  if family.runs.network_mode == "awsvpc" then return attributes.on_bridge[name] end
end

--- Tells the entries of `holder` that `rows` has reasons for; `path` leads to it.
local function tell_below(service, holder, rows, path, remedy)
  for key, row in pairs(rows) do
    local value <const> = holder[key]
    if type(row) == "string" then
      if value ~= nil then tell(service, path .. "." .. key, holder, key, row, remedy) end
    elseif read.is_mapping(value) then
      tell_below(service, value, row, path .. "." .. key, remedy)
    end
  end
end

--- Whether a service gives or takes names beside its own: links, and what it says of its networks.
local function says_names(service)
  if service.links ~= nil then return true end
  for _, said in pairs(service.networks or {}) do
    if said ~= nil then return true end
  end
  return false
end

--- Tells every attribute of a service that has no effect on ECS.
function attributes.tell(service, family)
  for name, value in pairs(service) do
    local is_off <const> = value == false or value == nil or (read.is_mapping(value) and #value == 0)
    if not is_off then
      local reason <const>, remedy <const> = reason_of(service, family, name)
      if reason then tell(service, name, service, name, reason, remedy) end
      if below[name] and read.is_mapping(value) then tell_below(service, value, below[name], name) end
      if family.fargate and below_on_fargate[name] and read.is_mapping(value) then
        tell_below(service, value, below_on_fargate[name], name, on_instances)
      end
    end
  end
  if says_names(service) then names.tell(service, family) end
  for _, port in ipairs(service.ports or {}) do
    if port.host_ip ~= nil and port.host_ip ~= "0.0.0.0" and port.host_ip ~= "::" then
      engine.warn({ port, "host_ip" }, "services::" .. service.name .. " ports host_ip has no effect on ECS: a task has an address of its own",
        "security groups say who may connect")
    end
  end
end

return attributes
