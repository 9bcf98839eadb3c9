--- `x-ecs: {EnableExecuteCommand: true}`: a shell in a running container, through the Systems Manager.
local cluster <const> = engine.use("x/cluster/project_cluster")
local read <const> = engine.use("base/read")
local execute_command <const> = {}

--- True, at its place in the file, when a service of the family asks for it; else nil.
function execute_command.wanted(family)
  for _, service in ipairs(family.services) do
    local section <const> = service["x-ecs"]
    if read.at(section, "EnableExecuteCommand") == true then return engine.placed(true, { section, "EnableExecuteCommand" }) end
  end
end

--- Lets the tasks open a channel to the Systems Manager.
function execute_command.allow(family)
  if not execute_command.wanted(family) then return end
  table.insert(family.statements, {
    key = "exec", sid = "ExecuteCommand", resources = { "*" }, actions = {
      "ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel", "ssmmessages:OpenControlChannel",
      "ssmmessages:OpenDataChannel",
    },
  })
  for _, statement in ipairs(cluster.command_statements()) do
    table.insert(family.statements, {
      key = "exec", sid = statement.sid, resources = statement.resources, actions = statement.actions, condition = statement.condition,
    })
  end
end

return execute_command
