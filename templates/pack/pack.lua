--- The @name@ pack: what every project of the organisation gets, and must do.
return {
  name        = "@name@",
  version     = "1.0.0",
  composex    = ">= 1.0",
  description = "Tags, retention and guard rails of @name@",
  options     = {
    owner = { type = "string", default = "nobody", doc = "The team that answers for the stack" },
  },
  resources   = { "resources/topic.lua" },
  load        = { "rules.lua" },
  tests       = { "tests/rules.lua", "tests/topic.lua" },
}
