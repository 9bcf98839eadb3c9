-- What a project might try.
composex.patch("services::web", { NetworkConfiguration = { AwsvpcConfiguration = { AssignPublicIp = "ENABLED" } } })
