-- What a project might try.
composex.patch("x-sqs", { KmsMasterKeyId = "{{resolve:ssm:/key}}" })
