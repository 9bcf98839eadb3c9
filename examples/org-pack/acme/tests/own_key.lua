-- What a project might try.
composex.stack(function(stack) stack:add("AWS::SQS::Queue", "Other", { KmsMasterKeyId = "alias/mine" }) end)
