-- What a project might try.
composex.stack(function(stack)
  local stage <const> = stack:parameter("Stage", { Type = "String" })
  stack:condition("Live", { ["Fn::Equals"] = { stage, "live" } })
end)
composex.patch("x-sqs", { KmsMasterKeyId = { ["Fn::If"] = { "Live", "alias/acme/data", "alias/mine" } } })
