--- The fields of a module table, each described once: its shape, the sentence that documents it, an example. The check of tables from
--- scripts and packs, the table in docs/resources.md and the types of editors (lua/meta) are made of this.
local read <const> = engine.use("base/read")
local shape <const> = engine.use("base/shape")
local words <const> = engine.use("kinds/words")
local metaschema <const> = {}

local text <const>, number <const>, flag <const>, any <const> = shape.text, shape.number, shape.flag, shape.any

--- A function of this signature, as LuaLS writes it.
local function fn(signature)
  return { name = "a function", lua = "fun" .. signature, fits = function(value) return type(value) == "function" end }
end

--- A table of which LuaLS knows the class: rows of `{ name, shape, sentence, required = true }`, and perhaps a list beside them.
local function record(class, rows, item, example)
  local fields <const> = {}
  for _, row in ipairs(rows) do fields[row[1]] = row[2] end
  return {
    name = item and "a list, with names beside its items" or "a mapping", class = class, rows = rows, fields = fields, item = item, example = example,
    fits = function(value) return type(value) == "table" and (item ~= nil or read.is_mapping(value)) end,
  }
end

--- A value that composex itself makes of shapes: `lua` is what LuaLS calls it.
local function opaque(name, lua, fits) return { name = name, lua = lua, fits = fits } end

local of_definition <const> = "(definition: composex.definition)"
local reported_at <const> = "where: any"

-- Parts --------------------------------------------------------------------------------------------------------------

local part_of <const> = record("composex.module.part", {
  { "part", text, "What it is of the definition: the `part` of a resource that comes with it.", required = true },
}, text)

local link <const> = record("composex.module.link", {
  { "arn", flag, "Whether a string that is neither the name of a definition nor an ARN is an error." },
  { "permit", text, "The AWS service that the target's policy lets in: \"s3.amazonaws.com\"." },
  { "source", text, "The return value that names who may come: the permission is for it alone." },
  { "sid", fn "(definition: composex.definition): string", "The name of the statement." },
  { "wait", flag, "Whether the resource is created after that permission." },
  { "after", fn("(definition: composex.definition, target: composex.definition, " .. reported_at .. ", holder: table)"),
    "What else follows, once all links are resolved." },
  { "foreign", fn "(definition: composex.definition, value: any, holder: table)", "What follows of an ARN that the file does not define." },
}, text)

local type_of_part <const> = { "type", text, "The resource type.", required = true }
local noun_of_part <const> = { "noun", text, "The last part of its logical id.", required = true }
local properties_of_part <const> = { "properties", shape.map(any), "Its properties, in which `composex.this` is the main resource." }
local companion <const> = record("composex.module.companion", {
  type_of_part, noun_of_part,
  { "part", text, "What it is of the definition.", required = true },
  properties_of_part,
  { "attributes", shape.map(any), "CloudFormation's attributes: DeletionPolicy, ..." },
}, nil, '{ type = "AWS::SQS::QueuePolicy", noun = "Policy", part = "policy", properties = {...} }')

local permits <const> = record("composex.module.permits", {
  { "part", text, "The part that is the policy; \"main\" for a document in the resource itself." },
  { "actions", shape.list(text), "What an AWS service may do that links it." },
  { "document", text, "The property of that part that is the document: PolicyDocument when it is not there." },
  { "resource", text, "What the statement is on: \"${Arn}\" when it is not there." },
  { "policy", record("composex.module.policy", { type_of_part, noun_of_part, properties_of_part }), "The policy that is made when there is none." },
  { "grant", fn("(definition: composex.definition, principal: string, source: any, sid: string, " .. reported_at .. "): any"),
    "What opens the resource instead of a policy." },
})

local word <const> = shape.either(
  shape.one_of(read.names(words.shapes)),
  opaque("a shape", "table", function(value) return type(value) == "table" and value.fits ~= nil end),
  record("composex.module.word", {
    { "is", shape.either(shape.one_of(read.names(words.shapes)), any), "What its value must be: the name of a shape." },
    { "sets", text, "The property that it sets (MacroParameters)." },
    { "apply", fn "(definition: composex.definition, ...: any)",
      "What it does: after the definition come the service (in `service`), the value, its place, and the word." },
  }))
local of_words <const> = shape.either(shape.map(word), shape.list(text))

