composex.project(function(project)
  for _, service in pairs(project.services) do
    if service.expose and not service.healthcheck then
      local port <const> = service.expose[1]
      service.healthcheck = {
        test = { "CMD-SHELL", "wget -qO- http://localhost:" .. port .. "/health || exit 1" },
        interval = "15s", retries = 3, start_period = "30s",
      }
    end
  end
end)
