--- The sentences of reflect/word_sentences for the keys of stores, queues and what runs beside services.
local instances <const> = "A list, for each instance of the cluster its properties (`[{DBInstanceClass: db.r6g.large}, {}]`). Default: one instance, "
  .. "`db.serverless` where the cluster scales, else `db.t3.medium`."
local parameter_group <const> = "Properties of a parameter group (`Family`, `Parameters`), which is made and used. Default: that of the "
  .. "engine."
local engine_version <const> = "A string: the version of the engine, as `EngineVersion` of Properties. Default: the one that AWS chooses."
local boundary <const> = "The name or the ARN of a policy that bounds the roles that are made for it. Default: no boundary."
local serverless <const> = "`true` makes "
local principals <const> = " names of AWS services each (`events`, `s3`), whom its policy lets in, of this account only. Default: nobody."
local steps <const> = "`{Steps: [{LowerBound, UpperBound, Count}], ScaleInCooldown, ScaleOutCooldown}`: how many tasks the service has while "

return {
  ["x-kms"] = {
    macros = { Alias = "A string: `x` makes the alias `alias/STACK/x`, `alias/x` that one. Default: no alias." },
    settings = { Alias = "As the one of MacroParameters, which is stronger." },
  },
  ["x-sqs"] = {
    macros = { AwsPrincipalsAccess = "`{Publish: [...], Consume: [...], PublishConsume: [...]}`," .. principals },
    service = { Scaling = steps .. "so many messages wait. It needs `x-scaling` of the service. Default: no scaling by the queue." },
  },
  ["x-sns"] = { macros = { AwsPrincipalsAccess = "`{Publish: [...]}`," .. principals } },
  ["x-s3"] = {
    macros = {
      BucketPolicy = "`{Policies: [...]}`: further statements of the bucket's policy, in which `${Arn}` is the bucket. "
        .. "`PredefinedBucketPolicies: [enforceSecureConnection]` says what every bucket has. Default: TLS only.",
      ExpandAccountIdToBucket = "`true` puts the id of the account behind the `BucketName` of Properties. Default: `false`.",
      ExpandRegionToBucket = "`true` puts the region behind the `BucketName` (and behind the account). Default: `false`.",
      NameSeparator = "A string: what stands between the name and those two. Default: `-`.",
    },
    settings = { EnforceSecureConnection = "`false` leaves out the statement that refuses requests without TLS. Default: `true`." },
  },
  ["x-dynamodb"] = {
    definition = { Scaling = "`{Table: {ReadCapacityUnits: {MinCapacity, MaxCapacity, TargetValue}, WriteCapacityUnits: ...}, Indexes: {NAME: ...}, "
      .. "CopyToIndexes: true}`: provisioned capacity that follows its use. Default: billed by request." },
  },
  ["x-kinesis"] = {
    macros = { SetupIAMForKCL = "Services that are applications of the Kinesis Client Library, each `true` or `{CloudWatchPutMetricData, DynamoDB: "
      .. "{TableNames, EnableCreateDeleteTables}}`: they may write metrics, and use those tables for their leases (without names all that begin "
      .. "with the stack's name). Default: no such rights." },
  },
  ["x-kinesis_firehose"] = {
    macros = {
      DoNotOverrideIamRole = "`true`, or a list of sources and destinations (`[ExtendedS3Destination]`) whose `RoleARN` stays as the file has it. "
        .. "Default: one role is made for all, except where `RoleARN` is an ARN.",
      ["x-iam"] = "`{PermissionsBoundary: NAME}`: the name or the ARN of a policy that bounds that role. Default: no boundary.",
    },
  },
  ["x-rds"] = {
    macros = {
      Engine = "A string: the engine, as `Engine` of Properties. One of both is needed.",
      EngineVersion = "A string: its version, as `EngineVersion` of Properties. One of both is needed.",
      Instances = "A list, for each instance of an Aurora cluster its properties; with it any engine is a cluster. Default: one "
        .. "instance, `db.serverless` where the cluster scales, else `db.t3.medium`.",
      MultiAZ = "`true` or `false`: a second instance that takes over (`MultiAZ` of a single instance). Default: `false`.",
      UseMultiAz = "Another name of `MultiAZ`.",
      ParametersGroups = parameter_group, ParametersGroup = "Another name of `ParametersGroups`.",
      PermissionsBoundary = boundary,
      Proxy = "`true`, or properties of `AWS::RDS::DBProxy`: a proxy before the database, which reads the generated credentials; its address is the "
        .. "return value `ProxyEndpoint`. Default: none.",
      RdsFeatures = "A list of `{Name, Resources}`: `s3Import`, `s3Export`, `Lambda`, `SageMaker` or `Comprehend`, and what the database may "
        .. "use so (`x-s3::files`, an ARN, the name of a bucket). Default: no such role.",
    },
  },
  ["x-docdb"] = { macros = { EngineVersion = engine_version, Instances = instances, DBClusterParameterGroup = parameter_group } },
  ["x-neptune"] = { macros = { EngineVersion = engine_version, Instances = instances, DBClusterParameterGroup = parameter_group } },
  ["x-elasticache"] = {
    macros = {
      AuthToken = "`true` gives a replication group a generated password, and services get it as a secret. Default: no password.",
      CacheNodeType = "A string: the type of the nodes. Default: `cache.t3.small`.",
      Config = "`false` leaves out the parameter with endpoint, port and URL as JSON, which services read as `NAME_CONFIG`. Default: `true`; "
        .. "serverless caches have none.",
      Engine = "`valkey`, `redis` or `memcached`. Default: `valkey`, of a single cluster `redis`.",
      EngineVersion = "A string: its version; of a serverless cache the major one. Default: the one that AWS chooses.",
      NumCacheNodes = "A number of nodes: `1` makes a single cluster (but of Valkey), more a replication group. Default: two nodes, of "
        .. "Memcached one.",
      ParameterGroup = "Properties of a parameter group (`CacheParameterGroupFamily`, `Properties`), which is made and used. Default: that of "
        .. "the engine.",
      Serverless = serverless .. "a serverless cache. Default: nodes, unless Properties are those of a serverless one.",
    },
  },
  ["x-opensearch"] = {
    macros = {
      CreateLogGroups = "`true`, or a list of `SEARCH_SLOW_LOGS`, `INDEX_SLOW_LOGS`, `ES_APPLICATION_LOGS` and `AUDIT_LOGS`: a log group for each, "
        .. "and the policy to write to it. Default: no logs.",
      CreateLogGroupsResourcePolicy = "Read because ECS ComposeX has it, and without effect: the policy comes with `CreateLogGroups`.",
      CreateMasterUserRole = "`true` makes a role of the account, which is the domain's master user. Default: none.",
      GenerateMasterUserSecret = "`true` makes a master user with a generated password, which services get as a secret; requests are then let in by that "
        .. "and not by IAM. Default: none.",
      MasterUserRolePermissionsBoundary = "The name or the ARN of a policy that bounds the role of `CreateMasterUserRole`. Default: no boundary.",
      RetentionInDays = "A number of days for the groups of `CreateLogGroups`. Default: 30.",
      Serverless = serverless .. "a collection of OpenSearch Serverless. Default: a domain.",
    },
  },
  ["x-mq"] = {
    macros = {
      Engine = "`RabbitMQ` or `ActiveMQ`. Default: `RabbitMQ`.",
      EngineVersion = engine_version,
      InstanceType = "A string: the type of the brokers. Default: `mq.m7g.medium` of RabbitMQ, `mq.m5.large` of ActiveMQ.",
    },
  },
  ["x-msk"] = {
    macros = {
      KafkaVersion = "A string: the version. Default: `3.9.x`.",
      NumberOfBrokerNodes = "A multiple of the number of subnets. Default: as many as there are subnets, or two where that is not known.",
      Serverless = serverless .. "a serverless cluster. Default: brokers.",
    },
  },
  ["x-ssm_parameter"] = {
    macros = {
      FromFile = "The path of a file, whose text is the value. Without effect beside a `Value` of Properties; one of both is needed.",
      ValidateJson = "`true`: a file that is no JSON is an error. Default: `false`.",
      MinimizeJson = "`true` checks the file as `ValidateJson` does and takes the spaces between its parts away. Default: `false`.",
      IgnoreInvalidJson = "`true` takes a file that is no JSON as it is. Default: `false`, it is an error where JSON is asked for.",
      ValidateYaml = "`true`: a file that is no YAML is an error. Default: `false`.",
      RenderToJson = "`true` checks the file as `ValidateYaml` does and makes JSON of it. Default: `false`.",
      IgnoreInvalidYaml = "`true` takes a file that is no YAML as it is. Default: `false`, it is an error where YAML is asked for.",
      EncodeToBase64 = "`true` encodes the text of the file. Default: `false`.",
    },
    service = { SecretEnvName = "The name of a variable that holds the value when the task starts. Default: the service has the parameter's name only." },
  },
  ["x-aps"] = {
    macros = { CreateNewLogGroup = "`true`, or properties of a log group: the workspace logs to it, for 7 days unless they say otherwise. "
      .. "Default: no logs." },
  },
  ["x-codeguru_profiler"] = {
    macros = { AppendStackId = "`true` puts a part of the stack's id behind the `ProfilingGroupName` of Properties. Default: `false`; a name that is "
      .. "made of the definition's always has it." },
  },
  ["x-cognito_userpool"] = {
    macros = {
      Clients = "Clients by their names, each with properties of `AWS::Cognito::UserPoolClient`. Default: none.",
      Domain = "A string: the prefix of the sign-in pages (`PREFIX.auth.REGION.amazoncognito.com`), which is the return value `UserPoolDomain`. "
        .. "Default: no pages.",
    },
  },
  ["x-events"] = {
    service = {
      TaskCount = "How many tasks run each time. Needed, but of a job. Default: as many as its `replicas` say, or one.",
      Command = "A list: the command of the container, in place of its own. Default: its own.",
      Input = "A string of JSON: the overrides of the task as ECS takes them, stronger than `Command`. Default: none.",
      DeadLetter = "A queue of `x-sqs`, which gets what could not be started. Default: none.",
      DeleteDefaultService = "`true` makes no ECS service: only the rule runs the task. Default: `false`; a job has none anyway.",
    },
  },
}
