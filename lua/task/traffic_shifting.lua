--- What ECS needs to shift the traffic of a family: the role by which it changes the load balancer, and the roles of its hooks.
local infrastructure_role <const> = engine.use("task/infrastructure_role")
local read <const> = engine.use("base/read")
local traffic_shifting <const> = {}

--- The role by which ECS changes listeners and targets.
--- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/AmazonECSInfrastructureRolePolicyForLoadBalancers.html (2026-11-29)
function traffic_shifting.role(family)
  return (infrastructure_role(family, "traffic_role", "TrafficRole", {
    ManagedPolicyArns = { composex.sub("arn:${AWS::Partition}:iam::aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers") },
  }))
end

--- The role by which ECS calls the functions of hooks. It may call those, and nothing else.
--- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/blue-green-permissions.html (2026-11-29)
local function hook_role(family, functions)
  return (infrastructure_role(family, "hook_role", "HookRole", { Policies = { {
    PolicyName = "hooks", PolicyDocument = { Version = "2012-10-17", Statement = { {
      Sid = "Hooks", Effect = "Allow", Action = { "lambda:InvokeFunction" }, Resource = functions,
    } } },
  } } }))
end

--- Gives hooks that name no role one: `properties` are those of the service.
function traffic_shifting.hooks(family, properties)
  local list <const> = read.at(properties.DeploymentConfiguration, "LifecycleHooks")
  local functions <const>, made <const> = {}, {}
  for index, hook in ipairs(read.is_list(list) and list or {}) do
    local copy <const> = {}
    if read.is_mapping(hook) then
      for name in pairs(hook) do copy[name] = read.placed(hook, name) end
      if copy.RoleArn == nil and copy.HookTargetArn ~= nil then table.insert(functions, copy.HookTargetArn) end
    end
    made[index] = read.is_mapping(hook) and copy or hook
  end
  if #functions == 0 then return end
  local own <const> = hook_role(family, functions)
  for _, hook in ipairs(made) do
    if type(hook) == "table" and hook.RoleArn == nil then hook.RoleArn = own:att("Arn") end
  end
  properties.DeploymentConfiguration.LifecycleHooks = made
end

return traffic_shifting
