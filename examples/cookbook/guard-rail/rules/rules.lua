--- Rules of acme. They run after every override of a project.
composex.check("services", "must run at least two tasks", function(service)
  return (service.Properties.DesiredCount or 1) >= 2
end)