local lookup <const> = record("composex.module.lookup", {
  { "arn", shape.either(text, shape.list(text)), "The form of its ARN: \"arn:{partition}:sqs:{region}:{account}:{name}\"." },
  { "by", shape.map(record("composex.module.name", {
    { "like", text, "The Lua pattern of such a name.", required = true }, { "example", text, "One to show in remedies.", required = true },
  })), "Other keys that find it, when the Arn does not." },
  { "by_name", flag, "Whether `Lookup: true` finds it by the name that the definition says." },
  { "returns", shape.map(shape.either(text, fn "(parts: table<string, string>, definition: composex.definition): any")),
    "Return values that the ARN says: \"{name}\"." },
  { "accepts", of_words, "Further keys beside the Arn." },
  { "levels", shape.list(text), "Keys below which all that may stand: \"cluster\", \"db\", \"instance\" when it is not there." },
  { "beside", of_words, "Keys that stand beside such a key." },
  { "form", any, "The shape of a Lookup that is read by the module itself." },
  { "keys", shape.list(text), "Names of values in which the file states the key that encrypts it." },
})

local network <const> = record("composex.module.network", {
  { "ports", shape.list(any), "The ports that services reach: numbers, return values, or functions of the definition.", required = true },
  { "subnets", text, "The subnets that it stands in, unless Settings say others: \"storage\" when it is not there." },
  { "groups", text, "The property that lists its security groups." },
  { "into", text, "The property that lists its subnets." },
  { "group", record("composex.module.subnet_group", {
    { "type", text, "The resource type of the group of subnets.", required = true },
    { "property", text, "The property that names the group.", required = true },
    { "description", text, "The property of the group that describes it.", required = true },
    { "properties", shape.map(any), "Further properties of the group." },
  }), "The group of subnets that is made for it." },
  { "zones", fn "(body: table): integer", "How many zones it needs of a VPC whose number of zones the file does not say." },
  { "prepare", fn "(definition: composex.definition, group: composex.resource)", "What else places it in the network." },
})

local secret <const> = record("composex.module.secret", {
  { "username", text, "The property of the user's name." },
  { "password", text, "The property of the password." },
  { "name", text, "The user's name, when the file says none." },
  { "lengths", shape.list(number), "The least and the most characters of a password." },
  { "specials", text, "The special characters that the password has; none when the module says none." },
  { "sources", shape.list(text), "Properties with which it takes the credentials of another one." },
  { "restored", text, "The property with which it takes the user's name of a snapshot." },
  { "managed", text, "The property that lets AWS make and keep the credentials." },
  { "attach", flag, "Whether the secret is attached, and then holds the address." },
  { "token", flag, "Whether clients have a password and no name." },
  { "custom", fn "(definition: composex.definition, username: any, password: any)", "What writes name and password into the properties." },
  { "scheme", fn "(definition: composex.definition): string", "How a connection string begins: \"mysql\"." },
  { "address", text, "The return value that is the host of a connection string." },
  { "port", text, "The return value that is its port." },
  { "database", text, "The property that names its database." },
  { "options", text, "How it ends." },
})

local alarm <const> = record("composex.module.alarm", {
  { "above", number, "The threshold, for a value that is there or above." },
  { "below", number, "The threshold, for a value that is there or below." },
  { "Namespace", text, "The namespace, when it is another one." },
  { "EvaluationPeriods", number, "For how many minutes: 5 when it is not there." },
  { "DatapointsToAlarm", number, "In how many of them: in all when it is not there." },
}, text, '{ "ApproximateAgeOfOldestMessage", "Maximum", above = 900 }')

local metrics <const> = record("composex.module.metrics", {
  { "namespace", text, "What CloudWatch calls them: \"AWS/SQS\".", required = true },
  { "dimensions", shape.list(any), "Each `{ name, return value }`, or `{ name, text = \"...\" }`.", required = true },
  { "charts", shape.list(any), "What a dashboard shows: each `{ metric, statistic }`, and perhaps a period in seconds." },
  { "alarms", shape.map(alarm), "Ready-made alarms (Predefined) by name: each `{ metric, statistic, above = threshold }`." },
})

local accepts <const> = record("composex.module.accepts", {
  { "definition", of_words, "Keys beside Properties, Services, ..." },
  { "settings", of_words, "Keys of Settings." },
  { "macros", of_words, "Keys of MacroParameters." },
  { "service", of_words, "Keys below the name of a service, beside Access and ReturnValues." },
  { "properties", any, "The shape of Properties, where they are not those of the type." },
  { "section", any, "\"single\" when the section itself is the definition, or another shape of the section." },
  { "short", any, "The shape of what may stand instead of a section that is the definition." },
  { "also", shape.map(any), "Properties that may have another form than their type has, and the shape of that." },
  { "item_types", shape.map(text), "Lists whose items may say what a resource of that type can." },
})

local made_with <const> = shape.either(fn(of_definition), companion)

local hooks <const> = record("composex.module.hooks", {
  { "make", fn(of_definition), "Makes the resource, instead of the usual way." },
  { "after_make", shape.either(made_with, shape.list(made_with)), "What comes with it: functions, and resources `{ type, noun, part, properties }`." },
  { "serve", fn("(definition: composex.definition, service: string, body: table, " .. reported_at .. ")"),
    "What a named service gets, instead of access, variables, a way in and secrets." },
  { "finish", fn(of_definition), "What is made once the services are there." },
})

