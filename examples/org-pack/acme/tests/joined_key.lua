-- What a project might try.
composex.patch("x-sqs", { KmsMasterKeyId = { ["Fn::Join"] = { "/", { "alias", "mine" } } } })
