local options <const> = composex.options {
  mails = { type = "boolean", default = true, doc = "Whether mails are sent" },
}

composex.project(function(project)
  if options.mails then return end
  -- What points to the service goes with it: dependencies, and its name under Services of the queue.
  local mailer <const> = project.services.mailer
  if mailer then mailer:remove() end
end)