-- Fields -------------------------------------------------------------------------------------------------------------

--- Each `{ name, shape, sentence, example }`, in the order in which a module is read.
metaschema.fields = {
  { "key", text, "The key of the section.", 'key = "x-acme_topic"', required = true },
  { "type", shape.either(text, fn "(body: table): string?"), "The resource type.", 'type = "AWS::SNS::Topic"' },
  { "noun", shape.either(text, fn "(body: table): string"), "The last part of logical ids: `NewsTopic`. Also written `id`.", 'noun = "Topic"' },
  { "kinds", shape.list(shape.map(any)),
    "Several kinds under one key: tables as this one, with what differs; the first whose `when(body)` answers is taken.",
    'kinds = { { when = function(body) return body.Lookup == nil end, type = "AWS::SNS::Topic" } }', lua = "composex.module[]" },
  { "like", text,
    "The key of a module whose fields this one takes, where it has none of its own; profiles and checks of both count.",
    'like = "x-sqs"' },
  { "defaults", shape.map(any), "Properties that the file left out; a function of the definition may decide.", "defaults = { DelaySeconds = 5 }" },
  { "keep", shape.either(shape.one_of { "Retain", "Snapshot", "Delete", "RetainExceptOnCreate" }, fn "(definition: composex.definition): string"),
    "The DeletionPolicy of data.", 'keep = "RetainExceptOnCreate"' },
  { "returns", shape.map(shape.either(text, flag, part_of, fn "(definition: composex.definition): any")),
    "What services can get: a name to `Ref`, an attribute, a string such as `\"${Endpoint}/path\"`, `{ part = \"policy\", \"Ref\" }` of a resource that comes "
    .. "with it, or a function; `[\"*\"] = true` are all attributes of the type. `network` adds GroupId, `secret` DBSecret.",
    'returns = { Arn = "Ref" }' },
  { "env", shape.map(text), "Variables that every named service gets, with the return value that each holds: `{NAME}` is the definition's name.",
    'env = { ["{NAME}"] = "Arn" }' },
  { "access", shape.map(any), "Profiles: lists of actions; a bare word includes another profile; a table has resources of its own "
    .. "(`{ on = \"${Arn}/*\", \"s3:GetObject\" }`); a mapping of profiles is a group.", 'access = { Publish = { "sns:Publish" } }' },
  { "links", shape.map(shape.either(text, link)),
    "Properties that may name another definition: `[\"KmsMasterKeyId\"] = \"x-kms.Arn\"`, `[]` for each item of a list.",
    'links = { KmsMasterKeyId = "x-kms.Arn" }' },
  { "permits", permits, "How its policy lets in the AWS services that links name.", 'permits = { part = "policy", actions = { "sqs:SendMessage" } }' },
  { "lookup", lookup, "How one that exists is found, and what its ARN says.",
    'lookup = { arn = "arn:{partition}:sns:{region}:{account}:{name}", returns = { Name = "{name}" } }' },
  { "network", network, "How it is reached: its ports, and where its security group and subnets go.", "network = { ports = { 5432 } }" },
  { "secret", shape.either(fn "(definition: composex.definition): composex.module.secret?", secret), "Where generated credentials go.",
    'secret = { username = "MasterUsername", password = "MasterUserPassword" }' },
  { "metrics", metrics, "What CloudWatch measures, for dashboards and alarms.",
    'metrics = { namespace = "AWS/SQS", dimensions = { { "QueueName", "QueueName" } } }' },
  { "accepts", accepts, "What else the file may write: words that are shapes (`\"string\"`, `\"boolean\"`, `\"list\"`, ...) or `{ sets = \"Property\" }`.",
    'accepts = { macros = { Size = { sets = "InstanceType" } } }' },
  { "hooks", hooks, "Functions, for what no table says.", "hooks = { finish = function(definition) end }" },
  { "deprecated", text, "What to use in its place, when it is going away: each definition is told of it.", 'deprecated = "use x-acme_stream"' },
  { "checks", shape.map(fn "(resource: composex.resource): any"), "Sentences that begin with \"must\" or \"needs\", each with a function of the resource.",
    'checks = { ["must be encrypted"] = function(topic) return topic.Properties.KmsMasterKeyId ~= nil end }' },
}

--- Beside these, in a table of `kinds`.
metaschema.when = { "when", fn "(body: table): any", "Whether a definition is of this kind." }

--- The names of all fields.
metaschema.names = {}
for index, field in ipairs(metaschema.fields) do metaschema.names[index] = field[1] end

return metaschema
