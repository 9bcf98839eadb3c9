--- A family: the services that share one task. Every field that a file may write is declared here, and no other can be read or written.
local family <const> = {}

--- Fields that are there from the beginning.
local function initial(name)
  return {
    name = name,
    -- Who is in it (`project/grouping`, `project/start_order`).
    services = {},          -- its services, in starting order
    by_name = {},           -- by the name of a service: the service
    conditions = {},        -- [service][other]: what the container of `service` waits for: START, COMPLETE, SUCCESS, HEALTHY
    ending = {},            -- by the name of a service: true when another container waits for its end
    essential = {},         -- by the name of a service: whether the end of its container ends the task
    -- What goes into its task (`task/service` and the steps).
    statements = {},        -- of the task role, beside those that resources grant: { key, sid, actions, resources, condition }
    execution = {},         -- statements of the execution role, likewise
    managed_policies = {},  -- ARNs of managed policies of the task role
    reach = {},             -- rules of security groups that let the tasks in: { noun, group, port, protocol, description }
    let_in = {},            -- by what it lets in, as text: true for each rule of x-network.Ingress that is made (`task/ingress`)
    after = {},             -- what must be there before the service: { resource }
    variables = {},         -- variables of all containers: { name, value }
    environment = {},       -- by the name of a service: variables of its container, likewise
    sidecars = {},          -- { container, condition, ... } (`task/sidecars`)
    policies = {},          -- what scales it: policies, and alarms that came with them
    infrastructure = {},    -- roles by which ECS acts for it, by what they are for (`task/infrastructure_role`)
    outputs = {},           -- outputs in the configuration of the log router, as strings (`task/firelens`)
    sizes = {},             -- by the name of a service: { cpu, memory, reservation, ... } (`task/sizes`)
    logs = {},              -- by the name of a service: its LogConfiguration
    mounts = {},            -- by the name of a service: its MountPoints
    files = {},             -- by the name of a service: the container that writes its files
    contents = {},          -- by the name of a service: the container that fills its volumes
    filled = {},            -- by the name of a volume of the task: the container that fills it first
    port_names = {},        -- by the name of a port: the port that has it in the task
    file_systems = {},      -- by the name of a volume on EFS: what of it is mounted (`task/efs_volumes`)
    entered = {},           -- by the name of a volume on EFS: true when the tasks are let into its file system
  }
end

--- Fields that are nil until a step writes them, or for good.
local later <const> = {
  main            = "the service that stands for the family",
  hostname        = "the name that it is discovered by, where that is not its own",
  waits_for       = "the families that must be stable before it is created",
  networks        = "the names of its compose networks, in the order of its services",
  is_on           = "the same names as keys",
  service_connect = "what its section x-ecs_connect says; false when it has none",
  runs            = "what it runs on (x/cluster/compute)",
  fargate         = "whether that is Fargate",
  platform        = "its RuntimePlatform",
  windows         = "whether it runs on Windows",
  names           = "the names by which its resources are found: those of its services, and its own",
  has_log_section = "whether a service has x-logging",
  boundary        = "the permissions boundary of its roles; false when there is none",
  volumes         = "the volumes of its task; volumes.add adds one",
  room            = "how many bytes its files may still have in the task definition",
  disks           = "the VolumeConfigurations of its service (EBS)",
  writes_shared   = "whether it writes to a volume that its next task has as well",
  uses_efs        = "whether it mounts a file system of the project's",
  routes          = "whether a container logs through the log router",
  scaling         = "what x-scaling of its services says together; false when nothing does",
  log_group       = "a function that returns its log group, which is made when it is first asked for",
  is_job          = "whether its tasks end, so that it has no service (`project/jobs`)",
  run_as          = "how a job is run: the properties that its service would have",
  made            = "by the name of a step: what it returned",
}

--- Raises an error in whoever reads or writes another field, with the near name of one.
local function complain(name)
  local known <const> = {}
  for field in pairs(initial("")) do table.insert(known, field) end
  for field in pairs(later) do table.insert(known, field) end
  local near <const> = engine.near(tostring(name), known, "")
  error("a family has no field \"" .. tostring(name) .. "\"" .. (near:find("^did you mean") and ": " .. near or ""), 3)
end

local guard <const> = {
  __index = function(_, name)
    if not later[name] then complain(name) end
  end,
  __newindex = function(self, name, value)
    if not later[name] then complain(name) end
    rawset(self, name, value)
  end,
}

--- A family without services.
function family.new(name) return setmetatable(initial(name), guard) end

return family
