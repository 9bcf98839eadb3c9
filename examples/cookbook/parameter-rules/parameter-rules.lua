composex.stack(function(stack)
  local stage <const> = stack:parameter("Stage", {
    Type = "String", Default = "dev", AllowedValues = { "dev", "prod" },
  })
  local count <const> = stack:parameter("WebCount", { Type = "Number", Default = 1, AllowedValues = { 1, 2, 4 } })
  stack:rule("ProductionIsRedundant", {
    RuleCondition = { ["Fn::Equals"] = { stage, "prod" } },
    Assertions = { {
      Assert = { ["Fn::Contains"] = { { "2", "4" }, count } },
      AssertDescription = "production runs at least two tasks of web",
    } },
  })
  stack:one("services::web").Properties.DesiredCount = count
  stack.Metadata.Owner = "payments"
end)
