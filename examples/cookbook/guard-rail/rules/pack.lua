--- Rules that every project of acme keeps.
return {
  name       = "rules",
  version    = "1.0.0",
  composex   = ">= 1.0",
  load       = { "rules.lua" },
  exemptions = "exemptions.lua",
}
