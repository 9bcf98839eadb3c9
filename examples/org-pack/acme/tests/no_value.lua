-- What a project might try.
composex.patch("x-sqs", { KmsMasterKeyId = composex.ref("AWS::NoValue") })
