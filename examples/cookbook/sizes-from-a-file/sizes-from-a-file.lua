local sizes <const> = composex.data("sizes.csv")

composex.project(function(project)
  for _, row in ipairs(sizes) do
    local service <const> = project.services[row.service]
    if service then
      service.deploy = composex.merge(service.deploy or {}, {
        resources = { limits = { cpus = row.cpus, memory = row.memory } },
      })
    end
  end
end)
