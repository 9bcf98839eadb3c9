-- What a project might try.
composex.resource { key = "x-other", like = "x-sqs", id = "Other" }
