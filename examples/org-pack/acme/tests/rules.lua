local renders, refuses, same = composex.test.renders, composex.test.refuses, composex.test.same

renders("a queue gets the organisation's key", [[ x-sqs: { jobs: {} } ]], function(stack)
  same(stack:one("AWS::SQS::Queue").Properties.KmsMasterKeyId, "alias/acme/data")
end)

renders("a queue keeps messages for two weeks, unless the file says otherwise", [[
x-sqs:
  jobs: {}
  short: { Properties: { MessageRetentionPeriod: 60 } }
]], function(stack)
  same(stack:one("x-sqs::jobs").Properties.MessageRetentionPeriod, 1209600)
  same(stack:one("x-sqs::short").Properties.MessageRetentionPeriod, 60)
end)

renders("everything is tagged with its owner", [[ services: { web: { image: "nginx:1" } } ]], function(stack)
  same(stack:one("services::web").Properties.Tags, {
    { Key = "organisation", Value = "acme" }, { Key = "owner", Value = "payments" },
  })
end, { set = { owner = "payments" } })

renders("logs are kept as long as the option says", [[ services: { web: { image: "nginx:1" } } ]], function(stack)
  same(stack:one("#WebLogGroup").Properties.RetentionInDays, 7)
end, { set = { ["acme.retention"] = 7 } })

renders("roles have the boundary of the organisation", [[ services: { web: { image: "nginx:1" } } ]], function(stack)
  for _, role in ipairs(stack:all("AWS::IAM::Role")) do
    same(tostring(role.Properties.PermissionsBoundary),
      "arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/acme-boundary")
  end
end)

refuses("an image without a version", [[ services: { web: { image: nginx } } ]],
  "WebTaskDefinition of services::web must not use the tag latest")

refuses("public addresses", [[ services: { web: { image: "nginx:1" } } ]],
  "services::web must not have public addresses", { scripts = { "tests/public.lua" } })
