-- The second result of the function is the element that is wrong: it is named, and the refusal stands at its line.
composex.check("tasks", "must have read-only containers", function(task)
  for _, container in ipairs(task.Properties.ContainerDefinitions) do
    if not container.ReadonlyRootFilesystem then return false, container end
  end
  return true
end)
