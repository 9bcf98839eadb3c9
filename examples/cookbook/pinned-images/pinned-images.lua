local options <const> = composex.options {
  registry = { default = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/", doc = "How images begin" },
  enforce  = { type = "boolean", default = true, doc = "Whether other images are refused, or only told" },
}

composex.check("tasks", "must run pinned images of the own registry", function(task)
  for _, container in ipairs(task.Properties.ContainerDefinitions) do
    local image <const> = container.Image
    -- An image that is built has its name when the stack is deployed.
    if type(image) == "string" then
      local is_ours <const> = image:sub(1, #options.registry) == options.registry
      local is_pinned <const> = image:find(":[^/:]+$") ~= nil and not image:find(":latest$")
      if not (is_ours and is_pinned) then
        if options.enforce then return false, container end
        composex.warn(container.Name .. " runs " .. image)
      end
    end
  end
  return true
end)
