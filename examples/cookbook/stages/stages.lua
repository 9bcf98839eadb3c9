local options <const> = composex.options {
  stage    = { values = { "dev", "test", "prod" }, required = true, doc = "The stage that the stack is for" },
  replicas = { type = "integer", default = 1, min = 1, max = 20, doc = "How many tasks web has" },
  zones    = { list = true, default = { "a", "b" }, pattern = "^%l$", doc = "Letters of the zones" },
}

composex.patch("services::web", { DesiredCount = options.replicas })
composex.each("*", function(resource)
  resource:tag { stage = options.stage, zones = composex.join(options.zones, "+") }
end)
