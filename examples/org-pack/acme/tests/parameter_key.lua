-- What a project might try.
composex.stack(function(stack) stack:parameter("Key", { Type = "String" }) end)
composex.patch("x-sqs", { KmsMasterKeyId = composex.ref("Key") })
