--- The acme pack: what every project of the organisation gets, and must do.
return {
  name        = "acme",
  version     = "1.2.0",
  composex    = ">= 1.0",
  description = "Tags, encryption, retention and guard rails of acme",
  options     = {
    owner     = { type = "string", default = "nobody", doc = "The team that answers for the stack" },
    retention = { type = "integer", default = 90, doc = "How many days logs are kept" },
  },
  resources   = { "resources/topic.lua" },
  load        = { "rules.lua" },
  contracts   = { "contracts.lua" },
  exemptions  = "exemptions.lua",
  tests       = { "tests/rules.lua", "tests/topic.lua", "tests/bypasses.lua", "tests/contracts.lua" },
}
