--- What a project might try, and what the rules say to it.
local renders <const>, refuses <const> = composex.test.renders, composex.test.refuses

local function queue(properties) return "x-sqs: { jobs: { Properties: { " .. properties .. " } } }" end
local key <const> = "x-sqs::jobs must be encrypted with an acme key"
local own <const> = { scripts = { "tests/own_key.lua" } }

refuses("the key is taken out", queue "", key, { scripts = { "tests/no_key.lua" } })
refuses("the key is AWS::NoValue", queue "", key, { scripts = { "tests/no_value.lua" } })
refuses("the key is one thing or another", queue "", key, { scripts = { "tests/either_key.lua" } })
refuses("the key is put together", queue "", key, { scripts = { "tests/joined_key.lua" } })
refuses("the key is a parameter, whose value nobody knows", queue "", key, { scripts = { "tests/parameter_key.lua" } })
refuses("the key is read while the stack is deployed", queue "", key, { scripts = { "tests/resolved_key.lua" } })

refuses("a queue of x-resources", "x-resources: { other: { Type: AWS::SQS::Queue } }", "must be encrypted with an acme key")
refuses("a queue of a script", queue "", "#Other must be encrypted with an acme key", own)
refuses("a queue of a key that is like x-sqs", "x-other: { mine: { Properties: { KmsMasterKeyId: alias/mine } } }",
  "x-other::mine must be encrypted with an acme key", { scripts = { "tests/like_sqs.lua" } })

refuses("a bucket that a macro completes", [[
x-s3: { data: { Properties: { "Fn::Transform": { Name: "AWS::Include", Parameters: { Location: "s3://b/k" } } } } }
]], "x-s3::data has Fn::Transform, whose result no rule can see")

refuses("the rule of the organisation's module is switched off", [[
x-acme_topic: { news: { Properties: { TopicName: mine } } }
x-other: { one: {} }
]], "x-acme_topic::news must not be renamed", { scripts = { "tests/like_topic.lua" } })

renders("a key of the organisation", queue "KmsMasterKeyId: !Sub alias/acme/data", function() end)
